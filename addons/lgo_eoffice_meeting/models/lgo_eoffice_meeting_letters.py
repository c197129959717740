# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai

PARAGRAPH = Markup("<p>%s</p>")
HEADING = Markup("<p><strong>%s</strong></p>")


class LgoEofficeMeeting(models.Model):
    """The letters of a meeting: its invitation and its minutes.

    Digits are written as Arabic ones; the paper prints the digits that the office chose.
    """

    _inherit = "lgo.eoffice.meeting"

    # ------------------------------------------------------------ invitation
    def action_invite_inside(self):
        """Draft the invitation as an internal letter."""
        return self._open_letter(self._make_invitation("INT"))

    def action_invite_outside(self):
        """Draft the invitation as an external letter."""
        return self._open_letter(self._make_invitation("EXT"))

    def _make_invitation(self, code):
        """Draft the invitation with the agenda, to everyone who is called.

        :param str code: EXT or INT
        :return: ``lgo.eoffice.letter``
        :raises UserError: the meeting has no number yet, or nobody is called
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "called":
            raise UserError(self.env._("Call the meeting first: the invitation names its number."))
        people = self.attendance_ids
        many = len(people) > 1
        return self.env["lgo.eoffice.letter"].create(
            {
                "kind_id": self._letter_kind(code).id,
                "subject": f"ขอเชิญประชุม{self.board_id.name} ครั้งที่ {self.number_text}",
                "meeting_id": self.id,
                "is_circular": many,
                "addressee": "กรรมการและผู้เข้าร่วมประชุม" if many else people.name,
                "body": self._invitation_body(),
                **self._letter_owner(),
                "recipient_ids": [
                    Command.create(self._prepare_recipient(row, number))
                    for number, row in enumerate(people, start=1)
                ],
            }
        )

    def _prepare_recipient(self, row, number):
        unit = row.sudo().user_id.employee_id.department_id
        return {
            "sequence": number,
            "name": row.name,
            "email": row.email,
            "unit_id": unit.id,
            "channel": "internal" if unit else "email" if row.email else "paper",
        }

    def _invitation_body(self):
        self.ensure_one()
        end = thai.format_time(self.end_at, digits="arabic") if self.end_at else ""
        begin = thai.format_time(self.start_at, digits="arabic")
        time = f"{begin.removesuffix(' น.')} - {end}" if end else begin
        lines = [
            f"ด้วย{self.company_id.name} กำหนดให้มีการประชุม{self.board_id.name} "
            f"ครั้งที่ {self.number_text} ใน{thai.format_date(self.start_at, 'full', 'arabic')} "
            f"เวลา {time} ณ {self.place} โดยมีระเบียบวาระการประชุม ดังนี้"
        ]
        parts = [PARAGRAPH % line for line in lines]
        for number, heading, items in self._agenda():
            parts.append(PARAGRAPH % f"ระเบียบวาระที่ {number} {heading}")
            parts += [PARAGRAPH % f"{count} {item.name}" for count, item in items]
        parts.append(PARAGRAPH % "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว")
        return Markup("").join(parts)

    # ------------------------------------------------------------ minutes
    def _write_minutes(self):
        """Draft the minutes, or write a draft that nobody passed on anew from the meeting."""
        self.ensure_one()
        minutes = self.minutes_id.sudo()
        if minutes and minutes.state == "draft":
            minutes.with_env(self.env).write({"body": self._minutes_body()})
            return
        if minutes and minutes.state != "cancelled":
            raise UserError(
                self.env._("The minutes are with those who check them; have them returned first.")
            )
        if not self.closed_at:
            raise UserError(self.env._("Say when the meeting was closed (เลิกประชุมเวลา)."))
        letter = self.env["lgo.eoffice.letter"].create(
            {
                "kind_id": self._letter_kind("MIN").id,
                "subject": f"รายงาน{self.name}",
                "meeting_id": self.id,
                "signer_post_id": self.board_id.sudo().signer_post_id.id,
                "body": self._minutes_body(),
                **self._letter_owner(),
            }
        )
        self._from_machine().write({"minutes_id": letter.id})

    def _minutes_body(self):
        """Agenda, what was said and resolved, as form 11 orders it.

        Title, attendance, times and who took the minutes are printed by the paper from the
        meeting (:meth:`_minutes_head`), so that they are written in one place.

        :rtype: markupsafe.Markup
        """
        self.ensure_one()
        parts = []
        for number, heading, items in self._agenda():
            parts.append(HEADING % f"ระเบียบวาระที่ {number} {heading}")
            if not items:
                parts.append(PARAGRAPH % "ไม่มี")
            for count, item in items:
                parts.append(PARAGRAPH % f"{count} {item.name}")
                parts += [PARAGRAPH % line for line in _lines(item.discussion)]
                resolution = _lines(item.resolution)
                if resolution:
                    first = Markup("<p><strong>มติที่ประชุม</strong> %s</p>") % resolution[0]
                    parts += [first, *(PARAGRAPH % line for line in resolution[1:])]
        return Markup("").join(parts)

    def _minutes_head(self):
        """What the paper prints around the text, see ``_paper_meeting`` of the letter.

        :return: dict with ``board``, ``place``, ``started``, ``ended``, ``recorder`` and
            ``people``: list of ``(heading, [line, …])``
        """
        self.ensure_one()
        groups = (
            ("ผู้มาประชุม", "present"),
            ("ผู้ไม่มาประชุม", "absent"),
            ("ผู้เข้าร่วมประชุม", "guest"),
        )
        people = [
            (title, [row._line() for row in self.attendance_ids if row.status == status])
            for title, status in groups
        ]
        return {
            "board": self.board_id.name,
            "place": self.place,
            "started": self.opened_at or self.start_at,
            "ended": self.closed_at,
            "recorder": self.recorder_id.name,
            "people": [(title, lines) for title, lines in people if lines],
        }

    def _agenda(self):
        """The agenda in order: ``(number, heading, [("1.1", matter), …])``.

        Every heading stands there, also one without a matter; an archived one only with matters.
        """
        self.ensure_one()
        headings = self.env["lgo.eoffice.agenda.heading"].search([("active", "=", True)])
        headings |= self.agenda_ids.heading_id
        by_heading = self.agenda_ids.grouped("heading_id")
        rows = []
        for number, heading in enumerate(headings.sorted(), start=1):
            matters = by_heading.get(heading, self.agenda_ids.browse()).sorted()
            items = [(f"{number}.{count}", item) for count, item in enumerate(matters, start=1)]
            rows.append((number, heading.name, items))
        return rows

    def _minutes_entry(self):
        """The line of the register for the minutes: that of the meeting.

        When signed minutes were cancelled, the next ones carry the same number in a line of their
        own, behind the one that is struck out.

        :return: ``lgo.register.entry`` (in sudo)
        """
        self.ensure_one()
        entry = self.register_entry_id.sudo()
        used = (
            self.env["lgo.issued.document"]
            .sudo()
            .search_count([("register_entry_id", "=", entry.id)], limit=1)
        )
        if entry.state == "used" and not used:
            return entry
        register = entry.register_id
        vals = register._prepare_entry_vals(
            entry.company_id, self, entry.unit_id.id or None, entry.key, entry.period,
            fields.Datetime.now(), self.name,
        )  # fmt: skip
        vals |= {
            "number": entry.number,
            "name": entry.name,
            "date": entry.date,
            "point_reason": self.env._("Minutes written anew; the earlier ones are cancelled."),
        }
        siblings = entry.search(entry._series_domain() & Domain("number", "=", entry.number))
        point = max(siblings.mapped("point")) + 1
        while True:
            new = register._try_insert(vals | {"point": point})
            if new:
                return new
            point += 1

    # ------------------------------------------------------------ shared
    def _letter_kind(self, code):
        return self.env["lgo.eoffice.kind"].search([("code", "=", code)], limit=1)

    def _letter_owner(self):
        board = self.board_id.sudo()
        unit = board.owner_unit_id or self.env.user.employee_id.department_id
        return {"owner_unit_id": unit.id, "owner_user_id": self.env.uid}

    def _open_letter(self, letter):
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.eoffice.letter",
            "res_id": letter.id,
            "view_mode": "form",
        }

    def action_open_minutes(self):
        """Open the minutes."""
        self.ensure_one()
        return self._open_letter(self.minutes_id)


def _lines(text):
    """The paragraphs of typed text without empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]

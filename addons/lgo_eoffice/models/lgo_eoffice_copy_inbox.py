# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html_sanitize

from odoo.addons.lgo_base.tools import thai

#: Files that a browser can show.
SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/webp")
#: Groups of the inbox in their order, with the tasks in each.
BOXES = {
    "decide": ("endorse", "review", "confirm"),
    "sign": ("sign",),
    "work": ("act", "revise"),
    "unit": ("register", "route"),
    "know": ("acknowledge",),
}
#: The most pressing come first, what has no limit last.
ORDER = "limit_at, id"
#: Most rows of one answer.
MOST = 400
#: A year above this one is of the Buddhist era.
FIRST_YEAR_BE = 2400


class LgoEofficeCopy(models.Model):
    """What the reading screen asks for: the inbox, one letter to read, and its steps."""

    _inherit = "lgo.eoffice.copy"

    @api.model
    def action_inbox(self, box=None, limit=40):
        """What lies in front of the user, most pressing first.

        :param str box: key of ``BOXES``, or nothing for all
        :param int limit: most rows; more than ``MOST`` are never given
        :return: ``dict`` with ``boxes`` (key, label, count, late), ``rows``, and ``more``: how
            many of them are not among the rows
        """
        domain = self._mine_domain()
        labels = {
            "decide": self.env._("To decide"),
            "sign": self.env._("To sign"),
            "work": self.env._("My work"),
            "unit": self.env._("Of the unit"),
            "know": self.env._("To know"),
        }
        counts = dict(self._read_group(domain, ["task"], ["__count"]))
        late = Domain("limit_at", "<", fields.Datetime.now())
        late_counts = dict(self._read_group(domain & late, ["task"], ["__count"]))
        boxes = [
            {
                "key": key,
                "label": labels[key],
                "count": sum(counts.get(task, 0) for task in tasks),
                "late": sum(late_counts.get(task, 0) for task in tasks),
            }
            for key, tasks in BOXES.items()
        ]
        if box in BOXES:
            domain &= Domain("task", "in", BOXES[box])
        chosen = [row for row in boxes if box not in BOXES or row["key"] == box]
        copies = self.search(domain, limit=max(1, min(int(limit), MOST)), order=ORDER)
        return {
            "boxes": boxes,
            "rows": copies._inbox_rows(),
            "more": sum(row["count"] for row in chosen) - len(copies),
            "to_route": self._count_to_route(),
        }

    @api.model
    def _count_to_route(self):
        """Letters that are registered and wait to be passed on, for the registry."""
        if not self.env.user.has_group("lgo_eoffice.group_saraban"):
            return 0
        return self.env["lgo.eoffice.letter"].search_count(
            [("direction", "=", "in"), ("state", "=", "registered")]
        )

    def _inbox_rows(self):
        tasks = dict(self._fields["task"]._description_selection(self.env))
        urgencies = dict(self.env["lgo.eoffice.letter"]._fields["urgency"]._description_selection(
            self.env))  # fmt: skip
        return [
            {
                "id": copy.id,
                "subject": copy.letter_id.subject,
                "from": copy.from_text or "",
                "doc_no": copy.doc_no or "",
                "receive_no": copy.receive_no or 0,
                "task": tasks[copy.task],
                "urgency": copy.urgency,
                "urgency_label": copy.letter_id._inbox_urgency(urgencies),
                "capacity": copy.capacity or "",
                "limit": self._moment(copy.limit_at),
                "color": copy.color,
                "opened": bool(copy.opened_at),
                "unit": copy.unit_id.name or "",
            }
            for copy in self
        ]

    @api.model
    def _moment(self, value):
        """Day and time as an officer reads them."""
        return thai.format_datetime(value, style="short", digits="arabic") if value else ""

    def action_read(self):
        """One letter for the reading screen; whoever has to act has then opened it.

        :return: ``dict`` with content, notes, and the steps that are possible
        """
        self.ensure_one()
        self.check_access("read")
        letter = self.letter_id
        # a secret letter: the trail gets to know
        letter.read(["subject"])
        self._note_opened()
        mine = self.is_mine
        actions = self._allowed_actions() if mine else []
        # a reader of a circular takes note, but does not act for the unit
        acts = mine and self._lies_at(self._places())
        return {
            **self._inbox_rows()[0],
            "step": self.step,
            "letter_id": letter.id,
            "direction": letter.direction,
            "state": letter.state_public,
            "to": letter.to_text or "",
            "dated": thai.format_date(letter.doc_date, style="short", digits="arabic")
            if letter.doc_date else "",
            "body": str(html_sanitize(letter.body or "")),
            "summary": letter.summary or "",
            "difference": str(letter._last_difference()),
            "files": self._files(letter),
            "signers": self._signers(letter),
            "notes": [self._note_values(row) for row in letter.sudo().endorsement_ids],
            "mine": mine,
            "actions": [
                {"code": code, "label": self._action_label(code)}
                for code in actions if code not in ("route",)
            ],
            "can_route": "route" in actions and letter.can_route,
            "can_receive": acts and self._waits_for_receipt(),
            "can_accept": acts and self.task == "act" and bool(self.user_id)
            and not self.accepted_at,
            "can_answer": acts and self.task == "act" and letter._can_be_answered(),
            "can_take_back": bool(self._note_to_take_back()),
            "next_post": self._next_post().name or "",
            "phrases": self._phrases(actions),
        }  # fmt: skip

    def _waits_for_receipt(self):
        return bool(self.unit_id and not self.received_at and not self.post_id and not self.user_id)

    @api.model
    def _files(self, letter):
        """The paper and the enclosures that a browser can show."""
        files = letter.main_attachment_id | letter.enclosure_ids.attachment_id
        return [
            {"id": file.id, "label": file.name, "mimetype": file.mimetype}
            for file in files.filtered(lambda file: file.mimetype in SHOWN)
        ]

    @api.model
    def _signers(self, letter):
        """Those who sign in turn, and whose turn it is."""
        waits = letter._next_signer() if letter.state == "to_sign" else letter.signer_ids[:0]
        return [
            {
                "id": line.id,
                "name": line.signed_name or line._label(),
                "role": (line.capacity or line.role or "").replace("\n", " "),
                "at": self._moment(line.signed_at),
                "next": line == waits,
            }
            for line in letter.signer_ids.sorted()
        ]

    @api.model
    def _note_values(self, note):
        return {
            "id": note.id,
            "action": self._action_label(note.action),
            "text": note.text or "",
            "name": note.name,
            "capacity": (note.capacity or "").split("\n"),
            "at": self._moment(note.at),
            "to": note.to_post_id.name
            or note.to_user_id.name
            or ", ".join(note.to_unit_ids.mapped("name")),
            "due": self._moment(note.due_at),
        }

    @api.model
    def _phrases(self, actions):
        phrases = self.env["lgo.eoffice.phrase"].search(
            Domain("action", "in", actions) | Domain("action", "=", False)
        )
        return [{"action": row.action or "", "text": row.name} for row in phrases]

    def action_choices(self):
        """To whom the letter can go from here: posts, units and officers.

        :return: ``dict`` of lists with ``id`` and ``name``
        """
        self.ensure_one()
        self.check_access("read")
        company = self.company_id
        posts = self.env["lgo.post"].search([("company_id", "=", company.id)])
        filled = posts._in_charge()
        units = self.env["hr.department"].search([("company_id", "in", [company.id, False])])
        own = self.unit_id
        officers = self.env["hr.employee"].sudo().search(
            [("user_id.active", "=", True), ("user_id.share", "=", False),
             ("company_id", "=", company.id)]
        )  # fmt: skip
        officers = officers.sorted(lambda row: (row.department_id != own, row.name or ""))
        return {
            "posts": [{"id": row.id, "name": row.name} for row in posts if row.id in filled],
            "units": [{"id": row.id, "name": row.name} for row in units],
            "officers": [
                {"id": row.user_id.id, "name": row.name, "unit": row.department_id.name or ""}
                for row in officers
            ],
        }

    def action_move(
        self, action, text=None, post_id=None, user_id=None, unit_ids=None, due_at=None, step=None
    ):
        """Do a step from the screen; rights are checked by the step itself.

        :param due_at: last day as ``YYYY-MM-DD``
        :return: id of the next copy in front of the user, or 0
        """
        self.ensure_one()
        targets = {
            "to_post": self._chosen("lgo.post", [post_id] if post_id else []),
            "to_user": self._chosen("res.users", [user_id] if user_id else []),
            "to_units": self._chosen("hr.department", unit_ids or []),
        }
        self._endorse(
            action, text, due_at=self._end_of_office(due_at), step=step, **targets
        )  # fmt: skip
        return self._first_of_mine().id or 0

    @api.model
    def _chosen(self, model, ids):
        """Records that the user may read and that are of this organisation."""
        try:
            ids = [int(one) for one in ids]
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose from the list.")) from error
        found = self.env[model].search([("id", "in", ids)]) if ids else self.env[model]
        if len(found) != len(set(ids)):
            raise UserError(self.env._("Choose from the list."))
        return found

    @api.model
    def _end_of_office(self, day):
        """The closing time of a day, as naive UTC.

        A browser asks for the year C.E.; who types ๒๕๖๙ into it means the Buddhist era.
        """
        if not day:
            return None
        try:
            day = fields.Date.to_date(day)
            if day.year > FIRST_YEAR_BE:
                day = day.replace(year=day.year - thai.BUDDHIST_OFFSET)
        except ValueError as error:
            raise UserError(self.env._("Write the due date as a date.")) from error
        return self.env.company._lgo_closing(day)

    def action_next(self):
        """Id of what lies in front of the user after this one, from the top again at the end.

        :return: 0 when nothing else does
        """
        self.ensure_one()
        after = Domain("limit_at", "=", self.limit_at) & Domain("id", ">", self.id)
        if self.limit_at:
            after |= Domain("limit_at", ">", self.limit_at) | Domain("limit_at", "=", False)
        return (self._first_of_mine(after) or self._first_of_mine()).id or 0

    def _first_of_mine(self, domain=Domain.TRUE):
        """The most pressing copy in front of the user besides this one."""
        rest = self._mine_domain() & Domain("id", "not in", self.ids)
        return self.search(rest & domain, order=ORDER, limit=1)

    def _reading_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "lgo_eoffice_inbox",
            "name": self.env._("Inbox of letters"),
            "params": {"copy_id": self.id},
        }

    def action_open_reading(self):
        """Button of the list: read and act."""
        return self._reading_action()

    def action_pass_on(self):
        """Button of the registry: choose the unit for a letter that came back."""
        self.ensure_one()
        return self.letter_id.action_route()

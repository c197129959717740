# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import thai, workbook
from .lgo_privacy_request import OPEN_STATES
from .res_partner_contact import CONTACTS

#: Share of the time after which the officer is reminded.
REMIND_AT = 0.75
#: The rights as a letter names them (PDPA B.E. 2562, ss. 30-36).
PAPER_RIGHTS = {
    "access": "ขอเข้าถึงและขอรับสำเนาข้อมูลส่วนบุคคล (มาตรา ๓๐)",
    "port": "ขอรับข้อมูลส่วนบุคคลในรูปแบบที่อ่านได้ด้วยเครื่องมืออัตโนมัติ (มาตรา ๓๑)",
    "object": "คัดค้านการเก็บรวบรวม ใช้ หรือเปิดเผยข้อมูลส่วนบุคคล (มาตรา ๓๒)",
    "erase": "ขอให้ลบหรือทำลายข้อมูลส่วนบุคคล (มาตรา ๓๓)",
    "restrict": "ขอให้ระงับการใช้ข้อมูลส่วนบุคคล (มาตรา ๓๔)",
    "correct": "ขอให้แก้ไขข้อมูลส่วนบุคคลให้ถูกต้อง (มาตรา ๓๕)",
}
#: Columns of the register with the width of each in characters.
COLUMNS = (
    ("name", 14), ("received_at", 20), ("partner_id", 26), ("type", 30), ("channel", 12),
    ("detail", 40), ("identity_check", 24), ("verified_at", 20), ("date_due", 18),
    ("extension_reason", 30), ("state", 14), ("closed_at", 20), ("decision", 40),
    ("refusal_reason", 40), ("user_id", 22),
)  # fmt: skip


class LgoPrivacyRequest(models.Model):
    """What the officer does with a request: more time, erasing, restricting, reminding."""

    _inherit = "lgo.privacy.request"

    extension_reason = fields.Text(
        copy=False,
        groups="base.group_user",
        help="Why it takes longer; stands in the register and in the letter to the person.",
    )
    extended_days = fields.Integer(string="More days", readonly=True, copy=False)
    reminded_at = fields.Datetime(string="Reminded on", readonly=True, copy=False)
    correct_field = fields.Selection(
        [
            ("lgo_first_name", "First name"),
            ("lgo_middle_name", "Middle name"),
            ("lgo_last_name", "Last name"),
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("lgo_house_no", "House number"),
            ("lgo_moo", "Moo"),
            ("lgo_road", "Road"),
        ],
        string="What is wrong",
        copy=False,
        groups="base.group_user",
    )
    correct_value = fields.Char(string="Correct value", copy=False, groups="base.group_user")
    is_restricted = fields.Boolean(
        string="Use of the data is restricted", compute="_compute_is_restricted"
    )

    @api.depends("received_at", "company_id", "extended_days")
    def _compute_date_due(self):  # pylint: disable=missing-return
        super()._compute_date_due()
        for record in self:
            record.date_due += timedelta(days=record.extended_days)

    @api.depends("partner_id.lgo_restricted_at")
    def _compute_is_restricted(self):
        for record in self:
            record.is_restricted = bool(record.sudo().partner_id.lgo_restricted_at)

    # ------------------------------------------------------------ more time
    def action_extend(self):
        """Take the longer time once, with a reason that the person is told.

        The Act names 30 days; whether and how much longer is a setting of the organisation.

        :raises UserError: no longer time is allowed, it was taken already, or no reason
        """
        self.check_access("write")
        for record in self:
            days = record.company_id.sudo().lgo_privacy_extension_days
            if not days:
                raise UserError(
                    self.env._("The settings of the organisation allow no longer time.")
                )
            if record.extended_days:
                raise UserError(self.env._("The time was made longer once already."))
            if not (record.extension_reason or "").strip():
                raise UserError(self.env._("Write why it takes longer."))
            record._move(
                OPEN_STATES,
                {"extended_days": days},
                "privacy.request.extend",
                detail={"days": days},
            )
            self.env["lgo.notification"]._notify(
                record.sudo(), "privacy_request_extended", partner=record.partner_id.sudo()
            )

    @api.model
    def _cron_remind(self):
        """Remind the officer when three quarters of the time are gone, once a request."""
        today = thai.local_date(fields.Datetime.now())
        waiting = self.sudo().search(
            [("state", "in", OPEN_STATES), ("reminded_at", "=", False)], order="date_due"
        )
        due = waiting.filtered(lambda record: record._remind_on() <= today)
        officers = self.env.ref("lgo_base.group_privacy_officer").sudo().all_user_ids
        for record in due:
            users = record.user_id or officers.filtered(
                lambda user, company=record.company_id: (
                    user.active and not user.share and company in user.company_ids
                )
            )
            for user in users:
                record.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=record.date_due,
                    summary=self.env._("Answer the request on personal data"),
                    user_id=user.id,
                )
            record.reminded_at = fields.Datetime.now()

    def _remind_on(self):
        self.ensure_one()
        received = thai.local_date(self.received_at)
        span = (self.date_due - received).days
        return received + timedelta(days=math.floor(span * REMIND_AT))

    # ------------------------------------------------------------ doing what was asked
    def action_answer(self):
        """An answered wish to restrict takes effect at once (s. 34)."""
        result = super().action_answer()
        for record in self.filtered(lambda record: record.type == "restrict"):
            record.sudo().partner_id.lgo_restricted_at = fields.Datetime.now()
            self.env["lgo.audit.log"]._log("citizen.restrict", record.sudo().partner_id)
        return result

    def action_correct(self):
        """Write the right value into the register; the old one stays in the audit trail (s. 35).

        :raises UserError: the identity was not checked, or nothing says what is right
        """
        self.check_access("write")
        for record in self:
            if record.type != "correct" or record.state != "verified":
                raise UserError(self.env._("Check the identity of the person first."))
            name, value = record.correct_field, (record.correct_value or "").strip()
            if not name or not value:
                raise UserError(self.env._("Choose what is wrong and write the correct value."))
            person = record.partner_id
            old = person.sudo()[name] or ""
            # with the user of the officer: the old address is told as for every officer
            person.sudo().write({name: value})
            shown = {"field": name, "old": CONTACTS[name][1](old) if name in CONTACTS else old}
            self.env["lgo.audit.log"]._log(
                "citizen.correct", person.sudo(), detail=shown, severity="warning"
            )
            label = dict(record._fields["correct_field"]._description_selection(self.env))[name]
            line = self.env._("%(field)s was corrected.", field=label)
            record.write(
                {
                    "decision": "\n".join(filter(None, (record.decision, line))),
                    "correct_field": False,
                    "correct_value": False,
                }
            )

    def action_lift_restriction(self):
        """Use the data again; the person is to be told (s. 34)."""
        self.check_access("write")
        for record in self:
            if record.type != "restrict" or not record.is_restricted:
                raise UserError(self.env._("The use of these data is not restricted."))
            record.sudo().partner_id.lgo_restricted_at = False
            self.env["lgo.audit.log"]._log("citizen.unrestrict", record.sudo().partner_id)

    def action_erase(self):
        """Erase what the law does not keep, and say what stays and why (s. 33).

        :raises UserError: not a request to erase, or the identity was not checked
        """
        self.ensure_one()
        self.check_access("write")
        if self.type != "erase" or self.state != "verified":
            raise UserError(self.env._("Check the identity of the person first."))
        erased, kept = self.partner_id._lgo_erase()
        self.env["lgo.audit.log"]._log(
            "privacy.request.erase",
            self,
            detail={"erased": erased, "kept": len(kept)},
            severity="warning",
        )
        lines = [self.env._("Made anonymous: %(count)s cases.", count=erased)]
        if kept:
            lines.append(self.env._("Kept, because the law demands it (s. 33 par. 2):"))
            lines += kept
        else:
            lines.append(self.env._("The entry of the person was erased."))
        self.decision = "\n".join(lines)

    @api.model
    def _lgo_forget_person(self, partner):
        """Number, right, days and outcome stay in the register; the words go."""
        requests = self.sudo().search([("partner_id", "=", partner.id)])
        requests.message_ids.unlink()
        requests.write(
            {"detail": False, "answer_file": False, "answer_file_name": False}
            | {"extension_reason": False}
        )
        closed = requests.filtered(lambda record: record.state not in OPEN_STATES)
        closed.write({"decision": False})
        return len(requests)

    # ------------------------------------------------------------ papers and register
    def _paper(self):
        """Texts of the letter, as official letters write them."""
        self.ensure_one()
        lines = self.env["lgo.case.paper.mixin"]._paper_lines
        label = dict(self._fields["type"]._description_selection(self.env))[self.type]
        right = PAPER_RIGHTS.get(self.type, label)
        return {
            "subject": "ขยายเวลาตอบคำขอใช้สิทธิเกี่ยวกับข้อมูลส่วนบุคคล"
            if self.state in OPEN_STATES
            else "ผลการพิจารณาคำขอใช้สิทธิเกี่ยวกับข้อมูลส่วนบุคคล",
            "number": thai.to_thai_digits(self.name),
            "received": thai.format_date(
                thai.local_date(self.received_at), style="long", digits="thai"
            ),
            "due": thai.format_date(self.date_due, style="long", digits="thai"),
            "right": right,
            "reason": lines(self.refusal_reason),
            "extension": lines(self.extension_reason),
            "decision": lines(self.decision),
            "enclosed": bool(self.answer_file or self.sudo().export_ids),
        }

    def action_print_answer(self):
        """The answer as a letter."""
        self.ensure_one()
        self.check_access("read")
        if self.state in OPEN_STATES and not self.extended_days:
            raise UserError(self.env._("The request has not been answered yet."))
        return self.env.ref("lgo_base.action_report_privacy_answer").report_action(self)

    @api.model
    def action_export_register(self, *_args):
        """Download the register of requests as a workbook."""
        return {
            "type": "ir.actions.act_url",
            "url": "/lgo/privacy-requests.xlsx",
            "target": "download",
        }

    @api.model
    def _register_workbook(self):
        """The register as bytes of an XLSX file; each one taken out leaves a row (s. 39(7))."""
        if not self.env.user.has_groups("lgo_base.group_privacy_officer,lgo_base.group_auditor"):
            raise AccessError(self.env._("The register is taken out by the personal data officer."))
        requests = self.search([("id", "!=", False)], order="received_at, id")
        self.env["lgo.audit.log"]._log(
            "export", self.browse(), detail={"format": "xlsx", "rows": len(requests)}
        )
        return workbook.table(
            self.env._("Requests on personal data"),
            [(self._fields[name]._description_string(self.env), width) for name, width in COLUMNS],
            [[self._lgo_plain(record, name) for name, _width in COLUMNS] for record in requests],
        )

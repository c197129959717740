# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoCaseNoticeSign(models.TransientModel):
    """Asks for the cause of each delay, then signs one or many late notices at once."""

    _name = "lgo.case.notice.sign"
    _description = "Sign Late Notices"

    line_ids = fields.One2many(comodel_name="lgo.case.notice.sign.line", inverse_name="wizard_id")

    @api.model
    def default_get(self, fields_list):
        """A line for each notice, with the cause that the officer in charge has noted."""
        values = super().default_get(fields_list)
        ids = self.env.context.get("default_notice_ids") or []
        notices = self.env["lgo.case.notice"].search([("id", "in", ids)], order="date_owed, id")
        values["line_ids"] = [
            fields.Command.create(
                {
                    "notice_id": notice.id,
                    "cause": case.late_cause,
                    "date_expected": case.date_expected,
                }
            )
            for notice in notices
            for case in [notice._case()]
        ]
        return values

    def action_confirm(self):
        """Sign all; each is issued and sent."""
        self.ensure_one()
        for line in self.line_ids:
            line.notice_id._sign(line.cause, line.date_expected)
        return {"type": "ir.actions.act_window_close"}


class LgoCaseNoticeSignLine(models.TransientModel):
    """One late notice to sign, with its cause."""

    _name = "lgo.case.notice.sign.line"
    _description = "Late Notice Being Signed"

    wizard_id = fields.Many2one(
        comodel_name="lgo.case.notice.sign", required=True, index=True, ondelete="cascade"
    )
    notice_id = fields.Many2one(comodel_name="lgo.case.notice", required=True)
    case_name = fields.Char(related="notice_id.case_name")
    number = fields.Integer(related="notice_id.number")
    cause = fields.Text(required=True)
    date_expected = fields.Date(string="Expected until")

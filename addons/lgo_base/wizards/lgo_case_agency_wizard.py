# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoCaseAgencyWizard(models.TransientModel):
    """Asks for whom a case waits, or to which agency it goes for good."""

    _name = "lgo.case.agency.wizard"
    _description = "Other Agency of a Case"

    case_model = fields.Char(required=True)
    case_id = fields.Integer(required=True)
    purpose = fields.Selection(
        selection=[("wait", "Wait"), ("forward", "Forward to another agency")], required=True
    )
    is_agency = fields.Boolean(
        string="Another agency",
        default=True,
        help="Take the mark away when the work waits for material or budget.",
    )
    agency = fields.Char(string="Whom or what", required=True)
    date_expected = fields.Date(string="Answer expected")
    reference = fields.Char(
        string="Number at the agency", help="Number under which the agency keeps the case."
    )
    letter = fields.Char(
        string="Letter number", help="Number and date of our letter, as ที่ ชม 52301/123 ลงวันที่ …"
    )
    letter_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Copy of the letter",
        help="PDF or picture; the citizen may read it.",
    )
    reason = fields.Text(help="The applicant may read this.")
    pause_text = fields.Char(string="Time limit", compute="_compute_pause_text")

    @api.depends("case_model", "case_id", "is_agency")
    def _compute_pause_text(self):
        for wizard in self:
            law = wizard._case().law_version_id
            if wizard.is_agency and law.wait_pauses_clock:
                wizard.pause_text = self.env._(
                    "The time stands still: %(law)s", law=law.wait_legal_reference
                )
            else:
                wizard.pause_text = self.env._("The time goes on.")

    def _case(self):
        self.ensure_one()
        return self.env["lgo.case.register"]._case_model(self.case_model).browse(self.case_id)

    def action_confirm(self):
        """Wait, or forward the case."""
        self.ensure_one()
        case = self._case()
        if self.purpose == "wait":
            case._wait_for(
                self.agency,
                is_agency=self.is_agency,
                expected=self.date_expected,
                reference=self.letter,
                reason=self.reason,
            )
        else:
            case._forward_out(
                self.agency,
                reference=self.reference,
                letter=self.letter,
                files=self.letter_ids,
                reason=self.reason,
            )
        return {"type": "ir.actions.act_window_close"}

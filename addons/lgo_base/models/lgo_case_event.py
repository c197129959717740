# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoCaseEvent(models.Model):
    """A line of the timeline of a case; public lines are what the citizen reads."""

    _name = "lgo.case.event"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Case Event"
    _order = "date, id"

    _forgotten = ("text", "note", "user_id")

    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    code = fields.Char(required=True, readonly=True, help="Transition or event code.")
    text = fields.Text(required=True, readonly=True)
    note = fields.Text(readonly=True, help="Reason or remark that belongs to the line.")
    public = fields.Boolean(readonly=True, help="The citizen sees this line.")
    user_id = fields.Many2one(comodel_name="res.users", readonly=True)
    acted_by = fields.Char(string="By", compute="_compute_acted_by")
    state_from = fields.Char(readonly=True)
    state_to = fields.Char(readonly=True)

    @api.depends("user_id", "res_model", "res_id")
    def _compute_acted_by(self):
        """An officer, the applicant, or the office for what a job did.

        The applicant without a name: a reporter may be hidden from who reads the timeline.
        """
        for event in self:
            user = event.user_id.sudo()
            if user.share and not user._is_public():
                event.acted_by = self.env._("Applicant")
            else:
                case = event._case().sudo()
                event.acted_by = user._lgo_acted_name(case.unit_id, case.company_id)

    @api.model
    def _add(self, case, code, text, *, public=False, note=None, state_from=None, state_to=None):
        """Write a line; the only way in."""
        return self.sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "code": code,
                "text": text,
                "note": note,
                "public": public,
                "user_id": self.env.uid,
                "state_from": state_from,
                "state_to": state_to,
            }
        )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A line of the timeline never changes."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A line of the timeline cannot be deleted."))

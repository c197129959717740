# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoEofficeDestructionMember(models.Model):
    """A member of a committee of destruction (ข้อ ๖๗)."""

    _name = "lgo.eoffice.destruction.member"
    _description = "Member of a Committee of Destruction"
    _order = "destruction_id, role, sequence, id"

    destruction_id = fields.Many2one(
        comodel_name="lgo.eoffice.destruction", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [("chair", "Chair"), ("member", "Member")], required=True, default="member"
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Officer", required=True, index=True, ondelete="restrict"
    )
    position = fields.Char(compute="_compute_position", store=True, readonly=False)

    _user_uniq = models.UniqueIndex(
        "(destruction_id, user_id)", "An officer sits in a committee once."
    )

    @api.depends("user_id")
    def _compute_position(self):
        for member in self:
            member.position = member.user_id.sudo().employee_id.job_title or member.position

    def _check_survey(self):
        if any(member.destruction_id.state != "survey" for member in self):
            raise UserError(self.env._("The committee is appointed: it no longer changes."))

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._check_survey()
        return members

    def write(self, vals):
        self._check_survey()
        done = super().write(vals)
        self._check_survey()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_only_in_survey(self):
        self._check_survey()

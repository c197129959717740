# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class LgoCaseAssignment(models.Model):
    """Who was given a case, by whom, when and why; written by the case itself."""

    _name = "lgo.case.assignment"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Assignment of a Case"
    _order = "id desc"

    _forgotten = ("reason",)

    at = fields.Datetime(
        string="Assigned on", required=True, readonly=True, default=fields.Datetime.now
    )
    by_id = fields.Many2one(comodel_name="res.users", string="Assigned by", readonly=True)
    from_user_id = fields.Many2one(comodel_name="res.users", string="Officer before", readonly=True)
    to_user_id = fields.Many2one(comodel_name="res.users", string="Officer", readonly=True)
    from_unit_id = fields.Many2one(
        comodel_name="hr.department", string="Unit before", readonly=True
    )
    to_unit_id = fields.Many2one(comodel_name="hr.department", string="Unit", readonly=True)
    reason = fields.Text(readonly=True)
    batch = fields.Char(
        readonly=True, index="btree_not_null", help="Cases given at once share this mark."
    )

    def _undo(self, env):
        """Give the case back to who had it, unless somebody has moved it since.

        Who gave the case away may take it back, though it may now be none of theirs: the write
        is the system's, the row (in sudo) names who gave it.

        :param env: environment of the user who takes it back
        :raises AccessError: the user is not who gave it
        :raises UserError: the case was given on in the meantime
        """
        self.ensure_one()
        if self.by_id != env.user:
            raise AccessError(self.env._("Only who gave the case takes it back."))
        now = env[self.res_model].browse(self.res_id).sudo()
        if (now.user_id, now.unit_id) != (self.to_user_id, self.to_unit_id) or now.is_final:
            raise UserError(
                self.env._("%(case)s was worked on in the meantime.", case=now.display_name)
            )
        now.with_context(lgo_assign_reason=self.env._("Assignment taken back.")).write(
            {"user_id": self.from_user_id.id, "unit_id": self.from_unit_id.id}
        )

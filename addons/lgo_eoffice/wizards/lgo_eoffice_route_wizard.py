# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeRouteWizard(models.TransientModel):
    """The registry passes letters on: one dialog, by keyboard."""

    _name = "lgo.eoffice.route.wizard"
    _description = "Pass Letters On"

    letter_ids = fields.Many2many(comodel_name="lgo.eoffice.letter", required=True)
    mode = fields.Selection(
        [("unit_first", "To the unit first"), ("top_first", "To the chief administrator first")],
        required=True,
        default=lambda self: self.env.company.lgo_route_mode,
    )
    act_unit_ids = fields.Many2many(
        comodel_name="hr.department", relation="lgo_eoffice_route_act_rel", string="To act",
        help="The first one owns the matter.",
    )  # fmt: skip
    to_post_id = fields.Many2one(
        comodel_name="lgo.post", string="In front of", compute="_compute_to_post_id", store=True,
        readonly=False,
    )  # fmt: skip
    info_unit_ids = fields.Many2many(
        comodel_name="hr.department", relation="lgo_eoffice_route_info_rel", string="To know"
    )
    phrase_id = fields.Many2one(
        comodel_name="lgo.eoffice.phrase",
        domain="[('action', 'in', (False, 'route', 'propose'))]",
    )  # fmt: skip
    text = fields.Char(
        string="Note", compute="_compute_text", store=True, readonly=False,
        help="Stands below the letter with name and time.",
    )  # fmt: skip

    @api.depends("mode")
    def _compute_to_post_id(self):
        for wizard in self:
            chief = self.env["lgo.post"]._lgo_chief(self.env.company)
            wizard.to_post_id = chief if wizard.mode == "top_first" else False

    @api.depends("phrase_id")
    def _compute_text(self):
        for wizard in self:
            wizard.text = wizard.phrase_id.name or wizard.text

    def action_pass_on(self):
        """Button: pass the letters on."""
        self.ensure_one()
        top = self.mode == "top_first"
        self.letter_ids._route(
            act_units=self.env["hr.department"] if top else self.act_unit_ids,
            info_units=self.info_unit_ids,
            to_post=self.to_post_id if top else None,
            text=self.text,
        )
        return {"type": "ir.actions.act_window_close"}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    """The cases of a citizen; the rule that says which citizens an officer sees reads them."""

    _inherit = "res.partner"

    lgo_case_ids = fields.One2many(
        comodel_name="lgo.case.register",
        inverse_name="partner_id",
        string="Cases",
        groups="lgo_base.group_staff",
        exportable=False,
    )
    lgo_agent_case_ids = fields.One2many(
        comodel_name="lgo.case.register",
        inverse_name="agent_partner_id",
        string="Cases as agent",
        groups="lgo_base.group_staff",
        exportable=False,
    )

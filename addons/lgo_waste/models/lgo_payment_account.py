# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPaymentAccount(models.Model):
    """The account of a service point."""

    _inherit = "lgo.payment.account"

    waste_point_ids = fields.One2many("lgo.waste.point", "account_id", string="Service points")

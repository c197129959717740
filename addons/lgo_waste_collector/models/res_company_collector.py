# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What organisations decide differently about collectors in the field.

    None of these is in a law that we know of (dossier chapter 12): each office sets them.
    """

    _inherit = "res.company"

    lgo_collector_numbers = fields.Integer(
        string="Receipt numbers on a phone",
        default=50,
        help="How many numbers a phone gets in advance, for receipts written without signal.",
    )
    lgo_collector_cash_limit = fields.Monetary(
        string="Most cash that a collector carries",
        currency_field="currency_id",
        default=20000.0,
        help="Above it the phone takes no more money until it was handed over; 0 for no limit.",
    )
    lgo_collector_overnight = fields.Boolean(
        string="Collectors may keep money overnight",
        help="Otherwise the till of an earlier day is closed and handed over before a new round.",
    )
    lgo_collector_place_days = fields.Integer(
        string="Days that places of receipts are kept",
        default=90,
        help="Where a collector stood is forgotten after these days (PDPA B.E. 2562 s.37(3)).",
    )

    @api.constrains("lgo_collector_numbers", "lgo_collector_cash_limit", "lgo_collector_place_days")
    def _check_lgo_collector(self):
        for company in self:
            if not 1 <= company.lgo_collector_numbers <= 500:
                raise ValidationError(self.env._("A phone gets from 1 to 500 receipt numbers."))
            if company.lgo_collector_cash_limit < 0:
                raise ValidationError(self.env._("The limit of cash is not below zero."))
            if not 1 <= company.lgo_collector_place_days <= 3650:
                raise ValidationError(self.env._("Places are kept from 1 to 3,650 days."))

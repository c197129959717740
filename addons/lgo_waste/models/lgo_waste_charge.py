# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai


class LgoWasteCharge(models.Model):
    """One month of one service point: what it costs and the bill on which it stands.

    The unique index lets a month be charged once, however often a run is started, killed or done
    beside another. A month that costs nothing has a row too, with the reason.
    """

    _name = "lgo.waste.charge"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Month of a Service Point"
    _order = "period desc, point_id"
    _append_only_writable = frozenset({"state"})

    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Date(string="Month", required=True, readonly=True, help="Its first day.")
    month = fields.Char(string="Month in words", compute="_compute_month")
    fiscal_year = fields.Integer(required=True, readonly=True, aggregator=None, help="B.E.")
    zone_id = fields.Many2one("lgo.waste.zone", readonly=True)
    tariff_id = fields.Many2one("lgo.waste.tariff", string="Class", readonly=True)
    version_id = fields.Many2one(
        "lgo.waste.tariff.version", string="Rate table", readonly=True, index="btree_not_null"
    )
    quantity = fields.Float(digits=(12, 3), readonly=True, aggregator=None)
    unit_count = fields.Integer(string="Rooms or households", readonly=True, aggregator=None)
    amount_full = fields.Monetary(string="By the rate", readonly=True)
    amount = fields.Monetary(readonly=True)
    incentive_id = fields.Many2one("lgo.waste.incentive", readonly=True)
    exemption_id = fields.Many2one("lgo.waste.exemption", readonly=True)
    pause_id = fields.Many2one("lgo.waste.pause", readonly=True)
    bill_id = fields.Many2one("lgo.payment.bill", readonly=True, index="btree_not_null")
    run_id = fields.Many2one("lgo.waste.run", readonly=True, index="btree_not_null")
    state = fields.Selection(
        [("billed", "Billed"), ("free", "Without a fee"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
    )

    _month_uniq = models.UniqueIndex(
        "(point_id, period) WHERE state != 'cancelled'",
        "This month of the service point was charged already.",
    )

    @api.depends("period")
    def _compute_month(self):
        for charge in self:
            charge.month = thai.format_date(charge.period, "abbr", "arabic").partition(" ")[2]

    @api.model
    def _print_query(self, run):
        """Bills of a run in the order in which somebody carries them: route, place on it, point."""
        self.env.flush_all()
        return SQL(
            """SELECT DISTINCT ON (p.route_id, p.route_sequence, p.id, c.bill_id)
                      p.route_id, c.bill_id
                 FROM lgo_waste_charge c
                 JOIN lgo_waste_point p ON p.id = c.point_id
                WHERE c.run_id = %s AND c.state = 'billed'
                ORDER BY p.route_id, p.route_sequence, p.id, c.bill_id""",
            run.id,
        )

    def _append_only_message(self):
        return self.env._("Months that were charged do not change; ask for another bill.")

    def _free_bills(self, bills):
        """The months of cancelled bills may be billed again."""
        charges = self.sudo().search([("bill_id", "in", bills.ids), ("state", "=", "billed")])
        charges._append_only_permitted().write({"state": "cancelled"})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai


class LgoPaymentDay(models.Model):
    """The balance of a day: receipts, ledger, bank and cash must say the same.

    A day closes when every difference is zero or explained; a closed day keeps its figures.
    """

    _name = "lgo.payment.day"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Balance of a Day"
    _order = "date desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    cash_receipts = fields.Monetary(string="Receipts for cash", readonly=True)
    cash_ledger = fields.Monetary(string="Booked as cash", readonly=True)
    cash_remitted = fields.Monetary(string="Handed over", readonly=True)
    cash_deposited = fields.Monetary(string="Brought to the bank", readonly=True)
    cash_difference = fields.Monetary(string="Difference of cash", readonly=True)
    bank_lines = fields.Monetary(string="Reported by the bank", readonly=True)
    bank_ledger = fields.Monetary(string="Booked to bills and waiting", readonly=True)
    bank_held = fields.Monetary(string="Not booked yet", readonly=True)
    bank_difference = fields.Monetary(string="Difference of the bank", readonly=True)
    bank_credited = fields.Monetary(string="Credited on the statement", readonly=True)
    clearing_balance = fields.Monetary(string="Not credited yet", readonly=True)
    receipt_count = fields.Integer(readonly=True, aggregator=None)
    cancelled_count = fields.Integer(string="Cancelled receipts", readonly=True, aggregator=None)
    open_sessions = fields.Integer(string="Open tills", readonly=True, aggregator=None)
    to_decide = fields.Integer(readonly=True, aggregator=None)
    explanation = fields.Text()
    closed_by_id = fields.Many2one("res.users", readonly=True)
    closed_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")], default="open", required=True, readonly=True
    )

    _action_only = frozenset(
        {
            "state", "company_id", "closed_by_id", "closed_at", "cash_receipts", "cash_ledger",
            "cash_remitted", "cash_deposited", "cash_difference", "bank_lines", "bank_ledger",
            "bank_held", "bank_difference", "bank_credited", "clearing_balance", "receipt_count",
            "cancelled_count", "open_sessions", "to_decide",
        }
    )  # fmt: skip

    _day_uniq = models.UniqueIndex("(date, company_id)", "This day is there already.")

    @api.depends("date")
    def _compute_display_name(self):
        for day in self:
            day.display_name = thai.format_date(day.date, "abbr", "arabic") if day.date else ""

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._refresh()
        return days

    def action_refresh(self):
        """Compute the figures of an open day again."""
        self.check_access("write")
        self.filtered(lambda day: day.state == "open")._refresh()
        return True

    def _refresh(self):
        for day in self:
            day.sudo().write(day._figures())

    def _figures(self):
        """Compute the figures of a day from the receipts, the ledger and the bank."""
        self.ensure_one()
        self.env.flush_all()
        values = {"company": self.company_id.id, "day": self.date}
        [row] = self.env.execute_query_dict(SQL(FIGURES, **values))
        currency = self.company_id.currency_id
        row = {
            name: value if isinstance(value, int) else currency.round(float(value or 0))
            for name, value in row.items()
        }
        row["cash_difference"] = currency.round(row["cash_receipts"] - row["cash_ledger"])
        row["bank_difference"] = currency.round(row["bank_lines"] - row["bank_ledger"])
        uncleared = self.env["lgo.bank.credit"]._uncleared(self.company_id)
        row["clearing_balance"] = currency.round(
            sum(amount for (_biller, day, _kind), amount in uncleared.items() if day <= self.date)
        )
        return row

    def action_close(self):
        """Close the day.

        :raise UserError: open tills, or a difference without an explanation
        """
        for day in self:
            if not self.env.user.has_group("lgo_base.group_finance"):
                raise UserError(self.env._("Only finance closes the day."))
            if day.state == "closed":
                continue
            day._refresh()
            if day.open_sessions:
                raise UserError(
                    self.env._(
                        "%(count)s tills of this day are still open.", count=day.open_sessions
                    )
                )
            unclear = day.cash_difference or day.bank_difference or day.bank_held
            if unclear and not (day.explanation or "").strip():
                raise UserError(
                    self.env._(
                        "The day does not balance. Decide what waits, or explain the difference."
                    )
                )
            day.sudo().write(
                {
                    "state": "closed",
                    "closed_by_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                }
            )
            self.env["lgo.audit.log"]._log("payment.day.close", day)
        return True

    def write(self, vals):
        if {"explanation", "date"} & vals.keys() and any(day.state == "closed" for day in self):
            raise UserError(self.env._("A closed day stays as it was."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if any(day.state == "closed" for day in self):
            raise UserError(self.env._("A closed day is kept."))


FIGURES = """
WITH receipts AS (
    SELECT * FROM lgo_receipt WHERE company_id = %(company)s AND date = %(day)s
), cash_parts AS (
    SELECT part.amount FROM lgo_payment_allocation part
      JOIN receipts ON receipts.id = part.receipt_id AND receipts.channel = 'cash'
     WHERE part.state IN ('active', 'paid_out')
), lines AS (
    SELECT * FROM lgo_bank_line WHERE company_id = %(company)s AND pay_date = %(day)s
), bank_parts AS (
    SELECT part.amount FROM lgo_payment_allocation part
      JOIN lines ON lines.id = part.bank_line_id
     WHERE part.state IN ('active', 'paid_out')
)
SELECT
    (SELECT sum(amount) FROM receipts WHERE channel = 'cash' AND state = 'issued')
        AS cash_receipts,
    (SELECT sum(amount) FROM cash_parts) AS cash_ledger,
    (SELECT sum(counted) FROM lgo_remittance
      WHERE company_id = %(company)s AND date = %(day)s) AS cash_remitted,
    (SELECT sum(amount) FROM lgo_cash_deposit
      WHERE company_id = %(company)s AND date = %(day)s) AS cash_deposited,
    (SELECT sum(amount) FROM lines WHERE kind = 'C' AND state IN ('posted', 'waiting'))
        AS bank_lines,
    (SELECT sum(amount) FROM bank_parts) AS bank_ledger,
    (SELECT sum(amount) FROM lines
      WHERE kind = 'C' AND status = 'ok' AND state IN ('new', 'held')
        AND outcome IS DISTINCT FROM 'duplicate_import') AS bank_held,
    (SELECT sum(amount) FROM lgo_bank_credit
      WHERE company_id = %(company)s AND date = %(day)s AND state = 'matched') AS bank_credited,
    (SELECT count(*)::int FROM receipts) AS receipt_count,
    (SELECT count(*)::int FROM receipts WHERE state = 'cancelled') AS cancelled_count,
    (SELECT count(*)::int FROM lgo_cash_session
      WHERE company_id = %(company)s AND state = 'open'
        AND (opened_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Bangkok')::date <= %(day)s)
        AS open_sessions,
    (SELECT count(*)::int FROM lines WHERE state IN ('waiting', 'held')) AS to_decide
"""

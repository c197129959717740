# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

#: What keeps a month open until it is put right; the rest may be explained.
HARD = ("open_days", "open_tills", "receipt_gaps")


class LgoPaymentPeriod(models.Model):
    """A month of the books of fees: looked through, closed, locked in the ledger.

    A month closes when its days are closed, its tills handed over and the receipt book of the
    fiscal year has no gap. Closing sets the lock date of Odoo, so that nothing is booked into the
    month any more; money that comes later is booked on the day on which it comes. September closes
    the fiscal year (พ.ร.บ. วิธีการงบประมาณ พ.ศ. 2561 มาตรา 4: 1 October to 30 September).
    """

    _name = "lgo.payment.period"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Month of the Books"
    _order = "date desc"
    _action_only = frozenset(
        {
            "state", "company_id", "closed_by_id", "closed_at", "open_days", "open_tills",
            "receipt_gaps", "to_decide", "not_deposited", "receipt_amount", "receipt_count",
        }
    )  # fmt: skip

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Month",
        required=True,
        default=lambda self: (
            thai.local_date(fields.Datetime.now()) + relativedelta(months=-1, day=1)
        ),
    )
    is_year_end = fields.Boolean(string="Closes the fiscal year", compute="_compute_is_year_end")
    open_days = fields.Integer(string="Days not closed", readonly=True, aggregator=None)
    open_tills = fields.Integer(string="Tills not handed over", readonly=True, aggregator=None)
    receipt_gaps = fields.Integer(string="Numbers missing", readonly=True, aggregator=None)
    to_decide = fields.Integer(string="Payments to decide", readonly=True, aggregator=None)
    not_deposited = fields.Integer(
        string="Remittances not in the bank", readonly=True, aggregator=None
    )
    receipt_count = fields.Integer(string="Receipts", readonly=True, aggregator=None)
    receipt_amount = fields.Monetary(string="Money received", readonly=True)
    explanation = fields.Text(help="Why what is left open is right.")
    reopen_reason = fields.Char(string="Why it is opened again")
    closed_by_id = fields.Many2one("res.users", readonly=True)
    closed_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )

    _month_uniq = models.UniqueIndex("(date, company_id)", "This month is there already.")
    _month_start = models.Constraint(
        "CHECK (EXTRACT(DAY FROM date) = 1)", "A month begins on its first day."
    )

    @api.depends("date")
    def _compute_is_year_end(self):
        for period in self:
            period.is_year_end = bool(period.date) and period.date.month == 9

    @api.depends("date")
    def _compute_display_name(self):
        for period in self:
            text = thai.format_date(period.date, "long", "arabic") if period.date else ""
            period.display_name = text.partition(" ")[2]

    @api.constrains("date")
    def _check_date(self):
        for period in self:
            if period._last_day() >= thai.local_date(fields.Datetime.now()):
                raise ValidationError(self.env._("Only a month that is over is closed."))

    def _last_day(self):
        return self.date + relativedelta(day=31)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("date"):
                vals["date"] = fields.Date.to_date(vals["date"]).replace(day=1)
        periods = super().create(vals_list)
        periods._refresh()
        return periods

    def write(self, vals):
        if vals.get("date"):
            vals = {**vals, "date": fields.Date.to_date(vals["date"]).replace(day=1)}
        if {"date", "explanation"} & vals.keys() and any(one.state == "closed" for one in self):
            raise UserError(self.env._("A closed month stays as it was."))
        return super().write(vals)

    def action_refresh(self):
        """Look through the month again."""
        self.check_access("write")
        self.filtered(lambda one: one.state == "open")._refresh()
        return True

    def _refresh(self):
        self.env.flush_all()
        for period in self:
            values = {
                "company": period.company_id.id,
                "first": period.date,
                "last": period._last_day(),
                "year": thai.fiscal_year(period.date),
            }
            [row] = self.env.execute_query_dict(SQL(FIGURES, **values))
            period.sudo().write({**row, "receipt_amount": float(row["receipt_amount"] or 0)})

    def action_close(self):
        """Close the month and lock it in the ledger.

        :raise UserError: something must be put right first, an earlier month is open, or what is
            left open has no explanation
        """
        for period in self:
            period.check_access("write")
            if not self.env.user.has_group("lgo_base.group_finance"):
                raise AccessError(self.env._("Only finance closes a month."))
            if period.state == "closed":
                continue
            period._refresh()
            period._check_ready()
            period.sudo().write(
                {
                    "state": "closed",
                    "closed_by_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                }
            )
            company = period.company_id.sudo()
            last = period._last_day()
            if not company.fiscalyear_lock_date or company.fiscalyear_lock_date < last:
                company.fiscalyear_lock_date = last
            self.env["lgo.audit.log"]._log("payment.period.close", period, severity="warning")
        return True

    def _check_ready(self):
        hard = [
            f"• {self._fields[name]._description_string(self.env)}: {self[name]}"
            for name in HARD
            if self[name]
        ]
        if hard:
            raise UserError("\n".join([self.env._("Put this right first:"), *hard]))
        if self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("date", "<", self.date),
                ("state", "=", "open"),
            ],
            limit=1,
        ):
            raise UserError(self.env._("Close the earlier month first."))
        left = self.to_decide or self.not_deposited
        if left and not (self.explanation or "").strip():
            raise UserError(
                self.env._("Decide what waits and bring the money to the bank, or explain it.")
            )

    def action_reopen(self):
        """Open the last closed month again; who approves for finance does it, with a reason."""
        for period in self:
            period.check_access("read")
            if not self.env.user.has_group("lgo_payment.group_approver"):
                raise AccessError(self.env._("Only who approves for finance opens a month again."))
            if period.state != "closed":
                raise UserError(self.env._("This month is open."))
            if period.closed_by_id == self.env.user:
                raise UserError(self.env._("Who closed the month does not open it again."))
            if not (period.reopen_reason or "").strip():
                raise UserError(self.env._("Write why the month is opened again."))
            later = [
                ("company_id", "=", period.company_id.id),
                ("date", ">", period.date),
                ("state", "=", "closed"),
            ]
            if period.search_count(later, limit=1):
                raise UserError(self.env._("Open the later month again first."))
            period.sudo().write({"state": "open"})
            period.company_id.sudo().fiscalyear_lock_date = period.date + relativedelta(days=-1)
            self.env["lgo.audit.log"]._log(
                "payment.period.reopen", period, detail={"reason": period.reopen_reason},
                severity="critical",
            )  # fmt: skip
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if any(period.state == "closed" for period in self):
            raise UserError(self.env._("A closed month is kept."))


FIGURES = """
WITH moved AS (
    SELECT date AS day FROM lgo_receipt
     WHERE company_id = %(company)s AND date BETWEEN %(first)s AND %(last)s
    UNION
    SELECT pay_date FROM lgo_bank_line
     WHERE company_id = %(company)s AND pay_date BETWEEN %(first)s AND %(last)s
), book AS (
    SELECT max(entry.number) AS highest, count(*) AS numbers
      FROM lgo_register_entry entry
      JOIN lgo_register register ON register.id = entry.register_id
     WHERE register.code = 'payment_receipt' AND entry.company_id = %(company)s
       AND entry.period = %(year)s::text AND entry.point = 0
), lost AS (
    SELECT count(*) AS numbers
      FROM lgo_register_entry entry
      JOIN lgo_register register ON register.id = entry.register_id
     WHERE register.code = 'payment_receipt' AND entry.company_id = %(company)s
       AND entry.period = %(year)s::text AND entry.state = 'used' AND entry.date <= %(last)s
       AND NOT EXISTS (SELECT FROM lgo_receipt WHERE register_entry_id = entry.id)
)
SELECT
    (SELECT count(*)::int FROM moved WHERE NOT EXISTS (
        SELECT FROM lgo_payment_day day
         WHERE day.company_id = %(company)s AND day.date = moved.day AND day.state = 'closed'
    )) AS open_days,
    (SELECT count(*)::int FROM lgo_cash_session
      WHERE company_id = %(company)s AND state != 'remitted'
        AND EXISTS (SELECT FROM lgo_receipt WHERE session_id = lgo_cash_session.id)
        AND (opened_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Bangkok')::date <= %(last)s)
        AS open_tills,
    (SELECT (coalesce(book.highest, 0) - book.numbers + lost.numbers)::int FROM book, lost)
        AS receipt_gaps,
    (SELECT count(*)::int FROM lgo_bank_line
      WHERE company_id = %(company)s AND state IN ('new', 'waiting', 'held')
        AND pay_date <= %(last)s) AS to_decide,
    (SELECT count(*)::int FROM lgo_remittance
      WHERE company_id = %(company)s AND date <= %(last)s AND state != 'deposited')
        AS not_deposited,
    (SELECT count(*)::int FROM lgo_receipt
      WHERE company_id = %(company)s AND date BETWEEN %(first)s AND %(last)s
        AND state = 'issued') AS receipt_count,
    (SELECT sum(amount) FROM lgo_receipt
      WHERE company_id = %(company)s AND date BETWEEN %(first)s AND %(last)s
        AND state = 'issued') AS receipt_amount
"""

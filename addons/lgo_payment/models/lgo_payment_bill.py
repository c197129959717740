# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import references

SEQUENCE_KINDS = ("account", "bill", "group")
#: Words that stand on entries of the ledger, which are in Thai whoever makes them.
REASONS = (("cancelled", "ยกเลิกใบแจ้ง"), ("adjusted", "ปรับลด"), ("written_off", "จำหน่ายหนี้สูญ"))


class LgoPaymentBill(models.Model):
    """A bill of a fee (ใบแจ้งค่าธรรมเนียม): its number is reference 2 of the payment.

    Behind each bill stands a posted customer invoice, so that what is left to pay, the ledger and
    the lock dates are Odoo's own. The bill never changes after it was issued; what has to be put
    right goes through a request that another officer approves.
    """

    _name = "lgo.payment.bill"
    _inherit = ["lgo.action.only.mixin", "portal.mixin"]
    _description = "Fee Bill"
    _order = "fiscal_year desc, date_due desc, number desc"
    _rec_name = "number"
    _rec_names_search = ["number"]

    #: Everything: a bill comes from _issue only.
    _action_only = frozenset(
        {
            "number", "account_id", "partner_id", "company_id", "move_id", "receivable_line_id",
            "date", "date_due", "period_from", "period_to", "fiscal_year", "amount", "closing",
            "key", "residual", "state", "line_ids",
        }
    )  # fmt: skip

    number = fields.Char(string="Bill number", required=True, readonly=True, copy=False)
    account_id = fields.Many2one(
        "lgo.payment.account", required=True, readonly=True, index=True, ondelete="restrict"
    )
    account_name = fields.Char(related="account_id.name", string="What is paid for")
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    receivable_line_id = fields.Many2one("account.move.line", readonly=True, ondelete="restrict")
    title = fields.Char(string="Subject", readonly=True)
    date = fields.Date(string="Bill date", required=True, readonly=True)
    date_due = fields.Date(string="Due date", required=True, readonly=True, index=True)
    period_from = fields.Date(readonly=True)
    period_to = fields.Date(readonly=True)
    fiscal_year = fields.Integer(
        required=True, readonly=True, aggregator=None, help="Of the debt, B.E."
    )
    line_ids = fields.One2many("lgo.payment.bill.line", "bill_id", readonly=True)
    amount = fields.Monetary(readonly=True)
    residual = fields.Monetary(
        string="Left to pay", related="move_id.amount_residual", store=True, readonly=True
    )
    closing = fields.Selection(
        [("cancelled", "Cancelled"), ("written_off", "Written off")], readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("open", "To be paid"),
            ("partial", "Paid in part"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
            ("written_off", "Written off"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    key = fields.Char(
        readonly=True,
        copy=False,
        help="What may be billed only once, e.g. a service point and a month.",
    )
    allocation_ids = fields.One2many("lgo.payment.allocation", "bill_id", readonly=True)

    _number_uniq = models.UniqueIndex("(number, company_id)", "This bill number exists already.")
    _key_uniq = models.UniqueIndex(
        "(key, company_id) WHERE key IS NOT NULL AND closing IS NULL",
        "This was billed already.",
    )
    _open_idx = models.Index(
        "(account_id, fiscal_year, date_due) WHERE state IN ('open', 'partial')"
    )

    @api.depends("residual", "amount", "closing")
    def _compute_state(self):
        for bill in self:
            if bill.closing:
                bill.state = bill.closing
            elif not bill.residual:
                bill.state = "paid"
            elif bill.residual < bill.amount:
                bill.state = "partial"
            else:
                bill.state = "open"

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for bill in self:
            bill.access_url = f"/my/bills/{bill.id}"
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        raise UserError(self.env._("A bill is never deleted: ask for its cancelling."))

    # -- numbers ---------------------------------------------------------------------------

    @api.model
    def _next_runs(self, kind, company, year, count):
        """Take running numbers that no other transaction gets, without waiting for it.

        A sequence of PostgreSQL for each kind, organisation and fiscal year: a roll-back may leave
        a hole, which no rule forbids for bills (receipts have a register of their own).

        :param str kind: account, bill or group
        :param int year: fiscal year (B.E.), 0 for accounts
        :return: list of int, ascending
        """
        if kind not in SEQUENCE_KINDS:
            raise ValueError(kind)
        name = re.sub(r"\W", "", f"lgo_ref_{kind}_{int(company.id)}_{int(year)}")
        start = 10100001 if kind == "account" else 1
        self.env.cr.execute(
            SQL("CREATE SEQUENCE IF NOT EXISTS %s START %s", SQL.identifier(name), SQL(str(start)))
        )
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, int(count))
        )
        return [row[0] for row in rows]

    # -- issuing ---------------------------------------------------------------------------

    @api.model
    def _issue(self, company, specs):
        """Issue bills: number them, post their invoices; one transaction, no query a bill.

        Each spec is a dict: ``account`` (record), ``lines`` (list of dicts revenue, name, amount as
        Decimal or float of two decimals, period_from, period_to), and if wanted ``partner``,
        ``title``, ``date``, ``date_due``, ``period_from``, ``period_to``, ``fiscal_year``, ``key``,
        ``number`` (bills that were numbered elsewhere).

        :return: ``lgo.payment.bill`` (in sudo) in the order of the specs
        :raise UserError: a bill without an amount, or below zero
        """
        bills = self.sudo().with_company(company).env["lgo.payment.bill"]
        if not specs:
            return bills
        # read at once, whatever recordsets the specs come from
        accounts = bills.account_id.union(*(spec["account"].sudo() for spec in specs))
        accounts.mapped("partner_id.commercial_partner_id.display_name")
        specs = [self._complete_spec(company, spec) for spec in specs]
        self._number_specs(company, specs)
        made, cloned = self._split_by_shape(company, specs)
        found = dict(
            zip((spec["number"] for spec in made), bills._make(company, made), strict=True)
        )
        for pattern, members in cloned:
            clones = found[pattern["number"]]._clone(members)
            found.update(zip((spec["number"] for spec in members), clones, strict=True))
        if cloned:
            self.env.invalidate_all()
        return bills.union(*(found[spec["number"]] for spec in specs))

    def _make(self, company, specs):
        """Create bills and their invoices by the ORM."""
        moves = self._create_moves(self.env, company, specs)
        lines = moves.line_ids.filtered(lambda line: line.display_type == "payment_term")
        receivable = {line.move_id.id: line.id for line in lines}
        return self.with_context(tracking_disable=True).create(
            [
                {
                    **{
                        name: spec[name]
                        for name in (
                            "number", "date", "date_due", "period_from", "period_to",
                            "fiscal_year", "title", "key",
                        )
                    },
                    "account_id": spec["account"].id,
                    "partner_id": spec["partner"].id,
                    "company_id": company.id,
                    "move_id": move.id,
                    "receivable_line_id": receivable[move.id],
                    "amount": spec["amount"],
                    "line_ids": [
                        fields.Command.create(
                            {
                                "revenue_id": line["revenue"].id,
                                "name": line["name"],
                                "amount": line["amount"],
                            }
                        )
                        for line in spec["lines"]
                    ],
                }
                for spec, move in zip(specs, moves, strict=True)
            ]
        )  # fmt: skip

    def _complete_spec(self, company, spec):
        today = fields.Date.context_today(self)
        date = spec.get("date") or today
        due = fields.Date.add(date, days=company.lgo_bill_due_days)
        amount = company.currency_id.round(sum(float(line["amount"]) for line in spec["lines"]))
        if amount <= 0:
            raise UserError(
                self.env._(
                    "A bill must have an amount above zero: %(name)s.",
                    name=spec["account"].display_name,
                )
            )
        return {
            **spec,
            "partner": spec.get("partner") or spec["account"].partner_id,
            "date": date,
            "date_due": spec.get("date_due") or due,
            "period_from": spec.get("period_from") or False,
            "period_to": spec.get("period_to") or False,
            "fiscal_year": spec.get("fiscal_year")
            or thai.fiscal_year(spec.get("period_from") or date),
            "title": spec.get("title") or spec["lines"][0]["name"],
            "key": spec.get("key") or False,
            "amount": amount,
        }

    def _number_specs(self, company, specs):
        years = {}
        for spec in specs:
            if not spec.get("number"):
                years.setdefault(spec["fiscal_year"], []).append(spec)
        for year, wanting in years.items():
            runs = self._next_runs("bill", company, year, len(wanting))
            for spec, run in zip(wanting, runs, strict=True):
                spec["number"] = references.bill_number("1", year, run)

    def _create_moves(self, env, company, specs):
        """Create and post the invoices with everything given that Odoo would compute one by one."""
        journal = company.lgo_bill_journal_id
        receivable = company._lgo_payment_account("receivable")
        currency = company.currency_id
        accounts = {}
        for spec in specs:
            for line in spec["lines"]:
                if line["revenue"] not in accounts:
                    accounts[line["revenue"]] = line["revenue"]._account().id
        vals_list = []
        for spec in specs:
            partner = spec["partner"].commercial_partner_id.id
            common = {"partner_id": partner, "currency_id": currency.id, "tax_ids": False}
            items = [
                fields.Command.create(
                    {
                        **common,
                        "name": line["name"],
                        "display_type": "product",
                        "account_id": accounts[line["revenue"]],
                        "quantity": 1.0,
                        "price_unit": float(line["amount"]),
                        "price_subtotal": float(line["amount"]),
                        "price_total": float(line["amount"]),
                        "balance": -float(line["amount"]),
                        "amount_currency": -float(line["amount"]),
                        "product_uom_id": False,
                        "analytic_distribution": False,
                        "sequence": 10,
                    }
                )
                for line in spec["lines"]
            ]
            items.append(
                fields.Command.create(
                    {
                        **common,
                        "name": spec["number"],
                        "display_type": "payment_term",
                        "account_id": receivable.id,
                        "quantity": 0.0,
                        "price_unit": 0.0,
                        "balance": spec["amount"],
                        "amount_currency": spec["amount"],
                        "date_maturity": spec["date_due"],
                        "analytic_distribution": False,
                        "sequence": 12000,
                    }
                )
            )
            vals_list.append(
                {
                    "move_type": "out_invoice",
                    "journal_id": journal.id,
                    "company_id": company.id,
                    "currency_id": currency.id,
                    "partner_id": spec["partner"].id,
                    "partner_shipping_id": False,
                    "commercial_partner_id": partner,
                    "name": spec["number"],
                    "payment_reference": spec["number"],
                    "date": spec["date"],
                    "invoice_date": spec["date"],
                    "invoice_date_due": spec["date_due"],
                    "invoice_payment_term_id": False,
                    "fiscal_position_id": False,
                    "invoice_user_id": False,
                    "partner_bank_id": False,
                    "line_ids": items,
                }
            )
        moves = env["account.move"]._lgo_batch().create(vals_list)
        moves._lgo_post()
        return moves

    # -- ending ----------------------------------------------------------------------------

    def _close(self, closing, date):
        """End what is left of bills: cancel an unpaid one, else credit or write off the rest.

        :param str closing: cancelled or written_off
        :param date: accounting date of the entry
        """
        for bill in self.sudo():
            if bill.state not in ("open", "partial"):
                raise UserError(
                    self.env._("Bill %(number)s has nothing left to pay.", number=bill.number)
                )
            bill._reduce(bill.residual, closing, date)
            bill.closing = closing
        # what is billed again looks at the key in the database
        self.sudo().flush_recordset(["closing"])

    def _reduce(self, amount, reason, date):
        """Post an entry that takes ``amount`` off what is left to pay.

        :param str reason: cancelled and adjusted reduce the revenue, written_off is a loss
        """
        self.ensure_one()
        if self.currency_id.compare_amounts(amount, self.residual) > 0 or amount <= 0:
            raise UserError(
                self.env._(
                    "The amount must be above zero and at most what is left to pay of bill "
                    "%(number)s.",
                    number=self.number,
                )
            )
        company = self.company_id
        if reason == "written_off":
            parts = [(company._lgo_payment_account("written_off"), amount)]
        else:
            parts = self._revenue_parts(amount)
        moves = self.env["account.move"]._lgo_batch()
        move = moves.create(
            {
                "move_type": "entry",
                "journal_id": company.lgo_collection_journal_id.id,
                "company_id": company.id,
                "date": company._lgo_booking_date(date),
                "ref": f"{dict(REASONS).get(reason, reason)} {self.number}",
                "line_ids": [
                    *(
                        fields.Command.create(
                            {
                                "name": self.number,
                                "account_id": account.id,
                                "debit": part,
                                "credit": 0.0,
                                "partner_id": self.partner_id.id,
                                "tax_ids": False,
                            }
                        )
                        for account, part in parts
                    ),
                    fields.Command.create(
                        {
                            "name": self.number,
                            "account_id": self.receivable_line_id.account_id.id,
                            "debit": 0.0,
                            "credit": amount,
                            "partner_id": self.partner_id.commercial_partner_id.id,
                        }
                    ),
                ],
            }
        )
        move._lgo_post()
        credit = move.line_ids.filtered(lambda line: line.credit)
        (credit | self.receivable_line_id)._lgo_batch().reconcile()
        return move

    def _revenue_parts(self, amount):
        """Spread an amount over the kinds of revenue of the bill: list of (account, amount)."""
        parts, left = [], amount
        for position, line in enumerate(self.line_ids):
            last = position == len(self.line_ids) - 1
            part = left if last else self.currency_id.round(amount * line.amount / self.amount)
            parts.append((line.revenue_id._account(), part))
            left = self.currency_id.round(left - part)
        return [(account, part) for account, part in parts if part]

    def _qr_payload(self, biller=None):
        """Text of the QR that pays what is left; empty when nothing can be paid that way."""
        self.ensure_one()
        biller = biller or self.env["lgo.payment.biller"]._active(self.company_id)
        if not biller or self.state not in ("open", "partial"):
            return ""
        return biller._qr_payload(self.account_id.number, self.number, f"{self.residual:.2f}")

    @api.model
    def _lock(self, bills):
        """Lock bills until the transaction ends: two payments of one bill wait for each other.

        The balance is read again afterwards; under REPEATABLE READ the later one fails on its write
        and Odoo tries it again with what is left.
        """
        self.env.execute_query(
            SQL(
                "SELECT id FROM account_move WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(bills.move_id.ids),
            )
        )
        bills.invalidate_recordset(["residual", "state"])
        bills.move_id.invalidate_recordset(["amount_residual"])

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The bills of the person.

        Nothing is forgotten: the books of the organisation name who paid (พ.ร.บ. คุ้มครองข้อมูล
        ส่วนบุคคล พ.ศ. 2562 มาตรา 33 วรรคสอง; a legal duty keeps them).
        """
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(
            records, ["number", "title", "date", "date_due", "amount", "residual", "state"]
        )

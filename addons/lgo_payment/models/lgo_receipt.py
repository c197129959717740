# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

REGISTER = "payment_receipt"


class LgoReceipt(models.Model):
    """A receipt (ใบเสร็จรับเงิน) as it was given out: book, number, payer, what for, how much.

    Numbers come from a register of the fiscal year without a gap; a wrong receipt is cancelled as a
    whole, keeps its number, and a new one is issued (ระเบียบกระทรวงมหาดไทยว่าด้วยการรับเงินฯ ของ
    องค์กรปกครองส่วนท้องถิ่น). The day of the payment and the day of issue are both shown.
    """

    _name = "lgo.receipt"
    _inherit = ["lgo.append.only.mixin", "portal.mixin"]
    _description = "Receipt"
    _order = "fiscal_year desc, number desc"
    _rec_names_search = ["name", "payer"]

    _append_only_key = "lgo_payment"
    _append_only_writable = frozenset(
        {
            "state", "cancel_reason", "cancelled_by_id", "cancelled_at", "replaced_by_id",
            "remittance_id", "print_count", "document_id", "access_token",
        }
    )  # fmt: skip

    name = fields.Char(string="Receipt number", required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    book = fields.Integer(required=True, readonly=True, aggregator=None)
    fiscal_year = fields.Integer(required=True, readonly=True, aggregator=None)
    register_entry_id = fields.Many2one(
        "lgo.register.entry", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(string="Date of issue", required=True, readonly=True, index=True)
    issued_at = fields.Datetime(required=True, readonly=True)
    pay_date = fields.Date(string="Date of payment", required=True, readonly=True)
    payer = fields.Char(string="Received from", required=True, readonly=True)
    account_id = fields.Many2one(
        "lgo.payment.account", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        related="account_id.partner_id", store=True, index="btree_not_null"
    )
    house = fields.Char(readonly=True)
    line_ids = fields.One2many("lgo.receipt.line", "receipt_id", readonly=True)
    amount = fields.Monetary(readonly=True)
    amount_text = fields.Char(string="In words", compute="_compute_amount_text")
    channel = fields.Selection(
        [("cash", "Cash"), ("bank", "Bank, QR"), ("cheque", "Cheque")],
        required=True,
        readonly=True,
    )
    bank_line_id = fields.Many2one(
        "lgo.bank.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    session_id = fields.Many2one(
        "lgo.cash.session", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    remittance_id = fields.Many2one(
        "lgo.remittance", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    cashier_id = fields.Many2one(
        "res.users", string="Received by", required=True, readonly=True, index=True
    )
    allocation_ids = fields.One2many("lgo.payment.allocation", "receipt_id", readonly=True)
    state = fields.Selection(
        [("issued", "Issued"), ("cancelled", "Cancelled")],
        default="issued",
        required=True,
        readonly=True,
    )
    cancel_reason = fields.Char(readonly=True)
    cancelled_by_id = fields.Many2one("res.users", readonly=True)
    cancelled_at = fields.Datetime(readonly=True)
    replaced_by_id = fields.Many2one("lgo.receipt", readonly=True, ondelete="restrict")
    print_count = fields.Integer(string="Printed", readonly=True, aggregator=None)
    document_id = fields.Many2one("lgo.issued.document", readonly=True, ondelete="restrict")

    _entry_uniq = models.UniqueIndex("(register_entry_id)", "This number has a receipt already.")
    _number_uniq = models.UniqueIndex(
        "(company_id, fiscal_year, number)", "This receipt number exists already."
    )
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A receipt is above zero.")

    @api.depends("amount")
    def _compute_amount_text(self):
        for receipt in self:
            receipt.amount_text = thai.baht_text(f"{receipt.amount:.2f}")

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for receipt in self:
            receipt.access_url = f"/my/receipts/{receipt.id}"
        return result

    def _portal_ensure_token(self):
        return super(LgoReceipt, self._append_only_permitted())._portal_ensure_token()

    def _append_only_message(self):
        return self.env._("A receipt never changes: ask for its cancelling and issue a new one.")

    # -- issuing ---------------------------------------------------------------------------

    @api.model
    def _issue_batch(self, specs):
        """Issue receipts in one go, with consecutive numbers.

        :param specs: list of dicts parts (allocations of one payer), channel, payer, pay_date, and
            bank_line, session, cashier, entry (a number that was taken before, for a receipt
            written without a connection), date (of such a receipt)
        :return: ``lgo.receipt`` (in sudo)
        """
        receipts = self.sudo()
        if not specs:
            return receipts.browse()
        company = specs[0]["parts"].company_id
        now = fields.Datetime.now()
        day = thai.local_date(now)
        names = [spec["payer"] or spec["parts"][0].account_id.name or "-" for spec in specs]
        entries = self._entries_for(company, specs, names, now)
        size = company.sudo().lgo_receipt_book_size
        vals_list = []
        for spec, entry, name in zip(specs, entries, names, strict=True):
            parts = spec["parts"]
            issued_on = spec.get("date") or day
            vals_list.append(
                {
                    "name": entry.name,
                    "number": entry.number,
                    "book": (entry.number - 1) // size + 1,
                    "fiscal_year": thai.fiscal_year(entry.date),
                    "register_entry_id": entry.id,
                    "company_id": company.id,
                    "date": issued_on,
                    "issued_at": now,
                    "pay_date": spec["pay_date"],
                    "payer": name,
                    "account_id": parts[0].account_id.id,
                    "house": parts[0].account_id.house,
                    "amount": company.currency_id.round(sum(parts.mapped("amount"))),
                    "channel": spec["channel"],
                    "bank_line_id": spec["bank_line"].id if spec.get("bank_line") else False,
                    "session_id": spec["session"].id if spec.get("session") else False,
                    "cashier_id": spec.get("cashier") or self.env.uid,
                    "line_ids": [
                        fields.Command.create(vals)
                        for part in parts
                        for vals in self._prepare_lines(part)
                    ],
                }
            )
        issued = receipts._append_only_permitted().create(vals_list)
        self._link_parts(issued, [spec["parts"] for spec in specs])
        self._link_entries(issued)
        return issued._append_only_sealed()

    def _entries_for(self, company, specs, names, now):
        """Numbers of the register, new ones for all specs that bring none."""
        labels = [
            f"ใบเสร็จรับเงิน {name}"
            for spec, name in zip(specs, names, strict=True)
            if not spec.get("entry")
        ]
        taken = iter(self.env["lgo.register"]._take_numbers(REGISTER, company, labels, at=now))
        return [spec.get("entry") or next(taken) for spec in specs]

    def _prepare_lines(self, part):
        """What a receipt says of a part: the lines of the bill, or money in advance."""
        if part.kind != "bill":
            return [{"name": "เงินรับล่วงหน้า", "amount": part.amount, "fiscal_year": 0}]
        bill = part.bill_id
        left, rows = part.amount, []
        for position, line in enumerate(bill.line_ids):
            last = position == len(bill.line_ids) - 1
            share = bill.currency_id.round(part.amount * line.amount / bill.amount)
            amount = bill.currency_id.round(left if last else share)
            left -= amount
            if amount:
                rows.append(
                    {
                        "name": line.name,
                        "bill_id": bill.id,
                        "revenue_id": line.revenue_id.id,
                        "fiscal_year": bill.fiscal_year,
                        "amount": amount,
                    }
                )
        return rows

    def _link_parts(self, issued, parts_list):
        """Let the parts know their receipts, in one statement for all."""
        parts = self.env["lgo.payment.allocation"].sudo()
        rows = [
            SQL("(%s, %s)", part, receipt.id)
            for receipt, group in zip(issued, parts_list, strict=True)
            for part in group.ids
        ]
        parts.flush_model(["receipt_id"])
        self.env.cr.execute(
            SQL(
                """UPDATE lgo_payment_allocation part SET receipt_id = link.receipt
                     FROM (VALUES %s) AS link (part, receipt) WHERE part.id = link.part""",
                SQL(", ").join(rows),
            )
        )
        parts.invalidate_model(["receipt_id"])
        issued.invalidate_recordset(["allocation_ids"])

    def _link_entries(self, issued):
        """Let the book of numbers open its receipts."""
        issued.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE lgo_register_entry entry
                      SET res_model = 'lgo.receipt', res_id = receipt.id
                     FROM lgo_receipt receipt
                    WHERE receipt.register_entry_id = entry.id AND receipt.id IN %s""",
                tuple(issued.ids),
            )
        )
        issued.register_entry_id.invalidate_recordset(["res_model", "res_id"])

    # -- cancelling ------------------------------------------------------------------------

    def _cancel(self, reason, replaced_by=None):
        """Cancel a receipt; the number stays in the book. What it paid is settled elsewhere."""
        for receipt in self.sudo():
            if receipt.state != "issued":
                raise UserError(
                    self.env._("Receipt %(name)s is cancelled already.", name=receipt.name)
                )
            receipt._append_only_permitted().write(
                {
                    "state": "cancelled",
                    "cancel_reason": reason,
                    "cancelled_by_id": self.env.uid,
                    "cancelled_at": fields.Datetime.now(),
                    "replaced_by_id": replaced_by.id if replaced_by else False,
                }
            )
            if receipt.document_id.state == "valid":
                receipt.document_id._write_revoked(reason)
        self.env["lgo.audit.log"]._log("payment.receipt.cancel", self, severity="warning")

    def action_request_cancel(self):
        """Open the request to cancel this receipt."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.payment.request",
            "name": self.env._("Cancel a receipt"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_kind": "cancel_receipt", "default_receipt_id": self.id},
        }

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The receipts of the person.

        Nothing is forgotten: the books of the organisation name who paid (พ.ร.บ. คุ้มครองข้อมูล
        ส่วนบุคคล พ.ศ. 2562 มาตรา 33 วรรคสอง; a legal duty keeps them).
        """
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["name", "date", "payer", "amount"])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LgoBankCredit(models.Model):
    """A line of the bank statement: the sum in which the bank credits the payments of a day.

    It clears what the bank reported line by line for that day; a charge that the bank keeps back is
    booked apart. What does not match waits and shows in the balance of the day.
    """

    _name = "lgo.bank.credit"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Line of a Bank Statement"
    _order = "date desc, id desc"
    _action_only = frozenset(
        {
            "file_id", "company_id", "biller_id", "date", "amount", "text", "key", "state",
            "value_date", "fee", "move_id", "decided_by_id", "explanation",
        }
    )  # fmt: skip

    file_id = fields.Many2one(
        "lgo.bank.file", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    biller_id = fields.Many2one("lgo.payment.biller", required=True, readonly=True, index=True)
    date = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(readonly=True, help="Below zero: it left the account.")
    text = fields.Char(readonly=True)
    key = fields.Char(required=True, readonly=True)
    value_date = fields.Date(string="Clears the payments of", readonly=True)
    fee = fields.Monetary(string="Bank charge", readonly=True)
    explanation = fields.Char(readonly=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("new", "To be matched"), ("matched", "Matched"), ("explained", "Explained")],
        default="new",
        required=True,
        readonly=True,
        index=True,
    )

    _key_uniq = models.UniqueIndex("(key, company_id)", "This line was taken in already.")

    @api.model
    def _prepare_line_vals(self, file, parsed, key, line):
        """Return the columns of a line of a statement."""
        sign = -1 if line.kind == "D" else 1
        return {
            "file_id": file.id,
            "company_id": file.company_id.id,
            "biller_id": file.biller_id.id,
            "date": line.date,
            "amount": sign * line.amount,
            "text": " ".join(filter(None, (line.name, line.channel, line.ref1, line.bank_ref))),
            "key": key,
        }

    @api.model
    def _uncleared(self, company):
        """What the bank reported and has not credited yet.

        Payments and reversals stand apart, as banks book them apart.

        :return: {(biller id, value date, "C" or "D"): amount}, reversals below zero
        """
        self.env["lgo.bank.line"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT biller_id, value_date, kind, sum(amount) FROM (
                       SELECT biller_id, value_date, kind,
                              CASE kind WHEN 'D' THEN -amount ELSE amount END AS amount
                         FROM lgo_bank_line
                        WHERE company_id = %(company)s
                          AND (state IN ('posted', 'waiting', 'taken_back'))
                       UNION ALL
                       SELECT biller_id, value_date,
                              CASE WHEN amount < 0 THEN 'D' ELSE 'C' END,
                              -(amount + COALESCE(fee, 0))
                         FROM lgo_bank_credit
                        WHERE company_id = %(company)s AND state = 'matched'
                   ) AS movements GROUP BY biller_id, value_date, kind""",
                company=company.id,
            )
        )
        return {
            (biller, day, kind): company.currency_id.round(float(amount))
            for biller, day, kind, amount in rows
            if amount
        }

    def action_match(self):
        """Match statement lines with the days whose payments they credit, where the sums agree."""
        for company, credits in (
            self.filtered(lambda one: one.state == "new").grouped("company_id").items()
        ):
            open_days = self._uncleared(company)
            for credit in credits.sorted("date"):
                fitting = [
                    day
                    for (biller, day, kind), amount in open_days.items()
                    if biller == credit.biller_id.id
                    and kind == ("D" if credit.amount < 0 else "C")
                    and day <= credit.date
                    and not company.currency_id.compare_amounts(amount, credit.amount)
                ]
                if len(fitting) == 1:
                    credit._clear(fitting[0], 0.0)
                    kind = "D" if credit.amount < 0 else "C"
                    open_days.pop((credit.biller_id.id, fitting[0], kind))
        return True

    def _clear(self, value_date, fee):
        """Book a credit of the bank against the payments of a day.

        :param float fee: what the bank kept back, baht
        """
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise UserError(self.env._("Only finance decides about payments."))
        credit = self.sudo()
        bank = credit.biller_id.journal_id.default_account_id
        if not bank:
            raise UserError(self.env._("The bank account has no journal: add it in its settings."))
        if credit.state != "new":
            raise UserError(self.env._("This line was matched already."))
        company = credit.company_id
        clearing = company._lgo_payment_account("clearing")
        total = company.currency_id.round(credit.amount + fee)
        items = [(bank, credit.amount), (clearing, -total)]
        if fee:
            items.append((company._lgo_payment_account("bank_fee"), fee))
        move = (
            self.env["account.move"]
            .sudo()
            ._lgo_batch()
            .create(
                {
                    "move_type": "entry",
                    "journal_id": company.lgo_collection_journal_id.id,
                    "company_id": company.id,
                    "date": credit.company_id._lgo_booking_date(credit.date),
                    "ref": credit.text or credit.biller_id.name,
                    "line_ids": [
                        fields.Command.create(
                            {
                                "name": credit.text or credit.biller_id.name,
                                "account_id": account.id,
                                "debit": max(amount, 0.0),
                                "credit": max(-amount, 0.0),
                            }
                        )
                        for account, amount in items
                    ],
                }
            )
        )
        move._lgo_post()
        credit.write(
            {
                "state": "matched",
                "value_date": value_date,
                "fee": fee,
                "move_id": move.id,
                "decided_by_id": self.env.uid,
            }
        )

    def _explain(self, explanation):
        """Say that a line has nothing to do with payments by reference."""
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise UserError(self.env._("Only finance decides about payments."))
        if not (explanation or "").strip():
            raise UserError(self.env._("Write what this line is."))
        self.sudo().write(
            {"state": "explained", "explanation": explanation, "decided_by_id": self.env.uid}
        )

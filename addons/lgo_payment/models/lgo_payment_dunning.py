# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from .lgo_payment_dunning_step import PLACEHOLDER

REGISTER = "payment_dunning"
OPEN = ("open", "partial")


class LgoPaymentDunning(models.Model):
    """A letter about arrears: which bills, until when to pay, whether it reached the payer.

    Prepared every day as a draft along the ladder of steps; an officer issues it. What it says
    stays as it was issued, also when the payer pays the next day.
    """

    _name = "lgo.payment.dunning"
    _inherit = ["lgo.action.only.mixin", "lgo.paper.mixin"]
    _description = "Letter about Arrears"
    _order = "id desc"
    _rec_names_search = ["name", "account_id"]
    _action_only = frozenset(
        {
            "name", "state", "company_id", "account_id", "partner_id", "step_id", "bill_ids",
            "rows", "amount", "date", "date_due", "register_entry_id", "issued_by_id",
        }
    )  # fmt: skip

    name = fields.Char(string="Letter number", readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one(
        "lgo.payment.account", string="Payment account", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    step_id = fields.Many2one(
        "lgo.payment.dunning.step", required=True, readonly=True, index=True, ondelete="restrict"
    )
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills", readonly=True)
    rows = fields.Json(string="Bills as written", readonly=True)
    amount = fields.Monetary(string="Arrears", readonly=True)
    amount_left = fields.Monetary(string="Left to pay", compute="_compute_amount_left")
    date = fields.Date(string="Date of the letter", readonly=True)
    date_due = fields.Date(string="To be paid until", readonly=True)
    register_entry_id = fields.Many2one(
        "lgo.register.entry", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    issued_by_id = fields.Many2one("res.users", readonly=True)
    delivered_on = fields.Date(string="Delivered on")
    tracking = fields.Char(string="Number of the post")
    is_returned = fields.Boolean(string="Came back", help="The post could not deliver it.")
    note = fields.Char()
    state = fields.Selection(
        [
            ("draft", "To be issued"),
            ("issued", "Issued"),
            ("settled", "Paid"),
            ("cancelled", "Not sent"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )

    _one_draft = models.UniqueIndex(
        "(account_id) WHERE state = 'draft'", "A letter to this payer is prepared already."
    )
    _entry_uniq = models.UniqueIndex(
        "(register_entry_id) WHERE register_entry_id IS NOT NULL", "This number is used already."
    )

    @api.depends("name", "step_id", "account_id")
    def _compute_display_name(self):
        for letter in self:
            parts = (letter.name, letter.step_id.name, letter.account_id.name)
            letter.display_name = " ".join(part for part in parts if part)

    @api.depends("bill_ids.residual", "bill_ids.state")
    def _compute_amount_left(self):
        for letter in self:
            bills = letter.bill_ids.filtered(lambda bill: bill.state in OPEN)
            letter.amount_left = sum(bills.mapped("residual"))

    # -- preparing -------------------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """Every day: mark letters whose bills were paid, prepare those that are due."""
        for company in self.env["res.company"].search([("lgo_bill_journal_id", "!=", False)]):
            self._settle(company)
            self._prepare(company, thai.local_date(fields.Datetime.now()))

    def action_prepare(self):
        """Prepare the letters that are due today, without waiting for the night."""
        self._check_finance()
        company = self.env.company
        self._settle(company)
        self._prepare(company, thai.local_date(fields.Datetime.now()))
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _settle(self, company):
        """What the letter asked for was paid, or cancelled: a draft falls away."""
        letters = self.sudo().search(
            [("company_id", "=", company.id), ("state", "in", ("draft", "issued"))]
        )
        letters.mapped("bill_ids.state")  # in one query
        done = letters.filtered(lambda one: not any(bill.state in OPEN for bill in one.bill_ids))
        done.filtered(lambda one: one.state == "draft").write({"state": "cancelled"})
        done.filtered(lambda one: one.state == "issued").write({"state": "settled"})

    @api.model
    def _prepare(self, company, day):
        """Prepare drafts for all payers who are due for their next step.

        :param day: ``datetime.date`` for which it is computed
        :return: the new letters (in sudo)
        """
        steps = self.env["lgo.payment.dunning.step"]._ladder(company)
        self.env.flush_all()
        vals_list = []
        for row in self.env.execute_query_dict(SQL(OVERDUE, company=company.id, day=day)):
            step = self._next_step(steps, row, day)
            if step:
                vals_list.append(
                    {
                        "company_id": company.id,
                        "account_id": row["account_id"],
                        "partner_id": row["partner_id"],
                        "step_id": step.id,
                        "bill_ids": [fields.Command.set(row["bills"])],
                        "amount": row["amount"],
                    }
                )
        return self.sudo().create(vals_list)

    @api.model
    def _next_step(self, steps, row, day):
        """The step that is due for a payer, or None.

        :param dict row: of the query: the oldest due date, and the last letter about these bills
        """
        if row["last_state"] == "draft":
            return None
        if row["last_due"] and row["last_due"] >= day:
            return None  # the days to pay of the last letter are not over
        overdue = (day - row["first_due"]).days
        last = row["last_sequence"]
        for step in steps:
            if last is None or step.sequence > last:
                return step if step.overdue_days <= overdue else None
        return None

    # -- issuing ---------------------------------------------------------------------------

    def _check_finance(self):
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise AccessError(self.env._("Only finance writes letters about arrears."))

    def action_issue(self):
        """Issue letters: number, date and what is owed on this day are fixed.

        :raise UserError: none of them is a draft any more
        """
        self._check_finance()
        self.check_access("write")
        letters = self.sudo().filtered(lambda one: one.state == "draft").sorted("id")
        for company, group in letters.grouped("company_id").items():
            self._settle(company)
            group.filtered(lambda one: one.state == "draft")._issue(company)
        if not letters.filtered(lambda one: one.state == "issued"):
            raise UserError(self.env._("Nothing is left to issue: these were paid or sent."))
        return True

    def _issue(self, company):
        today = thai.local_date(fields.Datetime.now())
        labels = [f"{one.step_id.name} {one.account_id.number}" for one in self]
        entries = self.env["lgo.register"]._take_numbers(REGISTER, company, labels)
        for letter, entry in zip(self, entries, strict=True):
            bills = letter.bill_ids.filtered(lambda bill: bill.state in OPEN)
            bills = bills.sorted(lambda one: (one.fiscal_year, one.date_due, one.number))
            letter.write(
                {
                    "name": entry.name,
                    "register_entry_id": entry.id,
                    "state": "issued",
                    "date": today,
                    "date_due": today + timedelta(days=letter.step_id.pay_days),
                    "bill_ids": [fields.Command.set(bills.ids)],
                    "rows": [[bill.title, bill.number, bill.residual] for bill in bills],
                    "amount": sum(bills.mapped("residual")),
                    "issued_by_id": self.env.uid,
                }
            )

    def action_cancel(self):
        """Send no letter this time; a reason belongs into the note."""
        self._check_finance()
        self.check_access("write")
        for letter in self:
            if letter.state != "draft":
                raise UserError(self.env._("An issued letter cannot be called back."))
            if not (letter.note or "").strip():
                raise UserError(self.env._("Write into the note why no letter is sent."))
            letter.sudo().state = "cancelled"
        return True

    def action_print(self):
        """Print letters."""
        return self.env.ref("lgo_payment.action_report_dunning").report_action(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A letter is kept; mark it as not sent instead."))

    # -- paper -----------------------------------------------------------------------------

    def _values(self):
        """What the text of the step may name."""
        bills = self.bill_ids.sorted(lambda one: one.period_from or one.date)
        until = self.date_due or thai.local_date(fields.Datetime.now()) + timedelta(
            days=self.step_id.pay_days
        )
        return {
            "org": self.company_id.name,
            "place": self.account_id.name,
            "from": self._month(bills[:1].period_from or bills[:1].date),
            "to": self._month(bills[-1:].period_to or bills[-1:].date),
            "count": str(len(self._bill_rows())),
            "amount": f"{self.amount:,.2f}",
            "words": thai.baht_text(f"{self.amount:.2f}"),
            "days": str(self.step_id.pay_days),
            "until": thai.format_date(until, style="long", digits="arabic"),
        }

    def _bill_rows(self):
        """What the letter lists: as it was issued, or as it would be now."""
        bills = self.bill_ids.sorted(lambda one: (one.fiscal_year, one.date_due, one.number))
        return self.rows or [[bill.title, bill.number, bill.residual] for bill in bills]

    def _qr_text(self):
        """The QR of the account for what is left now; empty when nothing is left."""
        biller = self.env["lgo.payment.biller"]._active(self.company_id)
        if not biller or not self.amount_left:
            return ""
        return biller._qr_payload(self.account_id.number, "", f"{self.amount_left:.2f}")

    @staticmethod
    def _month(day):
        """Month and year of a date: ตุลาคม 2569."""
        return thai.format_date(day, style="long", digits="arabic").split(" ", 1)[1]

    def _paragraphs(self):
        """The text of the letter, filled."""
        values = self._values()
        text = PLACEHOLDER.sub(lambda found: values[found[1]], self.step_id.text)
        return self._paper_lines(text)

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The letters about arrears of the person.

        Nothing is forgotten: they prove the claim (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562
        มาตรา 33 วรรคสอง).
        """
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["name", "date", "amount", "state"])


OVERDUE = """
WITH overdue AS (
    SELECT bill.account_id, account.partner_id, min(bill.date_due) AS first_due,
           sum(bill.residual) AS amount,
           array_agg(bill.id ORDER BY bill.fiscal_year, bill.date_due, bill.number) AS bills
      FROM lgo_payment_bill bill
      JOIN lgo_payment_account account ON account.id = bill.account_id
     WHERE bill.company_id = %(company)s AND bill.state IN ('open', 'partial')
       AND bill.date_due < %(day)s
       AND NOT EXISTS (SELECT FROM lgo_payment_plan plan
                        WHERE plan.account_id = bill.account_id AND plan.state = 'approved')
     GROUP BY bill.account_id, account.partner_id
), last AS (
    SELECT DISTINCT ON (letter.account_id)
           letter.account_id, letter.state, letter.date_due, step.sequence
      FROM lgo_payment_dunning letter
      JOIN lgo_payment_dunning_step step ON step.id = letter.step_id
     WHERE letter.company_id = %(company)s AND letter.state IN ('draft', 'issued')
       AND EXISTS (SELECT FROM lgo_payment_bill_lgo_payment_dunning_rel rel
                     JOIN lgo_payment_bill bill ON bill.id = rel.lgo_payment_bill_id
                    WHERE rel.lgo_payment_dunning_id = letter.id
                      AND bill.state IN ('open', 'partial'))
     ORDER BY letter.account_id, step.sequence DESC, letter.id DESC
)
SELECT overdue.*, last.state AS last_state, last.date_due AS last_due,
       last.sequence AS last_sequence
  FROM overdue LEFT JOIN last ON last.account_id = overdue.account_id
 ORDER BY overdue.account_id
"""

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

OPEN = ("open", "partial")
#: More instalments than a person keeps; the office sets fewer by the dates it agrees to.
MOST = 60


class LgoPaymentPlan(models.Model):
    """Arrears paid by instalments (ผ่อนชำระ): asked for, approved, followed.

    Who enters it never approves it. While the payer keeps to it no letter about these arrears is
    prepared; an instalment that stays unpaid ends it. Money is booked on the oldest bill first, as
    any other payment of the account.
    """

    _name = "lgo.payment.plan"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Payment by Instalments"
    _order = "id desc"
    _action_only = frozenset(
        {
            "state", "requester_id", "decided_by_id", "decided_at", "amount", "bill_ids",
            "line_ids", "partner_id",
        }
    )  # fmt: skip

    name = fields.Char(compute="_compute_name")
    account_id = fields.Many2one(
        "lgo.payment.account", string="Payment account", required=True, index=True,
        ondelete="restrict", check_company=True,
    )  # fmt: skip
    partner_id = fields.Many2one(
        "res.partner", string="Payer", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    reason = fields.Char(required=True, help="Why the payer cannot pay at once.", tracking=True)
    date_first = fields.Date(
        string="First instalment until",
        required=True,
        default=lambda self: thai.local_date(fields.Datetime.now()) + timedelta(days=30),
    )
    count = fields.Integer(string="Instalments", required=True, default=3)
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills", readonly=True)
    line_ids = fields.One2many("lgo.payment.plan.line", "plan_id", readonly=True)
    amount = fields.Monetary(string="Arrears", readonly=True)
    paid = fields.Monetary(compute="_compute_paid")
    left = fields.Monetary(string="Left to pay", compute="_compute_paid")
    requester_id = fields.Many2one(
        "res.users", string="Entered by", required=True, readonly=True,
        default=lambda self: self.env.user,
    )  # fmt: skip
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [
            ("requested", "To be approved"),
            ("approved", "Being paid"),
            ("done", "Paid"),
            ("broken", "Not kept"),
            ("refused", "Refused"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )

    _one_running = models.UniqueIndex(
        "(account_id) WHERE state IN ('requested', 'approved')",
        "This account has instalments already.",
    )

    @api.depends("account_id", "count")
    def _compute_name(self):
        for plan in self:
            plan.name = f"{plan.account_id.display_name or ''} × {plan.count}"

    @api.depends("bill_ids.residual", "amount")
    def _compute_paid(self):
        for plan in self:
            plan.left = sum(plan.bill_ids.mapped("residual"))
            plan.paid = plan.currency_id.round(plan.amount - plan.left) if plan.amount else 0.0

    @api.constrains("count", "date_first")
    def _check_count(self):
        for plan in self:
            if not 2 <= plan.count <= MOST:
                raise ValidationError(self.env._("Instalments are from 2 to %(most)s.", most=MOST))

    def write(self, vals):
        if not self.env.su and any(plan.state != "requested" for plan in self):
            content = {"account_id", "reason", "date_first", "count"} & vals.keys()
            if content:
                raise UserError(self.env._("Instalments that were decided stay as they are."))
        return super().write(vals)

    # -- deciding --------------------------------------------------------------------------

    def _check_decision(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("lgo_payment.group_approver"):
            raise AccessError(self.env._("Only who approves for finance decides."))
        if self.requester_id == self.env.user:
            raise UserError(self.env._("The approver must not be who asked."))
        self.flush_recordset(["state"])
        [[state]] = self.env.execute_query(
            SQL("SELECT state FROM lgo_payment_plan WHERE id = %s FOR UPDATE", self.id)
        )
        if state != "requested":
            raise UserError(self.env._("This was decided already."))

    def _decide(self, values):
        self.sudo().write(
            {**values, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        )
        self.env["lgo.audit.log"]._log(f"payment.plan.{values['state']}", self)

    def action_approve(self):
        """Approve: the arrears of this day are divided into the instalments.

        :raise UserError: nothing is owed, or less than a satang an instalment
        """
        for plan in self:
            plan._check_decision()
            bills = self.env["lgo.payment.bill"].sudo().search(
                [("account_id", "=", plan.account_id.id), ("state", "in", OPEN)]
            )  # fmt: skip
            if bills:
                bills._lock(bills)
            bills = bills.filtered(lambda bill: bill.state in OPEN)
            if not bills:
                raise UserError(self.env._("Nothing is owed."))
            amount = sum(bills.mapped("residual"))
            plan._decide(
                {
                    "state": "approved",
                    "amount": amount,
                    "bill_ids": [fields.Command.set(bills.ids)],
                    "partner_id": plan.account_id.partner_id.id,
                    "line_ids": [
                        fields.Command.clear(),
                        *map(fields.Command.create, plan._divide(amount)),
                    ],
                }
            )
        return True

    def _divide(self, amount):
        """Equal instalments in whole baht where that is possible; the last takes the rest."""
        satang = round(amount * 100)
        unit = 100 if satang >= 100 * self.count else 1
        part = satang // self.count // unit * unit
        if not part:
            raise UserError(self.env._("The arrears are too small for so many instalments."))
        parts = [part] * (self.count - 1)
        parts.append(satang - sum(parts))
        return [
            {"date": self.date_first + relativedelta(months=number), "amount": part / 100}
            for number, part in enumerate(parts)
        ]

    def action_refuse(self):
        """Refuse; the letters go on."""
        for plan in self:
            plan._check_decision()
            plan._decide({"state": "refused"})
        return True

    # -- following -------------------------------------------------------------------------

    def _needed(self):
        """What must have been paid in all once each instalment was paid: id -> baht."""
        total, needed = 0.0, {}
        for line in self.line_ids.sorted("date"):
            total = self.currency_id.round(total + line.amount)
            needed[line.id] = total
        return needed

    @api.model
    def _cron_follow(self):
        """Every day: close what was paid, end what was not kept."""
        plans = self.sudo().search([("state", "=", "approved")])
        plans.mapped("bill_ids.residual")  # in one query
        for plan in plans:
            if not plan.left:
                plan.state = "done"
            elif any(line.state == "late" for line in plan.line_ids):
                plan.state = "broken"
                plan.message_post(body=self.env._("An instalment was not paid in time."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        if any(plan.state != "requested" for plan in self):
            raise UserError(self.env._("Instalments that were decided are kept."))

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The instalments of the person.

        Nothing is forgotten: they are part of the books (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562
        มาตรา 33 วรรคสอง).
        """
        records = self.sudo().search([("account_id.partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["name", "amount", "reason", "state"])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai


class LgoEofficeLoan(models.Model):
    """Lending of a letter from the store (บัตรยืม, form 24).

    Saraban Regulation B.E. 2526, ข้อ ๖๒-๖๕: for an official purpose, allowed by a head; outsiders
    may look or copy but not borrow. An electronic document is not lent: who needs it gets access.
    """

    _name = "lgo.eoffice.loan"
    _inherit = [
        "lgo.action.only.mixin", "lgo.eoffice.paper.mixin", "mail.thread", "mail.activity.mixin",
    ]  # fmt: skip
    _description = "Loan of a Letter"
    _order = "id desc"
    _rec_name = "letter_id"

    _action_only = frozenset({"state", "approved_by_id", "lent_on", "returned_on", "returned_by"})

    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, index=True, ondelete="restrict"
    )
    borrower_type = fields.Selection(
        [
            ("inside", "Officer of this office"),
            ("agency", "Another agency"),
            ("outsider", "Outsider"),
        ],
        required=True,
        default="inside",
    )
    borrower_id = fields.Many2one(
        comodel_name="res.users", string="Officer in charge", required=True, index=True,
        default=lambda self: self.env.user, ondelete="restrict",
    )  # fmt: skip
    borrower_text = fields.Char(string="Name, post and unit", required=True)
    purpose = fields.Char(required=True, help="The official purpose.")
    way = fields.Selection(
        [("loan", "Loan"), ("view", "Look at it"), ("copy", "Copy")],
        required=True,
        default="loan",
    )
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("lent", "Lent"),
            ("returned", "Returned"),
            ("refused", "Refused"),
        ],
        required=True,
        default="asked",
        readonly=True,
        tracking=True,
    )
    approved_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    lent_on = fields.Date(readonly=True)
    due_on = fields.Date(string="To be returned by")
    returned_on = fields.Date(readonly=True)
    returned_by = fields.Char(readonly=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    company_id = fields.Many2one(related="letter_id.company_id", store=True, index=True)

    _lent_uniq = models.UniqueIndex(
        "(letter_id) WHERE state = 'lent' AND way = 'loan'", "This letter is lent already."
    )

    @api.depends("due_on", "state")
    def _compute_is_overdue(self):
        today = thai.local_date(fields.Datetime.now())
        for loan in self:
            loan.is_overdue = bool(loan.state == "lent" and loan.due_on and loan.due_on < today)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = thai.local_date(fields.Datetime.now())
        return Domain("state", "=", "lent") & Domain("due_on", "<", today)

    @api.constrains("borrower_type", "way")
    def _check_outsider(self):
        for loan in self:
            if loan.borrower_type == "outsider" and loan.way == "loan":
                raise UserError(
                    self.env._("Outsiders may not borrow: let them look at it or copy it (ข้อ ๖๕).")
                )

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        loans._check_letters()
        return loans

    def write(self, vals):
        done = super().write(vals)
        if "letter_id" in vals:
            self._check_letters()
        return done

    def _check_letters(self):
        """Nobody asks for a letter of which they may not know, or for one that is gone.

        :raises UserError: it was destroyed or handed over
        """
        self.letter_id.with_env(self.env).check_access("read")
        for letter in self.sudo().letter_id:
            if letter.destroyed_at or letter.transferred_at:
                raise UserError(
                    self.env._(
                        "%(letter)s was destroyed or handed over to the archives.",
                        letter=letter.display_name,
                    )
                )

    @api.constrains("letter_id", "way")
    def _check_medium(self):
        for loan in self:
            if loan.way == "loan" and loan.letter_id.sudo().medium == "electronic":
                raise UserError(
                    self.env._("An electronic document is not lent: give access to read it.")
                )

    def _check_approver(self):
        """Between agencies a head of กอง level, inside a head of a section (ข้อ ๖๒-๖๓)."""
        user = self.env.user
        kinds = {"executive", "deputy", "top_officer", "director"}
        if self.borrower_type == "inside":
            kinds |= {"head"}
        posts = [
            (capacity.acting_for or capacity.post)
            for capacity in self.env["lgo.delegation"]._capacities(user, matter="letter.lend")
        ]
        if not any(post.kind in kinds for post in posts):
            raise AccessError(self.env._("A loan is allowed by a head of this level."))

    def action_lend(self):
        """Allow the loan and hand the letter out."""
        today = thai.local_date(fields.Datetime.now())
        for loan in self:
            loan.check_access("read")
            loan._lock("asked")
            loan._check_approver()
            loan.sudo()._check_letters()
            if loan.borrower_id == self.env.user:
                raise UserError(self.env._("Nobody allows a loan to oneself."))
            days = loan.company_id.lgo_loan_days
            loan.sudo().write(
                {
                    "state": "lent",
                    "approved_by_id": self.env.uid,
                    "lent_on": today,
                    "due_on": loan.due_on or today + timedelta(days=days),
                }
            )
        self.env["lgo.audit.log"]._log("letter.lend", self.letter_id)
        return True

    def action_refuse(self):
        """Refuse the loan."""
        for loan in self:
            loan.check_access("read")
            loan._lock("asked")
            loan._check_approver()
            loan.sudo().write({"state": "refused", "approved_by_id": self.env.uid})
        return True

    def action_return(self):
        """Take the letter back into the store."""
        for loan in self:
            loan.check_access("write")
            loan._lock("lent")
            loan.sudo().write(
                {
                    "state": "returned",
                    "returned_on": thai.local_date(fields.Datetime.now()),
                    "returned_by": loan.borrower_text,
                }
            )
            loan.activity_ids.action_done()
        return True

    def _lock(self, state):
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state != state:
            raise UserError(self.env._("The loan has moved on in the meantime. Please reload."))

    @api.model
    def _cron_remind(self):
        """Remind borrowers of overdue loans, once a day and loan."""
        today = thai.local_date(fields.Datetime.now())
        todo = self.env.ref("mail.mail_activity_data_todo")
        for loan in self.search([("is_overdue", "=", True)]):
            user = loan.borrower_id
            known = loan.activity_ids.filtered(lambda row, u=user: row.user_id == u)
            if not known:
                loan.activity_schedule(
                    activity_type_id=todo.id,
                    user_id=user.id,
                    date_deadline=today,
                    summary=self.env._("Return the borrowed letter"),
                )

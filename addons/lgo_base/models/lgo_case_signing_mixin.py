# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import thai

SIGN = "lgo_base.mail_activity_type_sign"
UNSIGNED = "lgo_base.mail_activity_type_unsigned"


class LgoCaseSigningMixin(models.AbstractModel):
    """A paper of a case that waits for the signature of who has the power to sign it.

    The power belongs to a post (``lgo.document.kind.signer`` says to which); who may use it at
    a moment is said by ``lgo.delegation``: the holder, or who acts for them by order or by law
    (Administrative Procedure Act B.E. 2539, s. 36: an order in writing names the date, the name
    and post of the officer and is signed).
    """

    _name = "lgo.case.signing.mixin"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Paper of a Case to Sign"

    state = fields.Selection(
        selection=[
            ("to_sign", "To sign"),
            ("signed", "Signed"),
            ("dropped", "No longer needed"),
        ],
        required=True,
        default="to_sign",
        readonly=True,
    )
    post_id = fields.Many2one(
        comodel_name="lgo.post", string="Power of", readonly=True, ondelete="restrict"
    )
    signer_id = fields.Many2one(
        comodel_name="res.users",
        string="Given to",
        readonly=True,
        index="btree_not_null",
        help="Who was asked to sign; another who has the power may sign as well.",
    )
    signed_by_id = fields.Many2one(comodel_name="res.users", string="Signed by", readonly=True)
    signed_at = fields.Datetime(string="Signed on", readonly=True)
    document_id = fields.Many2one(comodel_name="lgo.issued.document", readonly=True)
    case_name = fields.Char(string="Number of the case", compute="_compute_case_name")

    # ------------------------------------------------------------ who signs
    def _signing_kind(self):
        """Code of ``lgo.document.kind`` of this paper."""
        raise NotImplementedError

    def _matter(self):
        """Code by which an order of delegation names this paper, such as document.refusal."""
        return f"document.{self._signing_kind()}"

    def _signing_post(self, case):
        """The post whose power signs this paper of ``case``; empty when no post is recorded."""
        kind = self.env["lgo.document.kind"]._find(self._signing_kind())
        return case._paper_post(kind)

    def _ask_signer(self):
        """Give the paper to who may sign it, with a task in their clock menu."""
        self.ensure_one()
        case = self._case().sudo()
        post = self._signing_post(case)
        Delegation = self.env["lgo.delegation"].with_company(case.company_id)
        user = Delegation._signer(post, self._matter(), case.service_id)
        # nobody recorded: the head of the unit is told, and learns on signing what is missing
        user = user or case.unit_id.manager_id.user_id
        self.sudo().write({"post_id": post.id, "signer_id": user.id})
        if user and case.with_user(user).has_access("read"):
            kind = self.env["lgo.document.kind"]._find(self._signing_kind())
            case.activity_schedule(
                SIGN, user_id=user.id, summary=kind.name, date_deadline=self._sign_deadline()
            )

    def _sign_deadline(self):
        """Day until which the signature is wanted."""
        return thai.local_date(fields.Datetime.now())

    def _signing_capacity(self, user=None):
        """The capacity in which ``user`` signs this paper.

        The power of the executive goes first: a director who may sign for the executive signs
        for the executive.

        :return: ``Capacity`` of ``lgo.delegation``
        :raises AccessError: the user has no such power now
        """
        self.ensure_one()
        user = user or self.env.user
        case = self._case().sudo()
        Delegation = self.env["lgo.delegation"].with_company(case.company_id)
        post = self._signing_post(case)
        if not post:
            raise UserError(
                self.env._(
                    "No post is recorded that may sign this paper. Record the posts and their"
                    " holders under Configuration > Organisation > Posts."
                )
            )
        executive = case._executive_post()
        found = {
            (capacity.acting_for or capacity.post): capacity
            for capacity in reversed(
                Delegation._capacities(user, matter=self._matter(), service=case.service_id)
            )
        }
        capacity = found.get(executive) or found.get(post)
        if capacity:
            return capacity
        return Delegation._check_capacity(
            user, post, matter=self._matter(), service=case.service_id
        )

    def _check_open(self):
        """
        :raises UserError: somebody has signed it, or the case is decided
        """
        for paper in self:
            if paper.state != "to_sign":
                raise UserError(
                    self.env._(
                        "The paper for %(case)s does not wait for a signature any more. Please"
                        " reload.",
                        case=paper.case_name,
                    )
                )

    def _lock_open(self):
        """Two clicks on the same paper become one signature."""
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_open()

    def _check_document(self):
        """What is signed is a paper: without one nothing was signed, and all is rolled back.

        :raises UserError: the case gets no such paper
        """
        self.ensure_one()
        if not self.document_id:
            raise UserError(self.env._("This case gets no such paper: there is nothing to sign."))

    def _end_sign_task(self):
        """No paper of the case waits any more: its tasks are done."""
        for paper in self:
            case = paper._case().sudo()
            if not case._papers_to_sign():
                case.activity_feedback([SIGN, UNSIGNED])

    # ------------------------------------------------------------ buttons
    def action_open_document(self):
        """Open the paper as it was issued."""
        self.ensure_one()
        if not self.document_id:
            raise UserError(self.env._("This paper has not been issued yet."))
        self.check_access("read")
        return self.document_id.sudo().with_env(self.env).action_download()

    def action_drop(self):
        """Take back a paper that nobody has signed.

        :raises AccessError: the user heads no unit
        """
        if not self.env.user.has_group("lgo_base.group_unit_head"):
            raise AccessError(self.env._("Only the head of a unit takes a paper back."))
        self.check_access("read")
        for paper in self:
            paper._case().check_access("write")
        self._lock_open()
        self.sudo().state = "dropped"
        self._end_sign_task()
        return True

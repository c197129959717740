# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import thai

#: What the signature block prints behind the own position.
WORDS = {
    "acting": "รักษาราชการแทน",
    "on_behalf": "ปฏิบัติราชการแทน",
    "in_position": "รักษาการในตำแหน่ง",
    "special": "ทำการแทน",
}
#: Kinds that only exist while the post that gives the power has nobody who can act.
ONLY_WITHOUT_HOLDER = ("acting", "in_position")


class Capacity(NamedTuple):
    """One way in which a user may sign at a moment."""

    post: models.Model
    """the own ``lgo.post``"""
    kind: str
    """``own``, ``acting``, ``on_behalf``, ``in_position`` or ``special``"""
    acting_for: models.Model
    """the ``lgo.post`` whose power is used; empty for ``own``"""
    order_no: str
    lines: tuple
    """lines of the signature block below the name"""


class LgoDelegation(models.Model):
    """Who may use the power of a post besides its holder, from when to when, by which order.

    State Administration Act B.E. 2534, s.38-49 (มอบอำนาจ ปฏิบัติราชการแทน, รักษาราชการแทน) and the
    Acts of the kinds of local government, which let deputies act for the executive in the order
    the executive set, and the chief administrator after them. The block of a signature who acts
    for another has two lines: the own position with the capacity, then the post acted for.
    """

    _name = "lgo.delegation"
    _description = "Delegation"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _order = "date_from desc, sequence, id"
    _rec_name = "order_no"

    _action_only = frozenset({"state", "revoked_at"})

    kind = fields.Selection(
        [
            ("acting", "Acting for an absent or vacant post"),
            ("on_behalf", "On behalf, by delegated power"),
            ("in_position", "Acting in a vacant staff post"),
            ("special", "Acting under a special law"),
        ],
        required=True,
        default="on_behalf",
        tracking=True,
    )
    from_post_id = fields.Many2one(
        comodel_name="lgo.post",
        string="Power of",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    to_post_id = fields.Many2one(
        comodel_name="lgo.post",
        string="Used by",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    sequence = fields.Integer(
        string="Place in line",
        default=10,
        help="Among those acting for the same post the lowest number that is there acts.",
    )
    matters = fields.Char(
        help="Codes separated by commas, for example case.decide, document.*; empty means every "
        "matter.",
        tracking=True,
    )
    amount_limited = fields.Boolean(string="Up to an amount only", tracking=True)
    amount_max = fields.Monetary(string="Highest amount", tracking=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_no = fields.Char(string="Order number", required=True, tracking=True)
    order_date = fields.Date(string="Order date", required=True, tracking=True)
    order_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="lgo_delegation_order_attachment_rel",
        string="Order as a file",
    )
    date_from = fields.Date(string="Valid from", required=True, tracking=True)
    date_to = fields.Date(
        string="Valid until", tracking=True, help="Last day; empty until it is revoked."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("active", "In force"), ("revoked", "Revoked")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    revoked_at = fields.Datetime(string="Revoked", readonly=True, copy=False)
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The delegation must not end before it begins.",
    )
    _two_posts = models.Constraint(
        "CHECK (from_post_id != to_post_id)", "A post cannot delegate to itself."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount_max IS NULL OR amount_max >= 0)",
        "The highest amount must not be negative.",
    )

    def write(self, vals):
        # what was signed under an order must stay explained by that order
        frozen = vals.keys() - {"state", "revoked_at", "sequence"}
        frozen = {name for name in frozen if not name.startswith(("message_", "activity_"))}
        if frozen and any(delegation.state != "draft" for delegation in self):
            raise UserError(
                self.env._(
                    "A delegation in force is not changed: revoke it and record the new order."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(delegation.state != "draft" for delegation in self):
            raise UserError(
                self.env._("A delegation that was in force is kept. Revoke it instead.")
            )

    def action_activate(self):
        """Put drafts into force; the dates of the order still decide."""
        drafts = self.filtered(lambda delegation: delegation.state == "draft")
        drafts.check_access("write")
        drafts.sudo()._keep_order_files()
        drafts.sudo().write({"state": "active"})
        self.env["lgo.audit.log"]._log("delegation.activate", drafts)
        return True

    def action_revoke(self):
        """End delegations now; what was signed before stays valid."""
        active = self.filtered(lambda delegation: delegation.state == "active")
        active.check_access("write")
        active.sudo().write({"state": "revoked", "revoked_at": fields.Datetime.now()})
        self.env["lgo.audit.log"]._log("delegation.revoke", active)
        return True

    def _keep_order_files(self):
        """Give each order its own files: what is in force must not change elsewhere."""
        for delegation in self:
            own = (delegation._name, delegation.id)
            for file in delegation.order_attachment_ids:
                if (file.res_model, file.res_id) == own:
                    continue
                values = {"res_model": delegation._name, "res_id": delegation.id}
                if file.res_model in (False, delegation._name) and not file.res_id:
                    file.write(values)  # as the form leaves it before the first saving
                else:
                    copy = file.copy(values)
                    delegation.order_attachment_ids = [
                        fields.Command.unlink(file.id),
                        fields.Command.link(copy.id),
                    ]

    @api.model
    def _capacities(self, user, matter=None, service=None, amount=0, at=None):
        """All ways in which a user may sign at a moment.

        :param user: ``res.users``
        :param str matter: code such as ``case.decide``; ``None`` asks for any matter
        :param service: the service concerned, for add-ons that limit by service
        :param amount: money concerned, in the currency of the organisation
        :param datetime at: naive UTC, now by default
        :return: ``list`` of :class:`Capacity`, own posts first
        """
        at = at or fields.Datetime.now()
        # whoever signs may know who else may sign; the answer holds only posts of ``user``
        model = self.sudo()
        posts = model.env["lgo.post"].search([("company_id", "=", self.env.company.id)])
        holders = posts._holders(at)
        own = posts.filtered(lambda post: holders.get(post.id) == user)
        none = posts.browse()
        found = [Capacity(post, "own", none, "", (post.name,)) for post in own]
        if not own:
            return found
        valid = model.search(model._valid_domain(at)).sorted("sequence")
        for delegation in valid:
            if (
                delegation.to_post_id in own
                and delegation._covers(matter, service, amount)
                and delegation._is_needed(valid, holders)
            ):
                found.append(delegation._capacity())
        for post in own:
            target = post.deputises_id
            ordered = valid.filtered(
                lambda row, t=target: (row.from_post_id, row.kind) == (t, "acting")
            )  # noqa: E501
            if target and target.id not in holders and not ordered:
                line = target.deputy_ids.sorted("deputy_rank")
                if next(iter(line.filtered(lambda row: row.id in holders)), none) == post:
                    found.append(self._build_capacity(post, "acting", target, ""))
        return found

    @api.model
    def _check_capacity(self, user, post, matter=None, service=None, amount=0, at=None):
        """Make sure that a user may use the power of a post at a moment.

        :param post: ``lgo.post`` whose power is needed, as holder or for it
        :return: the first :class:`Capacity` that gives it
        :raises AccessError: when there is none
        """
        for capacity in self._capacities(user, matter, service, amount, at):
            if (capacity.acting_for or capacity.post) == post:
                return capacity
        raise AccessError(
            self.env._(
                "%(user)s may not sign as or for %(post)s now: no post, order or delegation in "
                "force gives this power for this matter and amount. Record the order under "
                "Configuration > Organisation > Delegations, or let someone who has the power "
                "sign.",
                user=user.sudo().name,
                post=post.sudo().name,
            )
        )

    @api.model
    def _signer(self, post, matter=None, service=None, at=None):
        """Who may use the power of ``post`` at a moment: its holder, else who acts for it.

        :param post: ``lgo.post``
        :return: ``res.users``, empty when nobody may
        """
        at = at or fields.Datetime.now()
        post = post.sudo()
        holder = post._holders(at).get(post.id)
        if holder or not post:
            return holder or self.env["res.users"]
        model = self.sudo().with_company(post.company_id)
        orders = model.search(model._valid_domain(at) & Domain("from_post_id", "=", post.id))
        posts = orders.sorted("sequence").to_post_id | post.deputy_ids.sorted("deputy_rank")
        holders = posts._holders(at)
        for candidate in posts:
            user = holders.get(candidate.id, self.env["res.users"])
            for capacity in model._capacities(user, matter, service, at=at) if user else ():
                if capacity.acting_for == post:
                    return user
        return self.env["res.users"]

    @api.model
    def _valid_domain(self, at):
        day = thai.local_date(at)
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "in", ["active", "revoked"])
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
            & (Domain("revoked_at", "=", False) | Domain("revoked_at", ">", at))
        )

    def _covers(self, matter, service, amount):
        """Whether the order covers matter, service and amount; add-ons may narrow it."""
        self.ensure_one()
        if self.amount_limited and self.currency_id.compare_amounts(amount, self.amount_max) > 0:
            return False
        codes = [code.strip() for code in (self.matters or "").split(",") if code.strip()]
        if not codes or not matter:
            return True
        return any(
            matter == code or (code.endswith(".*") and matter.startswith(code[:-1]))
            for code in codes
        )

    def _is_needed(self, valid, holders):
        """Whether the post has nobody itself and nobody earlier in line, where that matters.

        :param valid: delegations valid at the moment, in order
        :param dict holders: present holders by post id
        """
        self.ensure_one()
        if self.kind not in ONLY_WITHOUT_HOLDER:
            return True
        if self.from_post_id.id in holders:
            return False
        line = valid.filtered(
            lambda row: (
                row.from_post_id == self.from_post_id
                and row.kind == self.kind
                and row.to_post_id.id in holders
            )
        )
        return line[:1] == self

    def _capacity(self):
        self.ensure_one()
        return self._build_capacity(self.to_post_id, self.kind, self.from_post_id, self.order_no)

    @api.model
    def _build_capacity(self, post, kind, acting_for, order_no):
        lines = (f"{post.name} {WORDS[kind]}", acting_for.name)
        return Capacity(post, kind, acting_for, order_no, lines)

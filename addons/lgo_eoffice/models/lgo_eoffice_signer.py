# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.lgo_base.models.lgo_delegation import Capacity

#: What the signature of a line wrote; all of it goes when the letter is given back.
SIGNED = ("signed_at", "signed_by_id", "signed_name", "capacity", "order_no")
#: States in which the writer still says who signs.
OPEN = ("draft", "review")


class LgoEofficeSigner(models.Model):
    """One of several who sign an own letter, each in turn.

    Minutes (Saraban Regulation B.E. 2526, ข้อ ๒๕), reports of committees and joint announcements
    carry the signatures of several people. Who is named by a post signs by the power of the post,
    so whoever acts for it may; a person who is named, such as a member of a committee, signs
    alone. ``lgo.delegation`` is asked when the signature is made, not when the line is written.
    """

    _name = "lgo.eoffice.signer"
    _description = "Signer in Turn of a Letter"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _order = "letter_id, sequence, id"

    _action_only = frozenset(SIGNED)

    sequence = fields.Integer(default=10)
    post_id = fields.Many2one(
        comodel_name="lgo.post", index="btree_not_null", ondelete="restrict",
        help="Whoever holds it or acts for it on the day signs.",
    )  # fmt: skip
    user_id = fields.Many2one(
        comodel_name="res.users", string="Person", index="btree_not_null", ondelete="restrict",
        domain="[('share', '=', False)]",
        help="Signs alone, without the power of a post: a member of a committee, for example.",
    )  # fmt: skip
    role = fields.Char(
        string="As", help="Line below the name and post, such as ประธานกรรมการ."
    )  # fmt: skip
    signed_at = fields.Datetime(string="Signed on", readonly=True, copy=False)
    signed_by_id = fields.Many2one(
        comodel_name="res.users", string="Signed by", readonly=True, copy=False, ondelete="restrict"
    )
    signed_name = fields.Char(string="Name as printed", readonly=True, copy=False)
    capacity = fields.Text(readonly=True, copy=False, help="Lines below the name.")
    order_no = fields.Char(string="Order number", readonly=True, copy=False)

    _post_or_person = models.Constraint(
        "CHECK ((post_id IS NULL) <> (user_id IS NULL))",
        "Name a post or a person for each signer, not both.",
    )
    _post_once = models.UniqueIndex(
        "(letter_id, post_id) WHERE post_id IS NOT NULL", "This post signs the letter already."
    )
    _user_once = models.UniqueIndex(
        "(letter_id, user_id) WHERE user_id IS NOT NULL", "This person signs the letter already."
    )

    @api.depends("post_id", "user_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._label()

    @api.constrains("letter_id", "post_id", "user_id")
    def _check_of_the_office(self):
        for line in self.sudo():
            if line.letter_id.direction == "in":
                raise ValidationError(self.env._("A received letter is not signed here."))
            if line.post_id and line.post_id.company_id != line.letter_id.company_id:
                raise ValidationError(self.env._("Choose a post of the own organisation."))
            user = line.user_id
            if user and (
                user.share or not user.active or line.letter_id.company_id not in user.company_ids
            ):
                raise ValidationError(self.env._("Choose an officer of the office."))

    # ------------------------------------------------------------ who signs is fixed
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._refuse_when_asked()
        return lines

    def write(self, vals):
        if vals.keys() - set(SIGNED):
            self._refuse_when_asked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_before_asked(self):
        self._refuse_when_asked()

    def _refuse_when_asked(self):
        """Once the letter lies before its signers, nobody is added, left out or put first."""
        if any(line.letter_id.state not in OPEN for line in self.sudo()):
            raise UserError(
                self.env._(
                    "The letter lies before its signers: have it returned to its writer before "
                    "you change who signs it."
                )
            )

    # ------------------------------------------------------------ whose turn
    def _label(self):
        """Who signs, as others know it: post or person."""
        here = self.sudo()
        return here.post_id.name or here.user_id.name or ""

    def _check_capacity(self, user):
        """The capacity in which ``user`` may sign this line now.

        :return: ``Capacity`` of ``lgo.delegation``; its lines are those below the name
        :raises AccessError: the user has no such power
        """
        self.ensure_one()
        here = self.sudo()
        letter = here.letter_id
        role = [here.role] if here.role else []
        if not here.post_id:
            if here.user_id != user:
                raise AccessError(
                    self.env._(
                        "%(name)s was named as a person: nobody else signs in that place. Have "
                        "the letter returned to its writer if another one is to sign.",
                        name=here.user_id.name,
                    )
                )
            lines = role or list(filter(None, [user.sudo().employee_id.job_title]))
            return Capacity(here.post_id, "own", here.post_id, "", tuple(lines))
        found = (
            self.env["lgo.delegation"]
            .with_company(letter.company_id)
            ._check_capacity(user, here.post_id.with_env(self.env), matter=letter._matter())
        )
        return found._replace(lines=(*found.lines, *role))

    def _may_sign(self, user):
        """Whether ``user`` has the power to sign this line now, be it their turn or not."""
        try:
            self._check_capacity(user)
        except AccessError:
            return False
        return True

    # ------------------------------------------------------------ the signature
    def _note_signature(self, capacity, at):
        """Write down who signed the line, and as what."""
        self.ensure_one()
        user = self.env.user
        self.sudo().write(
            {
                "signed_at": at,
                "signed_by_id": user.id,
                "signed_name": user.name,
                "capacity": "\n".join(capacity.lines),
                "order_no": capacity.order_no or False,
            }
        )

    def _signature_values(self):
        """Fields of ``lgo.issued.signature`` of a line that is signed."""
        self.ensure_one()
        return {
            "user_id": self.signed_by_id.id,
            "name": self.signed_name,
            "capacity": self.capacity,
            "order_no": self.order_no or "",
            "signed_at": self.signed_at,
        }

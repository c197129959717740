# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .lgo_eoffice_signer import SIGNED

#: What the paper prints besides what the register fixes: nobody changes it under a signature.
PRINTED = frozenset(
    {
        "urgency", "deliver_by", "contact_phone", "owner_unit_id", "signer_post_id", "signer_ids",
        "salutation_id", "reference_ids", "enclosure_ids", "recipient_ids", "stamped_reason",
        "meeting_place", "meeting_started_at", "meeting_ended_at", "meeting_present",
        "meeting_absent", "meeting_attending", "recorder_id", "photo", "with_photo",
    }
)  # fmt: skip


class LgoEofficeLetter(models.Model):
    """Several people sign one own letter, in turn.

    The letter lies before one of them at a time. Where a name with time and intent is the
    signature (Electronic Transactions Act B.E. 2544, s. 9) the last one numbers and prints it, in
    the transaction of that signature; who refuses gives it back to the writer with the reason, all
    signatures so far are void, and no number was taken. Until then nobody changes what was signed.
    """

    _inherit = "lgo.eoffice.letter"

    signer_ids = fields.One2many(
        "lgo.eoffice.signer", "letter_id", string="Signers in turn", copy=True
    )
    next_signer = fields.Char(string="Waits for the signature of", compute="_compute_next_signer")
    is_my_turn = fields.Boolean(compute="_compute_next_signer")

    @api.depends("state", "signer_ids.signed_at", "signer_ids.post_id", "signer_ids.user_id")
    @api.depends_context("uid")
    def _compute_next_signer(self):
        for letter in self:
            line = letter._next_signer() if letter.state == "to_sign" else letter.signer_ids[:0]
            letter.next_signer = line._label()
            letter.is_my_turn = bool(line) and line._may_sign(self.env.user)

    # ------------------------------------------------------------ whose turn
    def _next_signer(self):
        """The line that is signed next; empty when all have signed, or one alone signs."""
        self.ensure_one()
        return self.signer_ids.filtered(lambda line: not line.signed_at).sorted()[:1]

    def _is_being_signed(self):
        """Whether somebody has signed and others have not yet."""
        self.ensure_one()
        return self.state == "to_sign" and any(self.sudo().signer_ids.mapped("signed_at"))

    def _check_turn(self, user=None):
        """The line that ``user`` may sign now.

        :raises UserError: others sign first, or the user has signed already
        :raises AccessError: the user has no power to sign the next line
        """
        self.ensure_one()
        user = user or self.env.user
        lines = self.sudo().signer_ids.with_env(self.env)
        line = self.sudo()._next_signer().with_env(self.env)
        if not line or line._may_sign(user):
            return line
        waiting = lines.filtered(lambda row: not row.sudo().signed_at and row._may_sign(user))
        if waiting:
            raise UserError(
                self.env._(
                    "It is not your turn to sign yet: %(name)s signs before you.",
                    name=line._label(),
                )
            )
        if user in lines.sudo().signed_by_id:
            raise UserError(self.env._("You have signed this letter already."))
        line._check_capacity(user)
        return line

    def _signing_capacity(self, user=None):
        """Of several who sign: the capacity of who signs next."""
        self.ensure_one()
        if not self.sudo().signer_ids:
            return super()._signing_capacity(user)
        user = user or self.env.user
        line = self._check_turn(user)
        if not line:
            raise UserError(self.env._("All have signed this letter."))
        return line._check_capacity(user)

    def _task_before(self, post):
        """It is signed by the post whose turn it is, whatever other post is named."""
        self.ensure_one()
        drafting = self.state in ("draft", "review", "to_sign")
        if not self.signer_ids or not drafting:
            return super()._task_before(post)
        return "sign" if post and post == self._next_signer().post_id else "review"

    def _lay_before_signer(self, copy):
        """Lay the letter before who signs next.

        :return: dict, where it went
        """
        self.ensure_one()
        self._ask_signature_if("sign")
        line = self._next_signer()
        copy._place(post_id=line.post_id.id, user_id=line.user_id.id, task="sign")
        return {"to_post_id": line.post_id.id, "to_user_id": line.user_id.id}

    # ------------------------------------------------------------ signing
    def _sign(self, capacity=None):
        """Of several who sign: the signature of who signs next; the last one numbers the letter.

        :return: ``lgo.issued.document``, empty while others still sign
        """
        self.ensure_one()
        if not self.sudo().signer_ids:
            return super()._sign(capacity)
        problems = self._sign_problems()
        if problems:
            raise UserError("\n".join(problems))
        self._lock_case()
        if self.state != "to_sign":
            raise UserError(
                self.env._("The letter does not lie before its signers. Submit it for signature.")
            )
        capacity = self._signing_capacity()
        return self._sign_in_turn(self._check_turn(), capacity)

    def _sign_in_turn(self, line, capacity):
        """Make one signature after the right was checked; hook for signing with certificates.

        :param line: ``lgo.eoffice.signer`` whose turn it is
        :param capacity: ``Capacity`` of ``lgo.delegation``
        :return: ``lgo.issued.document``, empty while others still sign
        """
        now = fields.Datetime.now()
        line._note_signature(capacity, now)
        lines = self.sudo().signer_ids.sorted()
        done = len(lines.filtered("signed_at"))
        self.env["lgo.audit.log"]._log(
            "letter.sign", self.sudo(), detail={"signature": done, "of": len(lines)}
        )
        if done < len(lines):
            return self.env["lgo.issued.document"]
        return self._number_and_print([row._signature_values() for row in lines], now)

    def action_sign(self):
        """Button: sign where the letter lies, so that it goes on to who comes next."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo().signer_ids:
            return super().action_sign()
        self._check_turn()
        copy = self.sudo().copy_ids.filtered(lambda row: (row.state, row.task) == ("open", "sign"))[
            :1
        ]
        if not copy:
            raise UserError(
                self.env._("The letter does not lie before its signers. Submit it for signature.")
            )
        copy.with_env(self.env)._endorse("sign")
        return True

    # ------------------------------------------------------------ refused, cancelled
    def _void_signatures(self, reason):
        """What was signed so far counts for nothing; the notes on the letter tell of it.

        :param str reason: why
        """
        for letter in self.sudo():
            signed = letter.signer_ids.filtered("signed_at")
            if signed:
                self.env["lgo.audit.log"]._log(
                    "letter.sign_void", letter,
                    detail={"users": signed.signed_by_id.ids}
                    | ({} if letter.is_secret else {"reason": reason}),
                    severity="warning",
                )  # fmt: skip
                signed.write(dict.fromkeys(SIGNED, False))

    def _back_to_writer(self, copy, reason):
        """Return the letter to its writer, with all signatures so far void.

        :return: ``res.users``
        """
        self.ensure_one()
        self._void_signatures(reason)
        return super()._back_to_writer(copy, reason)

    def _after_cancel(self):
        result = super()._after_cancel()
        if self._is_partly_signed():
            self._void_signatures(self.env.context.get("transition_reason") or "")
        return result

    def _is_partly_signed(self):
        """Whether a signature was made and the letter has no number."""
        self.ensure_one()
        return not self.document_id and any(self.sudo().signer_ids.mapped("signed_at"))

    # ------------------------------------------------------------ nothing changes under a signature
    def _refuse_frozen(self, vals):
        if (self._frozen_fields() | PRINTED) & vals.keys():
            self._refuse_while_signing()
        return super()._refuse_frozen(vals)

    def _refuse_while_signing(self):
        """
        :raises UserError: somebody has signed what is to be changed
        """
        for letter in self.sudo():
            if letter._is_being_signed():
                raise UserError(
                    self.env._(
                        "%(names)s signed this letter as it is. Have it returned to its writer "
                        "before you change it.",
                        names=", ".join(filter(None, letter.signer_ids.mapped("signed_name"))),
                    )
                )

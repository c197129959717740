# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_sign.models.lgo_document_kind import SIGNER_MODES
from odoo.addons.lgo_sign.tools import grant


class LgoEofficeLetter(models.Model):
    """Several people sign a letter in turn, each with a certificate.

    A file that is signed is never printed anew. So it is numbered and printed, with the names of
    all, in the transaction of the first signature; who is named then is who signs. A refusal
    leaves the number void, with the reason, as a register demands that accounts for each number
    (Saraban Regulation B.E. 2526).
    """

    _inherit = "lgo.eoffice.letter"

    def _is_signed_by_certificates(self):
        """Whether the papers of this kind carry the certificates of who signs."""
        self.ensure_one()
        return self._document_kind().sudo().sign_mode in SIGNER_MODES

    def _lay_before_signer(self, copy):
        """Nobody is asked for a signature that cannot be made."""
        self.ensure_one()
        if self._is_signed_by_certificates():
            self._check_signers_ready()
        return super()._lay_before_signer(copy)

    def _check_signers_ready(self):
        """Refuse early what the last signature would find out.

        :raises UserError: a post that nobody holds, or somebody without a valid certificate
        """
        missing = []
        for line in self.sudo().signer_ids.filtered(lambda one: not one.signed_at).sorted():
            user = line.user_id or line.post_id.current_user_id
            mine = user and self.env["lgo.sign.certificate"].sudo().with_user(user).sudo()._mine(
                company=self.company_id
            )  # fmt: skip
            if not mine:
                missing.append(user.name or line._label())
        if missing:
            raise UserError(
                self.env._(
                    "This kind of letter is signed with certificates, and these have none that "
                    "is valid: %(names)s. They record theirs under Documents > Electronic "
                    "signatures > My certificates.",
                    names=", ".join(missing),
                )
            )

    def _running_round(self):
        """The signatures in turn of this letter that are not finished, in sudo."""
        self.ensure_one()
        return self.env["lgo.sign.round"].sudo().search(
            [
                ("document_id.res_model", "=", self._name),
                ("document_id.res_id", "=", self.id),
                ("state", "=", "running"),
            ],
            limit=1,
        )  # fmt: skip

    def _sign_in_turn(self, line, capacity):
        """With certificates: the signature goes into the file that all sign."""
        if not self._is_signed_by_certificates():
            return super()._sign_in_turn(line, capacity)
        self.env["lgo.issued.document"]._personal_certificate(self.company_id)
        if grant.granted(self.env) is None:
            self.env["lgo.sign.confirm"]._ask()
        signing = self._running_round() or self._start_round()
        now = fields.Datetime.now()
        line._note_signature(capacity, now)
        lines = self.sudo().signer_ids
        done = len(lines.filtered("signed_at"))
        self.env["lgo.audit.log"]._log(
            "letter.sign", self.sudo(), detail={"signature": done, "of": len(lines)}
        )
        signing.with_env(self.env).action_sign()
        given = grant.granted(self.env)
        given.documents.append(signing.document_id)
        document = signing.document_id
        return document if signing.state == "done" else document.browse()

    def _start_round(self):
        """Number and print the letter for all who sign it.

        :return: ``lgo.sign.round``, in sudo
        """
        signers = []
        for line in self.sudo().signer_ids.sorted():
            user = line.user_id or line.post_id.current_user_id
            title = not line.post_id and not line.role and user.employee_id.job_title
            signers.append({"user": user, "post": line.post_id, "role": line.role or title or ""})
        return self.env["lgo.sign.round"]._start(
            self,
            self._document_kind().code,
            self.kind_id.report_id,
            signers,
            unit=self.owner_unit_id,
        )

    def _lgo_sign_done(self, document):
        """All have signed: the letter has its number and its paper."""
        self.ensure_one()
        self._transition_as_system("number")
        self._keep_signed(document, fields.Datetime.now())

    def _void_signatures(self, reason):
        """A file that was signed in part is destroyed, and its number void."""
        for letter in self:
            for signing in letter._running_round():
                document = signing.document_id
                signing.with_env(self.env).sudo()._end(reason or self.env._("Returned"))
                document.register_entry_id.with_env(self.env).sudo()._void(
                    reason or self.env._("Returned")
                )
        return super()._void_signatures(reason)

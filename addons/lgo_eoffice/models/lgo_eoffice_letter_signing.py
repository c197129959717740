# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class LgoEofficeLetter(models.Model):
    """Signing and numbering of an own letter: one transaction.

    ข้อ ๓๑: number and date of the original equal those of the register. Electronic Transactions
    Act B.E. 2544, s. 9, and Saraban Regulation (No. 4) B.E. 2564: in a system that proves who
    acts, the typed name stands for the signature. Who may sign for a post is said by
    ``lgo.delegation``.
    """

    _inherit = "lgo.eoffice.letter"

    document_id = fields.Many2one(
        comodel_name="lgo.issued.document", string="Issued document", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    signed_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, ondelete="restrict"
    )
    signed_at = fields.Datetime(readonly=True, copy=False)

    def _matter(self):
        """Code by which an order of delegation names this letter, such as letter.ext."""
        return f"letter.{(self.kind_id.code or '').lower()}"

    def _signing_capacity(self, user=None):
        """The capacity in which ``user`` signs for the post that was named.

        :raises UserError: no post is named
        :raises AccessError: the user has no such power now
        """
        self.ensure_one()
        if not self.signer_post_id:
            raise UserError(self.env._("Choose whose signature the letter needs."))
        return (
            self.env["lgo.delegation"]
            .with_company(self.company_id)
            ._check_capacity(user or self.env.user, self.signer_post_id, matter=self._matter())
        )

    def _document_kind(self):
        kind = self.kind_id
        return (
            kind.circular_document_kind_id
            if self.is_circular and kind.circular_document_kind_id
            else kind.document_kind_id
        )

    def _sign_problems(self):
        """What is missing before the letter can be signed, as sentences; hook for add-ons."""
        self.ensure_one()
        empty = not html2plaintext(self.body or "").strip()
        return [
            message
            for missing, message in (
                (empty, self.env._("Write the text of the letter.")),
                (
                    self.kind_id.has_recipients and not (self.addressee or self.to_text),
                    self.env._("Say to whom it goes."),
                ),
                (not self._document_kind(), self.env._("This kind has no register.")),
                (not self.kind_id.report_id, self.env._("This kind has no paper.")),
                (
                    self.kind_id.code == "STP" and not self.stamped_reason,
                    self.env._("Say why a stamped letter may stand in for a signed one."),
                ),
            )
            if missing
        ]

    def _sign(self, capacity=None):
        """Sign the letter and number it; the paper is printed with both and never changes.

        :param capacity: ``Capacity`` of ``lgo.delegation``; found for the user by default
        :return: ``lgo.issued.document``
        :raises UserError: something is missing, or the letter was signed in the meantime
        :raises AccessError: the user has not the power
        """
        self.ensure_one()
        problems = self._sign_problems()
        if problems:
            raise UserError("\n".join(problems))
        capacity = capacity or self._signing_capacity()
        return self._number_and_print([capacity], fields.Datetime.now())

    def _number_and_print(self, signers, now):
        """Number the letter and print it with who signed it, in one transaction.

        :param signers: as of ``lgo.issued.document._issue``
        :param datetime now: moment of the last signature
        :return: ``lgo.issued.document``
        """
        self._transition_as_system("number")
        document = self.env["lgo.issued.document"]._issue(
            self,
            kind=self._document_kind().code,
            report=self.kind_id.report_id,
            signers=signers,
            unit=self.owner_unit_id,
            at=now,
        )
        self._keep_signed(document, now)
        return document

    def _keep_signed(self, document, now):
        """Write down under which number the letter was signed, and its paper."""
        entry = document.register_entry_id
        self._from_machine().sudo().write(
            {
                "document_id": document.id,
                "register_entry_id": entry.id,
                "doc_no": entry.name,
                "doc_date": entry.date,
                "send_no": entry.number,
                "numbered_at": now,
                "signed_at": now,
                "signed_by_id": self.env.uid,
                "main_attachment_id": document.attachment_id.id,
                "content_text": html2plaintext(self.body or ""),
            }
        )

    def _transition_as_system(self, code, reason=None):
        """Move the letter after a right of its own was checked (a signature, a note)."""
        self.ensure_one()
        self.sudo()._transition(code, reason=reason)

    def action_download_paper(self):
        """Button: the signed paper, exactly as it was issued."""
        self.ensure_one()
        self.check_access("read")
        return self.document_id.action_download()

    def action_sign(self):
        """Button: sign and number; what lies before the user to be signed is done with it."""
        self.ensure_one()
        self.check_access("read")
        copy = self._copy_before()
        if copy.task == "sign":
            copy._endorse("sign")
        else:
            self._sign()
        return True

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..tools import grant
from .lgo_document_kind import SEAL_MODES, SIGNER_MODES

#: Context key under which a round travels to the places that render and store.
ROUND = "lgo_sign_round"


class RoundPermit:
    """Says that a document is made for a round; an object, so that no remote call can send it."""

    def __init__(self, signing_round):
        self.round = signing_round


class LgoIssuedDocument(models.Model):
    """Signs what is issued, in the transaction that numbers it."""

    _inherit = "lgo.issued.document"

    state = fields.Selection(
        selection_add=[("signing", "Being signed")], ondelete={"signing": "cascade"}
    )
    sign_record_ids = fields.One2many(
        "lgo.sign.signature", "document_id", string="Electronic signatures", readonly=True
    )
    archive_ids = fields.One2many(
        "lgo.sign.archive", "document_id", string="Archive copies", readonly=True
    )
    round_ids = fields.One2many(
        "lgo.sign.round", "document_id", string="Signatures in turn", readonly=True
    )
    sign_is_short = fields.Boolean(compute="_compute_sign_is_short")

    @api.depends("sign_record_ids.is_short", "archive_ids")
    def _compute_sign_is_short(self):
        for document in self:
            document.sign_is_short = not document.archive_ids and any(
                document.sign_record_ids.mapped("is_short")
            )

    # ------------------------------------------------------------ issuing
    @api.model
    def _issue(self, record, kind, report, signers=(), replaces=None, unit=None, at=None):
        """Ask for the key of the signer before a number is taken; else as the parent.

        :raises UserError: a certificate is missing or not valid
        :raises RedirectWarning: the signer must confirm first; the dialog repeats the call
        """
        signers = list(signers or ())
        found = self.env["lgo.document.kind"]._find(kind)
        company = self._sign_company(record)
        if self._sign_round() is None:
            self._check_may_sign(company, found, signers)
        if found.sign_mode != "none" and company.lgo_sign_level != "b":
            timestamper = company._lgo_timestamper()
            if timestamper is not None:
                timestamper.knock()
        document = super()._issue(
            record, kind, report, signers=signers, replaces=replaces, unit=unit, at=at
        )
        given = grant.granted(self.env)
        if given is not None:
            given.documents.append(document)
        return document

    @api.model
    def _sign_round(self):
        """The round for which a document is being made, or None."""
        permit = self.env.context.get(ROUND)
        return permit.round if isinstance(permit, RoundPermit) else None

    @api.model
    def _sign_company(self, record):
        """The organisation whose seal and settings count for a record."""
        company = record.sudo().company_id if "company_id" in record._fields else None
        return company or self.env.company

    @api.model
    def _check_may_sign(self, company, kind, signers):
        """Refuse early what cannot be signed.

        :param signers: as of :meth:`_issue`
        """
        if kind.sign_mode in SEAL_MODES:
            company._lgo_seal()._check_usable()
        users = {
            signer.get("user_id", self.env.uid) if isinstance(signer, dict) else self.env.uid
            for signer in signers
        }
        if kind.sign_mode in SIGNER_MODES:
            self._check_signers(kind, users, len(signers))
            self._personal_certificate(company)
        elif not (company.lgo_sign_confirm and self.env.uid in users and request):
            return
        if grant.granted(self.env) is None:
            self.env["lgo.sign.confirm"]._ask()

    @api.model
    def _check_signers(self, kind, users, count):
        """
        :param set users: ids of who signs
        :param int count: number of signatures
        :raises UserError: nobody, somebody else, or several
        """
        if not users:
            raise UserError(
                self.env._(
                    "“%(name)s” must be signed with the certificate of a signer, but nobody "
                    "signs it here.",
                    name=kind.name,
                )
            )
        if users != {self.env.uid} or count > 1:
            raise UserError(
                self.env._(
                    "“%(name)s” is signed with the certificate of each signer: start a round "
                    "of signatures, so that each signs in turn.",
                    name=kind.name,
                )
            )

    @api.model
    def _personal_certificate(self, company):
        """The valid certificate of the user, in sudo.

        :raises UserError: there is none
        """
        Certificate = self.env["lgo.sign.certificate"]
        found = Certificate._mine(company=company)
        if not found:
            held = Certificate.sudo().search(
                [("user_id", "=", self.env.uid), ("company_id", "=", company.id)],
                order="valid_to desc, id desc",
                limit=1,
            )
            if held:
                held._check_usable()
            raise UserError(
                self.env._(
                    "Nothing was signed and no number was taken: you have no certificate. Record "
                    "yours under Documents > Electronic signatures > My certificates."
                )
            )
        return found

    def _render(self, record, report):
        """Print, then sign.  ``sha256`` is that of the signed file."""
        content = super()._render(record, report)
        maker = self.env["lgo.sign.maker"]
        parts = maker._parts(self)
        if not parts:
            return content
        content = maker._prepare(self, content, parts)
        for part in parts:
            if part.role == "seal":
                seal = self.company_id._lgo_seal()
                content = maker._sign(self, content, part, seal, last=part == parts[-1])
            elif self._sign_round() is None:
                mine = self._personal_certificate(self.company_id)
                content = maker._sign(self, content, part, mine, last=part == parts[-1])
        return content

    def _store(self, content):
        """A document that others still sign is kept with its round."""
        signing_round = self._sign_round()
        if signing_round is None:
            return super()._store(content)
        return signing_round._keep(self, content)

    # ------------------------------------------------------------ while it is being signed
    @api.model_create_multi
    def create(self, vals_list):
        if self._sign_round() is not None:
            vals_list = [{**vals, "state": "signing"} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _find_by_token(self, token):
        """What not everybody has signed was not issued."""
        return super()._find_by_token(token).filtered("sha256")

    @api.model
    def _find_by_number(self, kind, number, company):
        return super()._find_by_number(kind, number, company).filtered("sha256")

    def _content(self):
        if not all(document.sudo().sha256 for document in self):
            raise UserError(self.env._("Not everybody has signed this document yet."))
        return super()._content()

    def action_open_round(self):
        """Open the round in which several people sign this document."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signatures in turn"),
            "res_model": "lgo.sign.round",
            "res_id": self.round_ids.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------ checking
    def action_check_signatures(self):
        """Read the signatures in the stored file and show what they are worth."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signatures of %(name)s", name=self.name),
            "res_model": "lgo.sign.check",
            "views": [(False, "form")],
            "target": "new",
            "context": {"lgo_sign_document_id": self.id, "dialog_size": "large"},
        }

    # ------------------------------------------------------------ personal data
    def _forget(self):
        """The archive copies go with the file, and so does the file that is still being signed."""
        waiting = self.sudo().filtered(lambda document: document.state == "signing")
        rounds = self.env["lgo.sign.round"].sudo().search([("document_id", "in", waiting.ids)])
        rounds._end(self.env._("The time of keeping is over."))
        copies = self.sudo().archive_ids.filtered("attachment_id")._append_only_permitted()
        files = copies.attachment_id
        copies.write({"attachment_id": False, "erased_at": fields.Datetime.now()})
        count = len(files) + len(rounds)
        files.unlink()
        return super()._forget() + count

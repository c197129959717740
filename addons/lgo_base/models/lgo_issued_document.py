# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import re
import secrets

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

from odoo.addons.report_weasyprint.tools.qr import qr_svg

from ..tools import thai

# 24 random bytes: 192 bits, not to be guessed.
TOKEN_BYTES = 24
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class LgoIssuedDocument(models.Model):
    """A paper that left the office, as it left it: number, file, hash, signers, validity.

    Electronic Transactions Act B.E. 2544, sections 10 and 12: an original kept electronically
    must be shown to be complete and unaltered. The file never changes; a correction is a new
    document that replaces the old one. Anybody who holds the paper may ask ``/verify/<token>``
    whether it is genuine and still valid.
    """

    _name = "lgo.issued.document"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Issued Document"
    _order = "id desc"
    _rec_names_search = ["name", "record_name"]

    _append_only_key = "lgo_issue"
    #: What happens to a paper later, and its file, which is printed after the number is known.
    _append_only_writable = frozenset(
        {
            "state",
            "revoke_reason",
            "revoked_by_id",
            "revoked_at",
            "replaced_by_id",
            "attachment_id",
            "sha256",
            "file_size",
            "public_values",
            "erased_at",
        }
    )

    name = fields.Char(string="Number", required=True, readonly=True)
    kind_id = fields.Many2one(
        "lgo.document.kind", required=True, readonly=True, index=True, ondelete="restrict"
    )
    register_entry_id = fields.Many2one(
        "lgo.register.entry", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    res_model = fields.Char(string="Record model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", required=True, readonly=True, aggregator=None
    )
    record_name = fields.Char(string="Record", readonly=True)
    date_issued = fields.Date(required=True, readonly=True)
    issued_at = fields.Datetime(required=True, readonly=True)
    issued_by_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    issued_by = fields.Char(string="Issuer", compute="_compute_issued_by")
    valid_until = fields.Date(readonly=True)
    state = fields.Selection(
        [("valid", "Valid"), ("replaced", "Replaced"), ("revoked", "Revoked")],
        required=True,
        default="valid",
        readonly=True,
    )
    is_expired = fields.Boolean(compute="_compute_is_expired")
    revoke_reason = fields.Char(string="Reason for revoking", readonly=True)
    revoked_by_id = fields.Many2one("res.users", string="Revoked by", readonly=True)
    revoked_at = fields.Datetime(string="Revoked on", readonly=True)
    replaces_id = fields.Many2one(
        "lgo.issued.document", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    replaced_by_id = fields.Many2one("lgo.issued.document", readonly=True, ondelete="restrict")
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256 of the file", readonly=True)
    file_size = fields.Integer(readonly=True, aggregator=None)
    token = fields.Char(required=True, readonly=True, copy=False)
    verify_url = fields.Char(string="Verification page", compute="_compute_verify")
    qr_svg = fields.Html(string="QR code", compute="_compute_verify", sanitize=False)
    public_values = fields.Json(readonly=True)
    erased_at = fields.Datetime(
        string="Content erased on", readonly=True, help="Its time of keeping is over."
    )
    signature_ids = fields.One2many("lgo.issued.signature", "document_id", readonly=True)

    _token_uniq = models.UniqueIndex("(token)")
    _record_idx = models.Index("(res_model, res_id)")
    _entry_uniq = models.UniqueIndex("(register_entry_id)")
    _attachment_idx = models.Index("(attachment_id)")

    @api.depends("valid_until")
    def _compute_is_expired(self):
        today = thai.local_date(fields.Datetime.now())
        for document in self:
            document.is_expired = bool(document.valid_until) and document.valid_until < today

    @api.depends("issued_by_id", "unit_id", "company_id")
    def _compute_issued_by(self):
        for document in self:
            document.issued_by = document.issued_by_id._lgo_acted_name(
                document.unit_id, document.company_id
            )

    @api.depends("token")
    def _compute_verify(self):
        for document in self:
            url = f"{document.get_base_url()}/verify/{document.sudo().token}"
            document.verify_url = url
            document.qr_svg = qr_svg(url)

    @api.depends("kind_id", "name")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.sudo().kind_id.name} {document.name}"

    # -- immutable -------------------------------------------------------------------------

    def _append_only_message(self):
        return self.env._(
            "An issued document never changes. Issue a new one that replaces it, or revoke it."
        )

    def _append_only_unlink_message(self):
        return self.env._("An issued document cannot be deleted: revoke it.")

    # -- issuing ---------------------------------------------------------------------------

    @api.model
    def _issue(self, record, kind, report, signers=(), replaces=None, unit=None, at=None):
        """Number, render, hash and store a document, in the caller's transaction.

        The caller has checked who may issue. The number must be printed, so it is taken before
        the rendering; until the transaction ends, others who want a number of the same register
        wait. Issue last in a transaction.

        :param record: the one record that the document belongs to
        :param str kind: code of ``lgo.document.kind``
        :param report: ``ir.actions.report``, its id, XML id or name; the template finds the
            record as ``o`` (and in ``docs``) and this document as ``issued``
        :param signers: capacities of ``lgo.delegation``, or dicts with the fields of
            ``lgo.issued.signature``
        :param replaces: an earlier valid ``lgo.issued.document`` of the same record
        :param unit: ``hr.department`` for a register that counts per unit
        :param datetime at: naive UTC moment of issue; now by default
        :return: ``lgo.issued.document`` (in sudo)
        :raise UserError: unknown kind, or the document to replace is not valid
        """
        record.ensure_one()
        kind = self.env["lgo.document.kind"]._find(kind)
        at = at or fields.Datetime.now()
        if not unit and "unit_id" in record._fields:
            unit = record.sudo().unit_id
        if replaces:
            replaces = replaces.sudo()
            replaces._check_replaceable(record)
        entry = self._take_entry(record, kind, unit, at)
        documents = self.sudo()._append_only_permitted()
        document = documents.create(
            {
                "name": entry.name,
                "kind_id": kind.id,
                "register_entry_id": entry.id,
                "company_id": entry.company_id.id,
                "unit_id": unit.id if unit else False,
                "res_model": record._name,
                "res_id": record.id,
                "record_name": record.sudo()._lgo_book_name(),
                "date_issued": entry.date,
                "issued_at": at,
                "issued_by_id": self.env.uid,
                "valid_until": kind._valid_until(entry.date),
                "replaces_id": replaces.id if replaces else False,
                "token": secrets.token_urlsafe(TOKEN_BYTES),
                "public_values": kind._public_values(record),
                "signature_ids": [
                    fields.Command.create(self._prepare_signature_vals(signer, number, at))
                    for number, signer in enumerate(signers or (), start=1)
                ],
            }
        )
        document._store(document._render(record, report))
        if replaces:
            replaces._append_only_permitted().write(
                {"state": "replaced", "replaced_by_id": document.id}
            )
        self.env["lgo.audit.log"]._log(
            "document.issue",
            document,
            detail={"kind": kind.code, "sha256": document.sha256, "record": record._name},
        )
        return document._append_only_sealed()

    @api.model
    def _take_entry(self, record, kind, unit, at):
        """Take the number of a document; hook for records that have one already.

        :return: ``lgo.register.entry`` (in sudo)
        """
        return self.env["lgo.register"]._take_number(
            kind.register_id.code,
            record=record,
            unit=unit,
            at=at,
            label=f"{kind.name} {record.sudo()._lgo_book_name() or ''}".strip(),
        )

    def _check_replaceable(self, record):
        self.ensure_one()
        if (self.res_model, self.res_id) != (record._name, record.id):
            raise UserError(self.env._("The document to replace belongs to another record."))
        if self.state != "valid":
            raise UserError(
                self.env._(
                    "Document %(name)s is no longer valid; nothing to replace.", name=self.name
                )
            )

    @api.model
    def _prepare_signature_vals(self, signer, number, at):
        """Return the values of one signature from a dict or a capacity of ``lgo.delegation``."""
        if isinstance(signer, dict):
            vals = {"user_id": self.env.uid, **signer}
        else:
            lines = getattr(signer, "lines", None) or ()
            vals = {
                "user_id": self.env.uid,
                "capacity": lines if isinstance(lines, str) else "\n".join(map(str, lines)),
                "order_no": getattr(signer, "order_no", "") or "",
            }
        vals.setdefault("sequence", number)
        vals.setdefault("signed_at", at)
        vals.setdefault("name", self.env["res.users"].sudo().browse(vals["user_id"]).name)
        return vals

    def _render(self, record, report):
        """Return the PDF of the document; hook for signing, around the whole paper."""
        reports = record.env["ir.actions.report"].with_context(
            report_pdf_no_attachment=True, force_report_rendering=True
        )
        issued = self.sudo()._append_only_sealed()
        content, file_type = reports._render_qweb_pdf(
            report, res_ids=record.ids, data={"issued": issued, "o": record}
        )
        if file_type != "pdf":
            raise UserError(self.env._("The document could not be printed as a PDF."))
        return self._compose(record, content)

    def _compose(self, record, content):
        """Return the whole paper from what its report printed; hook for papers of several files.

        Nothing is signed before it is composed: what changes the pages belongs here and not into
        ``_render``, where the order in which add-ons are loaded would decide.

        :param bytes content: what the report printed
        :rtype: bytes
        """
        return content

    def _store(self, content):
        """Keep the file of the document, once."""
        self.ensure_one()
        file_name = re.sub(r"[^\w.ก-๙-]+", "-", f"{self.kind_id.code}-{self.name}") + ".pdf"
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": file_name,
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        )
        self.write(
            {
                "attachment_id": attachment.id,
                "sha256": hashlib.sha256(content).hexdigest(),
                "file_size": len(content),
            }
        )

    # -- life ------------------------------------------------------------------------------

    def _revoke(self, reason):
        """Revoke valid documents; they stay visible as revoked.

        :param str reason: kept in the office, not shown to the public
        :raise AccessError: the user is no registrar
        :raise UserError: no reason, or not valid
        """
        if not self.env.user.has_group("lgo_base.group_registrar"):
            raise AccessError(self.env._("Only a registrar revokes a document."))
        self.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for revoking the document."))
        for document in self:
            if document.state != "valid":
                raise UserError(
                    self.env._("Document %(name)s is no longer valid.", name=document.name)
                )
        self._write_revoked(reason)

    def _write_revoked(self, reason):
        """Mark valid documents as revoked; the caller has checked who may.

        :param str reason: kept in the office, not shown to the public
        """
        self.sudo()._append_only_permitted().write(
            {
                "state": "revoked",
                "revoke_reason": reason,
                "revoked_by_id": self.env.uid,
                "revoked_at": fields.Datetime.now(),
            }
        )
        self.env["lgo.audit.log"]._log(
            "document.revoke", self, detail={"reason": reason}, severity="warning"
        )

    def action_revoke(self):
        """Ask for the reason and revoke."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_issued_revoke_action")
        action["context"] = {"default_document_id": self.id}
        return action

    def action_download(self):
        """Open the file, checked against its hash."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/lgo/document/{self.id}", "target": "new"}

    def action_open_verify(self):
        """Open the public page of the document."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.verify_url, "target": "new"}

    # -- reading ---------------------------------------------------------------------------

    def _content(self):
        """Return the file as bytes, after comparing it with the hash of the day of issue.

        :raise UserError: the stored file is not the one that was issued
        """
        self.ensure_one()
        if self.erased_at:
            raise UserError(
                self.env._("The content of %(name)s was erased: its time is over.", name=self.name)
            )
        content = self.sudo().attachment_id.raw or b""
        if not consteq(hashlib.sha256(content).hexdigest(), self.sudo().sha256 or ""):
            self.env["lgo.audit.log"]._log("document.damaged", self, severity="critical")
            raise UserError(
                self.env._(
                    "The stored file of %(name)s is not the one that was issued. Tell the "
                    "administrator; do not use the file.",
                    name=self.name,
                )
            )
        return content

    @api.model
    def _find_by_token(self, token):
        """Return the document with this token (in sudo), or an empty recordset."""
        token = token if isinstance(token, str) and TOKEN.fullmatch(token) else "-" * 32
        document = self.sudo().search([("token", "=", token)], limit=1)
        # The index has answered already; comparing once more in constant time costs nothing.
        return document if consteq(document.token or "", token) else self.sudo().browse()

    @api.model
    def _find_by_number(self, kind, number, company):
        """Return the newest document of a kind with this number (in sudo), or empty.

        :param kind: ``lgo.document.kind``
        :param str number: as typed, with Thai or Arabic digits
        """
        key = self.env["lgo.register"]._normalise(number)
        if not key:
            return self.sudo().browse()
        return self.sudo().search(
            [
                ("kind_id", "=", kind.id),
                ("company_id", "=", company.id),
                ("register_entry_id.name_key", "=", key),
            ],
            limit=1,
        )

    def _public_state(self):
        """Return valid, expired, replaced or revoked."""
        self.ensure_one()
        return "expired" if self.state == "valid" and self.is_expired else self.state

    # -- personal data ---------------------------------------------------------------------

    def _kept_until(self):
        """Last day on which the content is kept; None when it goes with its case."""
        self.ensure_one()
        months = self.kind_id.retention_months
        return self.date_issued + relativedelta(months=months) if months else None

    def _forget(self):
        """Erase file and shown values; number, day, signers and hash stay (s. 37(3)).

        The page behind the QR code goes on to say that the paper was issued.

        :return: number of files that were deleted
        """
        documents = self.sudo().filtered(lambda document: not document.erased_at)
        permitted = documents._append_only_permitted()
        files = permitted.attachment_id
        count = len(files)
        permitted.write(
            {"attachment_id": False, "public_values": False, "erased_at": fields.Datetime.now()}
        )
        files.unlink()
        return count

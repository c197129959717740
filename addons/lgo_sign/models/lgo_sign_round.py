# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

from odoo.addons.lgo_base.tools import thai

from ..tools import grant
from .lgo_document_kind import SEAL_MODES, SIGNER_MODES
from .lgo_issued_document import ROUND, RoundPermit

SIGN = "lgo_base.mail_activity_type_sign"


class LgoSignRound(models.Model):
    """A document that several people sign one after the other.

    The paper is numbered and printed once, with a field for each signer; the seal, where the kind
    has one, certifies it. Each signature is an incremental update that leaves the earlier ones
    valid, and the last one locks the file (ISO 32000-2, s. 12.8.2.2). Until then the document is
    «being signed»: it has no file, and the public page does not know it. Whoever signs must have
    the power of the post at that moment (``lgo.delegation``).
    """

    _name = "lgo.sign.round"
    _inherit = [
        "lgo.action.only.mixin",
        "lgo.sign.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Signatures in Turn"
    _order = "id desc"
    _rec_name = "document_id"

    _action_only = frozenset({"state", "document_id", "attachment_id", "sha256", "done_at"})

    document_id = fields.Many2one(
        comodel_name="lgo.issued.document", readonly=True, index=True, ondelete="restrict"
    )
    kind_id = fields.Many2one(related="document_id.kind_id")
    record_name = fields.Char(related="document_id.record_name")
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        comodel_name="lgo.sign.round.line",
        inverse_name="round_id",
        string="Signers",
        readonly=True,
    )
    state = fields.Selection(
        [("running", "Being signed"), ("done", "Signed by all"), ("cancelled", "Cancelled")],
        required=True,
        default="running",
        readonly=True,
    )
    next_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Next to sign",
        compute="_compute_next_user_id",
        search="_search_next_user_id",
    )
    is_my_turn = fields.Boolean(compute="_compute_next_user_id")
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="File so far", readonly=True, ondelete="restrict"
    )
    sha256 = fields.Char(string="SHA-256 of the file so far", readonly=True)
    done_at = fields.Datetime(string="Finished on", readonly=True)

    _create_uid_idx = models.Index("(create_uid)")

    @api.depends("state", "line_ids.signed_at", "line_ids.user_id")
    @api.depends_context("uid")
    def _compute_next_user_id(self):
        for one in self:
            line = one._next_line() if one.state == "running" else one.line_ids.browse()
            one.next_user_id = line.user_id
            one.is_my_turn = bool(line) and line.user_id == self.env.user

    @api.model
    def _search_next_user_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = self.env["lgo.sign.round.line"].search(
            [("signed_at", "=", False), ("round_id.state", "=", "running")],
            order="round_id, sequence, id",
        )
        first = {}
        for line in waiting:
            first.setdefault(line.round_id.id, line.user_id)
        users = set(value)
        names = {name for name in users if isinstance(name, str)}
        return [
            (
                "id",
                "in",
                [
                    round_id
                    for round_id, user in first.items()
                    if user.id in users or user.name in names
                ],
            )
        ]

    def _next_line(self):
        """The line whose turn it is; empty when all have signed."""
        self.ensure_one()
        return self.line_ids.filtered(lambda line: not line.signed_at).sorted("sequence")[:1]

    # ------------------------------------------------------------ start
    @api.model
    def _start(self, record, kind, report, signers, unit=None, at=None):
        """Number and print a document that several people sign, and ask the first of them.

        In the caller's transaction, who has checked that the user may issue it.

        :param record: the one record that the document belongs to. When all have signed, its
            method ``_lgo_sign_done(document)`` is called, if it has one
        :param str kind: code of ``lgo.document.kind``, whose signature is that of the signers
        :param report: as of ``lgo.issued.document._issue``
        :param signers: list, in order, of dicts: ``user`` (``res.users``) and, where the power of
            a post is used, ``post`` (``lgo.post``); ``role`` is a line below both, such as
            ประธานกรรมการ
        :param unit: as of ``lgo.issued.document._issue``
        :param datetime at: as of ``lgo.issued.document._issue``
        :return: ``lgo.sign.round``, in sudo
        :raises AccessError: a signer has not the power of the post
        :raises UserError: the kind is not signed by certificates, or nobody signs
        """
        found = self.env["lgo.document.kind"]._find(kind)
        if found.sign_mode not in SIGNER_MODES:
            raise UserError(
                self.env._(
                    "“%(name)s” is not signed with the certificates of its signers.",
                    name=found.name,
                )
            )
        if not signers:
            raise UserError(self.env._("Say who signs, and in which order."))
        company = self.env["lgo.issued.document"]._sign_company(record)
        if found.sign_mode in SEAL_MODES:
            company._lgo_seal()._check_usable()
        lines, rows = [], []
        for number, signer in enumerate(signers, start=1):
            user = signer["user"].sudo()
            post = signer.get("post") or self.env["lgo.post"]
            below, order_no = [signer.get("role")], ""
            if post:
                given = (
                    self.env["lgo.delegation"]
                    .with_company(company)
                    ._check_capacity(user, post, matter=f"document.{found.code}")
                )
                below, order_no = [*given.lines, *below], given.order_no or ""
            capacity = "\n".join(filter(None, below))
            lines.append(
                fields.Command.create(
                    {
                        "sequence": number,
                        "user_id": user.id,
                        "post_id": post.id,
                        "capacity": capacity,
                    }
                )
            )
            rows.append(
                {
                    "user_id": user.id,
                    "name": user.name,
                    "capacity": capacity,
                    "order_no": order_no,
                    "sequence": number,
                }
            )
        one = self.sudo().create({"company_id": company.id, "line_ids": lines})
        Document = self.env["lgo.issued.document"].with_context(**{ROUND: RoundPermit(one)})
        document = Document._issue(record, kind, report, signers=rows, unit=unit, at=at)
        one.document_id = document.with_context(**{ROUND: None})
        self.env["lgo.audit.log"]._log(
            "document.round", one.document_id, detail={"signers": len(lines)}
        )
        one._ask_next()
        return one

    def _keep(self, document, content):
        """Keep the file as far as it is signed; it is a file of the document."""
        self.ensure_one()
        permitted = self.env["lgo.issued.document"].sudo()._append_only_permitted()
        values = {"raw": content, "name": "document.pdf", "mimetype": "application/pdf"}
        attachment = self.attachment_id.with_env(permitted.env)
        if attachment:
            attachment.write({"raw": content})
        else:
            attachment = attachment.create(
                {
                    **values,
                    "res_model": document._name,
                    "res_id": document.id,
                    "company_id": self.company_id.id,
                }
            )
        self.sudo().write(
            {"attachment_id": attachment.id, "sha256": hashlib.sha256(content).hexdigest()}
        )

    def _ask_next(self):
        """Put the task before who signs next."""
        self.ensure_one()
        line = self._next_line()
        if line:
            self.sudo().activity_schedule(
                SIGN,
                user_id=line.user_id.id,
                summary=self.document_id.display_name,
                date_deadline=thai.local_date(fields.Datetime.now()),
            )

    # ------------------------------------------------------------ sign
    def action_sign(self):
        """Sign, when it is the turn of the user; asks for the key first."""
        self.ensure_one()
        self.check_access("read")
        line = self._check_turn()
        certificate = self.env["lgo.issued.document"]._personal_certificate(self.company_id)
        if grant.granted(self.env) is None:
            return self.env["lgo.sign.confirm"]._action(
                {"model": self._name, "method": "action_sign", "args": [self.ids], "kwargs": {}}
            )
        self._sign(line, certificate)
        return True

    def _check_turn(self):
        """
        :return: the line to be signed now
        :raises UserError: somebody else signs first, or nothing waits any more
        :raises AccessError: the user is no signer, or has lost the power of the post
        """
        self.ensure_one()
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        one = self.sudo()
        if one.state != "running":
            raise UserError(
                self.env._("This document does not wait for a signature any more. Please reload.")
            )
        own = one.line_ids.filtered(lambda line: line.user_id.id == self.env.uid)
        if not own:
            raise AccessError(self.env._("You are not among the signers of this document."))
        line = one._next_line()
        if not own.filtered(lambda one: not one.signed_at):
            raise UserError(self.env._("You have signed this document already."))
        if line.user_id.id != self.env.uid:
            raise UserError(
                self.env._(
                    "It is not your turn yet: %(name)s signs before you.", name=line.user_id.name
                )
            )
        if line.post_id:
            self.env["lgo.delegation"].with_company(one.company_id)._check_capacity(
                self.env.user, line.post_id, matter=f"document.{one.kind_id.code}"
            )
        return line

    def _sign(self, line, certificate):
        """Put the signature of a line into the file; the last one issues the document."""
        document = self.document_id.sudo()._append_only_permitted()
        content = self.sudo().attachment_id.raw or b""
        if not consteq(hashlib.sha256(content).hexdigest(), self.sha256 or ""):
            self.env["lgo.audit.log"]._log("document.damaged", document, severity="critical")
            raise UserError(
                self.env._("The file was changed since the last signature. Cancel this round.")
            )
        maker = self.env["lgo.sign.maker"]
        parts = maker._parts(document)
        part = next(one for one in parts if one.number == line.sequence)
        content = maker._sign(document, content, part, certificate, last=part == parts[-1])
        now = fields.Datetime.now()
        line.write({"signed_at": now})
        document.signature_ids.filtered(lambda row: row.sequence == line.sequence).write(
            {"signed_at": now}
        )
        self.sudo().activity_feedback([SIGN])
        if self._next_line():
            self._keep(document, content)
            self._ask_next()
        else:
            self._finish(document, content)

    def _finish(self, document, content):
        """Issue the document that all have signed."""
        document._store(content)
        document.write({"state": "valid"})
        files = self.sudo().attachment_id.with_env(document.env)
        self.sudo().write(
            {"state": "done", "done_at": fields.Datetime.now(), "attachment_id": False}
        )
        files.unlink()
        self.env["lgo.audit.log"]._log(
            "document.issue",
            document,
            detail={
                "kind": document.kind_id.code,
                "sha256": document.sha256,
                "record": document.res_model,
            },
        )
        record = self.env[document.res_model].browse(document.res_id)
        if hasattr(record, "_lgo_sign_done"):
            record._lgo_sign_done(document._append_only_sealed())

    # ------------------------------------------------------------ cancel
    def action_cancel(self):
        """Ask for the reason and cancel."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_sign.lgo_sign_cancel_action")
        action["context"] = {"default_round_id": self.id}
        return action

    def _cancel(self, reason):
        """End a round that not all have signed; its number stays taken, with the reason.

        :raises AccessError: neither who started it nor a registrar
        :raises UserError: no reason, or it is finished
        """
        self.ensure_one()
        self.check_access("read")
        if self.create_uid != self.env.user and not self.env.user.has_group(
            "lgo_base.group_registrar"
        ):
            raise AccessError(self.env._("Only who started the round, or a registrar, cancels it."))
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for cancelling."))
        self.sudo().lock_for_update()
        if self.state != "running":
            raise UserError(
                self.env._("This document does not wait for a signature any more. Please reload.")
            )
        self._end(reason)

    def _end(self, reason):
        """End rounds for good: the documents are revoked, the files so far are destroyed."""
        for one in self.sudo():
            document = one.document_id._append_only_permitted()
            document.write(
                {
                    "state": "revoked",
                    "revoke_reason": reason,
                    "revoked_by_id": self.env.uid,
                    "revoked_at": fields.Datetime.now(),
                }
            )
            files = one.attachment_id.with_env(document.env)
            one.write({"state": "cancelled", "attachment_id": False})
            files.unlink()
            one.activity_unlink([SIGN])
            self.env["lgo.audit.log"]._log(
                "document.revoke", document, detail={"reason": reason}, severity="warning"
            )

    def action_open_file(self):
        """Open the paper as far as it is signed, to read it before signing.

        :raises UserError: there is none any more
        """
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            if self.state == "done":
                return self.document_id.action_download()
            raise UserError(self.env._("This document was never issued."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }

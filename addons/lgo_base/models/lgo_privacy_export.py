# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import hashlib
import json
import logging
import os
import secrets
import shutil
import tempfile
import zipfile
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, consteq

from ..tools import personal_data

_logger = logging.getLogger(__name__)

FORMAT = "lgo-personal-data/1"


class LgoPrivacyExport(models.Model):
    """Everything held on one person in one archive (PDPA B.E. 2562, ss. 30 and 31).

    ``index.html`` for the person, ``data.json`` for a program, ``files/`` as handed in,
    ``papers/`` as issued. A job makes it, model by model; it is streamed through the disk, so
    its size is not bounded by the memory. It is deleted some days later, and each download is in
    the audit trail.
    """

    _name = "lgo.privacy.export"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Copy of Personal Data"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    _action_only = frozenset(
        {
            "partner_id", "company_id", "request_id", "online", "state", "progress", "token",
            "expires_at", "file_size", "error", "download_count", "content", "requested_by_id",
        }
    )  # fmt: skip

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    request_id = fields.Many2one(
        "lgo.privacy.request", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    online = fields.Boolean(string="Made by the person", readonly=True)
    requested_by_id = fields.Many2one("res.users", string="Ordered by", readonly=True)
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Being made"),
            ("done", "Ready"),
            ("failed", "Failed"),
            ("expired", "Deleted"),
        ],
        required=True,
        default="queued",
        readonly=True,
        index=True,
    )
    progress = fields.Integer(string="Progress (%)", readonly=True, aggregator=None)
    error = fields.Char(string="Reason", readonly=True)
    # nobody reads it past the two download pages, which check and log
    content = fields.Binary(attachment=True, groups=fields.NO_ACCESS)
    token = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    file_size = fields.Integer(string="Size (bytes)", readonly=True, aggregator=None)
    expires_at = fields.Datetime(string="Kept until", readonly=True)
    download_count = fields.Integer(string="Downloads", readonly=True, aggregator=None)

    _one_at_work = models.UniqueIndex(
        "(partner_id, company_id) WHERE state IN ('queued', 'running')",
        "A copy for this person is being made already.",
    )

    # ------------------------------------------------------------ ordering
    @api.model
    def _order_export(self, partner, company, request=None, online=False):
        """Let the job make a copy for ``partner``; one that waits already is not made twice."""
        waiting = self.sudo().search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "in", ("queued", "running")),
            ],
            limit=1,
        )
        if waiting:
            if request and not waiting.request_id:
                waiting.request_id = request
            return waiting
        export = self.sudo().create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "request_id": request.id if request else False,
                "online": online,
                "requested_by_id": self.env.uid,
                "token": secrets.token_urlsafe(32),
            }
        )
        self.env["lgo.audit.log"]._log("privacy.export.order", export)
        self.env.ref("lgo_base.ir_cron_privacy_export")._trigger()
        return export

    @api.model
    def _order_online(self, user, company):
        """The signed-in person orders the own copy.

        :raises UserError: not proven well enough who it is, or a copy is there
        """
        if not company._lgo_export_allowed(user):
            raise UserError(
                self.env._(
                    "Your account does not prove well enough who you are. Please file the"
                    " request; we check your identity and send the copy."
                )
            )
        ready = self._of_person(user.partner_id).filtered(
            lambda export: export.online and export._is_available()
        )
        return ready[:1] or self._order_export(user.partner_id, company, online=True)

    @api.model
    def _of_person(self, partner):
        """Copies that ``partner`` may see on the own page, in sudo.

        What the officer had made appears only with the answer: until then nobody has checked
        who asked.
        """
        return (
            self.sudo()
            .search([("partner_id", "=", partner.id)], limit=10)
            .filtered(lambda export: export.online or export.request_id.state == "answered")
        )

    def _is_available(self):
        self.ensure_one()
        return self.state == "done" and self.expires_at > fields.Datetime.now()

    def _opens_for(self, user, token):
        """Whether ``user`` may download with ``token``: person, link, time and answer agree."""
        self.ensure_one()
        export = self.sudo()
        return bool(
            export.partner_id == user.partner_id
            and isinstance(token, str)
            and consteq(token.encode(), (export.token or "").encode())
            and export._is_available()
            and (export.online or export.request_id.state == "answered")
        )

    def _log_download(self):
        self.env["lgo.audit.log"]._log("privacy.export.download", self, severity="warning")
        self.sudo().download_count += 1

    def action_download(self):
        """Download as the personal data officer."""
        self.ensure_one()
        self._check_officer()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/privacy-export/{self.id}",
            "target": "download",
        }

    def action_retry(self):
        """Make a failed one again."""
        self._check_officer()
        self.sudo().filtered(lambda export: export.state == "failed").write(
            {"state": "queued", "progress": 0, "error": False}
        )
        self.env.ref("lgo_base.ir_cron_privacy_export").sudo()._trigger()

    def _check_officer(self):
        self.check_access("read")
        if not self.env.user.has_group("lgo_base.group_privacy_officer"):
            raise AccessError(self.env._("Only the personal data officer takes out this copy."))

    # ------------------------------------------------------------ making
    @api.model
    def _cron_build(self):
        """Make what waits, also what a killed job left half made; delete what is too old."""
        cron = self.env["ir.cron"]
        self._expire()
        waiting = self.sudo().search([("state", "in", ("queued", "running"))], order="id")
        cron._commit_progress(remaining=len(waiting))
        for export in waiting:
            try:
                export._build()
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("copy of personal data %s", export.id)
                export.write({"state": "failed", "error": str(error)[:200]})
            if not cron._commit_progress(1):
                break

    @api.model
    def _expire(self):
        old = self.sudo().search(
            [("state", "=", "done"), ("expires_at", "<", fields.Datetime.now())]
        )
        old._content_attachment().unlink()
        old.write({"state": "expired", "file_size": 0})

    def _content_attachment(self):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "content"),
                    ("res_id", "in", self.ids),
                ]
            )
        )

    def _build(self):
        """Write the archive; the record is ready afterwards."""
        self.ensure_one()
        self._step(0)
        self._content_attachment().unlink()
        with tempfile.TemporaryDirectory(prefix="lgo-export-") as folder:
            path = os.path.join(folder, "export.zip")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                self._write_archive(archive)
            size = os.path.getsize(path)
            self._store(path)
        self.write(
            {
                "state": "done",
                "progress": 100,
                "file_size": size,
                "error": False,
                "expires_at": fields.Datetime.now()
                + timedelta(days=self.company_id.lgo_export_days),
            }
        )
        self.env["lgo.audit.log"]._log("privacy.export.make", self, detail={"bytes": size})
        if self.online:
            self.env["lgo.notification"]._notify(
                self, "privacy_export_ready", partner=self.partner_id
            )

    def _step(self, percent):
        """Show how far it is; in the job at once, for who waits."""
        self.write({"state": "running", "progress": percent})
        if self.env.context.get("cron_id"):
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _declaring_models(self):
        """Models that say what they hold on a person, by name; the person itself comes first."""
        names = sorted(
            name
            for name, model in self.env.registry.items()
            if not model._abstract and not model._transient and self._declares(model)
        )
        return [self.env[name] for name in sorted(names, key=lambda n: (n != "res.partner", n))]

    @api.model
    def _declares(self, model):
        """Whether a model has an answer of its own to ``_lgo_personal_data``."""
        default = self.env.registry["base"]._lgo_personal_data
        return model._lgo_personal_data is not default

    def _write_archive(self, archive):
        partner = self.partner_id
        models_ = self._declaring_models()
        sections, data, number = [], {}, 0
        for index, model in enumerate(models_, start=1):
            holding = model.sudo().with_company(self.company_id)._lgo_personal_data(partner)
            if holding and holding.rows:
                listed = []
                for folder, files in (("files", holding.files), ("papers", holding.papers)):
                    for file in files:
                        number += 1
                        safe = personal_data.archive_name(number, file.name, file.mimetype)
                        name = f"{folder}/{safe}"
                        if self._copy_file(archive, file, name):
                            listed.append({"name": file.name, "path": name})
                sections.append({"title": holding.title, "rows": holding.rows, "files": listed})
                data[model._name] = {
                    "records": holding.data,
                    "files": [file["path"] for file in listed],
                }
            self._step(int(index * 95 / len(models_)))
        now = fields.Datetime.now()
        content = {
            "format": FORMAT,
            "made_at": now.isoformat() + "Z",
            "controller": self.company_id.name,
            "data": data,
        }
        archive.writestr("data.json", json.dumps(content, ensure_ascii=False, indent=2))
        html = self.env["ir.qweb"]._render(
            "lgo_base.privacy_export_index",
            {
                "sections": sections,
                "company": self.company_id,
                "dpo": self.company_id._lgo_dpo_contact(),
                "name": partner.name,
                "made_on": self._lgo_plain(self, "write_date"),
            },
        )
        archive.writestr("index.html", f"<!DOCTYPE html>\n{html}")

    @api.model
    def _copy_file(self, archive, file, name):
        """Stream an attachment into the archive; a lost file stops nothing."""
        if file.store_fname:
            source_path = file._full_path(file.store_fname)
            if not os.path.isfile(source_path):
                return False
            with open(source_path, "rb") as source, archive.open(name, "w") as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
            return True
        if not file.raw:
            return False
        archive.writestr(name, file.raw)
        return True

    def _store(self, path):
        """Keep the archive as the attachment of ``content`` without reading it into memory."""
        Attachment = self.env["ir.attachment"].sudo()
        vals = {
            "name": "personal-data.zip",
            "res_model": self._name,
            "res_field": "content",
            "res_id": self.id,
            "mimetype": "application/zip",
        }
        if Attachment._storage() != "file":
            with open(path, "rb") as file:
                Attachment.create({**vals, "raw": file.read()})
            return
        attachment = Attachment.create(vals)
        with open(path, "rb") as file:
            # SHA-1 is what the file store names its files by
            checksum = hashlib.file_digest(file, "sha1").hexdigest()
        name = f"{checksum[:2]}/{checksum}"
        target = Attachment._full_path(name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)
        shutil.move(path, target)
        Attachment._mark_for_gc(name)  # in case the transaction does not come to its end
        attachment.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s"
                " WHERE id = %s",
                name,
                checksum,
                os.path.getsize(target),
                attachment.id,
            )
        )
        attachment.invalidate_recordset()

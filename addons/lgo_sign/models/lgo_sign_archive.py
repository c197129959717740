# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import key_file, pades

_logger = logging.getLogger(__name__)
BATCH = 500
#: A time stamp is renewed so long before the certificate of its authority ends.
RENEW_BEFORE = timedelta(days=90)


class LgoSignArchive(models.Model):
    """A copy of an issued document that can still be judged in years to come.

    The issued file never changes (its hash stands in the register and behind the QR code). What
    could not be had on the day of issue, the time stamp and the information on revocation, is
    added to a copy in an incremental update: the copy begins with the issued file, byte by byte,
    and carries the same signatures (ETSI EN 319 142-1, B-LTA).
    """

    _name = "lgo.sign.archive"
    _inherit = ["lgo.append.only.mixin", "lgo.sign.paper.mixin"]
    _description = "Archive Copy of a Signed Document"
    _order = "id desc"
    _rec_name = "document_id"

    _append_only_key = "lgo_issue"
    _append_only_writable = frozenset({"attachment_id", "erased_at", "is_last"})

    document_id = fields.Many2one(
        "lgo.issued.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    level = fields.Selection(
        [("t", "B-T"), ("lt", "B-LT"), ("lta", "B-LTA")], required=True, readonly=True
    )
    made_at = fields.Datetime(string="Made on", required=True, readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256 of the file", required=True, readonly=True)
    erased_at = fields.Datetime(string="Content erased on", readonly=True)
    stamp_ends_at = fields.Datetime(
        string="Time stamp renewed before",
        readonly=True,
        help="End of the certificate behind the last time stamp.",
    )
    is_last = fields.Boolean(string="Newest copy", readonly=True)

    _last_idx = models.Index("(stamp_ends_at) WHERE is_last IS TRUE")

    def _append_only_message(self):
        return self.env._("An archive copy never changes.")

    def action_download(self):
        """Open the archive copy.

        :raises UserError: its content was erased
        """
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("The content of this archive copy was erased."))
        self.env["lgo.audit.log"]._log("document.download", self)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
            "target": "new",
        }

    # ------------------------------------------------------------ making
    @api.model
    def _pending(self, limit=None):
        """Issued documents, in sudo, whose signatures lack something that was wanted."""
        return (
            self.env["lgo.issued.document"]
            .sudo()
            .search(
                [
                    ("sign_record_ids.is_short", "=", True),
                    ("archive_ids", "=", False),
                    ("state", "!=", "signing"),
                    ("erased_at", "=", False),
                ],
                order="id",
                limit=limit,
            )
        )

    @api.model
    def _make(self, document):
        """Make the archive copy of a document.

        :return: the copy, in sudo; empty when the authority still does not answer, or the file is
            damaged, which the audit log then says
        """
        document = document.sudo()
        timestamper = document.company_id._lgo_timestamper()
        if timestamper is None:
            return self.browse()
        wanted = max(document.sign_record_ids.mapped("wanted_level"), key=pades.LEVELS.index)
        level = "t" if wanted == "t" else "lta"
        try:
            issued = document._content()
        except UserError:
            return self.browse()  # the others that wait shall have theirs
        try:
            content = pades.upgrade(issued, timestamper, level, self._trusted(document))
        except pades.OUTSIDE as error:
            _logger.info("no archive copy of document %s yet: %s", document.id, error)
            return self.browse()
        return self._keep(document, level, content)

    @api.model
    def _trusted(self, document):
        roots = self.env["lgo.sign.trust"]._roots(document.company_id)
        return [key_file.as_asn1(one) for one in roots]

    @api.model
    def _keep(self, document, level, content):
        """Store an archive copy of a document, which is then the newest."""
        permitted = self.sudo()._append_only_permitted()
        older = document.archive_ids.with_env(permitted.env)
        copy = permitted.create(
            {
                "document_id": document.id,
                "level": level,
                "made_at": fields.Datetime.now(),
                "sha256": hashlib.sha256(content).hexdigest(),
                "stamp_ends_at": pades.stamp_ends_at(content),
                "is_last": True,
            }
        )
        copy.attachment_id = permitted.env["ir.attachment"].create(
            {
                "name": document.attachment_id.name.removesuffix(".pdf") + "-archive.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": document._name,
                "res_id": document.id,
                "company_id": document.company_id.id,
            }
        )
        # a newer copy holds the older ones byte by byte
        files = older.attachment_id
        older.write({"is_last": False, "attachment_id": False})
        files.unlink()
        self.env["lgo.audit.log"]._log(
            "document.archive", document, detail={"level": level, "sha256": copy.sha256}
        )
        return copy._append_only_sealed()

    def _renew(self):
        """Make a newer copy with a time stamp over the last one.

        :return: the copy, in sudo; empty when the authority does not answer
        """
        self.ensure_one()
        document = self.document_id.sudo()
        timestamper = document.company_id._lgo_timestamper()
        content = self.sudo().attachment_id.raw or b""
        if timestamper is None or hashlib.sha256(content).hexdigest() != self.sha256:
            return self.browse()
        try:
            content = pades.renew(content, timestamper, self._trusted(document))
        except pades.OUTSIDE as error:
            _logger.info("archive copy %s is not renewed yet: %s", self.id, error)
            return self.browse()
        if pades.stamp_ends_at(content) <= self.stamp_ends_at:
            return self.browse()  # the authority has no newer certificate yet
        return self._keep(document, "lta", content)

    @api.model
    def _cron_make(self):
        """Make the copies that wait; who still gets no answer is asked again next time."""
        documents = self._pending(limit=BATCH)
        self.env["ir.cron"]._commit_progress(remaining=len(documents))
        for document in documents:
            self._make(document)
            self.env["ir.cron"]._commit_progress(1)
        soon = fields.Datetime.now() + RENEW_BEFORE
        ending = self.search(
            [
                ("is_last", "=", True),
                ("stamp_ends_at", "<=", soon),
                ("attachment_id", "!=", False),
            ],
            limit=BATCH,
        )
        for copy in ending:
            copy._renew()
            self.env["ir.cron"]._commit_progress(1)

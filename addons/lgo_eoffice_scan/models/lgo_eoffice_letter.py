# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import human_size

from odoo.addons.lgo_base.tools import upload

from .lgo_eoffice_reading import READABLE

EXTENSIONS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")


class LgoEofficeLetter(models.Model):
    """Received letters read themselves; the clerk takes over what was read."""

    _inherit = "lgo.eoffice.letter"

    paper_file = fields.Binary(
        string="PDF or scan",
        compute="_compute_paper_file",
        inverse="_inverse_paper_file",
        help="PDF or picture of the letter. It is read within a minute.",
    )
    paper_name = fields.Char(compute="_compute_paper_name", inverse="_inverse_paper_name")
    reading_ids = fields.One2many("lgo.eoffice.reading", "letter_id")
    reading_state = fields.Selection(
        selection=lambda self: self.env["lgo.eoffice.reading"]._fields["state"].selection,
        compute="_compute_reading",
    )
    reading_note = fields.Char(compute="_compute_reading")
    proposal_ids = fields.One2many(
        "lgo.eoffice.proposal", "letter_id", string="Read on the paper", readonly=True
    )
    has_proposals = fields.Boolean(compute="_compute_has_proposals")

    # ------------------------------------------------------------ the paper
    @api.depends("main_attachment_id")
    def _compute_paper_file(self):
        for letter in self:
            paper = letter.main_attachment_id.sudo()
            if self.env.context.get("bin_size"):
                letter.paper_file = human_size(paper.file_size) if paper else False
            else:
                letter.paper_file = paper.datas

    @api.depends("main_attachment_id")
    def _compute_paper_name(self):
        for letter in self:
            letter.paper_name = letter.main_attachment_id.sudo().name

    def _inverse_paper_name(self):
        """The name comes with the file."""

    def _inverse_paper_file(self):
        for letter in self:
            if letter.direction != "in":
                raise UserError(self.env._("The paper of an own letter is made when it is signed."))
            if not letter.paper_file:
                letter.main_attachment_id = False
                continue
            data = base64.b64decode(letter.paper_file)
            limit = upload._max_bytes(self.env)
            if len(data) > limit:
                raise ValidationError(
                    self.env._(
                        "The file is larger than %(limit)s MB. Scan it in grey at 200 dpi, or in "
                        "parts.",
                        limit=limit // 1024 // 1024,
                    )
                )
            letter.main_attachment_id = self.env["ir.attachment"].create(
                {
                    "name": letter._paper_name(letter.paper_name, data),
                    "raw": data,
                    "res_model": letter._name,
                    "res_id": letter.id,
                }
            )

    @api.model
    def _paper_name(self, name, data):
        """A safe name with the extension that the sender gave, ``.pdf`` for every PDF."""
        extension = "." + (name or "").rpartition(".")[2].lower()
        if data.startswith(b"%PDF-") or extension not in EXTENSIONS:
            extension = ".pdf"
        return upload.safe_name(name or "letter", extension)

    def _is_to_be_read(self):
        """Whether the paper of this letter may and can be read: never that of a secret one."""
        self.ensure_one()
        paper = self.main_attachment_id
        return bool(
            self.direction == "in"
            and self.secrecy == "normal"
            and self.company_id.lgo_scan_active
            and paper
            and paper.type == "binary"
            and (paper.mimetype in READABLE or (paper.name or "").lower().endswith(".pdf"))
        )

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        papers = letters.filtered("main_attachment_id")
        if papers:
            self.env["lgo.eoffice.reading"]._queue(papers)
        return letters

    def write(self, vals):
        if vals.get("secrecy", "normal") != "normal":
            # what was read of it goes before anything else is judged
            self.check_access("write")
            self.sudo().reading_ids._forget()
            vals = {**vals, "content_text": False}
        done = super().write(vals)
        if {"main_attachment_id", "secrecy", "direction"} & vals.keys():
            self.env["lgo.eoffice.reading"]._queue(self)
        return done

    # ------------------------------------------------------------ what was read
    @api.depends("reading_ids.state", "reading_ids.error", "reading_ids.pages_left")
    def _compute_reading(self):
        for letter in self:
            reading = letter.sudo().reading_ids[:1].with_env(self.env).sudo()
            letter.reading_state = reading.state
            letter.reading_note = reading and reading._note()

    @api.depends("proposal_ids.can_use")
    def _compute_has_proposals(self):
        for letter in self:
            letter.has_proposals = any(row.can_use for row in letter.proposal_ids)

    def action_use_proposals(self):
        """Button “Use all”: what was read surely goes into the fields that nobody has filled."""
        self.ensure_one()
        least = self.company_id.sudo().lgo_scan_confidence
        self.proposal_ids.filtered(
            lambda row: row.can_use and row.confidence >= least and row._is_untouched()
        ).action_use()
        return True

    def action_read_again(self):
        """Button: read the paper anew, for example after text recognition was installed."""
        self.check_access("write")
        self.env["lgo.eoffice.reading"]._queue(self, again=True)
        return True

    def action_read_not_secret(self):
        """Button: the word “ลับ” on the paper does not make it secret; read it."""
        self.ensure_one()
        self.check_access("write")
        self.env["lgo.audit.log"]._log("letter.read_not_secret", self)
        self.env["lgo.eoffice.reading"]._queue(self, again=True, not_secret=True)
        return True

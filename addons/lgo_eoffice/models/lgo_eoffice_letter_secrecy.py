# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What is not kept of a secret letter while the organisation keeps register data only.
CONTENT = ("body", "summary", "main_attachment_id", "content_text")
# An object, so that no remote call can send it.
LISTED = object()


class LgoEofficeLetter(models.Model):
    """Secret letters: who may open them, and that every opening is known.

    ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔: own registers, a registrar of its own, persons
    named one by one. ลับที่สุด is excepted from the electronic way (Saraban Regulation (No. 4)
    B.E. 2564): neither file nor subject is taken. Whoever administers the system sees nothing.
    """

    _inherit = "lgo.eoffice.letter"

    secrecy = fields.Selection(
        [
            ("normal", "Not secret"),
            ("secret", "Secret"),
            ("very_secret", "Very secret"),
            ("top_secret", "Most secret"),
        ],
        required=True,
        default="normal",
        index=True,
    )
    access_user_ids = fields.Many2many(
        comodel_name="res.users", relation="lgo_eoffice_letter_access_rel", string="May open it",
        copy=False,
    )  # fmt: skip
    is_secret = fields.Boolean(compute="_compute_is_secret")

    @api.depends("secrecy")
    def _compute_is_secret(self):
        for letter in self:
            letter.is_secret = letter.secrecy not in (False, "normal")

    @api.constrains("secrecy", "enclosure_ids", *CONTENT)
    def _check_secrecy(self):
        for letter in self.sudo():
            if letter.secrecy == "normal":
                continue
            content = any(letter[name] for name in CONTENT) or any(
                row.attachment_id for row in letter.enclosure_ids
            )
            if letter.secrecy == "top_secret" and content:
                raise ValidationError(
                    self.env._(
                        "Documents of the highest secrecy (ลับที่สุด) must not enter an electronic "
                        "system. Take out text and files; only where the paper goes is noted here."
                    )
                )
            if content and not letter.company_id.lgo_secret_electronic:
                raise ValidationError(
                    self.env._(
                        "The organisation keeps only register data of secret letters here. Take "
                        "out text and files, or let the head decide to keep them (profile of the "
                        "organisation, tab Saraban)."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        for letter in letters.filtered("is_secret"):
            if not self.env.su:
                letter.sudo().access_user_ids |= self.env.user
        return letters

    # ------------------------------------------------------------ every opening is known
    def read(self, fields=None, load="_classic_read"):
        """Reading a secret letter is noted, by the form or by a remote call.

        A list shows who wrote and when; it is noted only when it asks for content as well.
        """
        values = super().read(fields, load)
        listed = self.env.context.get("lgo_listed") is LISTED
        if not listed or set(fields or CONTENT) & {*CONTENT}:
            self._note_opening()
        return values

    # it writes: a call on a read-only copy of the database would have to be done twice
    read._readonly = False

    @api.model
    def web_search_read(self, *args, **kwargs):
        """A list: nothing in it was opened."""
        listed = self.with_context(lgo_listed=LISTED)
        return super(LgoEofficeLetter, listed).web_search_read(*args, **kwargs)

    @api.model
    def web_read_group(self, *args, **kwargs):
        """A grouped list: nothing in it was opened."""
        listed = self.with_context(lgo_listed=LISTED)
        return super(LgoEofficeLetter, listed).web_read_group(*args, **kwargs)

    def export_data(self, fields_to_export):
        """An export of secret letters is an opening."""
        self._note_opening()
        return super().export_data(fields_to_export)

    def _note_opening(self):
        if self.env.su:
            return
        secret = self.sudo().filtered("is_secret")
        if secret:
            self.env["lgo.audit.log"]._log("letter.open_secret", secret)

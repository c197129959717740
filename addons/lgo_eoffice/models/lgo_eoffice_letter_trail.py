# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

#: What a register shows of every letter; to see it is no opening.
REGISTER_DATA = frozenset(
    {
        "id", "display_name", "open_subject", "create_date", "write_date", "state", "direction",
        "secrecy", "is_secret", "doc_no", "doc_date", "receive_no", "send_no", "year_be",
        "fiscal_year_be", "urgency", "company_id",
    }
)  # fmt: skip
#: What makes even a list an opening.
OPENED = frozenset(
    {
        "body", "summary", "main_attachment_id", "content_text", "search_text", "enclosure_ids",
        "reference_ids", "endorsement_ids", "version_ids", "message_ids", "result",
    }
)  # fmt: skip
#: Fields by which letters are found, and that say nothing.
ASKED = frozenset({"query", "number_query"})
#: Texts that a grouping or an aggregate can bring out.
TEXTS = OPENED | {"subject", "from_text", "to_text", "addressee"}
#: How long one opening covers what else is read of the letter.
SITTING = timedelta(minutes=10)


class LgoEofficeLetter(models.Model):
    """Every opening of a secret letter is known, by the form or by a remote call.

    ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔: the register says who was given a secret
    document and when. A list shows the persons named what they have; it is noted only when it
    asks for content as well. Each reading of the letter itself is a row of its own.
    """

    _name = "lgo.eoffice.letter"
    _inherit = ["lgo.eoffice.trail.mixin", "lgo.eoffice.letter"]

    def _trail_letters(self):
        return self.sudo()

    @api.model
    def _trail_domain(self, letters):
        return Domain("id", "in", letters)

    @api.model
    def _trail_tells(self, spec, listed=False):
        """Whatever is no register data; in a list texts, files and parts."""
        field = self._fields.get(spec.split(".")[0].split(":")[0].split("/")[0])
        if not field or field.name in ASKED:
            return False
        if listed:
            return field.name in OPENED or field.type in ("text", "html", "json", "binary")
        return field.name not in REGISTER_DATA

    def _trail_note(self, letters, sitting=True):
        letters = letters.with_env(self.env)
        if sitting:
            letters._note_sitting()
        else:
            letters._note_opening()

    @api.model
    def _trail_groups(self, spec):
        """Groups by what lists show otherwise, such as a unit, are no reading."""
        return spec.split(":")[0].split(".")[0] in TEXTS

    def _note_opening(self):
        """Write a row ``letter.open_secret`` for each secret letter that the user opens."""
        if self.env.su:
            return
        secret = self.sudo().filtered("is_secret")
        if secret:
            self.env["lgo.audit.log"]._log("letter.open_secret", secret)

    def _note_sitting(self):
        """The same, unless the user has opened it within this sitting.

        Whoever writes asks for the paper with every pause, and a form reads its notes, files and
        messages one by one; a row each would bury the others.
        """
        if self.env.su:
            return
        secret = self.sudo().exists().filtered("is_secret")
        if not secret:
            return
        since = fields.Datetime.now() - SITTING
        known = self.env["lgo.audit.log"].sudo().search_fetch(
            [
                ("action", "=", "letter.open_secret"),
                ("res_model", "=", self._name),
                ("res_id", "in", secret.ids),
                ("uid", "=", self.env.uid),
                ("at", ">=", since),
            ],
            ["res_id"],
        )  # fmt: skip
        opened = set(known.mapped("res_id"))
        secret.filtered(lambda letter: letter.id not in opened).with_env(self.env)._note_opening()

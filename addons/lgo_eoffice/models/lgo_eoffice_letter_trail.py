# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

# An object, so that no remote call can send it.
LISTED = object()
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
#: Texts that a grouping or an aggregate can bring out.
TEXTS = OPENED | {"subject", "from_text", "to_text", "addressee"}
#: Most secret letters that one grouped question notes.
MOST = 1000


class LgoEofficeLetter(models.Model):
    """Every opening of a secret letter is known, by the form or by a remote call.

    ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔: the register says who was given a secret
    document and when. A list shows the persons named what they have; it is noted only when it
    asks for content as well.
    """

    _inherit = "lgo.eoffice.letter"

    def _read_format(self, fnames, load="_classic_read"):
        """All remote reading ends here: ``read``, ``web_read``, ``search_read``."""
        values = super()._read_format(fnames, load)
        names = set(fnames)
        listed = self.env.context.get("lgo_listed") is LISTED
        if names & OPENED if listed else names - REGISTER_DATA:
            self._note_opening()
        return values

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

    # Remote reading writes to the trail: with a read-only copy of the database it would be done
    # twice. Odoo asks the method whether it only reads.
    def read(self, fields=None, load="_classic_read"):
        """As Odoo's; may write to the trail."""
        return super().read(fields, load)

    def web_read(self, specification):
        """As Odoo's; may write to the trail."""
        return super().web_read(specification)

    @api.model
    def search_read(self, *args, **kwargs):
        """As Odoo's; may write to the trail."""
        return super().search_read(*args, **kwargs)

    @api.model
    def formatted_read_group(self, *args, **kwargs):
        """As Odoo's; may write to the trail."""
        return super().formatted_read_group(*args, **kwargs)

    @api.model
    def formatted_read_grouping_sets(self, *args, **kwargs):
        """As Odoo's; may write to the trail."""
        return super().formatted_read_grouping_sets(*args, **kwargs)

    for _method in (
        read, web_read, search_read, web_search_read, web_read_group, formatted_read_group,
        formatted_read_grouping_sets,
    ):  # fmt: skip
        _method._readonly = False
    del _method

    def export_data(self, fields_to_export):
        """An export of secret letters is an opening."""
        self._note_opening()
        return super().export_data(fields_to_export)

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        """A text brought out by grouping was read all the same."""
        self._note_grouping(domain, (*groupby, *aggregates))
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        names = [spec for specs in grouping_sets for spec in specs]
        self._note_grouping(domain, (*names, *aggregates))
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    def _note_grouping(self, domain, specs):
        names = {spec.split(":")[0].split(".")[0] for spec in specs}
        if not self.env.su and names & TEXTS:
            secret = Domain(domain) & Domain("secrecy", "!=", "normal")
            self.search(secret, limit=MOST)._note_opening()

    def _note_opening(self):
        """Write a row ``letter.open_secret`` for each secret letter that the user opens."""
        if self.env.su:
            return
        secret = self.sudo().filtered("is_secret")
        if secret:
            self.env["lgo.audit.log"]._log("letter.open_secret", secret)

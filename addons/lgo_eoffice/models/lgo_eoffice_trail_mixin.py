# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# An object, so that no remote call can send it.
LISTED = object()
#: Types of fields that say something in words.
WORDS = frozenset({"char", "text", "html", "json", "binary", "properties"})
#: Classes of secrecy of which each opening is known.
SECRET = ("secret", "very_secret", "top_secret")
#: Most records whose letters one question by text, order or group notes.
MOST = 1000


class LgoEofficeTrailMixin(models.AbstractModel):
    """Whatever carries words of a letter: reading the words of a secret one is an opening.

    Rule on keeping official secrets B.E. 2544: the register says who was given a secret document
    and when. So every way that brings words out ends here: reading, lists, exports, copies,
    names, groups, and the questions by which words are guessed one by one (conditions and order).

    Of parts and attached records one sitting (``SITTING``) is noted once, as of the paper that is
    drawn while somebody writes. For records of open letters this costs no more than looking at
    the class of their letters, once for all records of a call.
    """

    _name = "lgo.eoffice.trail.mixin"
    _description = "Reading of What Belongs to a Letter"

    #: The fields that tell something; when empty all words do but those of ``_trail_plain``.
    _trail_words = frozenset()
    #: Fields of words that tell nothing of the letter.
    _trail_plain = frozenset()
    #: Words that lists show of every letter to those who may open it.
    _trail_listed = frozenset()

    # ------------------------------------------------------------ hooks
    def _trail_letters(self):
        """Letters to which these records belong, in sudo; the secret ones at least."""
        return self.sudo().letter_id

    def _letters_behind(self, model_field):
        """Letters to which rows with ``res_id`` and the field ``model_field`` belong, in sudo."""
        letters = self.env["lgo.eoffice.letter"].sudo()
        ids = {row.res_id for row in self.sudo() if row[model_field] == letters._name}
        return letters.browse(ids - {0}).exists()

    @api.model
    def _trail_domain(self, letters):
        """Records of ``letters``, a query for ids of letters."""
        return Domain("letter_id", "in", letters)

    @api.model
    def _trail_tells(self, spec, listed=False):
        """Whether a field, path or grouping brings out words of the letter.

        :param bool listed: in a list, which shows some words of every letter
        """
        field = self._fields.get(spec.split(".")[0].split(":")[0].split("/")[0])
        if not field or (listed and field.name in self._trail_listed):
            return False
        if self._trail_words:
            return field.name in self._trail_words
        if field.name == "display_name":
            return bool(self._rec_name) and self._trail_tells(self._rec_name, listed)
        return field.type in WORDS and field.name not in self._trail_plain

    @api.model
    def _trail_groups(self, spec):
        """Whether a group or an aggregate brings out words of the letter."""
        return self._trail_tells(spec)

    def _trail_note(self, letters, sitting=True):  # noqa: ARG002 (the letter itself asks for it)
        """Write the row; of what belongs to a letter once a sitting."""
        letters.with_env(self.env)._note_sitting()

    # ------------------------------------------------------------ noting
    def _note_reading(self, specs, sitting=False):
        """Note an opening of the secret letters behind these records when ``specs`` tell."""
        rows = self._origin
        if self.env.su or not rows:
            return
        listed = self.env.context.get("lgo_listed") is LISTED
        if any(self._trail_tells(spec, listed) for spec in specs):
            self._trail_note(rows._trail_letters(), sitting)

    @api.model
    def _note_question(self, domain, specs, listed=False):
        """Note what a question by words finds: whoever may guess often enough has read them."""
        if self.env.su:
            return
        if not any(
            self._trail_tells(spec, listed=True) if listed else self._trail_groups(spec)
            for spec in specs
        ):
            return
        letters = self.env["lgo.eoffice.letter"]._search(Domain("secrecy", "in", SECRET))
        found = self.sudo().search(
            Domain(domain) & self._trail_domain(letters), limit=MOST, order="id"
        )
        self._trail_note(found._trail_letters(), sitting=listed)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if not self.env.su and not kwargs.get("bypass_access"):
            domain = Domain(domain)
            asked = [condition.field_expr for condition in domain.iter_conditions()]
            asked += [part.split()[0] for part in (order or "").split(",") if part.strip()]
            self._note_question(domain, asked, listed=True)
        return super()._search(domain, offset=offset, limit=limit, order=order, **kwargs)

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        self._note_question(domain, (*groupby, *aggregates))
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        groups = [spec for specs in grouping_sets for spec in specs]
        self._note_question(domain, (*groups, *aggregates))
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Words are grouped in their own list only: behind a link nobody knows of which letters.

        :raises AccessError: a path that leads here from another model
        """
        if not self.env.su and alias != self._table and self._trail_groups(groupby_spec):
            raise AccessError(
                self.env._("Group the words of letters in the list of the letters themselves.")
            )
        return super()._read_group_groupby(alias, groupby_spec, query)

    # ------------------------------------------------------------ ways of reading
    def _read_format(self, fnames, load="_classic_read"):
        """``read``, ``web_read``, ``search_read``, ``web_save``, and what the chatter shows."""
        values = super()._read_format(fnames, load)
        self._note_reading(fnames)
        return values

    def _export_rows(self, fields, **kwargs):
        """Exports, also those that come here by a path from another model.

        :raises AccessError: a record that the user may not read; Odoo leaves that to the caller
            for messages
        """
        self.check_access("read")
        rows = super()._export_rows(fields, **kwargs)
        self._note_reading([path[0] for path in fields if path])
        return rows

    def copy_data(self, default=None):
        """The values of a copy are those of the original.

        :raises AccessError: a record that the user may not read
        """
        self.check_access("read")
        values = super().copy_data(default)
        self._note_reading(self._fields)
        return values

    def onchange(self, values, field_names, fields_spec):
        """What a form is told of a stored record; it asks with every change."""
        result = super().onchange(values, field_names, fields_spec)
        self._note_reading(fields_spec, sitting=True)
        return result

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Names that say what a letter is about."""
        found = super().name_search(name, domain, operator, limit)
        self.browse([row[0] for row in found])._note_reading(["display_name"])
        return found

    @api.model
    def web_search_read(self, *args, **kwargs):
        """A list shows what its columns are; see ``_trail_listed``."""
        listed = self.with_context(lgo_listed=LISTED)
        return super(LgoEofficeTrailMixin, listed).web_search_read(*args, **kwargs)

    @api.model
    def web_read_group(self, *args, **kwargs):
        """A grouped list."""
        listed = self.with_context(lgo_listed=LISTED)
        return super(LgoEofficeTrailMixin, listed).web_read_group(*args, **kwargs)

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
        formatted_read_grouping_sets, name_search,
    ):  # fmt: skip
        _method._readonly = False
    del _method

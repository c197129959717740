# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models

from ..tools import sort_key

# how a Thai or Latin word can begin: นายิกา and คุณากร are names, not นาย + ิกา
WORD_START = re.compile(r"[ก-ฮเแโใไA-Za-z]")
KINDS = [
    ("person", "Person"),
    ("academic", "Academic or professional title"),
    ("rank", "Military or police rank"),
    ("noble", "Royal descent"),
    ("monk", "Monk or priest"),
    ("juristic", "Juristic person"),
]


class LgoNamePrefix(models.Model):
    """Name prefix (คำนำหน้าชื่อ).

    The prefix joins the first name without a space (นายสมมติ); the words of a juristic person
    stand apart and may close with a suffix (บริษัท … จำกัด). The list is a start; each
    organisation adds its own.
    """

    _name = "lgo.name.prefix"
    _description = "Name prefix"
    _order = "sequence, id"
    _rec_names_search = ["name", "abbreviation"]

    name = fields.Char(string="Prefix", required=True)
    abbreviation = fields.Char()
    suffix = fields.Char(help="Follows the name of a juristic person, such as จำกัด.")
    kind = fields.Selection(KINDS, required=True, default="person")
    joined = fields.Boolean(
        string="Joins the name",
        default=True,
        help="The name follows without a space, as in นายสมมติ.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(name, COALESCE(suffix, ''), kind)", "This name prefix exists already."
    )

    @api.depends("name", "suffix")
    def _compute_display_name(self):
        for prefix in self:
            prefix.display_name = " … ".join(filter(None, (prefix.name, prefix.suffix)))

    def _join(self, text, names):
        """Return the full name.

        :param str text: free prefix, used when there is no prefix record
        :param list names: first, middle and last name, empty ones allowed
        """
        rest = " ".join(filter(None, names))
        prefix = self.name or text or ""
        if not prefix:
            full = rest
        elif self and not self.joined:
            full = f"{prefix} {rest}"
        else:
            full = f"{prefix}{rest}"
        return sort_key.clean(f"{full} {self.suffix or ''}")

    @api.model
    def _split(self, full_name):
        """Split a typed full name of a person.

        :param str full_name: such as ``นางสาวสมหญิง ใจดี``
        :returns: tuple (prefix record or empty, first, middle, last)
        """
        text = sort_key.clean(full_name)
        found, rest = self.browse(), text
        best = 0
        for prefix in self.search([("kind", "!=", "juristic")]):
            for form in filter(None, (prefix.name, prefix.abbreviation)):
                tail = text[len(form) :].strip()
                if len(form) > best and text.startswith(form) and WORD_START.match(tail):
                    found, rest, best = prefix, tail, len(form)
        words = rest.split()
        first = words[0] if words else ""
        last = words[-1] if len(words) > 1 else ""
        return found, first, " ".join(words[1:-1]), last

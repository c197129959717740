# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai, thai_search

#: Shorter words are found in no index and say little.
SHORTEST = 2
#: At most so many words of a query count, so that a pasted page is no heavy question.
MOST_WORDS = 8
#: Newest letters that are looked at to see how common a word is.
SAMPLE = 1000
DIGIT = re.compile(r"\d")


class LgoEofficeLetter(models.Model):
    """Finding a letter by whatever is known of it.

    Thai is written without spaces and typed in several ways, so what is searched is kept
    normalised (``lgo_base.tools.thai_search``) and indexed by runs of three letters; a number is
    compared without spaces and with Arabic digits. All text stands in one column: the index then
    takes all words of a question at once and lets the rarest lead, and PostgreSQL knows how many
    letters it will find; with a column for each it read the whole table for a rare word.
    """

    _inherit = "lgo.eoffice.letter"

    query = fields.Char(
        string="Anything",
        compute="_compute_query",
        search="_search_query",
        help="Number in any spelling, subject, sender, text, or a day such as ๕ ม.ค. ๒๕๖๙.",
    )
    number_query = fields.Char(
        string="Number in any spelling", compute="_compute_query", search="_search_number_query"
    )

    _search_text_idx = models.Index("USING gin (search_text gin_trgm_ops)")
    _doc_no_key_trgm_idx = models.Index("USING gin (doc_no_key gin_trgm_ops)")

    def _compute_query(self):
        self.query = self.number_query = False

    @api.model
    def _search_number_query(self, operator, value):
        if operator not in ("=", "ilike", "like") or not isinstance(value, str):
            return NotImplemented
        key = self._normalise_no(value)
        if not key:
            return Domain.FALSE
        if operator == "=":
            return Domain("doc_no_key", "=", key)
        return Domain("doc_no_key", "like", _escaped(key))

    @api.model
    def _search_query(self, operator, value):
        """Letters with every word of ``value``, or with ``value`` as number, or of that day."""
        if operator not in ("=", "ilike", "like") or not isinstance(value, str):
            return NotImplemented
        words = [word for word in thai_search.normalise(value).split() if len(word) >= SHORTEST]
        words = [_escaped(word) for word in words[:MOST_WORDS]]
        options = [self._words_domain(words)] if words else []
        if DIGIT.search(thai.to_arabic_digits(value)):
            options.append(self._search_number_query("ilike", value))
            day = _day(value)
            if day:
                options += [Domain("doc_date", "=", day), Domain("register_date", "=", day)]
        return Domain.OR(options) if options else Domain.FALSE

    @api.model
    def _words_domain(self, words):
        """Letters with all ``words``, in the way that suits how often they occur.

        PostgreSQL keeps no statistics of texts of this length and takes every word for rare. A
        rare one is found by the index; a common one is found sooner by going through the letters
        from the newest on, and there the index would cost a hundred times as much.
        """
        if self._is_common(words):
            return Domain.AND(_walked(word) for word in words)
        return Domain.AND(Domain("search_text", "like", word) for word in words)

    @api.model
    def _is_common(self, words):
        """Whether the newest letters suggest that more than a hundredth has all ``words``."""
        self.flush_model(["search_text"])
        condition = SQL(" AND ").join(SQL("search_text LIKE %s", f"%{word}%") for word in words)
        [[seen, found]] = self.env.execute_query(
            SQL(
                "SELECT count(*), count(*) FILTER (WHERE %s) FROM"
                " (SELECT search_text FROM lgo_eoffice_letter ORDER BY id DESC LIMIT %s) t",
                condition,
                SAMPLE,
            )
        )
        return seen == SAMPLE and found * 100 > seen


def _walked(word):
    """``word`` in the text, said so that no index is taken."""

    def to_sql(model, alias, query):
        column = SQL.identifier(alias, "search_text")
        return SQL("(%s || '') LIKE %s", column, f"%{word}%")

    return Domain.custom(to_sql=to_sql)


def _escaped(text):
    """``text`` for LIKE: what is typed is no pattern."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _day(text):
    """The day that ``text`` names, or None."""
    try:
        return thai.parse_date(text)
    except ValueError:
        return None

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import thai_search

#: Similarity (0-1) from which a service counts as found, and as worth suggesting.
FOUND, SUGGESTED = 0.45, 0.2
#: Least length of a text in which similar runs of letters mean something.
SHORTEST = 2


class LgoService(models.Model):
    """Finds a service by the words of citizens, also misspelt ones.

    Thai is written without spaces, so that words cannot be compared; the runs of three letters
    of ``pg_trgm`` can. Name, everyday words and description are kept normalised (see
    ``tools.thai_search``) in two columns, the query is normalised in the same way, and
    PostgreSQL ranks.
    """

    _inherit = "lgo.service"

    search_words = fields.Char(compute="_compute_search_text", store=True)
    search_text = fields.Char(compute="_compute_search_text", store=True)

    def init(self):  # pylint: disable=missing-return
        """Index of the search; the extension is made where the server allows it."""
        super().init()
        with self.env.cr.savepoint(flush=False):
            self.env.cr.execute(SQL("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
        for column in ("search_words", "search_text"):
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS %s ON lgo_service USING gin (%s gin_trgm_ops)",
                    SQL.identifier(f"lgo_service_{column}_trgm_idx"),
                    SQL.identifier(column),
                )
            )

    @api.depends("name", "name_plain", "description", "code", "criteria")
    def _compute_search_text(self):
        for service in self.with_context(lang="th_TH"):
            service.search_words = thai_search.normalise(
                " ".join(filter(None, (service.name, service.name_plain, service.code)))
            )
            service.search_text = thai_search.normalise(
                " ".join(filter(None, (service.description, service.criteria)))
            )

    @api.model
    def _find_by_words(self, text, domain=None, limit=20):
        """Published services that a citizen means by ``text``, the likeliest first.

        :param str text: what was typed
        :param domain: further condition, such as a topic
        :return: (services found, nearest services when none was found)
        """
        query = thai_search.essence(thai_search.normalise(text))
        if len(query) < SHORTEST:
            return self.browse(), self.browse()
        ranked = self._ranked_by_words(query, domain)
        found = [row for row in ranked if row[1] >= FOUND]
        best = found[0][1] if found else 0
        # beside a clear hit the vague ones only disturb
        found = [row[0] for row in found if row[1] >= best * 0.6][:limit]
        if found:
            return self.browse(found), self.browse()
        near = [row[0] for row in ranked if row[1] >= SUGGESTED][:5]
        return self.browse(), self.browse(near)

    @api.model
    def _ranked_by_words(self, query, domain=None):
        """[(id, score)] of the published services for a normalised query, in one statement."""
        self.flush_model(["search_words", "search_text", "state", "company_id", "active"])
        allowed = self._search(Domain(self._published_domain()) & Domain(domain or []))
        alias = allowed.table
        words = SQL.identifier(alias, "search_words")
        about = SQL.identifier(alias, "search_text")
        parts = thai_search.parts(query)
        score = SQL(
            "GREATEST(%s, %s)",
            self._score(query, words, about),
            SQL(
                "(%s) / %s",
                SQL(" + ").join(self._score(p, words, about) for p in parts),
                len(parts),
            )
            if len(parts) > 1
            else SQL("0"),
        )
        statement = SQL(
            "SELECT id, score FROM (%s) AS ranked WHERE score >= %s"
            " ORDER BY score DESC, sequence, id LIMIT 50",
            allowed.select(
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "sequence"),
                SQL("%s AS score", score),
            ),
            SUGGESTED,
        )
        return self.env.execute_query(statement)

    @api.model
    def _score(self, text, words, about):
        """How near ``text`` comes to a service, 0 to 1: its words count more than its text."""
        return SQL(
            "GREATEST(CASE WHEN strpos(%(words)s, %(text)s) > 0 THEN 1.0 ELSE 0 END,"
            " word_similarity(%(text)s, %(words)s),"
            " CASE WHEN strpos(%(about)s, %(text)s) > 0 THEN 0.7 ELSE 0 END,"
            " 0.6 * word_similarity(%(text)s, %(about)s))",
            words=SQL("COALESCE(%s, '')", words),
            about=SQL("COALESCE(%s, '')", about),
            text=text,
        )

    # ------------------------------------------------------------ browsing
    @api.model
    def _open_topics(self):
        """Topics under which something is published, in their order."""
        groups = self._read_group(
            Domain(self._published_domain()) & Domain("topic_id", "!=", False), ["topic_id"]
        )
        return self.env["lgo.service.topic"].union(*(topic for (topic,) in groups)).sorted()

    @api.model
    def _open_kinds(self):
        """[(code, label)] of the kinds of which something is published."""
        groups = self._read_group(self._published_domain(), ["kind"])
        used = {kind for (kind,) in groups}
        labels = self._fields["kind"]._description_selection(self.env)
        return [item for item in labels if item[0] in used]

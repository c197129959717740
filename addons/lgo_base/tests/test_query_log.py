# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2

from odoo.tests import TransactionCase, tagged

from ..tools import query_log

SECRETS = ("นายลับ มากที่สุด", "it's", "back\\slash", "'); --", "สอง\nบรรทัด")


@tagged("post_install", "-at_install")
class TestQueryLog(TransactionCase):
    """Whoever reads the server log learns nothing that the database keeps from them."""

    def _log_of(self, query, params, error):
        with (
            self.assertLogs("odoo.sql_db", "ERROR") as caught,
            self.assertRaises(error),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(query, params)
        return "\n".join(caught.output)

    def test_values_stay_out(self):
        self.cr.execute(
            "CREATE TEMP TABLE t_secret (id int PRIMARY KEY, word text CHECK (length(word) < 99))"
        )
        insert = "INSERT INTO t_secret (id, word) VALUES (%s, %s)"
        self.cr.execute(insert, (1, "ก"))
        for secret in SECRETS:
            with self.subTest(secret):
                text = self._log_of(insert, (1, secret), psycopg2.errors.UniqueViolation)
                self.assertNotIn(secret, text)
                self.assertNotIn(secret.replace("'", "''"), text)
                self.assertIn("INSERT INTO t_secret (id, word)", text, "what failed is still told")
                self.assertIn("t_secret_pkey", text)

    def test_the_row_that_postgresql_shows_stays_out(self):
        self.cr.execute("CREATE TEMP TABLE t_row (id int NOT NULL, word text)")
        text = self._log_of(
            "INSERT INTO t_row VALUES (NULL, %s)", (SECRETS[0],), psycopg2.errors.NotNullViolation
        )
        self.assertNotIn(SECRETS[0], text)
        self.assertIn('"id"', text)
        text = self._log_of("SELECT %s::int", (SECRETS[0],), psycopg2.DataError)
        self.assertNotIn(SECRETS[0], text)
        self.assertIn("22P02", text)

    def test_statements(self):
        for query, wanted in (
            ("SELECT 'a', E'b\\\\'' c', 1", "SELECT '…', '…', 1"),
            (b"UPDATE x SET y = ''", "UPDATE x SET y = '…'"),
            (
                "INSERT INTO t VALUES ('\\x00ff'::bytea, NULL)",
                "INSERT INTO t VALUES ('…'::bytea, NULL)",
            ),
            ('SELECT "name" FROM t WHERE a = %s', 'SELECT "name" FROM t WHERE a = %s'),
            ("SELECT 'a''b''' || 'c\nd'", "SELECT '…' || '…'"),
        ):
            with self.subTest(query):
                self.assertEqual(query_log.without_values(query), wanted)

    def test_other_records_pass(self):
        with self.assertLogs("odoo.sql_db", "WARNING") as caught:
            query_log.logging.getLogger("odoo.sql_db").warning("it is %s", "'so'")
        self.assertIn("it is 'so'", caught.output[0])

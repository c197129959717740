# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""No content of the database in the server log.

When a statement fails (two people save the same letter, a number is taken twice) Odoo writes it
to the log with all its values: the subject of a secret letter, the name of a complainant.  The log
is read by people who may not open these (Rule on keeping official secrets B.E. 2544; Personal
Data Protection Act B.E. 2562, s.37(1)) and kept for 90 days.  Here the values are taken out; the
statement, its table and columns, and what was wrong stay.
"""

import logging
import re

import psycopg2

#: How Odoo's cursor reports a statement that failed.
REPORT = "bad query: "
#: A text as psycopg2 writes it into a statement: E'…' has escapes, '…' has none but the quote.
LITERAL = re.compile(r"\bE'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'", re.DOTALL)
#: Class 22, data exceptions: their messages quote the value.
DATA = "22"


def without_values(query):
    """A statement without the texts in it.

    >>> without_values("UPDATE a SET b = 'ลับ ''มาก''', c = E'x\\\\\\\\y' WHERE id = 1")
    "UPDATE a SET b = '…', c = '…' WHERE id = 1"
    """
    if isinstance(query, bytes):
        query = query.decode("utf-8", "replace")
    return LITERAL.sub("'…'", str(query))


def without_detail(error):
    """What was wrong, without the rows and keys that PostgreSQL shows with it."""
    if not isinstance(error, psycopg2.Error) or not error.pgcode:
        return error
    said = "" if error.pgcode.startswith(DATA) else error.diag.message_primary or ""
    return f"{type(error).__name__} ({error.pgcode}): {said}"


class QueryFilter(logging.Filter):
    """Takes the values out of the reports of Odoo's cursor; other records pass as they are."""

    def filter(self, record):
        if str(record.msg).startswith(REPORT) and len(record.args or ()) == 2:
            query, error = record.args
            record.args = (without_values(query), without_detail(error))
        return True


def install():
    """Put the filter in place; calling it twice changes nothing."""
    logger = logging.getLogger("odoo.sql_db")
    if not any(isinstance(one, QueryFilter) for one in logger.filters):
        logger.addFilter(QueryFilter())

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What benchmarks share; imported by tests/bench inside Odoo, so nothing but Python here."""

import math
import statistics


def median(values):
    """The middle value."""
    return statistics.median(values)


def percentile(values, percent):
    """The value that `percent` of the values do not exceed (nearest rank).

    :raises ValueError: no values
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def milliseconds(seconds):
    """{"median_ms", "p95_ms"} of measured seconds, for the figures of a benchmark."""
    return {
        "median_ms": round(median(seconds) * 1000, 3),
        "p95_ms": round(percentile(seconds, 95) * 1000, 3),
    }


def plan(cr, query, params=()):
    """The plan that PostgreSQL chooses for a query, as a nested dict.

    :param cr: cursor of Odoo or psycopg2
    """
    cr.execute("EXPLAIN (FORMAT JSON) " + query, params)
    return cr.fetchone()[0][0]["Plan"]


def scanned(node):
    """Names of the tables that a plan reads from the first to the last row."""
    tables = {node["Relation Name"]} if node["Node Type"] == "Seq Scan" else set()
    for child in node.get("Plans", ()):
        tables |= scanned(child)
    return tables

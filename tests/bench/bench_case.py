# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "case": the worklist over a million cases against the same SQL by hand.

Operations, each as the clerk of the service centre: list of open cases, search by number, by
name, by state, and opening a case. The floor is the bare query with the same filter, order,
limit and columns. ``floor_over_ours`` is the floor's median by ours: the share of our time that
the database alone would need; 1 would mean that the framework costs nothing.
"""

import statistics
import time

from filling import count, fill, prepare

from odoo import Command
from odoo.tools import SQL

from lgo_cli.measure import milliseconds, plan, scanned

#: Tables that grow with the cases; no plan may read one of them from end to end.
BIG_TABLES = {
    *("lgo_oss_request", "lgo_register_entry", "lgo_case_event", "lgo_case_clock"),
    *("lgo_case_document", "lgo_case_defect", "lgo_case_notice", "lgo_issued_document"),
}
COLUMNS = (
    "id, name, service_id, applicant_name, submitted_at, date_due, unit_id, user_id, state, channel"
)
LIST_FIELDS = {
    "name": {}, "applicant_name": {}, "submitted_at": {}, "date_due": {}, "state": {},
    "channel": {}, "is_open": {}, "is_late": {},
    "service_id": {"fields": {"display_name": {}}},
    "unit_id": {"fields": {"display_name": {}}},
    "user_id": {"fields": {"display_name": {}}},
}  # fmt: skip
FORM_FIELDS = {
    "name": {}, "state": {}, "applicant_name": {}, "applicant_phone": {}, "description": {},
    "date_due": {}, "days_left": {}, "clock_colour": {}, "outcome": {}, "latitude": {},
    "service_id": {"fields": {"display_name": {}}},
    "unit_id": {"fields": {"display_name": {}}},
    "event_ids": {"fields": {"date": {}, "text": {}, "public": {}}},
    "document_ids": {"fields": {"name": {}, "state": {}}},
    "clock_ids": {"fields": {"kind": {}, "date_due": {}, "colour": {}}},
    "defect_ids": {"fields": {"date": {}}},
    "notice_ids": {"fields": {"number": {}}},
}  # fmt: skip


def run(env, n=1_000_000, rounds=15):
    """Fill the table up to ``n`` cases, measure, and look at the plans.

    :param int n: number of cases
    :param int rounds: rounds of each operation, ours and floor interleaved
    :return: ``{"figures": {…}, "ratios": {…}}``; times in milliseconds
    """
    service, unit = prepare(env)
    fill(env, service, unit, n)
    clerk = env.ref("base.user_admin")
    clerk.group_ids = [Command.link(env.ref("lgo_base.group_clerk").id)]
    env = env(user=clerk, context={"lang": "th_TH", "tz": "Asia/Bangkok"})
    figures = {"cases": count(env)}
    ratios = {}
    for name, (ours, floor, query) in _operations(env).items():
        figures.update(
            {f"{name}_{key}": value for key, value in _measure(env, ours, floor, rounds)}
        )
        figures[f"{name}_seq_scan"] = _seq_scans(env, query)
        ratios[f"{name}_floor_over_ours"] = round(
            figures[f"{name}_floor_median_ms"] / figures[f"{name}_median_ms"], 3
        )
    ratios["floor_over_ours"] = round(statistics.median(value for key, value in ratios.items()), 3)
    return {"figures": figures, "ratios": ratios}


def _operations(env):
    """{name: (our call, floor SQL, search whose plan is looked at)}"""
    Register = env["lgo.case.register"]
    open_states = Register._open_states()
    env.cr.execute(
        "SELECT id, name, applicant_name FROM lgo_oss_request"
        " WHERE name LIKE 'BN-%%' ORDER BY id DESC LIMIT 1 OFFSET 5000"
    )
    case_id, number, applicant = env.cr.fetchone()
    domains = {
        "list_open": ([("is_open", "=", True)], SQL("state IN %s", tuple(open_states))),
        "by_number": ([("name", "=", number)], SQL("name = %s", number)),
        "by_part_of_number": (
            [("name", "ilike", number[8:-2])],
            SQL("name ILIKE %s", f"%{number[8:-2]}%"),
        ),
        "by_name": (
            [("applicant_name", "ilike", applicant)],
            SQL("applicant_name ILIKE %s", f"%{applicant}%"),
        ),
        "by_state": ([("state", "=", "submitted")], SQL("state = 'submitted'")),
    }
    operations = {}
    for name, (domain, where) in domains.items():
        floor = SQL(
            "SELECT %s FROM lgo_oss_request WHERE name IS NOT NULL AND %s"
            " ORDER BY submitted_at DESC, id DESC LIMIT 80",
            SQL(COLUMNS),
            where,
        )
        count = SQL(
            "SELECT count(*) FROM (SELECT FROM lgo_oss_request"
            " WHERE name IS NOT NULL AND %s LIMIT 10001) t",
            where,
        )

        def ours(domain=domain):
            Register.web_search_read(domain, LIST_FIELDS, limit=80, count_limit=10001)

        operations[name] = (
            ours,
            (floor, count),
            Register._search(domain, limit=80, order=Register._order).select(),
        )
    children = [
        SQL(
            "SELECT * FROM %s WHERE res_model = %s AND res_id = %s",
            SQL.identifier(table),
            "lgo.oss.request",
            case_id,
        )
        for table in (
            "lgo_case_event", "lgo_case_document", "lgo_case_clock", "lgo_case_defect",
            "lgo_case_notice",
        )
    ]  # fmt: skip
    case = env["lgo.oss.request"].browse(case_id)
    one = SQL("SELECT * FROM lgo_oss_request WHERE id = %s", case_id)
    operations["open"] = (lambda: case.web_read(FORM_FIELDS), (one, *children), one)
    return operations


def _measure(env, ours, floor, rounds):
    """Median and p95 of both, in turns, with cold ORM caches; pairs (key, milliseconds)."""
    times, floors = [], []
    ours()
    for _round in range(rounds):
        env.invalidate_all()
        start = time.perf_counter()
        ours()
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        for query in floor:
            env.cr.execute(query)
            env.cr.fetchall()
        floors.append(time.perf_counter() - start)
    yield from milliseconds(times).items()
    yield from ((f"floor_{key}", value) for key, value in milliseconds(floors).items())


def _seq_scans(env, query):
    """Number of big tables that the plan of ``query`` reads from end to end."""
    return len(scanned(plan(env.cr, query.code, query.params)) & BIG_TABLES)

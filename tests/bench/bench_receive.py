# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Forty clerks register received letters at once, each letter in a transaction of its own.

Every clerk types letters into the register for a minute as the form does it: create, register,
commit. Serialisation errors are tried again as Odoo's request handler does; an error that a clerk
would see counts. The floor is the same number of connections that insert the bare row of a letter
and commit. ``floor_over_ours`` compares the rates: 1 would mean that rights, checks, numbers
without holes and the audit trail cost nothing.
"""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from filling import required

from odoo import Command, api, fields
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tools import SQL

from lgo_cli.measure import milliseconds

CLERKS = 40
#: Columns of the bare row.
COLUMNS = (
    "direction", "state", "kind_id", "company_id", "subject", "doc_no", "doc_date", "from_text",
    "to_text", "urgency", "secrecy", "medium",
)  # fmt: skip


def run(env, n=60, rounds=1):
    """Let the clerks work for ``n`` seconds, then insert bare rows for as long.

    :param int n: seconds
    :raises AssertionError: the receive numbers have a hole or come twice
    """
    mark = secrets.token_hex(4)
    registrar = env.ref("base.user_admin")
    registrar.group_ids = [Command.link(env.ref("lgo_eoffice.group_saraban").id)]
    kind = env["lgo.eoffice.kind"].search([("code", "=", "EXT")])
    company = env.company
    env.cr.commit()
    one = env["lgo.eoffice.letter"].create(
        {"direction": "in", "kind_id": kind.id, "subject": "bench", "doc_no": mark}
    )
    more, values = required(env, one, COLUMNS)
    env.cr.commit()
    database, uid, registry = env.cr.dbname, registrar.id, env.registry
    before = numbers(env)
    errors, waits = [], []

    def letter(number):
        with registry.cursor() as cr:
            work = api.Environment(cr, uid, {"lang": "th_TH", "tz": "Asia/Bangkok"})

            def register():
                row = work["lgo.eoffice.letter"].create(
                    {
                        "direction": "in",
                        "kind_id": kind.id,
                        "subject": f"ขอเชิญประชุม {mark}",
                        "doc_no": f"ชม 0018/{mark}-{number}",
                        "doc_date": fields.Date.today(),
                        "from_text": f"ที่ว่าการอำเภอ {number}",
                        "to_text": "นายกเทศมนตรี",
                    }
                )
                row.action_register()

            retrying(register, work)

    ours = together(letter, n, errors, waits)
    after = numbers(env)
    new = sorted(set(after) - set(before))
    if len(after) != len(set(after)) or new != list(range(new[0], new[0] + len(new))):
        raise AssertionError("the receive numbers have holes or come twice")
    if len(new) != ours:
        raise AssertionError(f"{ours} letters were registered, {len(new)} numbers given")

    def bare(number):
        with db_connect(database).cursor() as cr:
            cr.execute(
                SQL(
                    """INSERT INTO lgo_eoffice_letter (%s %s)
                       VALUES ('in', 'registered', %s, %s, 'ขอเชิญประชุม', %s, now()::date,
                               'ที่ว่าการอำเภอ', 'นายกเทศมนตรี', 'normal', 'normal', 'electronic'
                               %s)""",
                    SQL(", ").join(SQL.identifier(name) for name in COLUMNS),
                    more,
                    kind.id,
                    company.id,
                    f"floor {mark} {number}",
                    values,
                )
            )

    floor = together(bare, max(1, n // 4), [], [])
    rate, floor_rate = ours / n, floor / max(1, n // 4)
    return {
        "figures": {
            "clerks": CLERKS,
            "seconds": n,
            "letters": ours,
            "letters_per_second": round(rate, 1),
            "floor_per_second": round(floor_rate, 1),
            "errors": len(errors),
            "first_errors": errors[:3],
            "one_letter": milliseconds(waits),
        },
        "ratios": {"floor_over_ours": round(rate / floor_rate, 3)},
    }


def numbers(env):
    """Receive numbers of this year that letters have."""
    env.cr.rollback()
    env.cr.execute(
        "SELECT number FROM lgo_register_entry e JOIN lgo_register r ON r.id = e.register_id"
        " WHERE r.code = 'receive' AND e.period = to_char(now() AT TIME ZONE 'Asia/Bangkok'"
        " + interval '543 years', 'YYYY')"
    )
    return [row[0] for row in env.cr.fetchall()]


def together(work, seconds, errors, waits):
    """How often all clerks together did ``work`` within ``seconds``."""
    barrier = threading.Barrier(CLERKS)
    done = []

    def clerk(who):
        barrier.wait(60)
        end = time.perf_counter() + seconds
        turn = 0
        while (start := time.perf_counter()) < end:
            turn += 1
            try:
                work(f"{who}-{turn}")
                done.append(1)
            except Exception as error:  # noqa: BLE001 -- what a clerk would see is counted
                errors.append(repr(error)[:300])
            waits.append(time.perf_counter() - start)

    with ThreadPoolExecutor(CLERKS) as pool:
        for future in [pool.submit(clerk, who) for who in range(CLERKS)]:
            future.result()
    return len(done)

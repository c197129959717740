# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Twenty clerks take numbers of one register at once, each number in a transaction of its own.

The floor is the same work without any rule: a bare INSERT of one row and a commit, from as many
connections. What the register adds is the waiting for each other that numbers without holes need.
"""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect

from lgo_cli.measure import milliseconds

CLERKS = 20


def run(env, n=1000, rounds=5):
    """Take `n` numbers in each round, and insert `n` bare rows.

    :raises AssertionError: the numbers have a hole or come twice
    """
    database, code = env.cr.dbname, f"bench_{secrets.token_hex(4)}"
    each = max(1, n // CLERKS)
    register = env["lgo.register"].create({"name": code, "code": code})
    env.cr.execute("CREATE TABLE IF NOT EXISTS lgo_bench_floor (id serial PRIMARY KEY, text text)")
    env.cr.commit()
    try:
        ours, floor, waits = [], [], []
        for _round in range(rounds):
            ours.append(together(database, each, lambda cr: take(cr, code), waits))
            floor.append(together(database, each, insert, []))
        env.cr.execute(
            "SELECT count(*), min(number), max(number), count(DISTINCT number)"
            " FROM lgo_register_entry WHERE register_id = %s",
            [register.id],
        )
        total = CLERKS * each * rounds
        if env.cr.fetchone() != (total, 1, total, total):
            raise AssertionError("the numbers have holes or come twice")
    finally:
        env.cr.rollback()
        env.cr.execute("DELETE FROM lgo_register_entry WHERE register_id = %s", [register.id])
        env.cr.execute("DELETE FROM lgo_register WHERE id = %s", [register.id])
        env.cr.execute("DROP TABLE lgo_bench_floor")
        env.cr.commit()
    numbers = CLERKS * each
    return {
        "figures": {
            "clerks": CLERKS,
            "numbers_per_second": round(numbers / min(ours), 1),
            "floor_per_second": round(numbers / min(floor), 1),
            "one_number": milliseconds(waits),
        },
        "ratios": {"floor_over_ours": round(min(floor) / min(ours), 3)},
    }


def take(cr, code):
    """Take one number."""
    api.Environment(cr, SUPERUSER_ID, {})["lgo.register"]._take_number(code)


def insert(cr):
    """Insert one bare row."""
    cr.execute("INSERT INTO lgo_bench_floor (text) VALUES ('x')")


def together(database, each, work, waits):
    """Seconds until all clerks have done `work` `each` times; single times go to `waits`."""
    barrier = threading.Barrier(CLERKS + 1)

    def clerk():
        barrier.wait(60)
        for _turn in range(each):
            start = time.perf_counter()
            with db_connect(database).cursor() as cr:
                work(cr)
            waits.append(time.perf_counter() - start)

    with ThreadPoolExecutor(CLERKS) as pool:
        futures = [pool.submit(clerk) for _clerk in range(CLERKS)]
        barrier.wait(60)
        start = time.perf_counter()
        for future in futures:
            future.result()
        return time.perf_counter() - start

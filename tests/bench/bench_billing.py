# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "billing": a month of the waste fee for a whole town.

Ours is what the scheduled job does: batches of service points, each with fees, posted invoices,
bills, charged months and a commit. Three peers in the same run: stock Odoo, one invoice after the
other (``one_by_one_over_ours``, on a sample); the cron of OCA ``contract`` for as many contracts,
and posting what it made (``contract_over_ours``); and the same rows by COPY into bare copies of the
tables with their indexes (``floor_over_ours``). All have two lines a bill. What counts is the CPU
time of Python and of its PostgreSQL process, in milliseconds a bill.
"""

import datetime
import io
import os
import resource
import time
from contextlib import contextmanager
from pathlib import Path

from odoo import Command, fields
from odoo.modules.registry import Registry
from odoo.tools import SQL

#: Invoices that are made one by one; their time does not depend on their number.
SAMPLE = 100
TICK = os.sysconf("SC_CLK_TCK")


def run(env, n=5000, rounds=1):
    """Bill ``n`` service points, as ours and as the peers.

    :param int n: bills
    :param int rounds: months that ours bills
    :return: ``{"figures": {…}, "ratios": {…}}``
    """
    env = env(context={"lang": "th_TH", "tz": "Asia/Bangkok"})
    points = fill(env, n)
    ours, flat, memory = [], [], []
    for _round in range(rounds):
        total, parts, growth, run_ = billing(env, points)
        ours.append(total / n)
        flat.append(parts)
        memory.append(growth)
    best = min(ours)
    floor = copy(env, run_) / n
    single = one_by_one(env, points[:SAMPLE]) / min(SAMPLE, n)
    contract = contracts(env, n) / n
    first, last = min(flat)[0], min(flat)[1]
    return {
        "figures": {
            "bills": n,
            "ours_ms": round(best, 3),
            "first_batches_ms": round(first, 3),
            "last_batches_ms": round(last, 3),
            "memory_growth_mib": max(memory),
            "one_by_one_ms": round(single, 2),
            "contract_ms": round(contract, 2),
            "floor_ms": round(floor, 4),
        },
        "ratios": {
            "contract_over_ours": round(contract / best, 2),
            "one_by_one_over_ours": round(single / best, 2),
            "floor_over_ours": round(floor / best, 4),
        },
    }


class Clock:
    """CPU milliseconds of this process and of its PostgreSQL process."""

    def __init__(self, env):
        self.env = env
        self.ms = 0.0

    def _now(self):
        self.env.cr.execute("SELECT pg_backend_pid()")
        text = Path(f"/proc/{self.env.cr.fetchone()[0]}/stat").read_text("utf-8")
        # after the name in brackets: state, …, utime and stime as fields 14 and 15
        times = text.rpartition(")")[2].split()[11:13]
        return time.process_time() + sum(map(int, times)) / TICK

    @contextmanager
    def running(self):
        """Count the time of what is done inside."""
        start = self._now()
        yield
        self.ms += (self._now() - start) * 1000


def fill(env, n):
    """A zone, a rate table and ``n`` served points that pay 60 baht a month."""
    company = env.company
    Point = env["lgo.waste.point"]
    code = f"BENCH{n}"  # a run bills its zone: other counts of the same database stay apart
    zone = env["lgo.waste.zone"].search([("code", "=", code)], limit=1)
    if not zone:
        zone = env["lgo.waste.zone"].create({"name": "bench", "code": code})
    class_ = env["lgo.waste.tariff"].search([("code", "=", "BENCH")])
    if not class_:
        class_ = env["lgo.waste.tariff"].create({"name": "bench", "code": "BENCH"})
        version = env["lgo.waste.tariff.version"].create(
            {
                "name": "bench",
                "basis_id": env["lgo.waste.legal.basis"].create({"name": "bench"}).id,
                "date_from": "2020-01-01",
                "line_ids": [
                    Command.create({"tariff_id": class_.id, "component": name, "rate": 30})
                    for name in ("collect", "dispose")
                ],
            }
        )
        version.action_approve()
        version.sudo().action_publish()
    points = Point.search([("zone_id", "=", zone.id)], order="id", limit=n)
    while len(points) < n:
        count = min(1000, n - len(points))
        partners = env["res.partner"].create([{"name": f"bench {i}"} for i in range(count)])
        points |= Point.create(
            [
                {
                    "house": str(number),
                    "partner_id": partner.id,
                    "zone_id": zone.id,
                    "tariff_id": class_.id,
                    "date_start": "2020-01-01",
                    "company_id": company.id,
                }
                for number, partner in enumerate(partners)
            ]
        )
        env.cr.commit()
        env.invalidate_all()
    points.sudo().state = "active"
    env.cr.commit()
    return points


def billing(env, points):
    """A month by batches: (CPU ms, (ms a bill at the beginning, at the end), MiB more, run)."""
    last = env["lgo.waste.charge"].search([("zone_id", "=", points.zone_id.id)], limit=1).period
    month = fields.Date.add(last or datetime.date(2026, 9, 1), months=1)
    run_ = env["lgo.waste.run"].create(
        {
            "period_from": month,
            "month_count": 1,
            "date": month,
            "zone_ids": [Command.set(points.zone_id.ids)],
        }
    )
    run_.action_preview()
    run_.action_start()
    env.cr.commit()
    env.invalidate_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    while True:
        clock = Clock(env)
        with clock.running():
            done = run_._step()
            env.cr.commit()
            env.invalidate_all()
        if not done:
            break
        times.append((done, clock.ms))
    if run_.bill_count != len(points):
        raise AssertionError(f"{run_.bill_count} bills for {len(points)} service points")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ends = [sum(ms for _n, ms in part) / sum(n for n, _ms in part) for part in halves(times)]
    return sum(ms for _n, ms in times), tuple(ends), (after - before) // 1024, run_


def halves(times):
    """The first and the last fifth of the batches, at least one each."""
    count = max(1, len(times) // 5)
    return times[:count], times[-count:]


def copy(env, run_):
    """Put the rows of a run into bare copies of their tables with COPY; CPU ms."""
    bills = env["lgo.waste.charge"].search([("run_id", "=", run_.id)]).bill_id
    moves = tuple(bills.move_id.ids)
    conditions = {
        "account_move": SQL("id IN %s", moves),
        "account_move_line": SQL("move_id IN %s", moves),
        "lgo_payment_bill": SQL("id IN %s", tuple(bills.ids)),
        "lgo_payment_bill_line": SQL("bill_id IN %s", tuple(bills.ids)),
        "lgo_waste_charge": SQL("run_id = %s", run_.id),
    }
    return copy_rows(env, conditions)


def copy_rows(env, conditions):
    """COPY the rows that meet ``{table: condition}`` into bare copies of the tables; CPU ms."""
    clock, cr = Clock(env), env.cr
    for name, condition in conditions.items():
        query = SQL("SELECT * FROM %s WHERE %s", SQL.identifier(name), condition)
        text = cr._obj.mogrify(query.code, query.params).decode()
        stream = io.StringIO()
        cr._obj.copy_expert(f"COPY ({text}) TO STDOUT", stream)
        stream.seek(0)
        cr.execute(f"CREATE TABLE bench_copy (LIKE {name} INCLUDING ALL)")  # pylint: disable=E8103
        with clock.running():
            cr._obj.copy_expert("COPY bench_copy FROM STDIN", stream)
        cr.execute("DROP TABLE bench_copy")
    cr.rollback()
    return clock.ms


def one_by_one(env, points):
    """Stock Odoo: create, post and commit one invoice after the other; CPU ms."""
    journal = stock_journal(env)
    account = env.company._lgo_payment_account("fee")
    clock = Clock(env)
    for point in points:
        with clock.running():
            env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": point.partner_id.id,
                    "journal_id": journal.id,
                    "invoice_date": "2026-10-01",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": name,
                                "price_unit": 30,
                                "tax_ids": False,
                                "account_id": account.id,
                            }
                        )
                        for name in ("collect", "dispose")
                    ],
                }
            ).action_post()
            env.cr.commit()
    return clock.ms


def contracts(env, n):
    """OCA ``contract``: its cron, and posting the invoices in one batch; CPU ms."""
    install(env, "contract")
    with Registry(env.cr.dbname).cursor() as cr:
        return _contracts(env(cr=cr), n)


def install(env, name):
    """Install the add-on of a peer; go on with a cursor of the registry that has it."""
    modules = env["ir.module.module"]
    if not modules.search([("name", "=", name)]):
        modules.update_list()
    module = modules.search([("name", "=", name)])
    if module.state != "installed":
        module.button_immediate_install()


def _contracts(env, n):
    journal, Contract = stock_journal(env), env["contract.contract"]
    month = datetime.date(2026, 10, 1)
    Contract.search([]).contract_line_ids.write({"is_canceled": True})
    partners = env["res.partner"].create([{"name": f"contract {i}"} for i in range(n)])
    made = Contract.create(
        [
            {
                "name": "bench",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "contract_type": "sale",
                "date_start": month,
                "contract_line_ids": [
                    Command.create(
                        {
                            "name": name,
                            "price_unit": 30,
                            "quantity": 1,
                            "date_start": month,
                            "recurring_next_date": month,
                            "recurring_interval": 1,
                            "recurring_rule_type": "monthly",
                        }
                    )
                    for name in ("collect", "dispose")
                ],
            }
            for partner in partners
        ]
    )
    env.cr.commit()
    env.invalidate_all()
    before = env["account.move"].search([], order="id desc", limit=1).id
    clock = Clock(env)
    with clock.running():
        Contract.cron_recurring_create_invoice(month)
        moves = env["account.move"].search([("id", ">", before)])
        moves.action_post()
        env.cr.commit()
    if len(moves) != len(made):
        raise AssertionError(f"contract made {len(moves)} invoices for {len(made)} contracts")
    return clock.ms


def stock_journal(env):
    """A journal of sales that no add-on of ours guards."""
    journals = env["account.journal"]
    found = journals.search([("code", "=", "BNCH"), ("company_id", "=", env.company.id)])
    return found or journals.create(
        {
            "name": "bench",
            "code": "BNCH",
            "type": "sale",
            "default_account_id": env.company._lgo_payment_account("fee").id,
        }
    )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "reconcile": the payments of a bank file find their bills.

``n`` lines against five times as many open bills, with everything that ours does: reading the
256-byte file, matching, entries, reconciliation, receipts with numbers, audit rows. Peers in the
same run: Odoo's payment wizard invoice by invoice (``one_by_one_over_ours``), OCA's matching on
lines of a statement (``oca_model_over_ours``) and a bare COPY of the same rows
(``floor_over_ours``). CPU of Python plus PostgreSQL.
"""

import base64
import datetime
import resource
from decimal import Decimal

from bench_billing import Clock, billing, copy_rows, fill, install, stock_journal
from bench_print import biller

from odoo import Command, fields
from odoo.modules.registry import Registry
from odoo.tools import SQL

from odoo.addons.lgo_payment.tests import bank

#: Open bills a line.
MONTHS = 5
#: Invoices that are paid one by one.
SAMPLE = 50


def run(env, n=5000, rounds=1):
    """Take in ``n`` lines against ``5 n`` open bills.

    :param int n: lines of the file
    :param int rounds: files, each of another month
    :return: ``{"figures": {…}, "ratios": {…}}``
    """
    env = env(context={"lang": "th_TH", "tz": "Asia/Bangkok"})
    env.company._lgo_payment_setup()
    biller(env)
    points = fill(env, n)
    runs = [billing(env, points)[-1] for _month in range(max(MONTHS, rounds))]
    env.cr.commit()
    times, memory = [], []
    for run_ in runs[:rounds]:
        ms, growth, file = ours(env, run_)
        times.append(ms / n)
        memory.append(growth)
    floor = copy(env, file) / n
    single = one_by_one(env, points[:SAMPLE]) / min(SAMPLE, n)
    peer = oca_model(env, points[:SAMPLE]) / min(SAMPLE, n)
    best = min(times)
    return {
        "figures": {
            "lines": n,
            "open_bills": len(runs) * n,
            "ours_ms": round(best, 3),
            "one_by_one_ms": round(single, 2),
            "oca_model_ms": round(peer, 2),
            "floor_ms": round(floor, 4),
            "memory_growth_mib": max(memory),
        },
        "ratios": {
            "one_by_one_over_ours": round(single / best, 2),
            "oca_model_over_ours": round(peer / best, 2),
            "floor_over_ours": round(floor / best, 4),
        },
    }


def ours(env, run_):
    """Take in a file that pays every bill of a run: (CPU ms, MiB more, file)."""
    account = env["lgo.payment.biller"]._active(env.company)
    bills = env["lgo.waste.charge"].search([("run_id", "=", run_.id)]).bill_id
    orders = [
        bank.Order(
            account.biller_code, bill.account_id.number, bill.number, Decimal(f"{bill.amount:.2f}")
        )
        for bill in bills
    ]
    file = env["lgo.bank.file"].create(
        {
            "name": f"bench {run_.id}",
            "data": base64.b64encode(bank.day_file(account.bank_account, orders)),
            "biller_id": account.id,
        }
    )
    env.cr.commit()
    env.invalidate_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock = Clock(env)
    with clock.running():
        file.action_check()
        file.action_import()
        env.cr.commit()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    env.invalidate_all()
    paid = env["lgo.receipt"].search_count([("bank_line_id.file_id", "=", file.id)])
    if paid != len(bills) or set(bills.mapped("state")) != {"paid"}:
        raise AssertionError(f"{paid} receipts for {len(bills)} bills")
    return clock.ms, (after - before) // 1024, file


def copy(env, file):
    """Put the rows of a file into bare copies of their tables with COPY; CPU ms."""
    lines = env["lgo.bank.line"].search([("file_id", "=", file.id)])
    parts = env["lgo.payment.allocation"].search([("bank_line_id", "in", lines.ids)])
    receipts = parts.receipt_id
    moves = parts.move_line_id.move_id
    conditions = {
        "lgo_bank_line": SQL("file_id = %s", file.id),
        "lgo_payment_allocation": SQL("id IN %s", tuple(parts.ids)),
        "lgo_receipt": SQL("id IN %s", tuple(receipts.ids)),
        "lgo_receipt_line": SQL("receipt_id IN %s", tuple(receipts.ids)),
        "lgo_register_entry": SQL("id IN %s", tuple(receipts.register_entry_id.ids)),
        "account_move": SQL("id IN %s", tuple(moves.ids)),
        "account_move_line": SQL("move_id IN %s", tuple(moves.ids)),
        "account_partial_reconcile": SQL("credit_move_id IN %s", tuple(parts.move_line_id.ids)),
    }
    return copy_rows(env, conditions)


def stock_invoices(env, points):
    """Posted invoices of 60 baht that no add-on of ours guards."""
    journal = stock_journal(env)
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": point.partner_id.id,
                "journal_id": journal.id,
                "invoice_date": datetime.date(2026, 10, 1),
                "invoice_line_ids": [
                    Command.create({"name": "fee", "price_unit": 60, "tax_ids": False})
                ],
            }
            for point in points
        ]
    )
    moves.action_post()
    env.cr.commit()
    env.invalidate_all()
    return moves


def one_by_one(env, points):
    """Stock Odoo: the payment wizard, invoice after invoice; CPU ms."""
    moves = stock_invoices(env, points)
    clock = Clock(env)
    for move in moves:
        with clock.running():
            env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            ).create({"payment_date": fields.Date.today()})._create_payments()
            env.cr.commit()
    if any(move.amount_residual for move in moves):
        raise AssertionError("an invoice was not paid")
    return clock.ms


def oca_model(env, points):
    """OCA ``account_reconcile_oca``: lines of a statement find their invoices; CPU ms.

    One line at a time, each with the number of its invoice: in batches it is slower still.
    """
    install(env, "account_reconcile_oca")
    with Registry(env.cr.dbname).cursor() as cr:
        env = env(cr=cr)
        moves = stock_invoices(env, points.with_env(env))
        journals = env["account.journal"]
        journal = journals.search([("code", "=", "BNCHO")]) or journals.create(
            {"name": "bench", "code": "BNCHO", "type": "bank"}
        )
        clock = Clock(env)
        for move in moves:
            with clock.running():
                env["account.bank.statement.line"].create(
                    {
                        "journal_id": journal.id,
                        "date": datetime.date(2026, 11, 5),
                        "payment_ref": move.name,
                        "amount": move.amount_total,
                        "partner_id": move.partner_id.id,
                    }
                )
                env.cr.commit()
        env.invalidate_all()
        if any(move.amount_residual for move in moves):
            raise AssertionError("account_reconcile_oca did not reconcile an invoice")
        return clock.ms

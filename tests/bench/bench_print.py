# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "print": the bills of a run with QR and bar code on paper, by the printing job.

The peer in the same run prints the same bills one by one, as a clerk does who opens each
(``single_over_ours``). Peak memory is that of the process while the job ran.
"""

import resource
import time

from bench_billing import Clock, billing, fill

#: Bills that are printed one by one.
SAMPLE = 25
REPORT = "lgo_payment.action_report_bill"


def run(env, n=1000, rounds=1):
    """Bill ``n`` service points and print their bills.

    :param int n: bills
    :param int rounds: how often the paper is printed
    :return: ``{"figures": {…}, "ratios": {…}}``
    """
    env = env(context={"lang": "th_TH", "tz": "Asia/Bangkok"})
    env.company._lgo_payment_setup()
    biller(env)
    points = fill(env, n)
    *_figures, run_ = billing(env, points)
    best, walls = None, []
    before = peak()
    for _round in range(rounds):
        env["lgo.waste.print"].search([("run_id", "=", run_.id)]).unlink()
        clock, start = Clock(env), time.monotonic()
        job = env["lgo.waste.print"]._plan(run_)
        with clock.running():
            while job._step():
                env.flush_all()
        walls.append(time.monotonic() - start)
        best = min(best or clock.ms, clock.ms)
    memory = peak() - before
    clock = Clock(env)
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    sample = job.bill_ids[:SAMPLE]
    with clock.running():
        for bill in sample:
            reports._render_qweb_pdf(REPORT, [bill])
    single = clock.ms / len(sample)
    ours = best / n
    return {
        "figures": {
            "bills": n,
            "ours_ms": round(ours, 2),
            "single_ms": round(single, 2),
            "documents_per_second_per_core": round(1000 / ours, 2),
            "wall_seconds": round(min(walls), 1),
            "peak_memory_growth_mib": memory,
            "paper_mib": round(len(job.file) * 3 / 4 / 2**20, 1),
        },
        "ratios": {"single_over_ours": round(single / ours, 2)},
    }


def peak():
    """Peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def biller(env):
    """A receiving account in force, so that the bills carry a QR."""
    if env["lgo.payment.biller"]._active(env.company):
        return
    journal = env["account.journal"].create({"name": "bench", "code": "BNCHB", "type": "bank"})
    env["lgo.payment.biller"].create(
        {
            "name": "bench",
            "bank_code": "006",
            "bank_account": "9990000011",
            "account_name": env.company.name,
            "biller_code": "099999999999101",
            "journal_id": journal.id,
        }
    ).sudo().state = "approved"

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Benchmark "portal": the citizens' pages over a million cases, beside stock Odoo pages.

A server of its own with two workers, real HTTP, eight clients on kept connections. The peers run
in the same rounds: an empty page in the website's layout, and Odoo's list of invoices with 24
invoices. ``ours_over_bare_page`` is the rate of the tracking page by that of the empty page;
``ours_over_my_invoices`` the rate of "my requests" with 24 cases by that of Odoo's list.
At the end a realistic mix of pages arrives at 30 a second, however slow the answers are; the
time of an answer counts from the moment the request was due.
"""

import itertools
import re
import subprocess
import threading
import time
import urllib.parse

from filling import fill, prepare
from loadclient import Client, Failed, cpu_seconds, parallel

from odoo import Command, fields
from odoo.tools import SQL, config

from odoo.addons.lgo_base.tools import tracking

from lgo_cli import server, testbase
from lgo_cli.measure import median, percentile

CLIENTS = 8
SECONDS = 4  # of one page in one round
MIX_RATE = 30  # requests a second
MIX_CLIENTS = 24
OWN = 24  # cases and invoices of the citizen
LOGIN = "bench.portal@example.com"
#: They file all the time, so the first one's list stays as it is. One for each client: an account
#: files thirty requests in ten minutes at most.
FILERS = [f"bench.filer.{number}@example.com" for number in range(MIX_CLIENTS)]
FILER = "filer"  # in _pages: whichever of them the client is
PASSWORD = "Bench-portal-2569"  # noqa: S105 - an account of the benchmark's database only
PHONE = "0812345678"
#: share of each page in the mix
MIX = (
    ("home", 22), ("services", 12), ("search", 10), ("service", 18), ("form", 6), ("track", 8),
    ("track_find", 10), ("my_cases", 8), ("case", 5), ("submit", 1),
)  # fmt: skip


def run(env, n=1_000_000, rounds=3):
    """Fill the table, start the server, measure page by page, then the mix.

    :param int n: number of cases; the mix is held for ten minutes with a million, less with less
    :param int rounds: rounds of each page
    :return: ``{"figures": {…}, "ratios": {…}}``
    """
    service, units = prepare(env)
    fill(env, service, units, n)
    site = _prepare_site(env)
    figures, ratios = {"cases": n, "clients": CLIENTS, "workers": 2}, {}
    with _Server(env.cr.dbname) as running:
        _check_lists(running.port)
        pages = _pages(site)
        rates = _page_by_page(env, running, pages, rounds, figures)
        ratios["ours_over_bare_page"] = round(rates["track_find"] / rates["bare_page"], 3)
        ratios["ours_over_my_invoices"] = round(rates["my_cases"] / rates["my_invoices"], 3)
        _forget_filings(env)
        _mix(running, pages, min(600, max(10, n // 1667)), figures)
    return {"figures": figures, "ratios": ratios}


# ------------------------------------------------------------ what the pages show
def _prepare_site(env):
    """A published service, a citizen with an account, 24 cases and 24 invoices, an empty page."""
    company = env.company
    company.lgo_short_code = company.lgo_short_code or "BN"
    service = _published_service(env)
    for filer in FILERS:
        _citizen(env, filer)
    partner = _citizen(env, LOGIN).partner_id
    env.cr.execute(
        SQL(
            """
            UPDATE lgo_oss_request SET partner_id = NULL WHERE partner_id = %(partner)s;
            UPDATE lgo_oss_request
               SET partner_id = %(partner)s, applicant_phone = %(phone)s, service_id = %(service)s
             WHERE id IN (SELECT id FROM lgo_oss_request
                           WHERE name LIKE 'BN-%%' AND filing_key IS NULL
                           ORDER BY submitted_at DESC LIMIT %(own)s)
         RETURNING id, name
            """,
            partner=partner.id,
            phone=PHONE,
            service=service.id,
            own=OWN,
        )
    )
    cases = sorted(env.cr.fetchall())
    _give_numbers_a_check_digit(env, cases)
    _invoices(env, partner)
    _empty_page(env)
    env.cr.commit()  # pylint: disable=invalid-commit
    case = env["lgo.oss.request"].browse(cases[-1][0])
    return {"service": service.code, "case": case.id, "number": case.name}


def _citizen(env, login):
    user = env["res.users"].search([("login", "=", login)])
    return user or env["res.users"].create(
        {
            "name": "สมหญิง ใจดี", "login": login, "email": login, "password": PASSWORD,
            "phone": PHONE, "lang": "th_TH",
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )  # fmt: skip


def _forget_filings(env):
    """As if ten minutes had passed: measured is how fast people file, not how often they may."""
    env.cr.execute("DELETE FROM lgo_rate_limit WHERE scope = 'filing'")
    env.cr.commit()  # pylint: disable=invalid-commit


def _published_service(env):
    service = env["lgo.service"].search([("code", "=", "BENCHP")])
    if service:
        return service
    today = fields.Date.context_today(env["lgo.service"])
    holidays = env["lgo.holiday"]
    if not holidays.search_count([("date", ">=", today)], limit=1):
        for year in (today.year, today.year + 1):
            holidays.create({"name": "bench", "date": f"{year}-12-31", "state": "confirmed"})
    service = env["lgo.service"].create(
        {
            "code": "BENCHP", "name": "แจ้งซ่อมทดสอบ", "name_plain": "ไฟดับ ไฟเสีย",
            "kind": "request", "description": "แจ้งสิ่งของสาธารณะที่ชำรุด",
            "criteria": "ต้องอยู่ในเขตพื้นที่", "complaint_channels": "ศูนย์ดำรงธรรม",
            "unit_id": env["hr.department"].search([], limit=1).id,
            "time_limit": 5, "time_unit": "day", "no_fee": True, "guest_allowed": True,
            "step_ids": [Command.create({"name": "ซ่อม", "duration": 5})],
            "document_ids": [Command.create({"name": "ภาพถ่าย", "required": False})],
        }
    )  # fmt: skip
    service.action_publish()
    return service


def _give_numbers_a_check_digit(env, cases):
    """The tracking page answers to numbers with a right check digit only."""
    for case_id, name in cases:
        short, period, code, number, _check = name.split("-")
        env.cr.execute(
            "UPDATE lgo_oss_request SET name = %s WHERE id = %s",
            (tracking.make(short, period, code, int(number)), case_id),
        )
    env.invalidate_all()


def _invoices(env, partner):
    Move = env["account.move"]
    missing = OWN - Move.search_count([("partner_id", "=", partner.id)])
    if missing <= 0:
        return
    if not env["account.journal"].search_count([("type", "=", "sale")], limit=1):
        env.company.country_id = env.ref("base.th")
        env["account.chart.template"].try_loading("th", env.company, install_demo=False)
    moves = Move.create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-11-01",
                "invoice_line_ids": [
                    Command.create({"name": "ค่าเก็บขนมูลฝอย", "price_unit": 40, "tax_ids": False})
                ],
            }
            for _number in range(missing)
        ]
    )
    moves.action_post()


def _empty_page(env):
    if env["website.page"].search([("url", "=", "/bench-empty")]):
        return
    view = env["ir.ui.view"].create(
        {
            "name": "bench-empty", "type": "qweb", "key": "website.bench_empty",
            "arch": '<t t-call="website.layout"><div id="wrap" class="oe_structure"/></t>',
        }
    )  # fmt: skip
    env["website.page"].create({"view_id": view.id, "url": "/bench-empty", "is_published": True})


# ------------------------------------------------------------ the server
class _Server:
    """Odoo with two workers on the benchmark's database, as in production."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.port = testbase.free_port(8900)
        command = server.odoo_command(
            "server", "-c", config["config"], "-d", self.name, "--db-filter", f"^{self.name}$",
            "--workers=2", "--max-cron-threads=0", "--http-port", self.port,
            "--gevent-port", testbase.free_port(9700), "--log-level=warn", dev=True,
        )  # fmt: skip
        self.log = open(testbase.folder() / "bench-portal-server.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT
        )
        end = time.monotonic() + 120
        while True:
            try:
                Client(self.port).get("/web/health")
                return self
            except (OSError, Failed):
                if self.process.poll() is not None or time.monotonic() > end:
                    self.__exit__()
                    raise
                time.sleep(0.5)

    def cpu_seconds(self):
        """Processor time of the server and of its sessions in PostgreSQL."""
        return cpu_seconds(self.process.pid, self.name)

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


# ------------------------------------------------------------ the pages
def _check_lists(port):
    """Compared are lists of the same length: each page shows all that the citizen has."""
    client = Client(port)
    client.sign_in(LOGIN, PASSWORD)
    for path, link in (("/my/cases", r"/my/cases/\d+/\d+"), ("/my/invoices", r"/my/invoices/\d+")):
        shown = set(re.findall(f'href="({link})', client.get(path)))
        if len(shown) != OWN:
            raise Failed(f"{path}: {len(shown)} lines instead of {OWN}")


def _pages(site):
    """{name: (function(client), account that must be signed in)}.

    Each function opens one page and raises Failed when it is not the right one.
    """
    code, number = site["service"], site["number"]
    own = f"/my/cases/1/{site['case']}"
    keys = itertools.count(int(time.time()) * 1000)

    def submit(client):
        path = f"/services/{code}/request"
        token = client.token("/my/privacy")
        client.post(
            path,
            {
                "csrf_token": token, "filing_key": f"bench-portal-{next(keys)}",
                "applicant_name": "สมหญิง ใจดี", "applicant_phone": PHONE,
                "applicant_email": FILERS[0], "description": "ไฟดับหน้าบ้าน", "privacy_shown": "1",
            },
            want=303,
        )  # fmt: skip

    def find(client):
        client.post("/track", {"number": number, "phone": PHONE[-4:]}, holds=number)

    found = {
        # with a parameter, or the page would come from Odoo's cache: compared is rendering
        "bare_page": lambda client: client.get("/bench-empty?fresh=1"),
        "home": lambda client: client.get("/"),
        "services": lambda client: client.get("/services", holds="BENCHP"),
        "search": lambda client: client.get(
            "/services?q=" + urllib.parse.quote("ไฟดับ"), holds="BENCHP"
        ),
        "service": lambda client: client.get(f"/services/{code}", holds="แจ้งซ่อมทดสอบ"),
        "form": lambda client: client.get(f"/services/{code}/request", holds="filing_key"),
        "track": lambda client: client.get("/track"),
        "track_find": find,
        "my": lambda client: client.get("/my"),
        "my_invoices": lambda client: client.get("/my/invoices", holds="INV"),
        "my_cases": lambda client: client.get("/my/cases", holds=own),
        "case": lambda client: client.get(own, holds=number),
        "submit": submit,
    }
    account = dict.fromkeys(("my", "my_invoices", "my_cases", "case"), LOGIN) | {"submit": FILER}
    return {name: (page, account.get(name)) for name, page in found.items()}


def _clients(port, number):
    """{account: clients}; the account None is a guest."""
    clients = {}
    for account in (None, LOGIN, FILER):
        clients[account] = [Client(port) for _number in range(number)]
        logins = FILERS if account == FILER else [account] * number
        for client, login in zip(clients[account], logins, strict=False):
            if login:
                client.sign_in(login, PASSWORD)
    return clients


def _page_by_page(env, running, pages, rounds, figures):
    """Rate, CPU and time of each page, eight clients, in turns; returns the median rates."""
    measured = {name: [] for name in pages}
    clients = _clients(running.port, CLIENTS)
    for _round in range(rounds):
        _forget_filings(env)
        for name, (page, account) in pages.items():
            for client in clients[account]:
                page(client)  # a worker that has never shown this page compiles it first
            before = running.cpu_seconds()
            times, seconds = parallel(clients[account], page, SECONDS)
            cpu = running.cpu_seconds() - before
            measured[name].append((len(times) / seconds, cpu / len(times), times))
    rates = {}
    for name, found in measured.items():
        times = [value for _rate, _cpu, values in found for value in values]
        rates[name] = median([rate for rate, _cpu, _times in found])
        figures[name] = {
            "per_second": round(rates[name], 1),
            "cpu_ms": round(median([cpu for _rate, cpu, _times in found]) * 1000, 1),
            "p95_ms": round(percentile(times, 95) * 1000, 1),
        }
    return rates


def _mix(running, pages, seconds, figures):
    """Requests arrive at a steady rate; whoever is free takes the next one that is due."""
    order = [name for name, share in MIX for _number in range(share)]
    step = 37  # without a common divisor with 100: spreads each page over the whole round
    total = MIX_RATE * seconds
    clients = _clients(running.port, MIX_CLIENTS)
    numbers, lock = itertools.count(), threading.Lock()
    late, failures = [], []
    start = time.monotonic() + 0.5

    def work(place):
        while True:
            with lock:
                number = next(numbers)
            if number >= total:
                return
            due = start + number / MIX_RATE
            time.sleep(max(0, due - time.monotonic()))
            name = order[number * step % len(order)]
            page, account = pages[name]
            try:
                page(clients[account][place])
            except (OSError, Failed) as error:
                failures.append(f"{name}: {error}")
            late.append(time.monotonic() - due)

    before = running.cpu_seconds()
    threads = [threading.Thread(target=work, args=(place,)) for place in range(MIX_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - start
    figures["mix"] = {
        "seconds": seconds,
        "per_second": round(total / took, 1),
        "median_ms": round(median(late) * 1000, 1),
        "p95_ms": round(percentile(late, 95) * 1000, 1),
        "p99_ms": round(percentile(late, 99) * 1000, 1),
        "cpu_share_of_one_core": round((running.cpu_seconds() - before) / took, 2),
        "failed": len(failures),
        "first_failures": failures[:3],
    }

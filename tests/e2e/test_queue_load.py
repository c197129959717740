# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A full day over HTTP in seconds: three kiosks, six counters, 500 tickets, all at once.

The clients are threads with sessions of their own; the server, its rights, its repetition of
requests that lose a race and its limits are the real ones. No browser is needed.
"""

import http.cookiejar
import re
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlsplit

from .base import BASE_URL, Backend

KIOSKS, TICKETS, EARLY = 3, 500, 200
#: A kiosk gives 60 tickets a minute at most, so each of the three changes its address on the way.
ADDRESSES = 3
#: Lines of each of the six counters; the first line gets more people than the second.
COUNTERS = ((0,), (0,), (0,), (0, 1), (1,), (1,))
PASSWORD = "Sawasdee-2569!"  # noqa: S105 - accounts of the test database only
PATIENCE = 240  # seconds; a slow machine is no failure
#: Moments are kept in whole seconds, and a ticket is seen when its request has ended.
BLUR = timedelta(seconds=3)


class _Stay(urllib.request.HTTPRedirectHandler):
    """The address of the ticket is in the answer; its page is not asked for."""

    def redirect_request(self, *args, **kwargs):
        return None


def moment(text):
    """:return: the moment of a value of the server"""
    return datetime.fromisoformat(text)


@unittest.skipUnless(BASE_URL, "LGO_BASE_URL is not set: no server to test")
class TestQueueLoad(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = backend = Backend().login()
        used = {
            row["prefix"]
            for row in backend.call("lgo.oss.counter.group", "search_read", [], ["prefix"])
        }
        letters = [letter for letter in "ZYXWVU" if letter not in used][:2]
        cls.groups = backend.call(
            "lgo.oss.counter.group",
            "create",
            [
                {"prefix": letter, "name": f"ทดสอบ {letter}", "always_open": True}
                for letter in letters
            ],
        )
        cls._later("lgo.oss.counter.group", cls.groups)
        stamp = time.time_ns()
        cls.logins = [f"load{stamp}_{number}" for number in range(len(COUNTERS))]
        users = backend.call(
            "res.users",
            "create",
            [
                {
                    "name": login,
                    "login": login,
                    "password": PASSWORD,
                    "group_ids": [(6, 0, [backend.ref("lgo_base.group_clerk")])],
                }
                for login in cls.logins
            ],
            context={"no_reset_password": True},
        )
        cls._later("res.users", users)
        cls.counters = backend.call(
            "lgo.oss.counter",
            "create",
            [
                {
                    "name": f"ช่องทดสอบ {number}",
                    "number": 990 + number,
                    "group_ids": [(6, 0, [cls.groups[line] for line in lines])],
                }
                for number, lines in enumerate(COUNTERS)
            ],
        )
        cls._later("lgo.oss.counter", cls.counters)
        devices = backend.call(
            "lgo.oss.device",
            "create",
            [
                {"name": f"ตู้ทดสอบ {number}", "kind": "kiosk", "group_ids": [(6, 0, cls.groups)]}
                for number in range(KIOSKS * ADDRESSES)
            ],
        )
        cls._later("lgo.oss.device", devices)
        rows = backend.call("lgo.oss.device", "read", devices, ["url"])
        cls.addresses = [BASE_URL + urlsplit(row["url"]).path for row in rows]
        cls.elderly = backend.ref("lgo_oss_queue.lgo_oss_priority_elderly")
        cls.all_given = threading.Event()

    @classmethod
    def _later(cls, model, ids):
        """Archive in the end: what gave tickets is never deleted."""
        cls.addClassCleanup(cls.backend.call, model, "write", ids, {"active": False})

    # ------------------------------------------------------------ the people
    def kiosk(self, number, tickets):
        """Give tickets at one kiosk, one after the other; :return: the tokens on the slips"""
        chance = Random(number * 1000 + tickets)  # noqa: S311 - who comes, no secret
        tokens = []
        browser = urllib.request.build_opener(_Stay)
        for turn in range(tickets):
            form = {
                "group": self.groups[chance.choice((0, 0, 1))],
                "key": f"load-{time.time_ns()}-{number}",
                "priority": self.elderly if chance.random() < 0.2 else "",
            }
            address = self.addresses[number * ADDRESSES + turn % ADDRESSES]
            data = urllib.parse.urlencode(form).encode()
            try:
                browser.open(f"{address}/ticket", data, timeout=60)
            except urllib.error.HTTPError as answer:
                target = answer.headers.get("Location") or ""
                answer.close()
                self.assertIn(answer.code, (302, 303), target)
                self.assertIn("/ticket/", target, "the kiosk gave a ticket")
                tokens.append(target.rsplit("/", 1)[-1])
        return tokens

    def clerk(self, place):
        """Sit, call and serve until the kiosks are done and nobody waits; :return: ids called"""
        counter = [self.counters[place]]
        officer = Backend().login(self.logins[place], PASSWORD)

        def step(method):
            return officer.call("lgo.oss.counter", method, counter)

        step("action_sit")
        called, end = [], time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done = self.all_given.is_set()
            ticket = step("action_call_next")["ticket"]
            if ticket:
                called.append(ticket["id"])
                step("action_serve")
            elif done:
                break
            else:
                time.sleep(0.1)
        step("action_leave")
        return called

    @staticmethod
    def share(tickets, number):
        """:return: how many of the tickets the kiosk gives"""
        return tickets // KIOSKS + (number < tickets % KIOSKS)

    # ------------------------------------------------------------ the day
    def test_a_full_day(self):
        with ThreadPoolExecutor(KIOSKS + len(COUNTERS)) as pool:
            # the first people stand there when the counters open, the others come meanwhile
            jobs = [pool.submit(self.kiosk, n, self.share(EARLY, n)) for n in range(KIOSKS)]
            tokens = [token for job in jobs for token in job.result(PATIENCE)]
            early = self.tickets()
            clerks = [pool.submit(self.clerk, place) for place in range(len(COUNTERS))]
            rest = TICKETS - EARLY
            jobs = [pool.submit(self.kiosk, n, self.share(rest, n)) for n in range(KIOSKS)]
            try:
                tokens += [token for job in jobs for token in job.result(PATIENCE)]
            finally:
                self.all_given.set()
            called = [job.result(PATIENCE) for job in clerks]
        tickets = self.tickets()
        self.check_numbers(tickets, tokens)
        self.check_called_once(tickets, called)
        self.check_waits(tickets)
        self.check_order(tickets, set(early), called)

    def tickets(self):
        """:return: the tickets of both lines by their id"""
        names = [
            "number", "group_id", "state", "has_priority", "queued_at", "order_at",
            "first_called_at", "ended_at", "wait_minutes", "call_count", "counter_id",
        ]  # fmt: skip
        rows = self.backend.call(
            "lgo.oss.ticket", "search_read", [("group_id", "in", self.groups)], names
        )
        return {row["id"]: row for row in rows}

    def check_numbers(self, tickets, tokens):
        self.assertEqual((len(tokens), len(set(tokens))), (TICKETS, TICKETS))
        self.assertEqual(len(tickets), TICKETS)
        for group in self.groups:
            numbers = sorted(t["number"] for t in tickets.values() if t["group_id"][0] == group)
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)), "no hole, none twice")

    def check_called_once(self, tickets, called):
        ids = [ticket for place in called for ticket in place]
        self.assertEqual(sorted(ids), sorted(tickets), "each person was called, by one counter")
        for place, mine in enumerate(called):
            for ticket in mine:
                row = tickets[ticket]
                self.assertEqual(row["counter_id"][0], self.counters[place])
                self.assertEqual((row["state"], row["call_count"]), ("done", 1))
                self.assertIn(row["group_id"][0], [self.groups[n] for n in COUNTERS[place]])
            self.assertTrue(mine, "no counter was idle all day")

    def check_waits(self, tickets):
        for row in tickets.values():
            waited = moment(row["first_called_at"]) - moment(row["queued_at"])
            self.assertGreaterEqual(waited, timedelta())
            self.assertAlmostEqual(row["wait_minutes"], waited.total_seconds() / 60, delta=0.051)
            self.assertGreaterEqual(row["ended_at"], row["first_called_at"])
        self.assertGreater(max(row["wait_minutes"] for row in tickets.values()), 0)

    def check_order(self, tickets, early, called):
        """No counter passes over anybody of a line whose turn it was.

        Who has a priority class goes before all others here, because the head start is longer
        than the test; each class among itself goes by arrival.
        """
        self.assertTrue({row["has_priority"] for row in tickets.values()} == {True, False})
        for mine in called:
            for at, ticket in enumerate(mine):
                row = tickets[ticket]
                for other in (tickets[later] for later in mine[at + 1 :]):
                    if other["group_id"] != row["group_id"]:
                        continue
                    passed_over = (other["order_at"], other["number"]) < (
                        row["order_at"],
                        row["number"],
                    )
                    there = other["id"] in early or (
                        moment(other["queued_at"]) + BLUR < moment(row["first_called_at"])
                    )
                    self.assertFalse(passed_over and there, (row, other))


@unittest.skipUnless(BASE_URL, "LGO_BASE_URL is not set: no server to test")
class TestBookingRace(unittest.TestCase):
    """More guests than places at one time, all at the same instant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def setUp(self):
        super().setUp()
        used = {
            row["prefix"]
            for row in self.backend.call("lgo.oss.counter.group", "search_read", [], ["prefix"])
        }
        [self.group] = self.backend.call(
            "lgo.oss.counter.group",
            "create",
            [
                {
                    "prefix": next(letter for letter in "ZYXWVU" if letter not in used),
                    "name": "ทดสอบการแย่งนัด",
                    "bookable": True,
                    "booking_capacity": 2,
                    "booking_per_person": 1,
                }
            ],
        )
        self.path = f"{BASE_URL}/queue/book/{self.group}"
        values = {"active": False, "bookable": False}
        self.addCleanup(self.backend.call, "lgo.oss.counter.group", "write", [self.group], values)

    @staticmethod
    def phone(number=0):
        """:return: a number that no run before has booked with, made up"""
        return f"08{(time.time_ns() // 1000000 + number) % 10**8:08d}"

    def race(self, phones):
        """All want the last free time of the first page; :return: the status of each"""
        start = threading.Barrier(len(phones))

        def guest(phone):
            jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            browser = urllib.request.build_opener(jar)
            with browser.open(self.path, timeout=60) as answer:
                page = answer.read().decode()
            form = {
                "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page)[1],
                "slot": re.findall(r'value="(\d{4}-\d\d-\d\dT[^"]+)"', page)[-1],
                "name": "สมชาย ใจดี",
                "phone": phone,
                "privacy_shown": "1",
            }
            start.wait(60)
            try:
                data = urllib.parse.urlencode(form).encode()
                with browser.open(self.path, data, timeout=60) as answer:
                    self.assertIn("/queue/appointment/", answer.url)
                    return answer.status
            except urllib.error.HTTPError as error:
                with error:
                    return error.code

        with ThreadPoolExecutor(len(phones)) as pool:
            statuses = sorted(pool.map(guest, phones))
        rows = self.backend.call(
            "resource.booking",
            "search_read",
            [("lgo_group_id", "=", self.group)],
            ["start", "combination_id"],
        )
        places = {(row["start"], row["combination_id"][0]) for row in rows}
        self.assertEqual(len(places), len(rows), "no place twice")
        self.assertEqual(len(rows), statuses.count(200))
        return statuses

    def test_both_places_go_to_two_of_three(self):
        self.assertEqual(self.race([self.phone(number) for number in range(3)]), [200, 200, 400])

    def test_one_person_gets_no_second_appointment(self):
        self.assertEqual(self.race([self.phone()] * 2), [200, 400])

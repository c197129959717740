# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged

KIOSKS, TICKETS = 3, 500
#: Lines of each of the six counters; Y gets more people than Z.
COUNTERS = ("Y", "Y", "Y", "YZ", "Z", "Z")
LINES = "YZ"
FIRST_COUNTER = 900
PATIENCE = 120  # seconds; a slow machine is no failure


@tagged("post_install", "-at_install")
class TestQueueLoad(BaseCase):
    """A full day in seconds: real transactions on real connections, all at once.

    Three kiosks give 500 tickets while six counters call. What must hold: no number is missing or
    comes twice, every ticket is called once, and each counter got the first of the line.
    """

    def setUp(self):
        super().setUp()
        self.db = get_db_name()
        # The test runner holds the registry lock; an Environment in a thread would wait for it.
        self.patch(Registry, "_lock", DummyRLock())
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env.ref("base.main_company")
            groups = env["lgo.oss.counter.group"].create(
                [{"prefix": prefix, "name": prefix, "company_id": company.id} for prefix in LINES]
            )
            self.group_ids = dict(zip(LINES, groups.ids, strict=True))
            self.users, self.counters = [], []
            clerks = env.ref("lgo_base.group_clerk")
            for number, lines in enumerate(COUNTERS, 1):
                user = env["res.users"].create(
                    {
                        "name": f"q_load_{number}",
                        "login": f"q_load_{number}",
                        "group_ids": [(6, 0, clerks.ids)],
                    }
                )
                counter = env["lgo.oss.counter"].create(
                    {
                        "name": f"ช่อง {number}",
                        "number": FIRST_COUNTER + number,
                        "company_id": company.id,
                        "group_ids": [(6, 0, [self.group_ids[line] for line in lines])],
                        "user_id": user.id,
                        "state": "open",
                    }
                )
                self.users.append(user.id)
                self.counters.append(counter.id)
            self.priority_id = env.ref("lgo_oss_queue.lgo_oss_priority_elderly").id
        self.addCleanup(self._clean)
        self.issued = threading.Semaphore(0)
        self.all_issued = threading.Event()
        self.retries = 0

    def _cursor(self):
        return db_connect(self.db).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute(
                "DELETE FROM lgo_oss_ticket WHERE group_id = ANY(%s)",
                [list(self.group_ids.values())],
            )
            env["lgo.oss.counter"].browse(self.counters).unlink()
            env["lgo.oss.counter.group"].browse(list(self.group_ids.values())).unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _retrying(self, work):
        """What Odoo's request handler does with a serialisation error: once more, at most 5."""
        for turn in range(5):
            with self._cursor() as cr:
                try:
                    result = work(cr)
                    cr.commit()  # pylint: disable=invalid-commit
                    return result
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    cr.rollback()
                    if turn == 4:
                        raise
                    self.retries += 1
                    time.sleep(0.01 * 2**turn)
        return None

    def _kiosk(self, number):
        chance = Random(number)  # noqa: S311 - who comes, no secret
        for _turn in range(TICKETS // KIOSKS + (number < TICKETS % KIOSKS)):
            line = chance.choice("YYZ")
            elderly = chance.random() < 0.2

            def work(cr, line=line, elderly=elderly):
                env = api.Environment(cr, SUPERUSER_ID, {})
                group = env["lgo.oss.counter.group"].browse(self.group_ids[line])
                priority = env["lgo.oss.priority"].browse(self.priority_id)
                return (
                    env["lgo.oss.ticket"]._issue(group, priority=priority if elderly else None).id
                )

            self._retrying(work)

    def _clerk(self, place):
        """Call and serve until the kiosks are done and nobody waits."""
        called, empty = [], 0
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done = self.all_issued.is_set()

            def work(cr):
                env = api.Environment(cr, self.users[place], {})
                counter = env["lgo.oss.counter"].browse(self.counters[place])
                ticket = counter.action_call_next()["ticket"]
                if ticket:
                    counter.action_serve()
                return ticket and ticket["id"]

            ticket_id = self._retrying(work)
            if ticket_id:
                called.append(ticket_id)
            elif done:
                empty += 1
                if empty == 2:
                    break
            else:
                time.sleep(0.02)
        return called

    def test_a_full_day(self):
        with ThreadPoolExecutor(KIOSKS + len(COUNTERS)) as pool:
            kiosks = [pool.submit(self._kiosk, number) for number in range(KIOSKS)]
            clerks = [pool.submit(self._clerk, place) for place in range(len(COUNTERS))]
            for kiosk in kiosks:
                kiosk.result(timeout=PATIENCE)
            self.all_issued.set()
            called = [ticket for clerk in clerks for ticket in clerk.result(timeout=PATIENCE)]
        with self._cursor() as cr:
            cr.execute(
                """SELECT g.prefix, array_agg(t.number ORDER BY t.number)
                     FROM lgo_oss_ticket t JOIN lgo_oss_counter_group g ON g.id = t.group_id
                    WHERE t.group_id = ANY(%s) GROUP BY g.prefix""",
                [list(self.group_ids.values())],
            )
            numbers = dict(cr.fetchall())
            self.assertEqual(sum(map(len, numbers.values())), TICKETS)
            for prefix, given in numbers.items():
                self.assertEqual(given, list(range(1, len(given) + 1)), prefix)
            self.assertEqual(len(called), TICKETS, "every ticket was called")
            self.assertEqual(len(set(called)), TICKETS, "and by one counter only")
            cr.execute(
                """SELECT count(*), count(wait_minutes), max(call_count),
                          count(*) FILTER (WHERE state = 'done'),
                          count(*) FILTER (WHERE first_called_at < queued_at)
                     FROM lgo_oss_ticket WHERE group_id = ANY(%s)""",
                [list(self.group_ids.values())],
            )
            count, waits, calls, done, backwards = cr.fetchone()
        self.assertEqual((count, waits, calls, backwards), (TICKETS, TICKETS, 1, 0))
        self.assertGreaterEqual(done, TICKETS - len(COUNTERS), "all but the last at each counter")

    def test_order_under_contention(self):
        """With the whole line there, six counters take it from the front, without holes."""
        self._kiosk(1)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            groups = env["lgo.oss.counter.group"].browse(list(self.group_ids.values()))
            expected = {
                prefix: env["lgo.oss.ticket"]._line_ids(groups.browse(self.group_ids[prefix]))
                for prefix in self.group_ids
            }
        self.all_issued.set()
        with ThreadPoolExecutor(len(COUNTERS)) as pool:
            clerks = [pool.submit(self._clerk, place) for place in range(len(COUNTERS))]
            called = [clerk.result(timeout=PATIENCE) for clerk in clerks]
        self.assertEqual(sorted(sum(called, [])), sorted(sum(expected.values(), [])))
        for place, tickets in enumerate(called):
            for line in expected.values():
                ranks = [line.index(ticket) for ticket in tickets if ticket in line]
                self.assertEqual(ranks, sorted(ranks), f"counter {place + 1} kept the order")

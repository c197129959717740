# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, TransactionCase, freeze_time, get_db_name, new_test_user, tagged

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

LIMIT = Limit("t_rate", 3, 60)


@tagged("post_install", "-at_install")
class TestRateLimit(TransactionCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()  # no row is left behind
        # whoever calls is a visitor
        self.limits = self.env["lgo.rate.limit"].with_user(self.env.ref("base.public_user"))

    def test_so_many_and_no_more_then_again(self):
        with freeze_time("2026-11-25 03:00:00"):
            allowed = [self.limits._allows((LIMIT, "a")) for _i in range(4)]
            self.assertEqual(allowed, [True, True, True, False])
            self.assertTrue(self.limits._allows((LIMIT, "b")))
        with freeze_time("2026-11-25 03:00:59"):
            self.assertFalse(self.limits._allows((LIMIT, "a")))
        with freeze_time("2026-11-25 03:01:00"):
            self.assertTrue(self.limits._allows((LIMIT, "a")), "what was refused does not count")

    def test_one_full_limit_is_enough_and_counts_nothing(self):
        wide = Limit("t_wide", 5, 60)
        for _i in range(10):
            self.limits._allows((LIMIT, "a"), (wide, "n"))
        self.assertTrue(self.limits._is_full((LIMIT, "a")))
        self.assertFalse(self.limits._is_full((wide, "n")))

    def test_hostile_keys(self):
        for key in (None, "", "\x00", "ก" * 10000, "😀", "%", "'; DROP TABLE x; --"):
            with self.subTest(key=key):
                allowed = [
                    self.limits._allows((LIMIT._replace(scope=repr(key)[:50]), key))
                    for _i in range(4)
                ]
                self.assertEqual(allowed, [True, True, True, False])

    def test_addresses(self):
        same = {self.limits._address(f"2001:db8:1:2:{i}::1") for i in range(1, 9)}
        self.assertEqual(same, {"2001:db8:1:2::/64"})
        self.assertNotIn(self.limits._address("2001:db8:1:3::1"), same)
        self.assertEqual(self.limits._address("::ffff:192.0.2.1"), "192.0.2.1")
        self.assertEqual(self.limits._address("192.0.2.1"), "192.0.2.1")
        for odd in (None, "", "unix:"):
            self.assertEqual(self.limits._address(odd), odd or "")

    def test_calls_are_forgotten_after_a_day(self):
        model = self.env["lgo.rate.limit"]
        with freeze_time("2026-11-25 03:00:00"):
            model._count((LIMIT, "old"))
        with freeze_time("2026-11-25 20:00:00"):
            model._count((LIMIT, "new"))
        with freeze_time("2026-11-26 03:00:01"):
            model._gc_calls()
        self.assertEqual(model.search([("scope", "=", "t_rate")]).mapped("key"), ["new"])

    def test_nobody_edits_the_calls(self):
        model = self.env["lgo.rate.limit"]
        model._count((LIMIT, "a"))
        row = model.search([("scope", "=", "t_rate")])
        vals = {"scope": "t_rate", "key": "a", "at": fields.Datetime.now()}
        for group, reads in (
            ("base.group_portal", False),
            ("lgo_base.group_clerk", False),
            ("lgo_base.group_auditor", False),
            ("lgo_base.group_admin", True),
        ):
            user = new_test_user(self.env, f"rate_{group[-6:]}", group)
            with self.subTest(group=group):
                self.assertEqual(row.with_user(user).has_access("read"), reads)
                for attempt in (
                    lambda user=user: row.with_user(user).write({"key": "b"}),
                    lambda user=user: row.with_user(user).unlink(),
                    lambda user=user: model.with_user(user).create(vals),
                ):
                    with self.assertRaises(AccessError):
                        attempt()


@tagged("post_install", "-at_install")
class TestRateLimitTransactions(BaseCase):
    """Real connections: a worker's request fails, another worker must know of the call."""

    def test_a_call_survives_the_rollback_of_its_request(self):
        database = db_connect(get_db_name())
        self.addCleanup(self._clean, database)
        for _i in range(LIMIT.count):
            with database.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                self.assertTrue(env["lgo.rate.limit"]._allows((LIMIT, "rolled back")))
                cr.rollback()
        with database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertFalse(env["lgo.rate.limit"]._allows((LIMIT, "rolled back")))

    @staticmethod
    def _clean(database):
        with database.cursor() as cr:
            cr.execute("DELETE FROM lgo_rate_limit WHERE scope = %s", [LIMIT.scope])

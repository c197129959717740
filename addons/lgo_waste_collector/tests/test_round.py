# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import copy
import json
import uuid
from datetime import UTC, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_waste.tests.common import OCTOBER, WasteCase

from ..tools import event as wire

DEVICE = "0b0e8a52-0f5e-4a53-9b55-7f6a5d7c1f01"


class Phone:
    """What the page on the phone does, in Python."""

    def __init__(self, case, user, device=DEVICE):
        self.case, self.user, self.device = case, user, device
        self.load()

    @property
    def env(self):
        return self.case.env(
            user=self.user, context={"allowed_company_ids": self.user.company_ids.ids}
        )

    @property
    def round(self):
        return self.case.env["lgo.waste.round"].browse(self.pack["round"])

    def load(self):
        self.pack = self.env["lgo.waste.round"]._open(self.device)._package()
        self.seq, self.prev = self.pack["seq"], self.pack["prev"]
        self.numbers = [row["number"] for row in self.pack["numbers"]]

    def house(self, point):
        return next(row for row in self.pack["points"] if row["number"] == point.number)

    def record(self, point, **values):
        """A row; a payment of all bills of the house unless told otherwise."""
        self.seq += 1
        row = {
            "uuid": str(uuid.uuid4()), "seq": self.seq, "at": self.now(), "kind": "payment",
            "account": point.number, "reason": "", "note": "", "place": None, "prev": self.prev,
        } | values  # fmt: skip
        if row["kind"] == "payment":
            bills = [
                {"number": bill["number"], "amount": bill["amount"]}
                for bill in self.house(point)["bills"]
            ]
            row = {"bills": bills, "receipt": 0} | row
            row.setdefault("amount", sum(bill["amount"] for bill in row["bills"]))
            row["receipt"] = row["receipt"] or self.numbers.pop(0)
        else:
            row |= {"bills": [], "amount": 0, "receipt": 0}
        row["hash"] = "0" * 64
        row["hash"] = self.prev = wire.parse(row).digest()
        return row

    def visit(self, point, **values):
        return self.record(point, **{"kind": "visit", "reason": "away"} | values)

    @staticmethod
    def now():
        return int(fields.Datetime.now().replace(tzinfo=UTC).timestamp() * 1000)

    def send(self, *rows, now=None):
        collections = self.env["lgo.waste.collection"]
        results = collections._take_in(self.round.sudo(), list(rows), now or self.now())
        return [result["status"] for result in results]

    def row(self, row):
        return self.case.env["lgo.waste.collection"].search([("uuid", "=", row["uuid"])])


class CollectorCase(WasteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = [cls._point(str(number)) for number in range(1, 4)]

    def setUp(self):
        super().setUp()
        self._bill_all(self._new_run(OCTOBER, months=2))

    def bills(self, point):
        return self.env["lgo.payment.bill"].search(
            [("account_id", "=", point.account_id.id)], order="number"
        )


@tagged("post_install", "-at_install")
class TestRound(CollectorCase):
    def test_what_the_phone_takes_along(self):
        other = self._point("77", zone_id=self.zone2.id, route_id=self.route2.id)
        phone = Phone(self, self.collector)
        self.assertEqual(
            [row["house"] for row in phone.pack["points"]], ["1", "2", "3"], "own routes only"
        )
        self.assertNotIn(other.number, json.dumps(phone.pack))
        self.assertEqual(len(phone.numbers), self.company.lgo_collector_numbers)
        self.assertEqual(phone.house(self.points[0])["bills"][0]["amount"], 12000)
        for name in ("phone", "vat", "email"):
            self.assertNotIn(name, json.dumps(phone.pack))

    def test_queries_do_not_grow_with_houses(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            phone.round.sudo()._package()
            return self.env.cr.sql_log_count - before

        phone = Phone(self, self.collector)
        count()
        few = count()
        for number in range(20, 40):
            self._point(str(number))
        self._bill_all(self._new_run(OCTOBER, months=2))
        self.assertLessEqual(count(), few + 2)

    def test_a_payment_is_booked_with_the_number_of_the_phone(self):
        phone = Phone(self, self.collector)
        number = phone.numbers[0]
        row = phone.record(self.points[0], place=[18.7, 98.9])
        self.assertEqual(phone.send(row), ["created"])
        found = phone.row(row)
        receipt = found.receipt_id
        self.assertEqual((receipt.number, receipt.amount), (number, 120.0))
        self.assertEqual((receipt.channel, receipt.cashier_id), ("cash", self.collector))
        self.assertEqual(receipt.session_id, phone.round.session_id)
        self.assertEqual(self.bills(self.points[0]).mapped("state"), ["paid"])
        self.assertEqual((found.latitude, found.longitude), (18.7, 98.9))
        self.assertFalse(found.is_chain_broken or found.is_clock_wrong)

    def test_a_delivery_that_comes_twice_books_once(self):
        phone = Phone(self, self.collector)
        rows = [phone.record(self.points[0]), phone.visit(self.points[1])]
        self.assertEqual(phone.send(*rows), ["created", "created"])
        self.assertEqual(phone.send(*rows), ["duplicate", "duplicate"])
        self.assertEqual(len(phone.round.collection_ids), 2)
        changed = copy.deepcopy(rows[0]) | {"hash": "1" * 64}
        self.assertEqual(phone.send(changed), ["refused"])

    def test_paid_online_in_the_meantime(self):
        """Dossier appendix I: both receipts exist, the second credit waits, nothing is lost."""
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0])
        [bill] = self.bills(self.points[0])
        till = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        first = till._receive(bill)
        self.assertEqual(phone.send(row), ["conflict"])
        found = phone.row(row)
        self.assertEqual(first.state, "issued")
        self.assertEqual((found.receipt_id.amount, found.receipt_id.state), (120.0, "issued"))
        [part] = found.receipt_id.allocation_ids
        self.assertEqual((part.kind, part.amount, part.state), ("advance", 120.0, "active"))
        with self.assertRaises(AccessError):
            found.with_user(self.collector).action_keep()
        found.with_user(self.finance).action_refund()
        self.assertEqual(found.state, "decided")
        with self.assertRaises(UserError):
            found.with_user(self.finance).action_keep()
        request = self.env["lgo.payment.request"].search([("allocation_id", "=", part.id)])
        self.assertEqual((request.kind, request.state), ("refund", "requested"))

    def test_part_of_a_bill_was_paid_in_the_meantime(self):
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0])
        [bill] = self.bills(self.points[0])
        bill._reduce(50.0, "adjusted", fields.Date.context_today(self.env["lgo.payment.bill"]))
        self.assertEqual(phone.send(row), ["conflict"])
        parts = phone.row(row).receipt_id.allocation_ids
        self.assertEqual(
            sorted(parts.mapped(lambda part: (part.kind, part.amount))),
            [("advance", 50.0), ("bill", 70.0)],
        )
        self.assertEqual(bill.state, "paid")

    def test_numbers_are_accounted_for(self):
        phone = Phone(self, self.collector)
        phone.send(phone.record(self.points[0]), phone.record(self.points[1]))
        numbers = phone.round.sudo().entry_ids
        phone.round.sudo()._close_round()
        self.assertEqual(len(numbers.filtered(lambda one: one.state == "used")), 2)
        void = numbers.filtered(lambda one: one.state == "void")
        self.assertEqual(len(void), self.company.lgo_collector_numbers - 2)
        self.assertTrue(all(void.mapped("void_reason")))
        receipts = self.env["lgo.receipt"].search([("company_id", "=", self.company.id)])
        entries = self.env["lgo.register.entry"].search(
            [("register_id.code", "=", "payment_receipt"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            sorted(entries.mapped("number")), list(range(1, max(entries.mapped("number")) + 1))
        )
        self.assertEqual(entries - void, receipts.register_entry_id)

    def test_numbers_are_filled_up_again(self):
        self.company.lgo_collector_numbers = 3
        phone = Phone(self, self.collector)
        first = phone.numbers[0]
        phone.send(phone.record(self.points[0]))
        phone.load()
        self.assertEqual(len(phone.numbers), 3)
        self.assertNotIn(first, phone.numbers)

    def test_one_round_on_one_phone(self):
        Phone(self, self.collector)
        with self.assertRaisesRegex(UserError, "another phone"):
            Phone(self, self.collector, "11111111-0f5e-4a53-9b55-7f6a5d7c1f01")

    def test_only_collectors(self):
        for user in (self.cashier, self.finance, self.registrar):
            with self.assertRaises(AccessError):
                self.env["lgo.waste.round"].with_user(user)._open(DEVICE)

    def test_lost_phone_that_is_found_again(self):
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0])
        number = row["receipt"]
        phone.round.with_user(self.finance).action_lost()
        self.assertEqual(phone.send(row), ["held"])
        found = phone.row(row)
        self.assertFalse(found.receipt_id)
        self.assertEqual(self.bills(self.points[0]).state, "open")
        with self.assertRaises(AccessError):
            found.with_user(self.collector).action_book()
        found.with_user(self.finance).action_book()
        self.assertEqual((found.state, found.receipt_id.number), ("decided", number))
        self.assertEqual(self.bills(self.points[0]).state, "paid")
        again = Phone(self, self.collector, "22222222-0f5e-4a53-9b55-7f6a5d7c1f01")
        self.assertNotEqual(again.round, phone.round)

    def test_late_row_of_an_ended_round_gets_a_new_number(self):
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0])
        phone.round.sudo()._close_round()
        self.assertEqual(phone.send(row), ["held"])
        found = phone.row(row)
        found.with_user(self.finance).action_book()
        self.assertNotEqual(found.receipt_id.number, row["receipt"])
        entry = phone.round.sudo().entry_ids.filtered(lambda one: one.number == row["receipt"])
        self.assertEqual(entry.state, "void")

    def test_number_of_another_or_used_before(self):
        phone = Phone(self, self.collector)
        first = phone.record(self.points[0])
        second = phone.record(self.points[1], receipt=first["receipt"])
        third = phone.record(self.points[2], receipt=999_999)
        self.assertEqual(phone.send(first, second, third), ["created", "held", "held"])
        self.assertIn(str(first["receipt"]), phone.row(second).problem)
        self.assertFalse(phone.row(second).receipt_id or phone.row(third).receipt_id)
        phone.row(second).with_user(self.finance).action_book()
        self.assertEqual(self.bills(self.points[1]).state, "paid")
        phone.row(third).with_user(self.finance).action_dismiss()
        self.assertEqual(self.bills(self.points[2]).state, "open")

    def test_bill_of_another_house(self):
        phone = Phone(self, self.collector)
        bills = [
            {"number": bill["number"], "amount": bill["amount"]}
            for bill in phone.house(self.points[1])["bills"]
        ]
        row = phone.record(self.points[0], bills=bills)
        self.assertEqual(phone.send(row), ["held"])
        self.assertEqual(self.bills(self.points[1]).state, "open")

    def test_house_of_another_route(self):
        other = self._point("77", zone_id=self.zone2.id, route_id=self.route2.id)
        self._bill_all(self._new_run(OCTOBER, months=2))
        [bill] = self.bills(other)
        phone = Phone(self, self.collector)
        phone.pack["points"].append({"number": other.number, "bills": []})
        row = phone.record(other, bills=[{"number": bill.number, "amount": 12000}])
        self.assertEqual(phone.send(row), ["held"])
        self.assertEqual(bill.state, "open")

    def test_wrong_clock(self):
        phone = Phone(self, self.collector)
        day = 24 * 60 * 60 * 1000
        ahead = phone.now() + 3 * day
        row = phone.record(self.points[0], at=ahead)
        self.assertEqual(phone.send(row, now=ahead), ["created"])
        found = phone.row(row)
        today = thai.local_date(fields.Datetime.now())
        self.assertTrue(found.is_clock_wrong)
        self.assertEqual((found.receipt_id.date, found.receipt_id.pay_date), (today, today))

    def test_broken_chain_is_told(self):
        phone = Phone(self, self.collector)
        phone.visit(self.points[0])  # never sent
        row = phone.record(self.points[1])
        self.assertEqual(phone.send(row), ["created"])
        self.assertTrue(phone.row(row).is_chain_broken)

    def test_till_of_yesterday_first(self):
        now = fields.Datetime.now()
        with freeze_time(now - timedelta(days=1)):
            phone = Phone(self, self.collector)
            phone.send(phone.record(self.points[0]))
            phone.round.sudo()._close_round()
        with self.assertRaisesRegex(UserError, "still open"):
            Phone(self, self.collector)
        self.company.lgo_collector_overnight = True
        Phone(self, self.collector)

    def test_till_waits_for_the_phone(self):
        phone = Phone(self, self.collector)
        phone.send(phone.record(self.points[0]))
        till = phone.round.session_id.with_user(self.collector)
        with self.assertRaisesRegex(UserError, "End the round"):
            till.action_close()
        phone.round.sudo()._close_round()
        till.count_ids.filtered(lambda one: one.value == 100).quantity = 1
        till.count_ids.filtered(lambda one: one.value == 20).quantity = 1
        till.action_close()
        till.action_remit()
        self.assertEqual((till.difference, till.state), (0.0, "remitted"))
        self.assertEqual(till.remittance_id.with_user(self.collector).amount, 120.0)

    def test_no_number_after_its_fiscal_year(self):
        with freeze_time("2027-09-30 12:00:00"):
            phone = Phone(self, self.collector)
            self.assertEqual(phone.pack["validUntil"], 1822323600000)  # 1 October 0:00, Bangkok
            old = phone.round.sudo().entry_ids
            self.company.lgo_collector_overnight = True
        with freeze_time("2027-10-01 01:00:00"):
            phone.load()
            self.assertEqual(set(old.mapped("state")), {"void"})
            self.assertEqual(phone.numbers[0], 1)

    def test_places_are_forgotten(self):
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0], place=[18.7, 98.9])
        phone.send(row)
        rows = self.env["lgo.waste.collection"]
        rows._gc_places()
        self.assertEqual(phone.row(row).latitude, 18.7)
        with freeze_time(fields.Datetime.now() + timedelta(days=91)):
            rows._gc_places()
        self.assertEqual((phone.row(row).latitude, phone.row(row).longitude), (0.0, 0.0))

    def test_rows_that_are_none(self):
        phone = Phone(self, self.collector)
        good = phone.record(self.points[0])
        bad = [
            None, 7, [], {}, good | {"uuid": "x"}, good | {"amount": -1},
            good | {"amount": 10**12}, good | {"amount": 40.005}, good | {"amount": True},
            good | {"amount": good["amount"] + 1}, good | {"bills": []}, good | {"receipt": 0},
            good | {"bills": good["bills"] * 2}, good | {"at": 10**15}, good | {"seq": 0},
            good | {"account": "1' OR 1=1"}, good | {"note": "a" * 201}, good | {"note": "\x00"},
            good | {"reason": "drop"}, good | {"kind": "refund"}, good | {"hash": "ๆ" * 64},
        ]  # fmt: skip
        self.assertEqual(phone.send(*bad), ["refused"] * len(bad))
        self.assertFalse(phone.round.collection_ids)
        for place in ("x", [1], [1e9, 1], [True, 1], {"a": 1}):
            self.assertIsNone(wire.parse(good | {"place": place}).place)
        self.assertEqual(phone.send(good), ["created"])

    def test_collectors_see_their_own(self):
        phone = Phone(self, self.collector)
        row = phone.record(self.points[0])
        phone.send(row)
        other = new_test_user(
            self.env, "waste_collector2", groups="lgo_waste.group_collector",
            company_id=self.company.id, company_ids=[fields.Command.set(self.company.ids)],
        )  # fmt: skip
        for model in ("lgo.waste.round", "lgo.waste.collection", "lgo.receipt", "lgo.cash.session"):
            records = self.env[model]
            domain = [("company_id", "=", self.company.id)]
            self.assertTrue(records.with_user(self.collector).search(domain), model)
            self.assertFalse(records.with_user(other).search(domain), model)
        with self.assertRaises(AccessError):
            phone.round.with_user(self.collector).write({"state": "closed"})
        with self.assertRaises(AccessError):
            phone.row(row).with_user(self.finance).write({"amount": 1})
        with self.assertRaises(AccessError):
            phone.round.with_user(self.collector).device  # noqa: B018 (reading is the test)


@tagged("post_install", "-at_install")
class TestCollectPages(CollectorCase, HttpCase):
    def ask(self, what, **params):
        return self.make_jsonrpc_request(f"/collect/{what}", params)

    def sign_in(self, user):
        user.sudo().password = user.login
        self.authenticate(user.login, user.login)

    def test_way_of_a_phone(self):
        self.sign_in(self.collector)
        page = self.url_open("/collect")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.collector.name, page.text, "the phone keeps the page")
        worker = self.url_open("/collect/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/collect")
        self.assertEqual(self.url_open("/collect/app.webmanifest").json()["scope"], "/collect")
        pack = self.ask("package", device=DEVICE)["package"]
        self.assertIn("error", self.ask("package", device="<script>"))
        self.assertIn("error", self.ask("package", device="1" + DEVICE[1:]))
        answer = self.ask("sync", device=DEVICE, round=pack["round"], rows=[1], now=0)
        self.assertEqual([row["status"] for row in answer["results"]], ["refused"])
        self.assertEqual(self.ask("close", device=DEVICE, round=pack["round"]), {"closed": True})

    def test_round_of_another(self):
        phone = Phone(self, self.collector)
        number = phone.pack["round"]
        other = new_test_user(
            self.env, "waste_collector2", groups="lgo_waste.group_collector",
            company_id=self.company.id, company_ids=[fields.Command.set(self.company.ids)],
        )  # fmt: skip
        self.sign_in(other)
        row = phone.record(self.points[0])
        for device in (DEVICE, "x", None, ""):
            for asked in (number, -1, 0, 2**40, True, "1", None):
                answer = self.ask("sync", device=device, round=asked, rows=[row], now=0)
                self.assertEqual(list(answer), ["error"])
                self.assertEqual(list(self.ask("close", device=device, round=asked)), ["error"])
        self.assertFalse(phone.round.collection_ids)
        self.assertEqual(phone.round.state, "open")

    @mute_logger("odoo.http")
    def test_without_signing_in(self):
        self.assertIn("/web/login", self.url_open("/collect").url)
        with self.assertRaises(Exception):  # noqa: B017 (whatever the answer is, no package)
            self.ask("package", device=DEVICE)

    def test_others_go_back_to_the_office(self):
        self.sign_in(self.finance)
        self.assertNotIn(
            "/collect", self.url_open("/collect", allow_redirects=False).headers["Location"]
        )
        self.assertIn("error", self.ask("package", device=DEVICE))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.lgo_base.tools import tracking

from ..models import lgo_oss_ticket
from ..tools import voice
from .common import MORNING, QueueCase


@tagged("post_install", "-at_install")
class TestQueue(QueueCase):
    """Each rule of the line, with a clock that stands still."""

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(MORNING))

    def _later(self, minutes):
        self.clock.tick(timedelta(minutes=minutes))

    def _call_order(self, counter, count):
        """Numbers in the order in which they are called, each served at once."""
        names = []
        for _turn in range(count):
            counter.action_call_next()
            names.append(counter.sudo()._current().name)
            counter.action_serve()
        return names

    # ------------------------------------------------------------ numbers
    def test_numbers_by_group_and_day(self):
        names = [self._issue().name for _i in range(3)] + [self._issue(self.other).name]
        self.assertEqual(names, ["A001", "A002", "A003", "B001"])
        # 23 November 23:59:30 and 24 November 00:00:30 in Bangkok
        self.clock.move_to(MORNING.replace(hour=16, minute=59, second=30))
        self.assertEqual(self._issue().name, "A004")
        self.clock.move_to(MORNING.replace(hour=17, minute=0, second=30))
        ticket = self._issue()
        self.assertEqual((ticket.name, str(ticket.day), ticket.hour), ("A001", "2026-11-24", 0))

    def test_number_above_999(self):
        ticket = self._issue()
        ticket.write({"number": 999})
        self.assertEqual(self._issue().name, "A1000")

    def test_same_form_twice_is_one_ticket(self):
        first = self._issue(key="k" * 20)
        self.assertEqual(self._issue(key="k" * 20), first)
        self.assertEqual(self._issue(key="l" * 20).name, "A002")

    def test_letter_is_one_capital(self):
        for bad in ("a", "1", "ก", "", "-"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._make_group(bad, "x").flush_recordset()

    # ------------------------------------------------------------ order
    def test_first_come_first_served(self):
        for _i in range(3):
            self._issue()
            self._later(1)
        self.one.action_sit()
        self.assertEqual(self._call_order(self.one, 3), ["A001", "A002", "A003"])

    def test_priority_goes_first_within_its_head_start(self):
        self._issue()  # A001 10:00
        self._later(31)
        self._issue()  # A002 10:31
        self._issue(priority=self.elderly)  # A003, counts as 10:01
        self.one.action_sit()
        self.assertEqual(self._call_order(self.one, 3), ["A001", "A003", "A002"])

    def test_nobody_starves_behind_priorities(self):
        self.group.guard_minutes = 20
        self._issue()  # A001, an ordinary person
        self.one.action_sit()
        order = []
        for _turn in range(6):
            self._issue(priority=self.elderly)
            order += self._call_order(self.one, 1)
            self._later(8)
        # passed over for the first time at 10:00; from 10:20 on no priority goes before
        self.assertEqual(order, ["A002", "A003", "A004", "A001", "A005", "A006"])

    def test_appointment_at_its_time(self):
        slot = fields.Datetime.now() + timedelta(minutes=20)  # 10:20, tolerance 10
        self._issue(slot=slot, origin="appointment")  # A001
        for _i in range(3):
            self._issue()
        self.one.action_sit()
        self.assertEqual(self._call_order(self.one, 1), ["A002"], "10:00 is too early")
        self._later(10)
        self.assertEqual(self._call_order(self.one, 2), ["A001", "A003"])
        ticket = self.env["lgo.oss.ticket"].search([("name", "=", "A001")], limit=1)
        self.assertEqual(ticket.wait_minutes, 0, "called before its time: no wait")

    def test_late_for_the_appointment_waits_with_the_others(self):
        slot = fields.Datetime.now()
        self._issue()
        self._later(11)
        late = self._issue(slot=slot, origin="appointment")
        self.assertFalse(late.appointment_at)
        self.one.action_sit()
        self.assertEqual(self._call_order(self.one, 2), ["A001", "A002"])

    def test_counter_calls_only_its_lines(self):
        self._issue(self.other)
        self.one.action_sit()
        panel = self.one.action_call_next()
        self.assertFalse(panel["ticket"])
        self.assertTrue(panel["message"], "an empty line is a friendly sentence")
        self.two.action_sit()
        self.assertEqual(self._call_order(self.two, 1), ["B001"])

    # ------------------------------------------------------------ steps and times
    def test_times_are_measured(self):
        ticket = self._issue()
        self.one.action_sit()
        self._later(18)
        self.one.action_call_next()
        self.assertEqual((ticket.wait_minutes, ticket.is_late), (18, True))
        self._later(2)
        self.one.action_serve()
        self._later(7)
        panel = self.one.action_done()
        self.assertEqual((ticket.state, ticket.service_minutes), ("done", 7))
        self.assertEqual((ticket.counter_id, ticket.user_id), (self.counters[0], self.clerk))
        self.assertFalse(panel["ticket"])

    def test_next_ends_the_service_but_not_a_call(self):
        first, second = self._issue(), self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        with self.assertRaisesRegex(UserError, "A001"):
            self.one.action_call_next()
        self.one.action_serve()
        self.one.action_call_next()
        self.assertEqual((first.state, second.state), ("done", "called"))

    def test_recall_has_a_limit(self):
        self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        for _i in range(3):
            self.one.action_recall()
        with self.assertRaises(UserError):
            self.one.action_recall()
        self.assertEqual(self.one.action_panel()["ticket"]["calls_left"], 0)

    def test_absent_and_back(self):
        ticket = self._issue()
        self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        panel = self.one.action_no_show()
        self.assertEqual((ticket.state, panel["absent"][0]["name"]), ("no_show", "A001"))
        self.one.action_undo_no_show(ticket.id)
        self.assertEqual(self._call_order(self.one, 1), ["A001"])
        self.one.action_done()
        self.one.action_call_next()
        ticket = self.env["lgo.oss.ticket"].search([("name", "=", "A002")], limit=1)
        self.one.action_no_show()
        self._later(31)
        with self.assertRaises(UserError):
            self.one.action_undo_no_show(ticket.id)

    def test_transfer_keeps_number_and_arrival_and_goes_first(self):
        ticket = self._issue()
        waiting = self._issue(self.other)
        self._later(5)
        self.one.action_sit()
        self.one.action_call_next()
        self.one.action_serve()
        self._later(3)
        self.one.action_transfer(self.other.id)
        self.assertEqual((ticket.state, ticket.service_minutes), ("transferred", 3))
        self.two.action_sit()
        self.assertEqual(self._call_order(self.two, 1), ["A001"])
        going_on = ticket._last()
        self.assertEqual(going_on.issued_at, ticket.issued_at)
        self.assertEqual((going_on.group_id, going_on.wait_minutes), (self.other, 0))
        self.assertEqual(self.env["lgo.oss.ticket"]._by_token(ticket.token)._last(), going_on)
        self.assertEqual(waiting.state, "waiting")

    def test_transfer_to_one_counter(self):
        self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        self.one.action_transfer(self.other.id, self.counters[2].id)
        self.two.action_sit()
        self.assertFalse(self.two.action_call_next()["ticket"], "kept for counter 3")
        self.two.action_leave()
        three = self.counters[2].with_user(self.clerk2)
        three.action_sit()
        self.assertEqual(self._call_order(three, 1), ["A001"])
        with self.assertRaises(UserError):
            three.action_transfer(self.group.id, self.counters[2].id)

    def test_pause_and_leave(self):
        self._issue()
        self.one.action_sit()
        self.one.action_pause()
        with self.assertRaises(UserError):
            self.one.action_call_next()
        self.one.action_pause()
        self.one.action_call_next()
        with self.assertRaises(UserError):
            self.one.action_leave()
        self.one.action_done()
        self.one.action_leave()
        self.assertEqual(
            (self.counters[0].state, bool(self.counters[0].user_id)), ("closed", False)
        )

    def test_seat_is_taken(self):
        self.one.action_sit()
        with self.assertRaises(UserError):
            self.counters[0].with_user(self.clerk2).action_sit()
        with self.assertRaises(UserError):
            self.counters[0].with_user(self.clerk2).action_call_next()
        # the same officer moves: the first counter is closed
        self.counters[1].with_user(self.clerk).action_sit()
        self.assertEqual(self.counters[0].state, "closed")

    def test_end_of_day(self):
        waiting = self._issue()
        called = self._issue(self.other)
        self.two.action_sit()
        self.two.action_call_next()
        self.clock.move_to(MORNING.replace(hour=17, minute=5))
        logs = self.env["lgo.audit.log"].search_count([("action", "=", "queue.close_day")])
        self.env["lgo.oss.ticket"]._close_days_before(self.group._today())
        self.assertEqual(set((waiting | called).mapped("state")), {"closed"})
        self.assertEqual(
            self.env["lgo.audit.log"].search_count([("action", "=", "queue.close_day")]), logs + 1
        )
        today = self._issue()
        self.env["lgo.oss.ticket"]._close_days_before(self.group._today())
        self.assertEqual(today.state, "waiting")

    # ------------------------------------------------------------ forgetting
    def test_persons_are_forgotten_in_batches(self):
        """After the days of the setting only the times and "with priority" remain."""
        self.company.lgo_queue_person_days = 7
        citizen = self.env["res.partner"].create({"name": "สมหญิง ใจดี"})
        old = self._issue(priority=self.elderly) | self._issue() | self._issue()
        old[:2].partner_id = citizen
        fresh = self._issue(priority=self.elderly)
        self.env.cr.execute(
            "UPDATE lgo_oss_ticket SET day = day - 8 WHERE id IN %s", [tuple(old.ids)]
        )
        self.env.cr.execute(
            "UPDATE lgo_oss_ticket SET day = day - 7 WHERE id IN %s", [tuple(fresh.ids)]
        )
        self.env.invalidate_all()
        told, times = [], iter([0, 60, 60])

        def progress(_cron, processed=0, *, remaining=None, **_kwargs):
            told.append((processed, remaining))
            return next(times)

        self.patch(type(self.env["ir.cron"]), "_commit_progress", progress)
        self.patch(lgo_oss_ticket, "FORGET_BATCH", 1)
        self.env["lgo.oss.ticket"]._cron_forget_people()
        self.assertEqual(told, [(1, 1)], "stopped after the first batch")
        self.assertTrue(old[1].partner_id)
        self.env["lgo.oss.ticket"]._cron_forget_people()
        self.assertEqual(told[1:], [(1, 0)])
        self.assertFalse(old.partner_id or old.priority_id)
        self.assertEqual(old.mapped("has_priority"), [True, False, False])
        self.assertTrue(all(old.mapped("issued_at")))
        self.assertTrue(fresh.priority_id and fresh.has_priority, "not old enough")

    # ------------------------------------------------------------ what people see
    def test_expected_wait_is_measured(self):
        self.assertIsNone(self.group._expected_wait(2), "nothing measured, nothing promised")
        self.one.action_sit()
        for minutes in (2, 4, 30):
            self._issue()
            self.one.action_call_next()
            self.one.action_serve()
            self._later(minutes)
            self.one.action_done()
        self.assertEqual(self.group._expected_wait(2), 8)
        self.two.action_sit()
        self.assertEqual(self.group._expected_wait(2), 4, "two open counters")

    def test_phone_page_values(self):
        first, second = self._issue(), self._issue()
        self.assertEqual(second._follow_values()["ahead"], 1)
        self.one.action_sit()
        self.one.action_call_next()
        self.assertEqual(second._follow_values()["ahead"], 0)
        values = first._follow_values()
        self.assertEqual((values["state"], values["counter"]), ("called", 1))

    def test_voice(self):
        self.assertEqual(
            voice.announcement("A012", 3), "ขอเชิญหมายเลข เอ ศูนย์ หนึ่ง สอง ที่ช่องบริการ สาม ค่ะ"
        )
        self.assertEqual(voice.spell("Z905"), "แซด เก้า ศูนย์ ห้า")
        self.assertEqual(voice.announcement("B100", 12).split("ที่ช่องบริการ ")[1], "หนึ่ง สอง ค่ะ")

    def test_board_shows_no_names(self):
        ticket = self._issue()
        ticket.partner_id = self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        self.one.action_sit()
        self.one.action_call_next()
        state = self.board._board_state()
        self.assertEqual([(c["name"], c["counter"]) for c in state["calls"]], [("A001", 1)])
        self.assertNotIn("สมชาย", str(state))
        self.assertNotIn(ticket.token, str(state))

    # ------------------------------------------------------------ cases
    def test_case_is_tied_to_the_ticket(self):
        ticket = self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        action = self.one.action_open_case()
        self.assertEqual(ticket.state, "serving")
        context = {**action["context"], "default_service_id": False}
        service = self.env["lgo.service"].create(
            {
                "code": "QTEST",
                "name": "แจ้งซ่อมทดสอบ",
                "kind": "complaint",
                "company_id": self.company.id,
            }
        )
        case = (
            self.env["lgo.oss.request"]
            .with_user(self.clerk)
            .with_context(**context)
            .create(
                {
                    "service_id": service.id,
                    "company_id": self.company.id,
                    "applicant_name": "สมชาย ใจดี",
                    "description": "ไฟดับ",
                }
            )
        )
        self.assertEqual((ticket.res_model, ticket.res_id), (case._name, case.id))
        self.assertEqual(self.one.action_open_case()["res_id"], case.id)

    def test_case_of_another_officer_is_not_tied(self):
        ticket = self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        case = self.env["lgo.oss.request"]
        self.env["lgo.oss.ticket"].with_user(self.clerk2)._link_case(ticket.id, case)
        self.assertFalse(ticket.res_id)

    def test_case_is_tied_by_its_whole_number(self):
        ticket = self._issue()
        self.one.action_sit()
        self.one.action_call_next()
        own = {"company_id": self.company.id}
        service = self.env["lgo.service"].create({"code": "QUEUE9", "name": "ทดสอบคิว", **own})
        case = self.env["lgo.oss.request"].create(
            {
                "service_id": service.id,
                "applicant_name": "สมชาย ใจดี",
                "description": "ไฟดับ",
                **own,
            }
        )
        number = tracking.make("TST", "6911", "QUEUE9", 7)
        case._from_machine().sudo().write({"name": number, "state": "submitted"})
        for wrong in ("%", case.name.replace("-", "_")[:-1] + "%", case.name[:-2], "", False):
            with self.assertRaises(UserError):
                self.one.action_link_case(wrong)
        self.one.action_link_case(f" {case.name.lower()} ")
        self.assertEqual((ticket.res_model, ticket.res_id), (case._name, case.id))

    # ------------------------------------------------------------ hours
    def test_hours(self):
        self.group.always_open = False
        self.assertTrue(self.group._is_open(), "Monday 10:00")
        self.clock.move_to(MORNING.replace(hour=14))
        self.assertFalse(self.group._is_open(), "Monday 21:00")
        self.clock.move_to(MORNING - timedelta(days=1))
        self.assertFalse(self.group._is_open(), "Sunday")
        self.clock.move_to(MORNING)
        self.env["lgo.holiday"].create(
            {
                "name": "วันหยุดทดสอบ",
                "date": "2026-11-23",
                "scope": "local",
                "company_id": self.company.id,
                "state": "confirmed",
            }
        )
        self.assertFalse(self.group._is_open(), "a holiday")

    def test_line_needs_few_queries(self):
        for _i in range(30):
            self._issue(priority=self.elderly if _i % 3 else None)
        self.one.action_sit()
        self.one.action_call_next()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self.one.action_panel()

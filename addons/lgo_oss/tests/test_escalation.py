# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .test_work import WorkCase

#: A case of 10 days accepted on 5 October is due at the end of 15 October.
START = "2026-10-05 03:00:00"
BEFORE = "2026-10-12 03:00:00"  # 66 %
AMBER = "2026-10-13 12:00:00"  # 79 %
LATE = "2026-10-16 03:00:00"  # over, less than three days
LATER = "2026-10-19 03:00:00"


@tagged("post_install", "-at_install")
class TestEscalation(WorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._make_service("TEST6", time_limit=10)
        cls.top = cls._make_user("work_top", "lgo_base.group_executive", cls.other_unit)
        with freeze_time(START):
            cls.case = cls._make_case(user_id=cls.officer.id)
            cls.case._transition("accept")
        cls.clock = cls.case.clock_ids.filtered(lambda clock: clock.kind == "decision")

    def setUp(self):
        super().setUp()
        self.env["lgo.post"].search([]).active = False
        self.top_post, self.top_holder = self._post(self.top, kind="top_officer")
        self.mayor_post, self.mayor_holder = self._post(self.mayor, kind="executive")

    def _escalate(self, moment):
        with freeze_time(moment):
            rows = self.env["lgo.case.escalation"]._escalate(self.clock, self._now())
            self.env.flush_all()
        return rows

    @staticmethod
    def _now():
        from odoo import fields

        return fields.Datetime.now()

    def _tasks(self):
        kind = self.env.ref("lgo_base.mail_activity_type_escalation")
        return self.case.sudo().activity_ids.filtered(lambda task: task.activity_type_id == kind)

    def test_rung_by_rung_and_once(self):
        self.assertFalse(self._escalate(BEFORE))
        self.assertEqual(self._escalate(AMBER).user_id, self.officer + self.head)
        self.assertFalse(self._escalate(AMBER), "once, however often the job runs")
        self.assertEqual(self._escalate(LATE).user_id, self.top)
        self.assertEqual(self._escalate(LATER).user_id, self.mayor)
        self.assertFalse(self._escalate("2026-12-01 03:00:00"))
        self.assertEqual(self._tasks().user_id, self.officer + self.head + self.top + self.mayor)
        notes = self.env["mail.message"].search(
            [("model", "=", self.case._name), ("res_id", "=", self.case.id)]
        )
        self.assertIn(self.top.partner_id, notes.partner_ids)
        self.assertFalse(
            self.case.event_ids.filtered(lambda event: event.code == "escalate" and event.public)
        )

    def test_late_job_tells_all_rungs_at_once(self):
        self.assertEqual(len(self._escalate(LATER)), 4)

    def test_acting_holder_at_that_moment(self):
        self._post(self.auditor, deputises_id=self.top_post.id, kind="deputy")
        self._away(self.top_holder)
        self._escalate(AMBER)
        self.assertEqual(self._escalate(LATE).user_id, self.auditor)

    def test_vacant_rung_waits_for_a_holder(self):
        self.top_holder.date_to = "2026-01-01"
        self._escalate(AMBER)
        self.assertFalse(self._escalate(LATE))
        self.top_holder.date_to = False
        self.assertEqual(self._escalate(LATE).user_id, self.top)

    def test_one_person_on_two_rungs_hears_it_once(self):
        self.case.user_id = self.head
        self._escalate(AMBER)
        self.assertEqual(len(self._tasks()), 1)

    def test_stops_when_decided(self):
        self._escalate(AMBER)
        self.case.outcome = "ซ่อมแล้ว"
        with freeze_time(AMBER):
            self.case._transition("resolve")
        self.assertFalse(self._tasks())
        self.assertFalse(self._escalate(LATER))

    def test_paused_clock_rests(self):
        law = self.case.law_version_id
        law.write({"wait_pauses_clock": True, "wait_legal_reference": "ม. 9"})
        with freeze_time(BEFORE):
            self.case._wait_for("การไฟฟ้า")
        self.assertFalse(self._escalate(LATER))

    def test_rungs_of_service_and_law(self):
        Rung = self.env["lgo.case.escalation.rung"]
        Rung.create(
            {"name": "ก", "percent": 50, "role": "unit_head",
             "law_version_id": self.case.law_version_id.id}
        )  # fmt: skip
        self.assertEqual(self._escalate(BEFORE).user_id, self.head)
        Rung.create(
            {"name": "ข", "percent": 60, "role": "post", "post_id": self.mayor_post.id,
             "service_id": self.service.id}
        )  # fmt: skip
        self.assertEqual(self._escalate(BEFORE).user_id, self.mayor)
        for values in ({"role": "post"}, {"role": "post_kind"}):
            with self.assertRaises(ValidationError):
                Rung.create({"name": "x", "percent": 10, **values})

    def test_job_survives_a_kill_and_a_broken_case(self):
        Escalation = self.env["lgo.case.escalation"]
        with freeze_time(START):
            other = self._make_case(user_id=self.officer.id)
            other._transition("accept")
        with freeze_time(AMBER):
            found = Escalation._candidates(self._now())
            self.assertLessEqual({self.clock.id, other.clock_ids[-1:].id}, set(found.ids))
        job = self.env.ref("lgo_base.ir_cron_escalate")
        real = type(Escalation)._escalate

        def broken(model, clock, now):
            if clock.res_id == self.case.id:
                raise ValueError("broken")
            return real(model, clock, now)

        with freeze_time(AMBER):
            with (
                patch.object(type(Escalation), "_escalate", broken),
                self.enter_registry_test_mode(),
                self.assertLogs("odoo.addons.lgo_base.models.lgo_case_escalation", "ERROR"),
            ):
                job.method_direct_trigger()
            self.assertFalse(Escalation.search([("res_id", "=", self.case.id)]))
            self.assertEqual(len(Escalation.search([("res_id", "=", other.id)])), 2)
        with freeze_time(AMBER), self.enter_registry_test_mode():
            job.method_direct_trigger()
            job.method_direct_trigger()
        self.assertEqual(len(Escalation.search([("res_id", "=", self.case.id)])), 2)
        self.assertEqual(len(Escalation.search([("res_id", "=", other.id)])), 2)

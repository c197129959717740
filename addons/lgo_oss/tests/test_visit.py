# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import vobject
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_work import WorkCase


@tagged("post_install", "-at_install")
class TestVisit(WorkCase):
    def setUp(self):
        super().setUp()
        self.case = self._accepted(
            user_id=self.officer.id, applicant_email="somying@example.com", location_text="หน้าวัด"
        )

    def _visit(self, user=None, **values):
        return (
            self.env["lgo.case.visit"]
            .with_user(user or self.officer)
            .create(
                {
                    "res_model": self.case._name,
                    "res_id": self.case.id,
                    "start": "2099-01-05 03:00:00",
                    "stop": "2099-01-05 04:00:00",
                    "place": "หน้าวัด",
                    "officer_ids": [Command.set(self.officer.ids)],
                    **values,
                }
            )
        )

    def _public(self):
        return self.case.event_ids.filtered(
            lambda event: event.public and event.code.startswith("visit")
        )

    def _mails(self):
        return self.env["lgo.notification"].search(
            [("res_id", "=", self.case.id), ("template_id.code", "=", "case_visit")]
        )

    def test_citizen_is_told_with_a_calendar_file(self):
        visit = self._visit()
        self.assertIn("5 มกราคม 2642 เวลา 10.00 น.", self._public().text)
        mail = self._mails()
        self.assertIn("10.00", mail.body)
        file = mail.mail_id.attachment_ids
        self.assertEqual(file.mimetype, "text/calendar")
        event = vobject.readOne(file.raw.decode()).vevent
        self.assertEqual(str(event.dtstart.value), "2099-01-05 03:00:00+00:00")
        self.assertEqual((event.status.value, event.sequence.value), ("CONFIRMED", "0"))
        visit.write({"start": "2099-01-06 03:00:00", "stop": "2099-01-06 04:00:00"})
        event = vobject.readOne(self._mails()[0].mail_id.attachment_ids.raw.decode()).vevent
        self.assertEqual(event.sequence.value, "1")
        self.assertIn(f"lgo-visit-{visit.id}@", event.uid.value)
        self.assertEqual(self._public().mapped("code"), ["visit_plan", "visit_move"])
        visit.write({"start": "2099-01-06 03:00:00"})
        self.assertEqual(len(self._mails()), 2, "nothing moved: nobody is told")

    def test_conflicts_are_said_not_forbidden(self):
        self._visit()
        second = self._visit(
            start="2099-01-05 03:30:00",
            stop="2099-01-05 05:00:00",
            officer_ids=[Command.set((self.officer + self.colleague).ids)],
        )
        self.assertIn(self.officer.name, second.conflict)
        self.assertNotIn(self.colleague.name, second.conflict)
        after = self._visit(start="2099-01-05 05:00:00", stop="2099-01-05 06:00:00")
        self.assertFalse(after.conflict)
        _post, holder = self._post(self.officer)
        self.env["lgo.post.absence"].create(
            {"holder_id": holder.id, "date_from": "2099-01-05", "date_to": "2099-01-06"}
        )
        after.invalidate_recordset()
        self.assertIn(self.officer.name, after.conflict)

    def test_results(self):
        visit = self._visit()
        with self.assertRaises(ValidationError):
            visit.action_done()
        visit.result = "เจ้าของบ้านเมา <b>"
        visit.action_done()
        self.assertEqual(visit.state, "done")
        with self.assertRaises(UserError):
            visit.write({"start": "2099-01-07 03:00:00"})
        with self.assertRaises(UserError):
            visit.action_not_met()
        self.assertNotIn("เมา", " ".join(self._public().mapped("text")))
        missed = self._visit()
        missed.action_not_met()
        cancelled = self._visit()
        cancelled.action_cancel()
        file = self._mails()[0].mail_id.attachment_ids
        self.assertEqual(vobject.readOne(file.raw.decode()).method.value, "CANCEL")
        self.assertEqual((missed.state, cancelled.state), ("not_met", "cancelled"))

    def test_hostile(self):
        for values in (
            {"stop": "2099-01-05 03:00:00"},
            {"stop": "2099-01-04 03:00:00"},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._visit(**values).flush_recordset()
        with self.assertRaises(AccessError):
            self._visit(state="done")
        with self.assertRaises(AccessError):
            self._visit().write({"state": "done"})
        for user in (self.stranger, self.mayor, self.auditor, self.citizen):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._visit(user=user)
        with self.assertRaises(UserError):
            self._visit().unlink()
        self.case.outcome = "เสร็จ"
        self.case._transition("resolve")
        self.case._transition("complete")
        with self.assertRaises(UserError):
            self._visit()

    def test_list_queries_do_not_grow(self):
        visits = self.env["lgo.case.visit"]
        for day in range(10, 16):
            visits |= self._visit(start=f"2099-01-{day} 03:00:00", stop=f"2099-01-{day} 04:00:00")
        spec = {
            "start": {}, "case_name": {}, "place": {}, "state": {},
            "officer_ids": {"fields": {"display_name": {}}},
        }  # fmt: skip
        self._web_read_queries(visits, spec)
        few, many = (self._web_read_queries(rows, spec) for rows in (visits[:2], visits))
        self.assertEqual(few, many)

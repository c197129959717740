# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import pikepdf

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests import pdf_text

from .common import WasteCase


@tagged("post_install", "-at_install")
class TestPrint(WasteCase):
    """The papers of a run, in the order in which somebody carries them."""

    def setUp(self):
        super().setUp()
        # the second house of the route comes first: somebody walks by the place, not by the number
        self.points = [
            self._point("11", route_sequence=3),
            self._point("12", route_sequence=1),
            self._point("13", route_sequence=2),
            self._point("21", zone_id=self.zone2.id, route_id=self.route2.id),
            self._point("31", route_id=False),
        ]
        self.run_ = self._bill_all(self._new_run())

    def _jobs(self):
        self.run_.action_print()
        return self.env["lgo.waste.print"].search([("run_id", "=", self.run_.id)])

    def _numbers(self, job):
        """Bill numbers on the pages, in order."""
        text = pdf_text.text(base64.b64decode(job.file))
        found = [(text.index(bill.number), bill.number) for bill in self._bills(job)]
        return [number for _place, number in sorted(found)]

    def _bills(self, job):
        return self.env["lgo.payment.bill"].browse(job.bill_ids)

    def test_one_paper_a_route(self):
        jobs = self._jobs()
        self.assertEqual(jobs.route_id, self.route | self.route2)
        self.assertEqual(sorted(jobs.mapped("total_count")), [1, 1, 3])
        job = jobs.filtered(lambda one: one.route_id == self.route)
        steps = 0
        while job.sudo().state == "waiting":
            self.assertTrue(job.sudo()._step(2))
            steps += 1
        self.assertEqual((steps, job.done_count, job.progress), (2, 3, 100.0))
        houses = [self._bills(job)[i].account_id.house for i in range(3)]
        self.assertEqual(houses, ["12", "13", "11"])
        self.assertEqual(self._numbers(job), self._bills(job).mapped("number"))
        with pikepdf.open(io.BytesIO(base64.b64decode(job.file))) as pdf:
            self.assertEqual(len(pdf.pages), 3)
        parts = self.env["ir.attachment"].search(
            [("res_model", "=", job._name), ("res_id", "=", job.id), ("res_field", "=", False)]
        )
        self.assertFalse(parts, "the parts are gone when the paper is there")
        self.assertFalse(job.sudo()._step(), "what is done is not printed again")

    def test_asked_twice(self):
        self.assertEqual(self._jobs(), self._jobs())

    def test_cancelled_bills_are_left_out(self):
        jobs = self._jobs()
        job = jobs.filtered(lambda one: one.route_id == self.route)
        self._bills(job)[0].sudo()._close("cancelled", self.run_.date)
        job.sudo()._step()
        self.assertEqual(self._numbers_of_pages(job), 2)

    def _numbers_of_pages(self, job):
        with pikepdf.open(io.BytesIO(base64.b64decode(job.file))) as pdf:
            return len(pdf.pages)

    def test_not_before_the_run_is_done(self):
        run = self._new_run(month=self.run_.period_from)
        with self.assertRaises(UserError):
            run.action_print()

    def test_rights(self):
        jobs = self._jobs()
        self.assertTrue(jobs.with_user(self.registrar).read(["file_name"]))
        for user in (self.collector, self.cashier, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                jobs.with_user(user).read(["state"])
        with self.assertRaises(AccessError):
            self.run_.with_user(self.registrar).action_print()
        with self.assertRaises(AccessError):
            jobs.with_user(self.finance).write({"state": "done"})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from urllib.parse import urlencode

from freezegun import freeze_time

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_oss_queue.tests.common import QueueCommon

from .common import TODAY, StatisticCase, StatisticCommon


@tagged("post_install", "-at_install")
class TestSurvey(StatisticCase):
    """What a response holds, and that it leads to nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Response = cls.env["lgo.oss.survey.response"]
        cls.parts = cls.env["lgo.oss.survey.question"]._current(cls.company, date(2026, 11, 25))
        cls.questions = [row for part in cls.parts for row in part[2]]
        cls.case = cls._case_of("2026-03-02", "2026-03-05")

    def _answer(self, case, *points):
        scores = dict(zip([question.id for question in self.questions], points, strict=False))
        return self.Response._submit(case, {"comment": ""}, scores)

    def test_four_parts(self):
        self.assertEqual([part[0] for part in self.parts], ["process", "staff", "venue", "way"])

    @freeze_time(TODAY)
    def test_response_leads_nowhere(self):
        response = self._answer(self.case, 5, 4, 3)
        values = response.read()[0]
        self.assertEqual(values["month"], date(2026, 11, 1))
        self.assertEqual((values["score_sum"], values["score_count"]), (12, 3))
        self.assertEqual(response.service_id, self.service)
        self.assertFalse({"create_date", "create_uid", "write_date", "res_id"} & values.keys())
        spent = self.env["lgo.oss.survey.spent"]
        self.assertEqual(set(spent._fields) - {"display_name"}, {"id"})
        sums = self._sums_of(date(2026, 11, 1), service_id=self.service.id)
        self.assertEqual((sums["responses"], sums["score_sum"], sums["score_count"]), (1, 12, 3))
        self.assertEqual(str(self.Statistic._kpis(sums)["satisfaction"]), "80.0")

    def test_once(self):
        self._answer(self.case, 5)
        self.assertFalse(self.case._survey_open())
        with self.assertRaises(UserError):
            self._answer(self.case, 1)
        self.assertEqual(self.Response.search_count([("service_id", "=", self.service.id)]), 1)
        # a ticket or complaint with the same number is another one
        self.assertTrue(self._case_of("2026-03-02", "2026-03-05")._survey_open())

    def test_not_before_the_end_nor_for_restricted(self):
        self.assertFalse(self._case_of("2026-03-02")._survey_open())
        secret = self._secret()
        secret._from_machine().sudo().write({"state": "closed"})
        self.assertFalse(secret._survey_open())

    def test_questions_by_date(self):
        question = self.questions[0]
        question.date_to = "2026-11-30"
        Question = self.env["lgo.oss.survey.question"]
        for day, wanted in ((date(2026, 11, 30), True), (date(2026, 12, 1), False)):
            asked = [row.id for part in Question._current(self.company, day) for row in part[2]]
            self.assertEqual(question.id in asked, wanted)

    def test_answered_question_keeps_its_words(self):
        self._answer(self.case, 5)
        with self.assertRaises(ValidationError):
            self.questions[0].name = "อย่างอื่น"
        self.questions[0].date_to = "2026-12-31"

    def test_hostile_forms(self):
        name = f"q{self.questions[0].id}"
        for value, error in (
            ("6", True), ("0", True), ("-1", True), ("5; DROP", True), ("๕", True), ("5", False),
        ):  # fmt: skip
            _values, scores, errors = self.Response._clean_form({name: value}, self.parts)
            self.assertEqual(bool(errors), error, value)
            self.assertEqual(bool(scores), not error)
        values, _scores, errors = self.Response._clean_form(
            {"gender": "<b>", "age_band": "x", "comment": "\x00" + "ก็😀" * 5000}, self.parts
        )
        self.assertIn("", errors)
        self.assertEqual((values["gender"], values["age_band"]), (False, False))
        self.assertEqual(len(values["comment"]), 2000)

    def test_rights(self):
        response = self._answer(self.case, 5)
        for user in (self.mayor, self.auditor):
            self.assertTrue(response.with_user(user).read(["comment"]))
            with self.assertRaises(AccessError):
                response.with_user(user).write({"comment": "x"})
        for user in (self.officer, self.head, self.clerk, self.citizen):
            with self.assertRaises(AccessError):
                response.with_user(user).read(["comment"])
        with self.assertRaises(AccessError):
            self.env["lgo.oss.survey.spent"].with_user(self.admin).search([])


@tagged("post_install", "-at_install")
class TestSurveyHttp(StatisticCommon, HttpCase):
    """The pages, as citizen, neighbour, officer and stranger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_statistics()
        cls.case = cls._case_of("2026-03-02", "2026-03-05", partner_id=cls.citizen.partner_id.id)
        cls.url = f"/survey/case/1/{cls.case.id}"
        cls.token = cls.case.sudo().access_token

    def _count(self):
        return self.env["lgo.oss.survey.response"].search_count(
            [("service_id", "=", self.service.id)]
        )

    def _send(self, url, **form):
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        token = http.Request.csrf_token(self)
        return self.url_open(url, data={"csrf_token": token, **form})

    def test_by_link_once(self):
        self.authenticate(None, None)
        question = self.env["lgo.oss.survey.question"].search([], limit=1)
        url = f"{self.url}?access_token={self.token}"
        empty = self._send(url)
        self.assertEqual(empty.status_code, 400)
        done = self._send(url, **{f"q{question.id}": "4", "gender": "female"})
        self.assertEqual(done.status_code, 200)
        self.assertEqual(self._count(), 1)
        again = self._send(url, **{f"q{question.id}": "1"})
        self.assertEqual(again.status_code, 200)
        self.assertEqual(self._count(), 1)
        self.assertIn("no-store", done.headers["Cache-Control"])

    @mute_logger("odoo.http")
    def test_strangers(self):
        for login, url in (
            (None, self.url),
            (None, f"{self.url}?access_token=guess"),
            ("oss_neighbour", self.url),
            ("oss_mayor", self.url),
            (None, "/survey/case/9/1"),
            (None, "/survey/ticket/guess"),
            (None, "/survey/tablet/guess"),
        ):
            with self.subTest(f"{login} {url}"):
                self.authenticate(login, login)
                page = self.url_open(url, allow_redirects=False)
                self.assertIn(page.status_code, (302, 303, 403, 404))
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self.url_open(self.url).status_code, 200)


@tagged("post_install", "-at_install")
class TestSurveyTicket(QueueCommon, HttpCase):
    """By the slip and on the tablet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_queue()

    def test_ticket_and_tablet(self):
        self.authenticate(None, None)
        ticket = self._issue()
        url = f"/survey/ticket/{ticket.sudo().token}"
        self.assertNotIn('type="radio"', self.url_open(url).text)
        ticket.write({"state": "done"})
        self.env.flush_all()
        self.assertIn('type="radio"', self.url_open(url).text)
        tablet = f"/survey/tablet/{self.kiosk.token}"
        self.assertEqual(self.url_open(tablet).status_code, 200)
        self.assertIn('type="radio"', self.url_open(f"{tablet}?number=a-001").text)
        for number in ("A002", "%", "' OR 1=1", "ก" * 50):
            self.assertNotIn(
                'type="radio"', self.url_open(f"{tablet}?{urlencode({'number': number})}").text
            )
        question = self.env["lgo.oss.survey.question"].search([], limit=1)
        self.url_open(
            f"{tablet}/A001",
            data={"csrf_token": http.Request.csrf_token(self), f"q{question.id}": "5"},
        )
        [response] = self.env["lgo.oss.survey.response"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual((response.channel, response.score_sum), ("counter", 5))
        self.assertNotIn('type="radio"', self.url_open(url).text)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import date

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import TODAY, StatisticCase, StatisticCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDashboard(StatisticCase):
    """Each role sees its own work and the figures it may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Dashboard = cls.env["lgo.oss.dashboard"]
        cls._case_of("2026-11-02", due="2026-11-25", user_id=cls.officer.id)
        cls._case_of("2026-11-03", due="2026-11-20", user_id=cls.officer.id)
        cls._case_of("2026-11-03", due="2026-12-20", user_id=cls.head.id)
        for case in cls.env["lgo.oss.request"].search(
            [("user_id", "in", (cls.officer | cls.head).ids)]
        ):
            case._from_machine().sudo().write({"state": "accepted"})

    def _of(self, user, year=2570):
        return self.Dashboard.with_user(user).action_dashboard(year)

    def _work(self, user):
        return {card["code"]: card["value"] for card in self._of(user)["work"]}

    def _figure(self, user, code):
        return next(
            figure["value"] for figure in self._of(user)["figures"] if figure["code"] == code
        )

    def test_own_work(self):
        work = self._work(self.officer)
        self.assertEqual((work["today"], work["late_mine"], work["week"]), (1, 1, 1))
        self.assertNotIn("open", work)
        work = self._work(self.head)
        self.assertEqual((work["today"], work["late_mine"]), (0, 0))
        self.assertEqual((work["open"], work["late"]), (3, 1))
        self.assertEqual(self._work(self.stranger)["waiting"], 0)

    def test_cards_lead_to_the_cases(self):
        for user in (self.officer, self.head, self.clerk, self.mayor):
            for card in self._of(user)["work"]:
                found = self.env["lgo.case.register"].with_user(user).search_count(card["domain"])
                self.assertEqual(found, card["value"], card["code"])

    def test_figures_by_unit(self):
        self.assertEqual(self._figure(self.head, "received"), "3")
        self.assertEqual(self._figure(self.stranger, "received"), "0")
        self.assertGreaterEqual(int(self._figure(self.mayor, "received").replace(",", "")), 3)

    def test_year(self):
        self.assertEqual(self._of(self.head, 2569)["year"], 2569)
        for wrong in ("x", -1, 0, 10**9, None, [2569]):
            self.assertEqual(self._of(self.head, wrong)["year"], 2570)

    def test_citizens_get_nothing(self):
        with self.assertRaises(AccessError):
            self._of(self.citizen)

    def test_survey_points_of_few_are_hidden_from_officers(self):
        self.env["lgo.oss.survey.response"].sudo().create(
            {
                "company_id": self.company.id,
                "month": "2026-11-01",
                "service_id": self.service.id,
                "unit_id": self.unit.id,
                "score_sum": 1,
                "score_count": 1,
            }
        )
        self.assertEqual(self._figure(self.head, "satisfaction"), "–")
        self.assertEqual(self._figure(self.mayor, "satisfaction"), "20.0")
        with self.assertRaises(AccessError):
            self.env["lgo.oss.statistic"].with_user(self.head).search([]).read(["score_sum"])

    # ------------------------------------------------------------ workbook
    def _book(self, user, **values):
        name, content = self.env["lgo.oss.workbook"].with_user(user)._make(2570, **values)
        cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        return name, cached, formulas

    def test_workbook(self):
        self.service.with_context(lang="th_TH").name = "=1+1"
        self._case_of("2026-10-05", "2026-10-06", "2026-10-09", channel="web")
        before = self.env["lgo.audit.log"].search_count([("action", "=", "export")])
        name, cached, formulas = self._book(self.head)
        self.assertEqual(name, "statistics-2570.xlsx")
        self.assertEqual(
            cached.sheetnames,
            ["จำแนกตามเดือน", "จำแนกตามบริการ", "จำแนกตามหน่วยงาน", "จำแนกตามช่องทาง"],
        )
        self.assertEqual(
            self.env["lgo.audit.log"].search_count([("action", "=", "export")]), before + 1
        )
        sheet, formula = cached["จำแนกตามเดือน"], formulas["จำแนกตามเดือน"]
        self.assertEqual(sheet["A6"].value, "ตุลาคม 2569")
        self.assertIn("2570", sheet["A2"].value)
        self.assertEqual((sheet["B6"].value, sheet["B7"].value), (1, 3))
        self.assertEqual(formula["B18"].value, "=SUM(B6:B17)")
        self.assertEqual(sheet["B18"].value, 4)
        self.assertEqual(sheet["D18"].value, 25)
        self.assertEqual((sheet["H6"].value, sheet["I6"].value, sheet["J6"].value), (1, 100, 1))
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(str(sheet.print_title_rows), "$5:$5")
        # a name that looks like a formula is text
        cell = formulas["จำแนกตามบริการ"]["A6"]
        self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))

    def test_workbook_of_a_month(self):
        name, cached, _formulas = self._book(self.mayor, month=date(2026, 11, 1))
        self.assertEqual(name, "statistics-2569-11.xlsx")
        self.assertIn("พฤศจิกายน", cached.worksheets[0]["A2"].value)
        self.assertEqual(len(cached.sheetnames), 3)

    def test_workbook_is_for_heads_and_up(self):
        for user in (self.officer, self.citizen):
            with self.assertRaises(AccessError):
                self.env["lgo.oss.workbook"].with_user(user)._make(2570)

    def test_dashboard_queries(self):
        self._of(self.head)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self._of(self.head)


@tagged("post_install", "-at_install")
class TestWorkbookHttp(StatisticCommon, HttpCase):
    """The download."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_statistics()

    def test_download(self):
        self.authenticate("oss_head", "oss_head")
        for query in ("", "?year=2569", "?year=2569&month=3", "?year=x&month=99", "?month=๓"):
            answer = self.url_open(f"/lgo/statistics/workbook{query}")
            self.assertEqual(answer.status_code, 200, query)
            self.assertTrue(answer.content.startswith(b"PK"))
        self.authenticate("oss_officer", "oss_officer")
        self.assertEqual(self.url_open("/lgo/statistics/workbook").status_code, 403)
        self.authenticate(None, None)
        answer = self.url_open("/lgo/statistics/workbook", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

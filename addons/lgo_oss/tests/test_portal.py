# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo import fields
from odoo.tests import tagged

from odoo.addons.lgo_oss.controllers.tracking import PER_CASE

from .test_filing_http import FilingHttpCase
from .test_leaks import http_csrf

PHONE = "5678"


@tagged("post_install", "-at_install")
class TestTrackAnswer(FilingHttpCase):
    """What number and phone show, and what a guest who has lost the link may do with them."""

    def _resolved(self, **values):
        case = self._make_case(**values)
        case._transition("accept")
        case._transition("start")
        case.outcome = "คุณสมศรี เปลี่ยนหลอดแล้ว"
        case._transition("resolve")
        self.assertEqual(case.state, "resolved")
        return case

    def _post(self, path, case, phone=PHONE, **values):
        data = {"number": case.name, "phone": phone, "csrf_token": http_csrf(self), **values}
        return self.url_open(path, data=data)

    def test_last_lines_due_date_and_result_without_names(self):
        case = self._resolved()
        for number in range(6):
            self.env["lgo.case.event"]._add(
                case, "test", f"บรรทัดที่ {number}", public=True, note="ลับของสมชาย"
            )
        self.env["lgo.case.event"]._add(case, "test", "ภายในเท่านั้น", public=False)
        text = self._post("/track", case).text
        page = html.fromstring(text)
        lines = page.xpath("//ol[contains(@class, 'lgo_timeline')]/li")
        self.assertEqual(len(lines), 5)
        for hidden in ("ลับของสมชาย", "ภายในเท่านั้น", "คุณสมศรี", "สมหญิง", "081"):
            self.assertNotIn(hidden, text)
        self.assertIn(case.state_public, text)

    def test_the_result_carries_the_day_in_bangkok(self):
        case = self._resolved()
        case._from_machine().decided_at = "2026-11-25 17:30:00"
        page = html.fromstring(self._post("/track", case).text)
        result = page.xpath("//section//p[strong]")[0].text_content()
        self.assertIn("26 พฤศจิกายน 2569", result)

    def test_a_guest_confirms(self):
        case = self._resolved()
        page = html.fromstring(self._post("/track", case).text)
        codes = page.xpath("//form[@action='/track/confirm']//input[@name='code']/@value")
        self.assertTrue(set(codes) <= {"confirm", "complete"})
        self.assertTrue(codes)
        self.assertEqual(
            self._post("/track/confirm", case, phone="0000", code=codes[0]).status_code, 404
        )
        self.assertEqual(case.state, "resolved")
        self.assertEqual(self._post("/track/confirm", case, code="withdraw").status_code, 400)
        self.assertEqual(self._post("/track/confirm", case, code=codes[0]).status_code, 200)
        case.invalidate_recordset()
        self.assertNotEqual(case.state, "resolved")
        self.assertEqual(self._post("/track/confirm", case, code=codes[0]).status_code, 400)

    def test_a_guest_rates_once(self):
        case = self._resolved()
        self.assertEqual(self._post("/track/rate", case, rating="6").status_code, 400)
        self.assertEqual(
            self._post("/track/rate", case, rating="4", feedback="<b>ดี").status_code, 200
        )
        self.assertEqual(case._citizen_rating().rating, 4)
        self.assertEqual(self._post("/track/rate", case, rating="1").status_code, 400)
        case._citizen_rating().invalidate_recordset()
        self.assertEqual(case._citizen_rating().rating, 4)

    def test_acting_is_limited(self):
        case = self._resolved()
        codes = [
            self._post("/track/rate", case, rating="0").status_code
            for _number in range(PER_CASE.count + 1)
        ]
        self.assertEqual(codes, [400] * PER_CASE.count + [429])

    def test_who_has_an_account_signs_in_to_act(self):
        case = self._resolved(partner_id=self.citizen.partner_id.id)
        text = self._post("/track", case).text
        self.assertNotIn("/track/confirm", text)
        self.assertNotIn("/track/rate", text)
        self.assertEqual(self._post("/track/rate", case, rating="5").status_code, 400)
        self.assertFalse(case._citizen_rating())


@tagged("post_install", "-at_install")
class TestOwnPages(FilingHttpCase):
    """Two citizens: each finds the own papers and nothing of the other."""

    def test_own_documents(self):
        mine = self._make_case(partner_id=self.citizen.partner_id.id)
        other = self._make_case(partner_id=self.neighbour.partner_id.id)
        for case in (mine, other):
            self.assertTrue(case._issued_documents(), "the receipt of the request")
        self.authenticate("oss_citizen", "oss_citizen")
        page = self.url_open("/my/documents")
        self.assertEqual(page.status_code, 200)
        links = html.fromstring(page.text).xpath("//a[contains(@class, 'lgo_case_row')]/@href")
        self.assertTrue(links)
        for link in links:
            self.assertTrue(link.startswith(mine.access_url + "/"), link)
            response = self.url_open(link)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
        paper = other._issued_documents()[:1]
        self.assertEqual(self.url_open(f"{other.access_url}/paper/{paper.id}").status_code, 404)

    def test_own_cases(self):
        """Each line tells service, number, day in Bangkok and the state in the citizen's words."""
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        other = self._make_case(partner_id=self.citizen.partner_id.id)
        self._make_case(partner_id=self.neighbour.partner_id.id)
        other._transition("accept")
        case._from_machine().submitted_at = "2026-11-23 17:30:00"
        other._from_machine().submitted_at = "2026-11-25 03:00:00"
        self.authenticate("oss_citizen", "oss_citizen")
        page = html.fromstring(self.url_open("/my/cases").text)
        rows = page.xpath("//a[contains(@class, 'lgo_case_row')]")
        self.assertEqual(
            [row.get("href") for row in rows], [other.access_url, case.access_url], "newest first"
        )
        for row, shown, day in zip(
            rows, (other, case), ("25 พ.ย. 2569", "24 พ.ย. 2569"), strict=True
        ):
            text = " ".join(row.text_content().split())
            self.assertEqual(text, f"{self.service.name} {shown.name} · {day} {shown.state_public}")

    def test_empty_pages(self):
        self.authenticate("oss_neighbour", "oss_neighbour")
        for path in ("/my", "/my/documents", "/my/bills", "/my/appointments", "/my/cases"):
            self.assertEqual(self.url_open(path).status_code, 200, path)
        self.assertIn("lgo_empty", self.url_open("/my/bills").text)

    def test_bills_of_add_ons(self):
        bill = {
            "title": "ค่าขยะ <b>", "number": "1/2569", "date": fields.Date.today(),
            "due": fields.Date.today(), "amount": 40.0, "currency": self.env.company.currency_id,
            "paid": False, "state": "ยังไม่ชำระ", "url": "/my/bills/1",
        }  # fmt: skip
        self.patch(self.env.registry["res.partner"], "_lgo_my_bills", lambda partner: [bill])
        self.authenticate("oss_citizen", "oss_citizen")
        page = html.fromstring(self.url_open("/my/bills").text)
        row = page.xpath("//a[contains(@class, 'lgo_case_row')]")[0]
        self.assertEqual(row.get("href"), "/my/bills/1")
        self.assertIn("ค่าขยะ <b>", row.text_content())
        self.assertIn("40.00", row.text_content())


@tagged("post_install", "-at_install")
class TestSentAgain(FilingHttpCase):
    """A phone that did not get the answer sends the same form hours later."""

    def test_filed_once_after_hours(self):
        form = self._form()
        self.assertEqual(self._file(form=form).status_code, 200)
        case = self._cases()
        self.env.cr.execute(
            "UPDATE lgo_oss_request SET create_date = create_date - interval '3 d' WHERE id = %s",
            [case.id],
        )
        response = self._file(form={**form, "csrf_token": self._form()["csrf_token"]})
        self.assertIn(case.name, response.text)
        self.assertEqual(self._cases(), case)

    def test_the_form_says_who_fills_it(self):
        def who():
            page = html.fromstring(self.url_open("/services/TEST1/request").text)
            return page.xpath("//form[@data-offline]/@data-offline")

        self.assertEqual(who(), ["0"])
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(who(), [str(self.citizen.id)])

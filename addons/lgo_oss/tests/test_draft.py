# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_filing_http import FilingHttpCase, jpeg


@tagged("post_install", "-at_install")
class TestDraft(FilingHttpCase):
    """A form that is begun, kept, opened again, sent once, and forgotten in time."""

    def _drafts(self):
        return self.env["lgo.oss.draft"].search([("service_id", "=", self.service.id)])

    def _begin(self, files=None, **changes):
        return self._file(files, save_draft="1", privacy_shown=None, **changes)

    def _page_form(self, response):
        page = html.fromstring(response.text)
        form = page.xpath("//form[contains(@class,'lgo_request_form')]")[0]
        values = {
            field.get("name"): field.get("value") or ""
            for field in form.xpath(".//input")
            if field.get("type") in ("hidden", "text", "tel", "email")
        }
        chosen = form.xpath(".//input[@name='answer_kind'][@checked]/@value")
        values["answer_kind"] = chosen[0] if chosen else ""
        values["description"] = form.xpath(".//textarea[@name='description']")[0].text_content()
        return values

    def test_guest_keeps_a_draft_and_files_it_once(self):
        self.service.needs_location = True
        photo = {self._document_field(): ("ไฟ.jpg", jpeg(), "image/jpeg")}
        saved = self._begin(
            photo, applicant_email="guest@example.com", description="ไฟดับ 🏮", latitude="17.1",
            longitude="102.5", answer_count="๓",
        )  # fmt: skip
        self.assertEqual(saved.status_code, 200, saved.text[:500])
        self.assertFalse(self._cases(), "a draft is no case")
        draft = self._drafts()
        self.assertEqual(len(draft), 1)
        self.assertIn(draft.access_token, saved.url)
        self.assertIn("noindex", saved.headers["X-Robots-Tag"])
        mail = self.env["lgo.notification"].search([("res_model", "=", "lgo.oss.draft")])
        self.assertEqual(mail.email, "guest@example.com")
        self.assertIn(draft.access_token, mail.body)
        values = self._page_form(saved)
        self.assertEqual(
            [values[name] for name in ("description", "latitude", "answer_kind", "answer_count")],
            ["ไฟดับ 🏮", "17.1", "off", "๓"],
        )
        self.assertIn("ไฟ.jpg", saved.text)
        book = [("res_model", "=", "lgo.oss.draft")]
        self.assertFalse(self.env["lgo.register.entry"].search(book), "a draft takes no number")
        # two tabs send the same draft
        first = self._file(form=values, description=values["description"], answer_count="๓")
        second = self._file(form=values, description=values["description"], answer_count="๓")
        case = self._cases()
        self.assertEqual(len(case), 1)
        self.assertEqual(first.url, second.url)
        self.assertEqual(case.document_ids.state, "received")
        self.assertEqual(case.document_ids.attachment_ids.res_id, case.id)
        self.assertEqual((case.latitude, dict(case.answers)["count"]), (17.1, 3))
        self.assertFalse(self._drafts())
        self.assertEqual(self.url_open(saved.url).status_code, 404)

    def test_a_sent_draft_is_not_filed_again_later(self):
        values = self._page_form(self._begin())
        self._file(form=values)
        # a phone that was without a signal may send it again for days: it leads to the one case
        self.assertEqual(self._file(form=values).status_code, 200)
        self.assertEqual(len(self._cases()), 1)
        self.env.cr.execute("UPDATE lgo_oss_request SET create_date = create_date - interval '9d'")
        late = self._file(form=values)
        self.assertEqual(late.status_code, 410)
        self.assertEqual(len(self._cases()), 1)

    def test_saved_again_and_files_taken_away(self):
        field = self._document_field()
        values = self._page_form(self._begin({field: ("1.jpg", jpeg(), "image/jpeg")}))
        file = self.env["ir.attachment"].search([("res_model", "=", "lgo.oss.draft")])
        self.assertEqual(len(file), 1)
        other = self.env["ir.attachment"].create({"name": "ของผู้อื่น", "raw": b"x"})
        answer = self.url_open(
            "/services/TEST1/request",
            data=[*values.items(), ("save_draft", "1"), ("drop_file", str(file.id)),
                  ("drop_file", str(other.id))],
            files={field: ("2.jpg", jpeg(), "image/jpeg")},
        )  # fmt: skip
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(self._drafts()), 1)
        self.assertFalse(file.exists())
        self.assertTrue(other.exists())
        self.assertIn("2.jpg", answer.text)
        self.assertNotIn("1.jpg", answer.text)

    def test_bad_files_and_long_text_keep_nothing(self):
        field = self._document_field()
        for files, changes in (
            ({field: ("a.jpg", b"MZ" + b"\0" * 99, "image/jpeg")}, {}),
            ([(field, (f"{n}.jpg", jpeg(), "image/jpeg")) for n in range(4)], {}),
            (None, {"description": "ก" * 4001}),
            (None, {f"answer_x{n}": "ก" * 4000 for n in range(30)}),
        ):
            with self.subTest(changes=list(changes), files=bool(files)):
                self.assertEqual(self._begin(files, **changes).status_code, 400)
                self.assertFalse(self._drafts())

    def test_two_citizens(self):
        self.authenticate("oss_citizen", "oss_citizen")
        url = self._begin().url
        draft = self._drafts()
        self.assertEqual(draft.partner_id, self.citizen.partner_id)
        self.assertIn(draft.access_token, self.url_open("/my/cases").text)
        form = self._form()
        for login in ("oss_neighbour", None):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)
            self.assertNotIn(draft.access_token, self.url_open("/my/cases").text)
            forged = {**(self._form() if login else form), "draft": draft.access_token}
            self._file(form=forged, save_draft="1")
            self.assertEqual(draft.content["description"], ["ไฟดับหน้าวัด"])
            self.assertEqual(self._drafts() - draft, self.env["lgo.oss.draft"])
        Draft = self.env["lgo.oss.draft"]
        mine, other = Draft.with_user(self.citizen), Draft.with_user(self.neighbour)
        self.assertEqual((mine.search_count([]), other.search_count([])), (1, 0))
        with self.assertRaises(AccessError):
            draft.with_user(self.neighbour).read(["service_id"])
        for user in (self.citizen, self.clerk, self.mayor):
            with self.assertRaises(AccessError):
                draft.with_user(user).read(["content"])
        with self.assertRaises(AccessError):
            draft.with_user(self.citizen).write({"date_expires": fields.Datetime.now()})

    def test_delete_needs_post(self):
        url = self._begin().url.split("?")[0]
        token = html.fromstring(self.url_open(url).text).xpath("//input[@name='csrf_token']/@value")
        self.assertIn(self.url_open(f"{url}/delete").status_code, (404, 405))
        self.assertTrue(self._drafts())
        self.url_open(f"{url}/delete", data={"csrf_token": token[0]})
        self.assertFalse(self._drafts())

    def test_time_takes_drafts_and_their_files_away(self):
        self.company.lgo_draft_days = 3
        url = self._begin({self._document_field(): ("1.jpg", jpeg(), "image/jpeg")}).url
        draft = self._drafts()
        kept = draft.date_expires - fields.Datetime.now()
        self.assertAlmostEqual(kept / timedelta(days=1), 3, delta=0.1)
        file = self.env["ir.attachment"].search([("res_model", "=", "lgo.oss.draft")])
        self.env["lgo.oss.draft"]._gc_expired()
        self.assertTrue(draft.exists())
        values = self._page_form(self.url_open(url))
        draft.date_expires = fields.Datetime.now()
        self.assertEqual(self.url_open(url).status_code, 404)
        self.env["lgo.oss.draft"]._gc_expired()
        self.assertFalse(draft.exists() or file.exists())
        # what is still open in the browser is not filed without its photos in silence
        late = self._file(form=values)
        self.assertEqual(late.status_code, 410)
        self.assertFalse(self._cases())
        self.assertEqual(self._file(form=self._page_form(late)).status_code, 200)
        self.assertEqual(len(self._cases()), 1)

    def test_no_more_than_twenty(self):
        self.authenticate("oss_citizen", "oss_citizen")
        for _number in range(20):
            self.env["lgo.oss.draft"]._keep(
                self.env["lgo.oss.draft"], self.service, self.citizen.partner_id, {}, None
            )
        self.assertEqual(self._begin().status_code, 400)

    def test_sent_at_night_says_when_it_counts(self):
        """Act B.E. 2565 s.10: Saturday 20:00 counts from Monday 08:30."""
        case = self._make_case(channel="web")
        with freeze_time("2026-11-28 13:00:00"):
            self.env.cr._now = None
            night = self._make_case(channel="web")
        page = self.url_open(f"{night.access_url}?access_token={night.access_token}&thanks=1").text
        self.assertIn("30 พฤศจิกายน 2569 08.30", page)
        html_text = (
            self.env["ir.actions.report"]
            ._render_qweb_html("lgo_base.report_case_acknowledgement", night.ids)[0]
            .decode()
        )
        self.assertIn("๓๐ พฤศจิกายน ๒๕๖๙ เวลา ๐๘.๓๐ น.", html_text)
        self.assertEqual(
            case._received_later(), not case.company_id._lgo_is_open(case.submitted_at)
        )


@tagged("post_install", "-at_install")
class TestAgent(FilingHttpCase):
    """Somebody files for somebody else, by power of attorney."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service.kind = "request"

    def _power(self):
        return {"attorney": ("มอบอำนาจ.jpg", jpeg(), "image/jpeg")}

    def test_agent_files_and_the_office_checks(self):
        self.authenticate("oss_citizen", "oss_citizen")
        self._file(self._power(), principal_name="มานี มีนา", agent_valid_to="31/12/2599")
        case = self._cases()
        self.assertEqual(case.applicant_name, "มานี มีนา")
        self.assertEqual(case.agent_name, "สมชาย ใจดี")
        self.assertEqual(case.agent_partner_id, self.citizen.partner_id)
        self.assertFalse(case.partner_id)
        self.assertEqual(str(case.agent_valid_to), "2056-12-31")
        line = case.document_ids.filtered("is_attorney")
        self.assertEqual((line.state, len(line.attachment_ids)), ("received", 1))
        self.assertIn(case.name, self.url_open("/my/cases").text)
        paper = (
            self.env["ir.actions.report"]
            ._render_qweb_html("lgo_base.report_case_acknowledgement", case.ids)[0]
            .decode()
        )
        self.assertIn("มานี มีนา โดย สมชาย ใจดี ผู้รับมอบอำนาจ", paper)
        clerk_case = case.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "มานี"):
            clerk_case._transition("accept")
        principal = self.env["res.partner"].create({"name": "มานี มีนา", "lgo_kind": "citizen"})
        clerk_case.partner_id = principal
        with self.assertRaisesRegex(UserError, "สมหญิง"):
            clerk_case._transition("accept")
        self.assertEqual(case.state, "submitted")
        action = clerk_case.action_record_attorney()
        power = self.env["lgo.power.attorney"].with_user(self.clerk).browse(action["res_id"])
        self.assertTrue(power.document)
        self.assertEqual(clerk_case.action_record_attorney()["res_id"], power.id)
        power.action_confirm()
        self.assertEqual(clerk_case.attorney_id, power)
        clerk_case._transition("accept")
        self.assertEqual(case.state, "accepted")

    def test_power_of_attorney_is_needed_and_in_force(self):
        for files, changes, field in (
            (None, {}, "attorney_error"),
            (self._power(), {"agent_valid_to": "31/12/2560"}, "agent_valid_to_error"),
            (self._power(), {"agent_valid_to": "เมื่อไรก็ได้"}, "agent_valid_to_error"),
            ({"attorney": ("x.exe", b"MZ" * 99, "application/pdf")}, {}, "attorney_error"),
        ):
            with self.subTest(field=field, changes=changes):
                response = self._file(files, principal_name="มานี มีนา", **changes)
                self.assertEqual(response.status_code, 400)
                self.assertIn(field, self._errors(response))
                self.assertFalse(self._cases())

    def test_who_files_for_oneself_sees_no_agent(self):
        self._file()
        case = self._cases()
        self.assertFalse(case._has_agent())
        self.assertFalse(case.document_ids.filtered("is_attorney"))

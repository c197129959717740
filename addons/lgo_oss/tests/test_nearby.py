# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.tests import tagged

from .common import OssCase
from .test_filing_http import FilingHttpCase

HERE = (17.4000000, 102.8000000)


@tagged("post_install", "-at_install")
class TestNearby(OssCase):
    def test_the_clerk_is_told(self):
        case = self._make_case(latitude=HERE[0], longitude=HERE[1])
        second = self._make_case(submit=False, latitude=HERE[0] + 0.0004, longitude=HERE[1])
        message = second.with_user(self.clerk)._onchange_place()["warning"]["message"]
        self.assertIn(case.name, message)
        self.assertIn("44", message)
        self.assertIsNone(case.with_user(self.clerk)._onchange_place())

    def test_edges_of_the_world_do_not_fail(self):
        Request = self.env["lgo.oss.request"]
        for latitude, longitude in ((90, 180), (-90, -180), (89.9999999, 0), (1e-7, 0), (0, 0)):
            place = {"latitude": latitude, "longitude": longitude}
            self.assertFalse(Request._nearby_for_citizen(self.service, place))


@tagged("post_install", "-at_install")
class TestNearbyOnTheWeb(FilingHttpCase):
    def setUp(self):
        super().setUp()
        self.case = self._make_case(
            latitude=HERE[0], longitude=HERE[1], applicant_name="มานะ ความลับ", description="ลับมาก"
        )
        self.place = {"latitude": str(HERE[0] + 0.0001), "longitude": str(HERE[1])}

    def _followers(self):
        return self.env["lgo.oss.follower"].search([("res_id", "=", self.case.id)])

    def test_hint_shows_nobody_and_citizen_files_anyway(self):
        form = self._form()
        hint = self._file(form=form, **self.place)
        self.assertEqual(len(self._cases()), 1)
        self.assertIn("lgo_nearby", hint.text)
        for secret in ("มานะ", "ลับมาก", "5678<", self.case.name, self.case.access_token):
            self.assertNotIn(secret, hint.text)
        self._file(form=form, file_anyway="1", **self.place)
        self.assertEqual(len(self._cases()), 2)

    def test_leak_distance_tells_where_the_reporter_lives(self):
        """From three places with their distances the house is found; so none is told."""
        Request = self.env["lgo.oss.request"]
        pages = set()
        for step in range(-20, 21, 4):
            place = {"latitude": HERE[0] + step * 0.00001, "longitude": HERE[1] - step * 0.00001}
            self.assertEqual(Request._nearby_for_citizen(self.service, place), self.case)
            if step in (-20, 20):
                form = {name: str(value) for name, value in place.items()}
                page = html.fromstring(self._file(**form).content)
                pages.add(
                    " ".join(
                        page.xpath("//section[hasclass('lgo_nearby')]")[0].text_content().split()
                    )
                )
        self.assertEqual(len(pages), 1, "the same words from each place")

    def test_citizen_follows(self):
        form = self._form()
        page = self._file(
            form=form, follow=str(self.case.id), applicant_email="n@example.com", **self.place
        )
        self.assertEqual(len(self._cases()), 1)
        self.assertIn("/follow/", page.url)
        for secret in ("มานะ", "ลับมาก", self.case.access_token):
            self.assertNotIn(secret, page.text)
        follower = self._followers()
        self.assertEqual(follower.email, "n@example.com")
        self.assertEqual(self.case.with_user(self.clerk).follower_count, 1)
        self._file(
            form=form, follow=str(self.case.id), applicant_email="n@example.com", **self.place
        )
        self.assertEqual(self._followers(), follower, "followed once")
        self.case._transition("reject", reason="ความลับของมานะ")
        mail = self.env["lgo.notification"].search([("template_id.code", "=", "case_follow")])
        self.assertEqual(mail.email, "n@example.com")
        self.assertNotIn("มานะ", mail.body)
        self.assertNotIn("มานะ", self.url_open(page.url).text)

    def test_only_what_is_near_can_be_followed(self):
        other = self._make_case()
        for forged in (str(other.id), "x", "-1", "9" * 40):
            self._file(follow=forged, **self.place)
        self.assertFalse(self.env["lgo.oss.follower"].search([]))
        self.assertEqual(len(self._cases()), 2)
        for token in ("x", "x" * 32, "ก" * 30):
            self.assertEqual(self.url_open(f"/follow/{token}").status_code, 404)

    def test_signed_in_citizen_finds_what_is_followed(self):
        self.authenticate("oss_citizen", "oss_citizen")
        self._file(follow=str(self.case.id), **self.place)
        url = self._followers()._url()
        self.assertIn(url, self.url_open("/my/cases").text)
        self.authenticate("oss_neighbour", "oss_neighbour")
        page = html.fromstring(self.url_open("/my/cases").text)
        self.assertFalse(page.xpath(f"//a[@href='{url}']"))
        Follower = self.env["lgo.oss.follower"].with_user(self.neighbour)
        self.assertEqual(Follower.search_count([]), 0)

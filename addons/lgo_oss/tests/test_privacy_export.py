# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import json
import os
import zipfile
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools.personal_data import archive_name

from .common import OssCommon


class ExportCommon(OssCommon):
    @classmethod
    def _set_up_export(cls):
        cls._set_up_oss()
        cls.privacy = new_test_user(
            cls.env, "export_dpo", groups="lgo_base.group_privacy_officer", password="x" * 12
        )
        cls.me, cls.other = cls.citizen.partner_id, cls.neighbour.partner_id
        cls.me.email = "somying@example.com"
        cls.case = cls._make_case(
            partner_id=cls.me.id,
            agent_name="ลับลม ตัวแทน",
            description="<script>alert(1)</script> ไฟดับ",
        )
        cls.foreign = cls._make_case(
            partner_id=cls.other.id, agent_partner_id=cls.me.id, description="ความลับของเพื่อนบ้าน"
        )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "../../etc/ภาพถ่าย.png",
                "raw": b"PHOTO",
                "res_model": cls.case._name,
                "res_id": cls.case.id,
            }
        )
        cls.case.document_ids[:1].attachment_ids = cls.file

    def _build(self, partner=None, online=True):
        export = self.env["lgo.privacy.export"]._order_export(
            partner or self.me, self.company, online=online
        )
        export._build()
        return export

    def _archive(self, export):
        return zipfile.ZipFile(io.BytesIO(export._content_attachment().raw))


@tagged("post_install", "-at_install")
class TestPrivacyExport(ExportCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_export()

    def test_what_is_in_it(self):
        archive = self._archive(self._build())
        index = archive.read("index.html").decode()
        data = json.loads(archive.read("data.json"))
        for text in (self.case.name, self.foreign.name, "somying@example.com", "อาการ", "ดับ"):
            self.assertIn(text, index)
        case = data["data"]["lgo.oss.request"]["records"][0]
        self.assertEqual(case["name"], self.case.name)
        self.assertTrue(case["submitted_at"].endswith("Z"))
        self.assertNotIn("<script>", index, "HTML is shown as typed")
        self.assertIn("&lt;script&gt;", index)

    def test_third_persons_are_masked(self):
        archive = self._archive(self._build())
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(
            errors="ignore"
        )
        for secret in ("ความลับของเพื่อนบ้าน", "มานะ ใกล้กัน", "ตัวแทน", self.clerk.name):
            self.assertNotIn(secret, everything)

    def test_names_lead_nowhere_else(self):
        archive = self._archive(self._build())
        names = archive.namelist()
        photos = [name for name in names if name.startswith("files/")]
        self.assertEqual(len(photos), 1)
        self.assertEqual(archive.read(photos[0]), b"PHOTO")
        self.assertTrue(any(name.startswith("papers/") for name in names), "issued papers")
        for name in names:
            self.assertFalse(name.startswith(("/", "..")) or "../" in name or "\x00" in name)
        for hostile in (
            "../../x",
            "/etc/passwd",
            "a\\..\\b.txt",
            "",
            None,
            "..",
            "ก" * 500,
            "\u202egpj",
        ):
            name = archive_name(1, hostile, "image/png")
            self.assertNotIn("/", name)
            self.assertNotIn("\\", name)
            self.assertTrue(name.startswith("0001_"))
            self.assertTrue(name.endswith(".png"))
            self.assertLessEqual(len(name.encode()), 160)

    def test_a_copy_of_another_person_is_another_copy(self):
        index = self._archive(self._build(self.other)).read("index.html").decode()
        self.assertIn("ความลับของเพื่อนบ้าน", index)
        self.assertNotIn(self.case.name, index)

    def test_expiry_and_lost_files(self):
        path = self.file._full_path(self.file.store_fname)
        with patch.object(
            os.path, "isfile", lambda name, real=os.path.isfile: name != path and real(name)
        ):
            export = self._build()
        self.assertFalse([n for n in self._archive(export).namelist() if n.startswith("files/")])
        export.expires_at = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        self.assertFalse(export._is_available())
        self.env["lgo.privacy.export"]._expire()
        self.assertEqual(export.state, "expired")
        self.assertFalse(export._content_attachment())

    def test_the_job_goes_on_and_reports_failures(self):
        Export = self.env["lgo.privacy.export"]
        good = Export._order_export(self.me, self.company)
        self.assertEqual(Export._order_export(self.me, self.company), good, "one at a time")
        good.write({"state": "running", "progress": 40})
        cron = self.env.ref("lgo_base.ir_cron_privacy_export")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual((good.state, good.progress), ("done", 100))

    def test_who_orders_and_takes_it(self):
        request = self.env["lgo.privacy.request"].create(
            {"partner_id": self.me.id, "type": "access", "identity_check": "card"}
        )
        asked = request.with_user(self.privacy)
        with self.assertRaises(UserError):
            asked.action_make_export()
        asked.action_verify()
        asked.action_make_export()
        export = request.export_ids
        export._build()
        self.assertFalse(export._opens_for(self.citizen, export.token), "before the answer")
        asked.action_answer()
        self.assertTrue(export._opens_for(self.citizen, export.token))
        self.assertFalse(export._opens_for(self.neighbour, export.token))
        for token in ("", None, "x", export.token[:-1], 7):
            self.assertFalse(export._opens_for(self.citizen, token))
        for user in (self.clerk, self.auditor, self.citizen, self.head):
            with self.assertRaises(AccessError):
                export.with_user(user).read(["state"])
            with self.assertRaises(AccessError):
                export.with_user(user).action_download()
        with self.assertRaises(AccessError):
            export.with_user(self.privacy).read(["content"])
        with self.assertRaises(AccessError):
            export.with_user(self.privacy).read(["token"])
        with self.assertRaises(AccessError):
            export._content_attachment().with_user(self.privacy).read(["raw"])
        with self.assertRaises(AccessError):
            export.with_user(self.privacy).write({"expires_at": "2099-01-01"})

    def test_online_needs_proof(self):
        Export = self.env["lgo.privacy.export"].with_user(self.citizen)
        with self.assertRaises(UserError):
            Export._order_online(self.citizen, self.company)
        with patch.object(type(self.citizen), "_lgo_assurance", lambda _user: "thaid"):
            first = Export._order_online(self.citizen, self.company)
            first._build()
            self.assertEqual(Export._order_online(self.citizen, self.company), first)
        told = self.env["lgo.notification"].search(
            [("template_id.code", "=", "privacy_export_ready")]
        )
        self.assertEqual(told.partner_id, self.me)
        self.assertNotIn(first.token, told.body)


@tagged("post_install", "-at_install")
class TestPrivacyExportHttp(ExportCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_export()
        cls.export = cls.env["lgo.privacy.export"]._order_export(cls.me, cls.company, online=True)
        cls.export._build()
        cls.url = f"/my/privacy/export/{cls.export.id}/{cls.export.token}"

    def _downloads(self):
        return self.env["lgo.audit.log"].search_count([("action", "=", "privacy.export.download")])

    def test_own_and_foreign(self):
        before = self._downloads()
        self.authenticate(self.citizen.login, self.citizen.login)
        page = self.url_open("/my/privacy")
        self.assertIn(self.url, page.text)
        answer = self.url_open(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertEqual(self._downloads(), before + 1)
        self.authenticate(self.neighbour.login, self.neighbour.login)
        self.assertNotIn(self.export.token, self.url_open("/my/privacy").text)
        for url in (
            self.url,
            self.url[:-1],
            "/my/privacy/export/0/x",
            "/my/privacy/export/999999999/x",
            f"/lgo/privacy-export/{self.export.id}",
        ):
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 404, url)
        self.assertEqual(self._downloads(), before + 1)

    def test_expired(self):
        self.export.expires_at = fields.Datetime.subtract(fields.Datetime.now(), minutes=1)
        self.authenticate(self.citizen.login, self.citizen.login)
        self.assertEqual(self.url_open(self.url).status_code, 404)

    def test_officer(self):
        before = self._downloads()
        self.authenticate("export_dpo", "x" * 12)
        answer = self.url_open(f"/lgo/privacy-export/{self.export.id}")
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertEqual(self._downloads(), before + 1)
        self.authenticate(self.auditor.login, self.auditor.login)
        self.assertEqual(self.url_open(f"/lgo/privacy-export/{self.export.id}").status_code, 404)

    def test_ordering_needs_proof_and_post(self):
        self.authenticate(self.citizen.login, self.citizen.login)
        page = self.url_open("/my/privacy")
        self.assertNotIn('action="/my/privacy/export"', page.text)
        self.assertEqual(self.url_open("/my/privacy/export").status_code, 405)


@tagged("post_install", "-at_install")
class TestOpenings(ExportCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_export()

    def _open(self, user, cases=None):
        (cases or self.case).with_user(user).web_read({"name": {}, "state": {}})

    def test_one_row_an_officer_and_day(self):
        Opening = self.env["lgo.case.opening"]
        for _time in range(3):
            self._open(self.clerk)
        self._open(self.clerk, self.case | self.foreign)
        self._open(self.citizen)
        seen = Opening._of_person(self.me)
        self.assertEqual(len(seen), 1, "a list is no opening, nor the own look")
        self.assertEqual(seen[0]["who"], "กองคลังทดสอบ")
        self.assertNotIn(self.clerk.name, str(seen))
        self.assertIn(self.case.name, seen[0]["what"])
        self.assertFalse(Opening._of_person(self.other))
        self.company.lgo_openings_named = True
        self.assertIn(self.clerk.name, Opening._of_person(self.me)[0]["who"])

    def test_a_list_of_one_case_opens_nothing(self):
        Opening = self.env["lgo.case.opening"]
        cases = self.case.browse().with_user(self.clerk)
        only, spec = [("id", "=", self.case.id)], {"name": {}, "state": {}}
        self.assertEqual(cases.web_search_read(only, spec)["length"], 1)
        groups = cases.web_read_group(
            only, ["state"], ["__count"], auto_unfold=True, unfold_read_specification=spec
        )
        self.assertEqual(len(groups["groups"][0]["__records"]), 1)
        self.assertFalse(Opening._of_person(self.me))
        # the mark is an object of the server: no call can bring it along to look unseen
        self._open(self.clerk, self.case.with_context(lgo_listed=True))
        self.assertTrue(Opening._of_person(self.me))

    def test_costs_one_statement(self):
        self._open(self.clerk)
        self.env.flush_all()
        self.env.invalidate_all()
        spec = {"name": {}, "state": {}}
        case = self.case.with_user(self.clerk)
        with patch.object(type(self.env["lgo.case.opening"]), "_note", lambda *_args: None):
            start = self.env.cr.sql_log_count
            case.web_read(spec)
            bare = self.env.cr.sql_log_count - start
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        case.web_read(spec)
        self.assertLessEqual(self.env.cr.sql_log_count - start, bare + 1)

    def test_shown_number_is_told(self):
        self.env["lgo.audit.log"].with_user(self.clerk)._log("citizen.unmask", self.me)
        self.assertEqual(len(self.env["lgo.case.opening"]._of_person(self.me)), 1)

    def test_rights(self):
        self._open(self.clerk)
        Opening = self.env["lgo.case.opening"]
        for user in (self.citizen, self.clerk, self.head):
            with self.assertRaises(AccessError):
                Opening.with_user(user).search([])
        self.assertTrue(Opening.with_user(self.auditor).search_count([]))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from urllib.parse import quote

from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tests.test_upload import open_action, pdf

from .builder_common import BuilderCommon
from .common import OssCommon

NAME = "แบบคำขอ_น้ำประปา.pdf"


@tagged("post_install", "-at_install")
class TestBlankForm(BuilderCommon, OssCommon, HttpCase):
    """The form to fill in: uploaded by the manager, downloaded by everybody once published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls._set_up_manager()
        cls.document = cls.service.document_ids.with_user(cls.manager)
        cls.first, cls.second = pdf(), pdf(lambda document: document.add_blank_page())

    def _upload(self, data, name=NAME, document=None):
        (document or self.document).write(
            {"template_file": base64.b64encode(data), "template_name": name}
        )

    def _publish(self):
        self.service.with_user(self.manager).action_publish()

    def _url(self, document=None, code="TEST1"):
        return f"/services/{code}/form/{(document or self.document).id}"

    def _links(self, path):
        page = html.fromstring(self.url_open(path).text)
        return page.xpath("//a[contains(@href, '/form/')]")

    @mute_logger("odoo.http")
    def test_published_with_the_service(self):
        self._upload(self.first)
        self.assertTrue(self.service.has_changes)
        self.assertFalse(self._links("/services/TEST1"), "not published yet")
        self.assertEqual(self.url_open(self._url()).status_code, 404)
        self._publish()
        for user in (None, "oss_citizen"):
            if user:
                self.authenticate(user, user)
            for path in ("/services/TEST1", "/services/TEST1/request"):
                with self.subTest(path, user=user):
                    link = self._links(path)
                    self.assertEqual([node.get("href") for node in link], [self._url()])
                    words = " ".join(link[0].text_content().split())
                    self.assertTrue(words.endswith(" ภาพถ่าย (PDF, 1 KB)"), words)
            answer = self.url_open(self._url())
            self.assertEqual(answer.content, self.first)
            self.assertEqual(answer.headers["Content-Type"], "application/pdf")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            disposition = answer.headers["Content-Disposition"]
            self.assertTrue(disposition.startswith("attachment;"), disposition)
            self.assertIn(quote(NAME), disposition)
        text = self.service.published_version_id.content["documents"][0]
        self.assertEqual(text["template"], NAME)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_what_is_not_published_stays_inside(self):
        self._upload(self.first)
        self._publish()
        # another file, not published yet: citizens get what was published
        self._upload(self.second)
        self.assertEqual(self.url_open(self._url()).content, self.first)
        draft = self._make_service("TEST2", publish=False)
        hidden = draft.document_ids.with_user(self.manager)
        self._upload(self.second, document=hidden)
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", "lgo.service.document"), ("res_field", "=", "template_file")]
        )
        kept = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "lgo.service.version"),
                ("res_id", "=", self.service.published_version_id.id),
                ("name", "=", f"form-{self.document.id}"),
            ]
        )
        self.assertTrue(stored and kept)
        paths = [
            self._url(hidden, "TEST2"),
            self._url(hidden),  # by a service that is published
            self._url(code="TEST2"),
            "/services/TEST1/form/0",
            f"/services/TEST1/form/{'9' * 30}",
            "/services/TEST1/form/x",
            f"/web/content/lgo.service.document/{hidden.id}/template_file",
            f"/web/content/lgo.service.document/{self.document.id}/template_file",
            *(f"/web/content/{file.id}" for file in stored | kept),
        ]
        for user in (None, "oss_citizen"):
            if user:
                self.authenticate(user, user)
            for path in paths:
                with self.subTest(path, user=user):
                    answer = self.url_open(path)
                    self.assertIn(answer.status_code, (403, 404))
                    self.assertNotIn(b"%PDF", answer.content)
        self.service.action_suspend()
        self.assertEqual(self.url_open(self._url()).status_code, 404)
        self.assertFalse(self._links("/services/TEST1"))

    @mute_logger("odoo.http")
    def test_taken_away(self):
        self._upload(self.first)
        self._publish()
        self.document.write({"template_file": False})
        self.assertFalse(self.document.template_name)
        self.assertEqual(self.url_open(self._url()).content, self.first, "until published again")
        self._publish()
        self.assertEqual(self.url_open(self._url()).status_code, 404)
        self.assertFalse(self._links("/services/TEST1"))

    def test_uploads_are_judged(self):
        script = {"/S": "/JavaScript", "/JS": "app.alert(1)"}
        acting = pdf(lambda document: open_action(document, script))
        for data in (acting, b"MZ\x90\x00 program", b"<script>alert(1)</script>", b"%PDF-1.7\nx"):
            with self.subTest(data[:9]), self.assertRaises(ValidationError):
                self._upload(data)
        for text in ("ไม่ใช่", "a", "%%%"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.document.write({"template_file": text, "template_name": NAME})
        self.assertFalse(self.document.template_file)
        self.document.write({"template_sum": "x", "template_size": 5})
        self.assertFalse(self.document.template_sum, "follows from the file")
        self._upload(self.first, name="../../ก\u202eexe.<b>.pdf")
        self.assertNotIn("/", self.document.template_name)

    def test_printed_manual_names_the_form(self):
        self._upload(self.first)
        self._publish()
        version = self.service.published_version_id
        report = self.env["ir.actions.report"].with_context(lang="th_TH")
        text = report._render_qweb_html("lgo_base.report_service_manual", version.ids)[0].decode()
        self.assertIn("มีแบบฟอร์มให้กรอก", text)
        self.assertIn("/services/TEST1", text)
        self.assertNotIn(self._url(), text, "paper has no links")

    def test_copy_of_a_service(self):
        self._upload(self.first)
        copied = self.service.copy({"code": "TEST3"}).document_ids
        self.assertEqual(copied.template_name, NAME)
        self.assertEqual(base64.b64decode(copied.template_file), self.first)
        self.assertEqual(copied.template_sum, self.document.template_sum)

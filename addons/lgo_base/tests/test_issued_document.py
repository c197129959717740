# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import io
from unittest.mock import patch

import pikepdf
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.lgo_base.controllers import verify
from odoo.addons.lgo_base.models.lgo_rate_limit import Limit


class IssuedCommon:
    @classmethod
    def _set_up_documents(cls):
        env = cls.env
        env["ir.ui.view"].create(
            {
                "name": "t_issued",
                "type": "qweb",
                "key": "lgo_base.t_issued",
                "arch": """
                <t t-name="lgo_base.t_issued"><t t-foreach="docs" t-as="o">
                    <t t-call="report_weasyprint.document">
                        <p>หนังสือรับรอง <t t-out="o.name" /></p>
                        <p>เลขที่ <t t-out="issued.name" /></p>
                        <t t-out="issued.qr_svg" />
                    </t>
                </t></t>""",
            }
        )
        cls.report = env["ir.actions.report"].create(
            {
                "name": "t_issued",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "lgo_base.t_issued",
                "pdf_variant": "pdf/a-2u",
            }
        )
        cls.register = env["lgo.register"].create({"name": "t", "code": "t_issued"})
        cls.kind = env["lgo.document.kind"].create(
            {
                "name": "หนังสือรับรองทดสอบ",
                "code": "t_certificate",
                "register_id": cls.register.id,
                "public_fields": "company_type, parent_id.name, nothing",
            }
        )
        cls.partner = env["res.partner"].create(
            {"name": "สมชาย ใจดี", "street": "99 หมู่ 1", "vat": "1234567890121"}
        )
        cls.clerk = new_test_user(env, "t_doc_clerk", "lgo_base.group_clerk")
        cls.staff = new_test_user(env, "t_doc_staff", "lgo_base.group_staff")
        cls.registrar = new_test_user(env, "t_doc_registrar", "lgo_base.group_registrar")

    @classmethod
    def _issue(cls, user=None, **kwargs):
        Document = cls.env["lgo.issued.document"].with_user(user or cls.clerk)
        return Document._issue(cls.partner, kind="t_certificate", report=cls.report, **kwargs)


@tagged("post_install", "-at_install")
class TestIssuedDocument(IssuedCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_documents()

    def test_issue(self):
        document = self._issue(at=Datetime.to_datetime("2026-12-31 17:20:00"))
        self.assertEqual(document.name, "1/2570")
        self.assertEqual(str(document.date_issued), "2027-01-01")
        content = document.attachment_id.raw
        self.assertTrue(content.startswith(b"%PDF-"))
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            self.assertEqual(metadata.pdfa_status, "2U", "an archival file")
        self.assertEqual(document.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(document._content(), content)
        self.assertEqual(len(document.token), 32)
        self.assertTrue(document.verify_url.endswith(f"/verify/{document.token}"))
        self.assertIn("<svg", document.qr_svg)
        self.assertEqual(document.issued_by_id, self.clerk)
        self.assertEqual(document.register_entry_id.res_id, self.partner.id)
        row = self.env["lgo.audit.log"].search([("action", "=", "document.issue")], limit=1)
        self.assertEqual((row.res_id, row.uid), (document.id, self.clerk.id))
        self.assertIn(document.sha256, row.detail)
        self.assertNotEqual(self._issue().token, document.token)

    def test_printed_number(self):
        """The number and the record are on the paper itself."""
        Report = type(self.env["ir.actions.report"])
        seen = {}
        original = Report._render_qweb_html

        def spy(this, report_ref, docids, data=None):
            result = original(this, report_ref, docids, data=data)
            seen["html"] = result[0].decode()
            return result

        with patch.object(Report, "_render_qweb_html", spy):
            document = self._issue()
        self.assertIn(f"เลขที่ {document.name}", seen["html"])
        self.assertIn("สมชาย ใจดี", seen["html"])

    def test_failed_print_takes_no_number(self):
        first = self._issue()
        with (
            patch.object(type(first), "_render", lambda *args: 1 / 0),
            self.assertRaises(ZeroDivisionError),
            self.env.cr.savepoint(),
        ):
            self._issue()
        self.assertEqual(self._issue().register_entry_id.number, first.register_entry_id.number + 1)

    def test_never_changes(self):
        document = self._issue()
        attachment = document.attachment_id
        for vals in ({"name": "9/2569"}, {"state": "revoked"}, {"sha256": "0" * 64}):
            for target in (document, document.with_context(lgo_issue=True)):
                with self.subTest(vals=vals), self.assertRaises(AccessError):
                    target.write(vals)
        with self.assertRaises(UserError):
            document.unlink()
        for vals in ({"raw": b"x"}, {"name": "x"}, {"res_id": False}, {"res_model": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                attachment.write(vals)
        with self.assertRaises(AccessError):
            attachment.unlink()
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].create(
                {"name": "x", "raw": b"x", "res_model": document._name, "res_id": document.id}
            )
        with self.assertRaises(AccessError):
            document.copy()

    def test_damage_is_noticed(self):
        document = self._issue()
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL WHERE id = %s",
            [document.attachment_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            document._content()

    def test_signers(self):
        document = self._issue(
            signers=[
                {
                    "name": "สมหญิง ใจงาม",
                    "capacity": "ปลัด รักษาราชการแทน\nนายก",
                    "order_no": "๔๕/๒๕๖๙",
                }
            ]
        )
        signature = document.signature_ids
        self.assertEqual((signature.name, signature.order_no), ("สมหญิง ใจงาม", "๔๕/๒๕๖๙"))
        self.assertEqual(signature.user_id, self.clerk)
        with self.assertRaises(AccessError):
            signature.name = "x"
        with self.assertRaises(AccessError):
            signature.unlink()

    def test_replace(self):
        old = self._issue()
        new = self._issue(replaces=old)
        self.assertEqual((old.state, old.replaced_by_id, new.state), ("replaced", new, "valid"))
        self.assertEqual(new.replaces_id, old)
        with self.assertRaises(UserError):
            self._issue(replaces=old)
        other = self.env["res.partner"].create({"name": "คนอื่น"})
        with self.assertRaises(UserError):
            self.env["lgo.issued.document"]._issue(
                other, kind="t_certificate", report=self.report, replaces=new
            )

    def test_revoke(self):
        document = self._issue()
        with self.assertRaises(AccessError):
            document.with_user(self.clerk)._revoke("ออกผิด")
        with self.assertRaises(UserError):
            document.with_user(self.registrar)._revoke("  ")
        wizard = (
            self.env["lgo.issued.revoke"]
            .with_user(self.registrar)
            .create({"document_id": document.id, "reason": "ออกผิดคน"})
        )
        wizard.action_confirm()
        self.assertEqual((document.state, document.revoked_by_id), ("revoked", self.registrar))
        with self.assertRaises(UserError):
            document.with_user(self.registrar)._revoke("อีก")
        with self.assertRaises(AccessError):
            self.env["lgo.issued.revoke"].with_user(self.clerk).create(
                {"document_id": document.id, "reason": "x"}
            )

    def test_validity(self):
        self.kind.write({"validity": 1, "validity_unit": "years"})
        document = self._issue(at=Datetime.to_datetime("2026-11-25 03:00:00"))
        self.assertEqual(str(document.valid_until), "2027-11-24")
        with freeze_time("2027-11-24 16:59:59"):
            document.invalidate_recordset(["is_expired"])
            self.assertEqual(document._public_state(), "valid")
        with freeze_time("2027-11-24 17:00:00"):
            document.invalidate_recordset(["is_expired"])
            self.assertEqual(document._public_state(), "expired")
        with self.assertRaises(ValidationError):
            self.kind.validity = -1

    def test_public_values(self):
        self.kind.public_fields = "name, vat"
        values = dict(self._issue().public_values)
        self.assertIn("สมชาย ใจดี", values.values())
        self.assertNotIn("1234567890121", str(values))
        for bad in ("name; drop", "a.b.c", "__class__"):
            with self.subTest(bad=bad), self.assertRaises(ValidationError):
                self.kind.public_fields = bad

    def test_unknown_kind(self):
        with self.assertRaises(UserError):
            self.env["lgo.issued.document"]._issue(self.partner, kind="nothing", report=self.report)

    def test_who_reads(self):
        document = self._issue()
        Document = self.env["lgo.issued.document"]
        domain = [("kind_id", "=", self.kind.id)]
        self.assertEqual(Document.with_user(self.registrar).search(domain), document)
        self.assertFalse(Document.with_user(self.staff).search(domain))
        attachment = document.attachment_id
        with self.assertRaises(AccessError):
            attachment.with_user(self.staff).read(["raw"])
        self.assertTrue(attachment.with_user(self.clerk).raw)
        own = self._issue(user=self.staff)
        self.assertEqual(Document.with_user(self.staff).search(domain), own)
        portal = new_test_user(self.env, "t_doc_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            Document.with_user(portal).search_count([])
        with self.assertRaises(AccessError):
            attachment.with_user(portal).read(["raw"])

    def test_tokens(self):
        document = self._issue()
        Document = self.env["lgo.issued.document"]
        self.assertEqual(Document._find_by_token(document.token), document)
        for bad in (
            "",
            "x",
            document.token[:-1],
            document.token + "a",
            "%",
            None,
            "๑" * 32,
            "_" * 32,
        ):
            self.assertFalse(Document._find_by_token(bad), bad)


@tagged("post_install", "-at_install")
class TestVerificationPage(IssuedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_documents()
        cls.document = cls._issue()

    def setUp(self):
        super().setUp()
        self.patch(verify, "LIMIT", Limit("verify", 1000, 60))

    def _state(self, path, status=200):
        response = self.url_open(path)
        self.assertEqual(response.status_code, status)
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertNotIn("สมชาย", response.text, "no personal data")
        return html.fromstring(response.text).xpath("//*[@data-state]/@data-state")[0]

    def test_states(self):
        path = f"/verify/{self.document.token}"
        self.assertEqual(self._state(path), "valid")
        self._issue(replaces=self.document)
        self.assertEqual(self._state(path), "replaced")
        revoked = self._issue()
        revoked.with_user(self.registrar)._revoke("ออกผิด สมชาย")
        self.assertEqual(self._state(f"/verify/{revoked.token}"), "revoked")

    def test_unknown(self):
        token = self.document.token
        for bad in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x", "%25", "a" * 500):
            self.assertEqual(self._state(f"/verify/{bad}", 404), "unknown")

    def test_search(self):
        self.assertEqual(self.url_open("/verify").status_code, 200)
        number = self.document.name.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        self.assertEqual(self._state(f"/verify?kind=t_certificate&q={number}"), "valid")
        self.assertEqual(self._state("/verify?kind=acknowledgement&q=999/2400", 404), "unknown")
        self.assertEqual(self._state("/verify?kind=t_certificate&q=999/2569", 404), "unknown")
        self.assertEqual(self._state(f"/verify?q={self.document.token}"), "valid")

    def test_address_says_nothing_about_a_file(self):
        """Who prints the QR code of a genuine paper on a forged one cannot add the verdict."""
        page = self.url_open(f"/verify/{self.document.token}?same=1&by_number=1").text
        self.assertEqual(self._shown_verdicts(page), [])

    @staticmethod
    def _shown_verdicts(page):
        return html.fromstring(page).xpath(
            "//div[contains(@class, 'lgo_verify_') and not(contains(@class, 'd-none'))]/@class"
        )

    def test_check_file_on_the_server(self):
        page = html.fromstring(self.url_open(f"/verify/{self.document.token}").text)
        csrf = page.xpath(
            "//form[contains(@class, 'lgo_verify_file')]//input[@name='csrf_token']/@value"
        )
        path = f"/verify/{self.document.token}/check"
        for content, shown in (
            (self.document._content(), "lgo_verify_same"),
            (self.document._content() + b" ", "lgo_verify_other"),
        ):
            response = self.url_open(
                path,
                data={"csrf_token": csrf[0]},
                files={"file": ("x.pdf", io.BytesIO(content), "application/pdf")},
            )
            boxes = self._shown_verdicts(response.text)
            self.assertEqual(len(boxes), 1)
            self.assertIn(shown, boxes[0])

    def test_download_needs_the_record(self):
        path = f"/verify/{self.document.token}/download"
        self.assertEqual(self._state(path, 404), "unknown")
        self.assertEqual(self._state(path + "?access_token=x", 404), "unknown")
        new_test_user(self.env, "t_doc_stranger", "base.group_portal")
        self.authenticate("t_doc_stranger", "t_doc_stranger")
        self.assertEqual(self._state(path, 404), "unknown")
        self.assertEqual(self.url_open(f"/lgo/document/{self.document.id}").status_code, 404)
        self.authenticate("t_doc_staff", "t_doc_staff")
        self.assertEqual(self.url_open(f"/lgo/document/{self.document.id}").status_code, 404)
        self.authenticate("t_doc_clerk", "t_doc_clerk")
        response = self.url_open(f"/lgo/document/{self.document.id}")
        self.assertEqual(response.content, self.document._content())
        self.assertEqual(self.url_open(path).content, self.document._content())

    def test_rate_limited(self):
        self.patch(verify, "LIMIT", Limit("verify", 2, 60))
        codes = [self.url_open("/verify/x").status_code for _i in range(3)]
        self.assertEqual(codes, [404, 404, 429])

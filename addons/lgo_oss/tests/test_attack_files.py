# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OssCommon
from .test_filing_http import jpeg
from .test_leaks import http_csrf

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<html><body><script>alert(document.cookie)</script></body></html>"
MUTED = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestFilesOfCases(OssCommon, HttpCase):
    """Who gets which file of a case, by each address that Odoo has for files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls.case = cls._make_case(
            partner_id=cls.citizen.partner_id.id, applicant_email="somying@example.com"
        )
        case = cls.case.with_user(cls.clerk)
        line = cls.case.document_ids[:1]
        cls.own = cls._file("ของผู้ยื่น.jpg", jpeg((41, 11)))
        line.sudo().attachment_ids = cls.own
        # a stranger writes with the number of the case and a forged sender
        values = {"body": "ปลอม", "author_id": False}
        cls.case._mail_keep(values, [("ปลอม.jpg", jpeg((43, 13)), "image/jpeg")], mine=False)
        cls.forged = cls.env["ir.attachment"].browse(values["attachment_ids"])
        cls.note = cls._file("บันทึกภายใน.jpg", jpeg((47, 17)))
        case.message_post(
            body="บันทึกภายใน", subtype_xmlid="mail.mt_note", attachment_ids=cls.note.ids
        )
        cls.internal = cls.forged | cls.note

    @classmethod
    def _file(cls, name, raw, user=None, **values):
        return (
            cls.env["ir.attachment"]
            .with_user(user or cls.env.user)
            .create(
                {"name": name, "raw": raw, "res_model": cls.case._name, "res_id": cls.case.id}
                | values
            )
        )

    def _addresses(self, file):
        token = self.case.access_token
        return [
            f"/web/content/{file.id}",
            f"/web/content/{file.id}?download=true",
            f"/web/content/{file.id}?access_token={token}",
            f"/web/content/{file.id}-x/{file.name}",
            f"/web/content/ir.attachment/{file.id}/raw",
            f"/web/content/ir.attachment/{file.id}/datas",
            f"/web/image/{file.id}",
            f"/web/image/ir.attachment/{file.id}/raw?access_token={token}",
            f"/web/image/{file.id}/64x64",
            f"/mail/attachment/pdf_first_page/{file.id}",
            f"/mail/attachment/zip?file_ids={file.id}&zip_name=x",
        ]

    def _reads(self, address, file):
        """Whether the answer is the file: its bytes, or any picture but the placeholder."""
        answer = self.url_open(address)
        if file.raw[:200] in answer.content or answer.content[:2] == b"PK":
            return True
        return answer.headers.get("Content-Type") == "image/jpeg"

    @mute_logger(*MUTED)
    def test_who_reads_by_address(self):
        for file in self.own | self.internal:
            for login in (None, "oss_neighbour", "oss_stranger", "oss_citizen"):
                self.authenticate(login, login)
                for address in self._addresses(file):
                    with self.subTest(login=login, file=file.name, address=address):
                        self.assertFalse(self._reads(address, file))
            self.authenticate("oss_officer", "oss_officer")
            self.assertTrue(self._reads(f"/web/content/{file.id}", file), "the unit opens it")

    @mute_logger(*MUTED)
    def test_the_page_gives_what_was_handed_in(self):
        page = f"{self.case.access_url}/file/"
        link = f"?access_token={self.case.access_token}"
        for login, query, status in (
            ("oss_citizen", "", 200),
            (None, link, 200),
            (None, "", 404),
            ("oss_neighbour", "", 404),
        ):
            self.authenticate(login, login)
            with self.subTest(login=login, query=bool(query)):
                answer = self.url_open(f"{page}{self.own.id}{query}")
                self.assertEqual(answer.status_code, status)
                for file in self.internal:
                    self.assertEqual(self.url_open(f"{page}{file.id}{query}").status_code, 404)
        self.authenticate("oss_citizen", "oss_citizen")
        answer = self.url_open(f"{page}{self.own.id}")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def _call(self, method, *args, model="ir.attachment", **kwargs):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    @mute_logger(*MUTED)
    def test_remote_calls(self):
        ids = (self.own | self.internal).ids
        there = [["res_model", "=", self.case._name], ["res_id", "=", self.case.id]]
        for login in ("oss_citizen", "oss_neighbour", "oss_stranger"):
            self.authenticate(login, login)
            for domain in (
                there,
                [["id", "in", ids]],
                [*there, ["res_field", "!=", "x"]],
                [["name", "ilike", "ภายใน"], ["id", "in", ids]],
            ):
                for method, args in (
                    ("search", [domain]),
                    ("search_count", [domain]),
                    ("search_read", [domain, ["raw"]]),
                    ("formatted_read_group", [domain, ["name"], ["__count"]]),
                ):
                    with self.subTest(login=login, domain=domain, method=method):
                        try:
                            self.assertFalse(self._call(method, *args))
                        except JsonRpcException:  # no right on files at all
                            self.assertNotEqual(login, "oss_stranger")
            for one in ids:
                for method, args in (
                    ("read", [[one], ["raw", "name"]]),
                    ("read", [[one], ["access_token"]]),
                    ("write", [[one], {"name": "x"}]),
                    ("write", [[one], {"public": True}]),
                    ("unlink", [[one]]),
                    ("generate_access_token", [[one]]),
                    ("copy", [[one], {"res_model": False, "res_id": 0}]),
                ):
                    with (
                        self.subTest(login=login, method=method, one=one),
                        self.assertRaises(JsonRpcException),
                    ):
                        self._call(method, *args)
            here = {"res_model": self.case._name, "res_id": self.case.id}
            with self.assertRaises(JsonRpcException):
                self._call("create", {"name": "x.txt", "raw": "x", **here})
        self.env.invalidate_all()
        self.assertFalse((self.own | self.internal).filtered("access_token"))

    @mute_logger(*MUTED)
    def test_messages_do_not_bring_them(self):
        """What the citizen reads of the chatter names no file and no note of the office."""
        self.authenticate("oss_citizen", "oss_citizen")
        rows = self._call(
            "search_read",
            [["model", "=", self.case._name], ["res_id", "=", self.case.id]],
            ["body", "attachment_ids"],
            model="mail.message",
        )
        self.assertNotIn("บันทึกภายใน", str(rows))
        found = {one for row in rows for one in row["attachment_ids"]}
        self.assertFalse(found & set(self.internal.ids))
        for file in self.internal:
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request("/mail/attachment/delete", {"attachment_id": file.id})
        self.assertTrue(self.internal.exists())

    @mute_logger(*MUTED)
    def test_upload_of_the_office_is_no_door(self):
        """Neither citizen nor a colleague of another unit puts a file into the case."""
        before = self.env["ir.attachment"].search_count([])
        for login in (None, "oss_citizen", "oss_neighbour", "oss_stranger"):
            self.authenticate(login, login)
            answer = self.url_open(
                "/mail/attachment/upload",
                data={
                    "csrf_token": http_csrf(self),
                    "thread_model": self.case._name,
                    "thread_id": self.case.id,
                    "access_token": self.case.access_token,
                },
                files={"ufile": ("a.jpg", jpeg(), "image/jpeg")},
            )
            self.assertNotEqual(answer.status_code, 200, login)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_what_could_act_is_not_shown(self):
        """SVG and HTML, also of an administrator, run no script in the clerk's browser."""
        system = new_test_user(
            self.env, "files_admin", groups="base.group_system,lgo_base.group_clerk"
        )
        for user in (self.clerk, system):
            for name, raw, mimetype in (
                ("a.svg", SVG, "image/svg+xml"),
                ("a.html", HTML, "text/html"),
                ("a.xml", SVG, "application/xml"),
                ("a.png", SVG, "image/png"),
                ("a.xhtml", HTML, "application/xhtml+xml"),
            ):
                file = self._file(name, raw, user=user, mimetype=mimetype)
                self.authenticate("oss_clerk", "oss_clerk")
                for address in (
                    f"/web/content/{file.id}",
                    f"/web/image/{file.id}",
                    f"/web/content/ir.attachment/{file.id}/raw?filename=x.html",
                ):
                    with self.subTest(user=user.login, name=name, address=address):
                        self._check_harmless(self.url_open(address))

    def _check_harmless(self, answer):
        headers = answer.headers
        if answer.status_code != 200:
            return
        self.assertEqual(headers.get("X-Content-Type-Options"), "nosniff")
        kind = headers["Content-Type"].split(";")[0]
        active = kind not in ("text/plain", "image/png", "image/jpeg", "application/octet-stream")
        shut = "default-src 'none'" in headers.get("Content-Security-Policy", "")
        saved = headers.get("Content-Disposition", "").startswith("attachment")
        self.assertTrue(not active or shut or saved, dict(headers))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.lgo_base.tests.test_upload import jpeg_with_gps, pdf

from .common import OssCase


@tagged("post_install", "-at_install")
class TestAttach(OssCase):
    """What an officer attaches in the office is judged like what a citizen sends."""

    def setUp(self):
        super().setUp()
        self.case = self._make_case().with_user(self.clerk)
        self.photo = self.case.document_ids
        self.paper = self.case.document_ids.create(
            {"res_model": self.case._name, "res_id": self.case.id, "name": "สำเนาโฉนด"}
        )

    def _file(self, name, raw):
        return self.env["ir.attachment"].with_user(self.clerk).create({"name": name, "raw": raw})

    def test_checklist(self):
        self.assertTrue(self.photo.is_photo)
        photo = self._file("หน้าบ้าน.jpg", jpeg_with_gps())
        self.photo.write({"attachment_ids": [Command.link(photo.id)]})
        self.assertNotIn(b"Exif", photo.raw)
        before = photo.checksum
        self.photo.write({"attachment_ids": [Command.link(photo.id)], "note": "ชัด"})
        self.assertEqual(photo.checksum, before, "judged once")
        paper = self._file("โฉนด.exe", pdf())
        self.paper.write({"attachment_ids": [Command.link(paper.id)]})
        self.assertEqual((paper.name, paper.mimetype), ("โฉนด.pdf", "application/pdf"))

    def test_refused(self):
        table = [
            (self.photo, "a.jpg", pdf()),
            (self.paper, "a.pdf", b"<html><script>alert(1)</script></html>"),
            (self.paper, "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            (self.paper, "a.exe", b"MZ\x90\x00"),
        ]
        for line, name, raw in table:
            file = self._file(name, raw)
            with self.subTest(name=name):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    line.write({"attachment_ids": [Command.link(file.id)]})
                line.invalidate_recordset()
                self.assertNotIn(file, line.attachment_ids)
        file = self._file("b.exe", b"MZ\x90\x00")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.case.write({"after_attachment_ids": [Command.link(file.id)]})
        visit = {
            "res_model": self.case._name,
            "res_id": self.case.id,
            "start": "2026-12-01 03:00:00",
            "stop": "2026-12-01 04:00:00",
            "place": "หน้าตลาด",
            "photo_ids": [Command.link(file.id)],
        }
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.env["lgo.case.visit"].with_user(self.clerk).create(visit)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zlib

import pikepdf
from PIL import Image

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.lgo_base.tools import upload

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"<!DOCTYPE html><html><body onload=alert(1)></body></html>"
EXE = b"MZ\x90\x00\x03" + b"\x00" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
ZIP = b"PK\x03\x04" + b"\x00" * 200


def picture(kind="JPEG", size=(120, 80), color=(200, 30, 30), **options):
    output = io.BytesIO()
    mode = options.pop("mode", "RGB")
    Image.new(mode, size, color).save(output, kind, **options)
    return output.getvalue()


def jpeg_with_gps():
    exif = Image.Exif()
    exif[0x010F] = "กล้องลับ".encode().decode("latin-1")
    exif[0x0112] = 6  # turned: must come out upright
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 45.0, 0.0), 3: "E", 4: (100.0, 30.0, 0.0)})
    return picture(exif=exif)


def pdf(change=None, **options):
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    if change:
        change(document)
    output = io.BytesIO()
    document.save(output, **options)
    return output.getvalue()


def object_stream_bomb(size):
    """A PDF whose objects stand in a stream that unpacks to ``size`` bytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"4 0     (x)")
    blank = b" " * 1024 * 1024
    for _part in range(size // len(blank)):
        packed += packer.compress(blank)
    packed += packer.flush()
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        5: b"<</Type/ObjStm/N 1/First 8/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(packed), packed),
    }
    data, places = b"%PDF-1.7\n", {}
    for number, body in bodies.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    places[6] = len(data)
    rows = b"\0" * 6
    for number in range(1, 7):
        kind, where = (2, 5) if number == 4 else (1, places[number])
        rows += bytes([kind]) + where.to_bytes(4, "big") + b"\0"
    return data + (
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%b\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF" % (len(rows), rows, places[6])
    )


def open_action(document, action):
    document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(action))


@tagged("post_install", "-at_install", "lgo")
class TestUpload(TransactionCase):
    def refuse(self, name, data, kind="photo", **kwargs):
        with self.assertRaises(ValidationError) as caught:
            upload.check_upload(name, data, kind, env=self.env, **kwargs)
        self.assertNotIn("%(", str(caught.exception))
        return str(caught.exception)

    def test_good_pictures(self):
        for kind, extension, mimetype in (
            ("JPEG", ".jpg", "image/jpeg"),
            ("PNG", ".png", "image/png"),
            ("WEBP", ".jpg", "image/jpeg"),
        ):
            name, data, found = upload.check_upload("หลักฐาน ๑.exe", picture(kind), env=self.env)
            self.assertEqual((name, found), (f"หลักฐาน_๑{extension}", mimetype))
            self.assertEqual(Image.open(io.BytesIO(data)).size, (120, 80))

    def test_place_and_camera_are_dropped(self):
        dirty = jpeg_with_gps()
        self.assertTrue(Image.open(io.BytesIO(dirty)).getexif().get_ifd(0x8825))
        _name, data, _mime = upload.check_upload("a.jpg", dirty)
        clean = Image.open(io.BytesIO(data))
        self.assertFalse(dict(clean.getexif()))
        self.assertNotIn(b"Exif", data)
        self.assertEqual(clean.size, (80, 120), "turned upright")

    def test_text_of_png_and_tail_are_dropped(self):
        dirty = picture("PNG") + b"<?php system($_GET[0]); ?>"
        _name, data, _mime = upload.check_upload("a.png", dirty)
        self.assertNotIn(b"php", data)
        dirty = picture("JPEG", comment=b"<script>alert(1)</script>") + EXE
        _name, data, _mime = upload.check_upload("a.jpg", dirty)
        self.assertNotIn(b"script", data)
        self.assertNotIn(b"MZ\x90", data)

    def test_transparency(self):
        see_through = picture("WEBP", mode="RGBA", color=(0, 0, 0, 0), lossless=True)
        _name, data, _mime = upload.check_upload("a.webp", see_through)
        self.assertEqual(Image.open(io.BytesIO(data)).getpixel((5, 5)), (255, 255, 255))

    def test_what_only_claims_to_be_a_picture(self):
        for data in (SVG, HTML, EXE, ELF, ZIP, b"\xff\xd8\xff", b"GIF89a<script>", pdf(), b"\x00"):
            for name in ("photo.jpg", "photo.png"):
                self.refuse(name, data)

    def test_truncated(self):
        for kind in ("JPEG", "PNG", "WEBP"):
            whole = picture(kind, size=(300, 300))
            for length in (20, len(whole) // 2, len(whole) - 20):
                self.refuse("a.jpg", whole[:length])

    def test_empty_and_too_big(self):
        self.refuse("a.jpg", b"")
        self.refuse("a.jpg", picture(), max_bytes=100)
        self.refuse("a.jpg", b"\xff" * (upload.MAX_BYTES + 1))
        self.env["ir.config_parameter"].set_param("lgo_base.upload_max_mb", "1")
        self.assertIn("1 MB", self.refuse("a.jpg", b"\xff" * (1024 * 1024 + 1)))
        self.env["ir.config_parameter"].set_param("lgo_base.upload_max_mb", "rubbish")
        upload.check_upload("a.jpg", picture(), env=self.env)

    def test_decompression_bomb(self):
        """A PNG of 100 kB that claims 30000 x 30000 pixels."""

        def chunk(kind, body):
            crc = zlib.crc32(kind + body).to_bytes(4, "big")
            return len(body).to_bytes(4, "big") + kind + body + crc

        side = (30000).to_bytes(4, "big")
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
        bomb += chunk(b"IDAT", zlib.compress(b"\x00" * 1_000_000)) + chunk(b"IEND", b"")
        self.refuse("a.png", bomb)

    def test_names(self):
        for given, wanted in (
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\temp\\รูป.JPG", "รูป.jpg"),
            ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie_x.jpg"),
            ("น้ำท่วม😀.png", "น้ำท่วม😀.jpg"),
            ("\u202egpj.exe", "gpj.jpg"),
            ("", "file.jpg"),
            (None, "file.jpg"),
            ("<b>.jpg", "b.jpg"),
            ("ก" * 500 + ".jpg", "ก" * 96 + ".jpg"),
        ):
            self.assertEqual(upload.check_upload(given, picture())[0], wanted)

    def test_good_documents(self):
        name, data, mimetype = upload.check_upload("คำขอ.PDF", pdf(), "document", env=self.env)
        self.assertEqual((name, mimetype), ("คำขอ.pdf", "application/pdf"))
        self.assertTrue(data.startswith(b"%PDF-"))
        self.assertEqual(upload.check_upload("a", picture("PNG"), "document")[2], "image/png")

    def test_documents_that_act(self):
        def names_tree(document):
            document.Root.Names = pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([]))
            )

        def attachment(document):
            document.attachments["x.exe"] = EXE

        def page_action(document):
            document.pages[0].obj.AA = pikepdf.Dictionary(
                O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            )

        def in_array(document):
            document.Root.X = pikepdf.Array(
                [pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Launch)])]
            )

        def launch(document):
            open_action(document, {"/S": pikepdf.Name.Launch, "/F": "cmd.exe"})

        def javascript(document):
            open_action(document, {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})

        for change in (names_tree, attachment, page_action, in_array, launch, javascript):
            self.refuse("a.pdf", pdf(change), "document")
            # also when the objects are packed out of sight of a plain text search
            packed = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            self.refuse("a.pdf", packed, "document")

    def test_broken_and_locked_documents(self):
        self.refuse("a.pdf", b"%PDF-1.7\nrubbish", "document")
        self.refuse("a.pdf", b"#!/bin/sh\n" + pdf(), "document")
        locked = pdf(encryption=pikepdf.Encryption(user="u", owner="o"))
        self.assertIn("a", self.refuse("a.pdf", locked, "document"))
        for data in (SVG, HTML, EXE, ZIP):
            self.refuse("a.pdf", data, "document")

    def test_leak_document_that_acts_on_opening_or_carries_a_file(self):
        def uri(document):
            open_action(document, {"/S": pikepdf.Name.URI, "/URI": "http://evil.example"})

        def remote(document):
            open_action(document, {"/S": pikepdf.Name.GoToR, "/F": "//evil.example/share"})

        def associated(document):
            document.Root.AF = pikepdf.Array(
                [pikepdf.Dictionary(EF=pikepdf.Dictionary(F=document.make_stream(EXE)))]
            )

        for change in (uri, remote, associated):
            with self.subTest(change=change.__name__):
                self.refuse("a.pdf", pdf(change), "document")

    def test_leak_document_that_unpacks_to_gigabytes(self):
        def spoken_for(document):
            document.Root.X = pikepdf.String(b"0" * 100)

        packed = pdf(spoken_for, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self.assertTrue(upload.check_upload("a.pdf", packed, "document", env=self.env))
        bomb = object_stream_bomb(900 * 1024 * 1024)
        self.assertLess(len(bomb), 2 * 1024 * 1024)
        self.refuse("a.pdf", bomb, "document")

    def test_a_message_for_the_citizen(self):
        text = self.refuse("<script>.jpg", EXE)
        self.assertNotIn("<script>", text)

    def test_unknown_kind_is_a_mistake_of_ours(self):
        with self.assertRaises(ValueError):
            upload.check_upload("a", picture(), "video")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Map and picture components on a page of their own."""

import json
import struct
import tempfile
import time
import zlib
from pathlib import Path

from .base import BASE_URL, PHONE, Backend, E2ECase, artifacts

BOUNDARY = {
    "type": "Polygon",
    "coordinates": [
        [[98.925, 18.717], [98.956, 18.716], [98.957, 18.744], [98.926, 18.745], [98.925, 18.717]]
    ],
}
INSIDE = {"latitude": 18.73, "longitude": 98.94}
OUTSIDE = {"latitude": 18.80, "longitude": 98.94}
ARCH = """<t t-name="website.%(key)s">
<t t-call="website.layout"><div id="wrap"><div class="container py-4"><h1>ทดสอบ</h1>
<form action="/" method="get">
<div class="lgo_map_pin" data-boundary='%(boundary)s' %(extra)s>
<input type="hidden" name="latitude"/><input type="hidden" name="longitude"/></div>
<label for="place">สถานที่</label><input class="form-control" id="place" name="place"/>
<div class="lgo_photo_input" data-max-files="2"><label for="photos">ภาพถ่าย</label>
<input type="file" class="form-control" id="photos" name="photos" multiple="multiple"/></div>
<button type="submit" class="btn btn-primary">ส่ง</button>
</form></div></div></t></t>"""


def png(width, height):
    """A plain PNG, made by hand: the tests need no imaging library."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = b"".join(b"\x00" + b"\x30\x80\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class ComponentCase(E2ECase):
    extra = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        key = f"e2e_{cls.__name__.lower()}_{time.time_ns()}"
        arch = ARCH % {"key": key, "boundary": json.dumps(BOUNDARY), "extra": cls.extra}
        view = cls.backend.call(
            "ir.ui.view",
            "create",
            {"name": "ทดสอบ", "type": "qweb", "key": f"website.{key}", "arch": arch},
        )
        cls.path = f"/{key}"
        website_page = cls.backend.call(
            "website.page", "create", {"url": cls.path, "view_id": view, "is_published": True}
        )
        cls.addClassCleanup(cls.backend.call, "website.page", "unlink", [website_page])

    def no_english(self, page=None, allow=()):
        company = self.backend.call("res.company", "search_read", [], ["name"], limit=1)[0]
        super().no_english(page, [*allow, company["name"]])

    def value(self, name):
        return self.page.input_value(f"input[name={name}]")


class TestMapPin(ComponentCase):
    def test_tap_set_move_and_remove(self):
        self.open(self.path)
        canvas = self.page.locator(".lgo_map_canvas")
        canvas.wait_for()
        self.assertEqual(self.value("latitude"), "")
        canvas.click(position={"x": 200, "y": 150})
        before = float(self.value("latitude"))
        self.assertAlmostEqual(before, 18.73, delta=0.05)
        self.page.locator(".lgo_map_marker").focus()
        self.page.keyboard.press("ArrowUp")
        self.assertGreater(float(self.value("latitude")), before)
        self.screenshot("map-pin")
        self.axe()
        self.no_english()
        self.page.click(".lgo_map_clear")
        self.assertEqual(self.value("latitude"), "")
        self.assertEqual(self.page.locator(".lgo_map_marker").count(), 0)

    def test_keyboard_alone(self):
        self.page.set_viewport_size(PHONE)
        self.open(self.path)
        self.page.locator(".lgo_map_center").focus()
        self.page.keyboard.press("Enter")
        start = self.value("longitude")
        self.page.keyboard.press("Shift+ArrowRight")
        self.assertGreater(float(self.value("longitude")), float(start))
        self.page.keyboard.press("Delete")
        self.assertEqual(self.value("longitude"), "")

    def test_own_position_inside_and_outside(self):
        self.context.grant_permissions(["geolocation"], origin=BASE_URL)
        self.context.set_geolocation(INSIDE)
        self.open(self.path)
        self.page.click(".lgo_map_locate")
        self.page.wait_for_function("document.querySelector('[name=latitude]').value !== ''")
        self.assertEqual(self.value("latitude"), "18.73")
        self.assertNotIn("alert-warning", self.page.get_attribute(".lgo_map_status", "class"))
        self.context.set_geolocation(OUTSIDE)
        self.page.click(".lgo_map_locate")
        self.page.wait_for_selector(".lgo_map_status.alert-warning")
        self.assertEqual(self.value("latitude"), "18.8", "pointed out, not refused")

    def test_position_refused(self):
        self.open(self.path)
        self.page.click(".lgo_map_locate")
        self.page.wait_for_selector(".lgo_map_status.alert-warning")
        self.assertEqual(self.value("latitude"), "")


class TestMapWithoutTiles(ComponentCase):
    """A tile server that does not answer (here: 404 from our own) disturbs nobody."""

    extra = 'data-tile-url="/no-tiles/{z}/{x}/{y}.png"'
    allowed_console = (r"status of 404",)

    def test_still_works(self):
        self.open(self.path)
        self.page.locator(".lgo_map_canvas").click(position={"x": 200, "y": 150})
        self.assertNotEqual(self.value("latitude"), "")
        self.assertEqual(self.page.locator("img.leaflet-tile").count(), 0)


class TestPhotoInput(ComponentCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def sent(self):
        return self.page.evaluate(
            "[...document.getElementById('photos').files].map((f) => [f.name, f.type, f.size])"
        )

    def test_shrink_preview_remove(self):
        self.open(self.path)
        big = png(2400, 1200)
        files = [self.file("น้ำท่วม.png", big), self.file("b.png", png(80, 60))]
        self.page.set_input_files("#photos", files)
        self.page.wait_for_selector(".lgo_photo_list li:nth-child(2)")
        self.assertEqual(
            [(name, kind) for name, kind, _size in self.sent()],
            [("น้ำท่วม.jpg", "image/jpeg"), ("b.jpg", "image/jpeg")],
        )
        self.assertEqual(
            self.page.eval_on_selector(".lgo_photo_list img", "img => img.naturalWidth"), 1600
        )
        self.axe()
        self.no_english()
        self.screenshot("photo-input")
        self.page.click(".lgo_photo_list li:first-child .lgo_photo_remove")
        self.assertEqual([row[0] for row in self.sent()], ["b.jpg"])

    def test_refused_files(self):
        self.open(self.path)
        self.page.set_input_files("#photos", [self.file("a.txt", b"hello")])
        self.page.wait_for_selector(".lgo_photo_errors:not(.d-none)")
        self.assertEqual(self.sent(), [])
        self.page.set_input_files("#photos", [self.file("virus.jpg", b"MZ\x90 program")])
        self.page.wait_for_function(
            "document.querySelector('.lgo_photo_errors').textContent.includes('virus.jpg')"
        )
        self.assertEqual(self.sent(), [])
        files = [self.file(f"{i}.png", png(20, 20)) for i in range(3)]
        self.page.set_input_files("#photos", files)
        self.page.wait_for_selector(".lgo_photo_list li:nth-child(2)")
        self.assertEqual(len(self.sent()), 2, "at most two")

    def test_plain_input_without_javascript(self):
        context = self.browser.new_context(java_script_enabled=False, viewport=PHONE)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(BASE_URL + self.path)
        self.assertTrue(page.is_visible("#photos"))
        self.assertTrue(page.is_visible("#place"))
        page.screenshot(path=str(artifacts() / "components-nojs-375.png"), full_page=True)

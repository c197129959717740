# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.base_import.models.base_import import ImportValidationError

from .common import BuddhistEraCase


@tagged("post_install", "-at_install")
class TestImport(BuddhistEraCase):
    def _import(self, env, dates, date_format="%d/%m/%Y"):
        data = [[f"รายการ {index}", text] for index, text in enumerate(dates)]
        env["base_import.import"]._parse_date_from_data(
            data, 1, "date", "date", {"date_format": date_format}
        )
        return [line[1] for line in data]

    def test_thai(self):
        self.assertEqual(
            self._import(self.thai, ["23/11/2569", "23/11/2026", "๒๙/๐๒/๒๕๖๗", "", "1/1/2484"]),
            ["2026-11-23", "2026-11-23", "2024-02-29", "", "1941-01-01"],
        )

    def test_short_years(self):
        for text, date_format, expected in (
            ("23/11/69", "%d/%m/%y", "2026-11-23"),
            ("๒๙/๐๒/๖๗", "%d/%m/%y", "2024-02-29"),
            ("01/01/00", "%d/%m/%y", "1957-01-01"),
            ("69-11-23", "%y-%m-%d", "2026-11-23"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._import(self.thai, [text], date_format), [expected])
        self.assertEqual(self._import(self.english, ["23/11/69"], "%d/%m/%y"), ["1969-11-23"])
        with self.assertRaises(ImportValidationError):
            self._import(self.thai, ["29/02/69"], "%d/%m/%y")

    def test_a_day_that_does_not_exist_stops_the_import(self):
        for text in ("31/02/2569", "29/02/2569", "23/11/99999", "ไม่ทราบ"):
            with self.subTest(text=text), self.assertRaises(ImportValidationError):
                self._import(self.thai, [text])

    def test_english(self):
        self.assertEqual(self._import(self.english, ["23/11/2569"]), ["2569-11-23"])

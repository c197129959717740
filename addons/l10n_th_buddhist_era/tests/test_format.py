# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from datetime import date

import babel.dates

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import format_date, format_datetime

from ..buddhist_era import is_thai, to_buddhist_year, to_gregorian_text
from .common import BuddhistEraCase

# Frozen: date, pattern (False: of the language), what a Thai user reads
DATES = (
    (date(2026, 11, 23), False, "23/11/2569"),
    (date(2026, 11, 23), "d MMMM yyyy", "23 พฤศจิกายน 2569"),
    (date(2026, 11, 23), "d MMM yy", "23 พ.ย. 69"),
    (date(2026, 11, 23), "long", "23 พฤศจิกายน พ.ศ. 2569"),
    (date(2026, 11, 23), "d MMM GGGG y", "23 พ.ย. พุทธศักราช 2569"),
    (date(2026, 11, 23), "short", "23/11/69"),
    (date(2024, 2, 29), False, "29/02/2567"),
    (date(2025, 12, 31), False, "31/12/2568"),
    (date(2026, 1, 1), False, "01/01/2569"),
    # the year that a week belongs to
    (date(2025, 12, 29), "w/YYYY", "1/2569"),
    # before 1 April 2484 the year began in April: shown as stored, not corrected
    (date(1941, 3, 31), False, "31/03/2484"),
    (date(1940, 2, 1), False, "01/02/2483"),
    # the limit, below which a year would not read back
    (date(1857, 1, 1), False, "01/01/2400"),
    (date(1856, 12, 31), False, "31/12/1856"),
    (date(9999, 12, 31), False, "31/12/10542"),
)
# Frozen: UTC, as stored, and what is read in Asia/Bangkok
DATETIMES = (
    ("2026-11-23 02:30:00", "23/11/2569 09:30:00"),
    ("2026-11-22 16:59:59", "22/11/2569 23:59:59"),
    ("2026-11-22 17:00:00", "23/11/2569 00:00:00"),
    ("2025-12-31 16:59:59", "31/12/2568 23:59:59"),
    ("2025-12-31 17:00:00", "01/01/2569 00:00:00"),
    ("2024-02-28 17:00:00", "29/02/2567 00:00:00"),
)


@tagged("post_install", "-at_install")
class TestFormat(BuddhistEraCase):
    def test_dates(self):
        for value, pattern, expected in DATES:
            with self.subTest(value=value, pattern=pattern):
                self.assertEqual(format_date(self.thai, value, date_format=pattern), expected)

    def test_dates_as_text_and_explicit_language(self):
        self.assertEqual(format_date(self.thai, "2026-11-23"), "23/11/2569")
        self.assertEqual(format_date(self.thai, "2026-11-22 17:00:00"), "23/11/2569")
        self.assertEqual(format_date(self.thai, False), "")
        self.assertEqual(format_date(self.english, "2026-11-23", lang_code="th_TH"), "23/11/2569")
        self.assertEqual(format_date(self.thai, "2026-11-23", lang_code="en_US"), "11/23/2026")

    def test_datetimes_near_midnight(self):
        for value, expected in DATETIMES:
            with self.subTest(value=value):
                self.assertEqual(format_datetime(self.thai, value, tz="Asia/Bangkok"), expected)

    def test_long_datetime(self):
        text = format_datetime(
            self.thai, "2026-11-23 02:30:00", tz="Asia/Bangkok", dt_format="long"
        )
        self.assertIn("23 พฤศจิกายน พ.ศ. 2569", text)

    def test_other_languages_stay_gregorian(self):
        value = date(2026, 11, 23)
        self.assertEqual(format_date(self.english, value), "11/23/2026")
        self.assertEqual(format_date(self.english, value, date_format="long"), "November 23, 2026")
        self.assertEqual(format_date(self.english, value, date_format="y G"), "2026 AD")
        self.assertEqual(
            format_datetime(self.english, "2025-12-31 17:00:00", tz="Asia/Bangkok"),
            "01/01/2026 00:00:00",
        )

    def test_database_without_the_addon_stays_gregorian(self):
        thread = threading.current_thread()
        dbname, thread.dbname = thread.dbname, "lgo_no_such_database"
        try:
            text = babel.dates.format_date(date(2026, 11, 23), "d/M/y G", locale="th_TH")
        finally:
            thread.dbname = dbname
        self.assertEqual(text, "23/11/2026 ค.ศ.")

    def test_stored_value_is_untouched(self):
        partner = self.thai["res.partner"].create({"name": "สมชาย ใจดี"})
        partner.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-11-22 17:00:00' WHERE id = %s", [partner.id]
        )
        partner.invalidate_recordset()
        self.assertEqual(fields.Datetime.to_string(partner.create_date), "2026-11-22 17:00:00")
        self.assertEqual(
            partner.search([("create_date", "=", "2026-11-22 17:00:00"), ("id", "=", partner.id)]),
            partner,
        )


@tagged("post_install", "-at_install")
class TestArithmetic(TransactionCase):
    def test_is_thai(self):
        for code, expected in (
            ("th_TH", True),
            ("th-TH", True),
            ("th", True),
            ("en_US", False),
            ("the", False),
            ("", False),
            (None, False),
        ):
            self.assertEqual(is_thai(code), expected, code)

    def test_year(self):
        for year, expected in ((2026, 2569), (1857, 2400), (1856, 1856), (1, 1)):
            self.assertEqual(to_buddhist_year(year), expected)

    def test_gregorian_text(self):
        for text, expected in (
            ("23/11/2569", "23/11/2026"),
            ("๒๙/๐๒/๒๕๖๗", "29/02/2024"),
            ("23/11/2026", "23/11/2026"),
            ("01/01/2400", "01/01/1857"),
            ("31/12/2399", "31/12/2399"),
            ("23/11/99999", "23/11/99999"),
            ("", ""),
            ("ก่", "ก่"),
        ):
            self.assertEqual(to_gregorian_text(text), expected)

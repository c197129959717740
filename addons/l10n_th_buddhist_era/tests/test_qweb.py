# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from lxml import html

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import format_date, mute_logger

from .common import BuddhistEraCase

TEMPLATE = """<t t-name="l10n_th_buddhist_era.test"><p>
<i t-out="day" t-options="{'widget': 'date'}"/>|
<i t-out="day" t-options="{'widget': 'date', 'format': 'd MMMM yyyy'}"/>|
<i t-out="moment" t-options="{'widget': 'datetime'}"/>|
<i t-out="moment" t-options="{'widget': 'datetime', 'date_only': True}"/>|
<i t-out="moment" t-options="{'widget': 'datetime', 'format': 'd MMM yy HH:mm'}"/>|
<i t-out="format_date(env, day, date_format='long')"/>|
<i t-field="tag.create_date" t-options="{'widget': 'date'}"/>
</p></t>"""
THAI = [
    "23/11/2569",
    "23 พฤศจิกายน 2569",
    "23/11/2569 00:30:00",
    "23/11/2569",
    "23 พ.ย. 69 00:30",
    "23 พฤศจิกายน พ.ศ. 2569",
    "01/01/2569",
]
ENGLISH = [
    "11/23/2026",
    "23 November 2026",
    "11/23/2026 00:30:00",
    "11/23/2026",
    "23 Nov 26 00:30",
    "November 23, 2026",
    "01/01/2026",
]


@tagged("post_install", "-at_install")
class TestQweb(BuddhistEraCase):
    def _render(self, env):
        tag = self.env["res.partner.category"].create({"name": "กลุ่ม"})
        self.env.cr.execute(
            "UPDATE res_partner_category SET create_date = '2025-12-31 17:00:00' WHERE id = %s",
            [tag.id],
        )
        tag.invalidate_recordset()
        view = self.env["ir.ui.view"].create(
            {
                "name": "l10n_th_buddhist_era.test",
                "type": "qweb",
                "key": "l10n_th_buddhist_era.test",
                "arch": TEMPLATE,
            }
        )
        page = env["ir.qweb"]._render(
            view.id,
            {
                "day": date(2026, 11, 23),
                "moment": fields.Datetime.to_datetime("2026-11-22 17:30:00"),
                "tag": tag.with_env(env),
                "env": env,
                "format_date": format_date,
            },
        )
        return [part.strip() for part in html.fromstring(page).text_content().split("|")]

    def test_converters(self):
        self.assertEqual(self._render(self.thai), THAI)

    def test_converters_in_english(self):
        self.assertEqual(self._render(self.english), ENGLISH)

    def _from_html(self, widget, text, **attributes):
        element = html.Element("span", **attributes)
        element.text = text
        return self.env[f"ir.qweb.field.{widget}"].from_html(None, None, element)

    def test_edit_in_place(self):
        self.env.user.lang = "th_TH"
        for text, expected in (
            ("23/11/2569", "2026-11-23"),
            ("23/11/2026", "2026-11-23"),
            ("๒๙/๐๒/๒๕๖๗", "2024-02-29"),
            ("", False),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._from_html("date", text), expected)
        self.assertEqual(
            self._from_html(
                "datetime", "23/11/2569 00:30:00", **{"data-oe-original-tz": "Asia/Bangkok"}
            ),
            "2026-11-22 17:30:00",
        )

    def test_edit_in_place_refuses_what_is_no_date(self):
        self.env.user.lang = "th_TH"
        for text in ("31/02/2569", "29/02/2569", "0/0/0", "<b>23</b>", "23/11/99999"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                self._from_html("date", text)
        with mute_logger("odoo"), self.assertRaises(ValidationError):
            self._from_html("datetime", "31/02/2569 00:30:00")

    def test_edit_in_place_in_english(self):
        self.env.user.lang = "en_US"
        self.assertEqual(self._from_html("date", "11/23/2569"), "2569-11-23")

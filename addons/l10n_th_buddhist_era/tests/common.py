# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase


class BuddhistEraCase(TransactionCase):
    """Two languages side by side, whatever the database was made with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("th_TH", "en_US"):
            cls.env["res.lang"]._activate_lang(code)
        formats = {"th_TH": "%d/%m/%Y", "en_US": "%m/%d/%Y"}
        for code, date_format in formats.items():
            cls.env["res.lang"].search([("code", "=", code)]).write(
                {"date_format": date_format, "time_format": "%H:%M:%S"}
            )
        cls.env.user.tz = "Asia/Bangkok"
        cls.thai = cls.env(context={"lang": "th_TH", "tz": "Asia/Bangkok"})
        cls.english = cls.env(context={"lang": "en_US", "tz": "Asia/Bangkok"})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import geothai

from odoo import api, fields, models


class LgoProvince(models.Model):
    """A province (จังหวัด), two-digit code of the Department of Provincial Administration.

    Codes, names and postcodes of all places: Department of Provincial Administration
    (กรมการปกครอง), Thailand Post (ไปรษณีย์ไทย) and GeoThai/data by Pongsakorn Thipayanate, licensed
    under the Creative Commons Attribution 4.0 International License, taken from the Python package
    ``geothai``.
    """

    _name = "lgo.province"
    _description = "Province"
    _inherit = ["lgo.area.mixin"]

    letter_code = fields.Char(
        string="Letter code",
        help="Two letters in front of the number of official letters, for example ชม.",
    )
    district_ids = fields.One2many(comodel_name="lgo.district", inverse_name="province_id")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is in the list already.")
    _code_digits = models.Constraint(
        "CHECK (code ~ '^[0-9]{2}$')", "The code of a province has 2 digits."
    )
    _letter_code_uniq = models.UniqueIndex(
        "(letter_code) WHERE letter_code IS NOT NULL", "Another province has this letter code."
    )

    @api.model
    def _load_places(self):
        """Load or renew provinces, districts and subdistricts; safe to run again.

        Known codes get the new name and postcodes; nothing is taken away, for old addresses.
        """
        provinces = geothai.provinces()
        districts = [row for province in provinces for row in geothai.districts(province.code)]
        subdistricts = [row for row in districts for row in geothai.subdistricts(row.code)]
        self._load(
            [{"code": row.code, "name": row.name_th, "name_en": row.name_en} for row in provinces]
        )
        ids = self._ids_by_code()
        model = self.env["lgo.district"]
        model._load(
            [
                {
                    "code": row.code,
                    "name": row.name_th.removeprefix("เขต"),
                    "name_en": row.name_en,
                    "province_id": ids[row.province_code],
                }
                for row in districts
            ]
        )
        ids = model._ids_by_code()
        self.env["lgo.subdistrict"]._load(
            [
                {
                    "code": row.code,
                    "name": row.name_th,
                    "name_en": row.name_en,
                    "postcodes": " ".join(row.postal_codes),
                    "district_id": ids[row.district_code],
                }
                for row in subdistricts
            ]
        )

    @api.model
    def _set_letter_codes(self, letters):
        """Fill letter codes that are still empty.

        :param dict letters: two letters by province code
        """
        for province in self.search([("letter_code", "=", False)]):
            province.letter_code = letters.get(province.code)

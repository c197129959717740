# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..tools import sort_key

ADDRESS_PARTS = (
    "lgo_house_no",
    "lgo_moo",
    "lgo_village",
    "lgo_soi",
    "lgo_road",
    "lgo_subdistrict_id",
)
# DOPA code of กรุงเทพมหานคร, which says แขวง and เขต and names no ตำบล or อำเภอ
BANGKOK = "10"


class ResPartner(models.Model):
    """Thai postal address, written as in the house registration book."""

    _inherit = "res.partner"

    lgo_house_no = fields.Char(string="House number", help="บ้านเลขที่, such as 99/1.")
    lgo_moo = fields.Char(string="Moo", help="หมู่ที่")
    lgo_village = fields.Char(string="Village or building")
    lgo_soi = fields.Char(string="Soi")
    lgo_road = fields.Char(string="Road")
    lgo_subdistrict_id = fields.Many2one(
        "lgo.subdistrict",
        string="Subdistrict",
        ondelete="restrict",
        index="btree_not_null",
        help="District, province and postcode follow from it.",
    )
    lgo_district_id = fields.Many2one(related="lgo_subdistrict_id.district_id", string="District")
    lgo_province_id = fields.Many2one(related="lgo_subdistrict_id.province_id", string="Province")
    lgo_address_line = fields.Char(
        string="Address on one line", compute="_compute_lgo_address_line"
    )

    @api.depends(*ADDRESS_PARTS, "zip")
    def _compute_lgo_address_line(self):
        for partner in self:
            partner.lgo_address_line = partner._lgo_thai_address()

    def _lgo_street_words(self):
        """Return the words before the subdistrict, each with its label."""
        self.ensure_one()
        moo = self.lgo_moo
        return [
            word
            for word in (
                self.lgo_house_no,
                moo and f"หมู่ที่ {moo}",
                self.lgo_village,
                self.lgo_soi and self._lgo_labelled("ซอย", self.lgo_soi),
                self.lgo_road and self._lgo_labelled("ถนน", self.lgo_road),
            )
            if word
        ]

    @api.model
    def _lgo_labelled(self, label, text):
        if text.startswith(label):
            return text
        # ซอย 2, but ซอยตัวอย่าง
        return f"{label} {text}" if text[:1].isdigit() else f"{label}{text}"

    def _lgo_area_words(self):
        subdistrict = self.lgo_subdistrict_id
        if not subdistrict:
            return []
        province = subdistrict.province_id
        if (province.code or "").startswith(BANGKOK):
            return [
                self._lgo_labelled("แขวง", subdistrict.name),
                self._lgo_labelled("เขต", subdistrict.district_id.name),
                province.name,
            ]
        return [
            self._lgo_labelled("ตำบล", subdistrict.name),
            self._lgo_labelled("อำเภอ", subdistrict.district_id.name),
            self._lgo_labelled("จังหวัด", province.name),
        ]

    def _lgo_thai_address(self):
        """Return the address on one line, ``""`` when nothing is known."""
        self.ensure_one()
        words = self._lgo_street_words() + self._lgo_area_words()
        if words and self.zip:
            words.append(self.zip)
        return " ".join(words)

    def _lgo_postcodes(self):
        """Return the postcodes of the subdistrict, the usual one first."""
        subdistrict = self.lgo_subdistrict_id
        return subdistrict._postcode_list() if subdistrict else []

    @api.onchange("lgo_subdistrict_id")
    def _onchange_lgo_subdistrict_id(self):
        codes = self._lgo_postcodes()
        if codes and self.zip not in codes:
            self.zip = codes[0]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._lgo_clean_address(vals) for vals in vals_list]
        partners = super().create(vals_list)
        for partner, vals in zip(partners, vals_list, strict=True):
            if any(vals.get(name) for name in ADDRESS_PARTS):
                partner._lgo_fill_core_address(vals)
        return partners

    def write(self, vals):
        vals = self._lgo_clean_address(vals)
        result = super().write(vals)
        if vals.keys() & set(ADDRESS_PARTS):
            for partner in self:
                partner._lgo_fill_core_address(vals)
        return result

    @api.model
    def _lgo_clean_address(self, vals):
        return {
            name: sort_key.clean(value)
            if name in ADDRESS_PARTS and isinstance(value, str)
            else value
            for name, value in vals.items()
        }

    def _lgo_fill_core_address(self, given):
        """Keep Odoo's own address fields in step, for invoices and letters."""
        self.ensure_one()
        area = self._lgo_area_words()
        values = {
            "street": " ".join(self._lgo_street_words()) or False,
            "street2": area[0] if area else False,
            # core has no province of ours: its list of states is English and may be incomplete
            "city": " ".join(area[1:]) or False,
        }
        if area:
            values["country_id"] = self.env.ref("base.th").id
            codes = self._lgo_postcodes()
            if codes and self.zip not in codes:
                values["zip"] = codes[0]
        self.write({name: value for name, value in values.items() if name not in given})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import thai


class LgoAreaMixin(models.AbstractModel):
    """What provinces, districts and subdistricts have in common; no personal data."""

    _name = "lgo.area.mixin"
    _description = "Place"
    _order = "lgo_sort_key, id"
    _rec_names_search = ["name", "code", "name_en"]

    code = fields.Char(required=True, index=True)
    name = fields.Char(required=True)
    name_en = fields.Char(string="English name")
    lgo_sort_key = fields.Char(compute="_compute_lgo_sort_key", store=True, index=True)

    @api.depends("name")
    def _compute_lgo_sort_key(self):
        for place in self:
            place.lgo_sort_key = thai.sort_key(place.name)

    @api.model
    def _search_display_name(self, operator, value):
        """Search by name or code; Thai digits count as digits."""
        if isinstance(value, str):
            value = thai.to_arabic_digits(value).strip()
            if value.isdigit() and operator in ("ilike", "like", "="):
                return Domain("code", "=like", f"{value}%")
        return super()._search_display_name(operator, value)

    @api.model
    def _ids_by_code(self):
        return {place.code: place.id for place in self.search([])}

    @api.model
    def _load(self, rows):
        """Create the rows whose code is new and correct those that differ."""
        known = {place.code: place for place in self.search([])}
        self.create([row for row in rows if row["code"] not in known])
        for row in rows:
            place = known.get(row["code"])
            if place:
                changed = {
                    name: value
                    for name, value in row.items()
                    if self._fields[name].convert_to_write(place[name], place) != value
                }
                if changed:
                    place.write(changed)

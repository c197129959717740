# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError


def _polygons(data):
    """Yield the coordinates of each polygon in a GeoJSON object (RFC 7946)."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection":
        for feature in data.get("features") or []:
            yield from _polygons(feature)
    elif kind == "Feature":
        yield from _polygons(data.get("geometry"))
    elif kind == "MultiPolygon":
        yield from data.get("coordinates") or []
    elif kind == "Polygon":
        yield data.get("coordinates")


def _is_polygon(rings):
    """Whether these are rings of at least four [longitude, latitude] on the earth."""

    def on_earth(point):
        return (
            isinstance(point, list)
            and len(point) >= 2
            and all(isinstance(value, (int, float)) for value in point[:2])
            and abs(point[0]) <= 180
            and abs(point[1]) <= 90
        )

    return (
        isinstance(rings, list)
        and bool(rings)
        and all(isinstance(r, list) and len(r) >= 4 and all(map(on_earth, r)) for r in rings)
    )


class ResCompany(models.Model):
    """What the citizens' site shows of the organisation."""

    _inherit = "res.company"

    lgo_office_hours = fields.Char(
        string="Other words for the hours",
        translate=True,
        help="Shown on the citizens' site in place of the hours of the calendar. Leave empty, so "
        "that what is promised and what is counted agree.",
    )
    lgo_tile_url = fields.Char(
        string="Map tiles",
        help="Address template of the map images, with {z}, {x} and {y}. Empty: the map shows "
        "the boundary and a grid only, and no other server is asked for anything.",
    )

    lgo_boundary = fields.Text(
        string="Boundary of the municipality",
        help="GeoJSON (WGS 84) of the boundary: a Polygon, MultiPolygon, Feature or "
        "FeatureCollection. Shown on the map; a pin outside it is pointed out to the citizen.",
    )
    lgo_latitude = fields.Float(
        string="Latitude of the office", digits=(9, 6), help="Where the map opens, in degrees."
    )
    lgo_longitude = fields.Float(
        string="Longitude of the office", digits=(9, 6), help="Where the map opens, in degrees."
    )

    @api.constrains("lgo_boundary")
    def _check_lgo_boundary(self):
        for company in self.filtered("lgo_boundary"):
            try:
                polygons = list(_polygons(json.loads(company.lgo_boundary)))
            except (ValueError, RecursionError):
                polygons = []
            if not polygons or not all(_is_polygon(polygon) for polygon in polygons):
                raise ValidationError(
                    self.env._(
                        "The boundary must be GeoJSON with a Polygon or MultiPolygon of "
                        "longitudes and latitudes."
                    )
                )

    @api.constrains("lgo_tile_url")
    def _check_lgo_tile_url(self):
        for company in self.filtered("lgo_tile_url"):
            url = company.lgo_tile_url
            if not url.startswith(("https://", "http://", "/")) or not all(
                part in url for part in ("{z}", "{x}", "{y}")
            ):
                raise ValidationError(
                    self.env._(
                        "The address of the map tiles must start with https:// (or / for this "
                        "server) and hold {z}, {x} and {y}."
                    )
                )

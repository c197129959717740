# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import case_area
from .res_company_web import _is_polygon, _polygons


class LgoCaseRoute(models.Model):
    """A rule that says which unit, and which of its officers, gets a new case.

    The first rule that fits wins; without one the case stays with the unit of its service.
    Empty conditions fit everything, those that are set must all fit.
    """

    _name = "lgo.case.route"
    _description = "Routing Rule"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(
        string="Priority", default=10, help="The lowest number that fits wins."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    moment = fields.Selection(
        selection=[("submit", "When it is filed"), ("accept", "When it is accepted")],
        string="Applied",
        default="submit",
        required=True,
    )
    service_ids = fields.Many2many(comodel_name="lgo.service", string="Services")
    service_kind = fields.Selection(
        selection=lambda self: (
            self.env["lgo.service"]._fields["kind"]._description_selection(self.env)
        ),
        string="Kind of service",
    )
    channel = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_channel()
    )
    subdistrict_ids = fields.Many2many(
        comodel_name="lgo.subdistrict",
        string="Subdistricts",
        help="Subdistrict in the address of the applicant.",
    )
    places = fields.Text(
        string="Villages or communities",
        help="One a line, such as หมู่ 3 or ชุมชนวัดดอน; fits when the place of the case names one.",
    )
    area = fields.Text(
        string="Area on the map",
        help="GeoJSON (WGS 84) with a Polygon or MultiPolygon; fits when the pin lies inside.",
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department", string="To the unit", required=True, index=True
    )
    officer = fields.Selection(
        selection=[
            ("none", "The head of the unit chooses"),
            ("user", "This officer"),
            ("least", "Who has the fewest open cases"),
        ],
        default="none",
        required=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="To the officer",
        domain="[('share', '=', False)]",
        index="btree_not_null",
    )
    member_ids = fields.Many2many(
        comodel_name="res.users",
        relation="lgo_case_route_member_rel",
        string="Among",
        domain="[('share', '=', False)]",
        help="Officers among whom the cases are shared; empty: everyone in the unit.",
    )

    @api.constrains("area")
    def _check_area(self):
        for rule in self.filtered("area"):
            polygons = rule._area_polygons()
            if not polygons or not all(_is_polygon(polygon) for polygon in polygons):
                raise ValidationError(
                    self.env._(
                        "The area must be GeoJSON with a Polygon or MultiPolygon of longitudes"
                        " and latitudes."
                    )
                )

    @api.constrains("officer", "user_id")
    def _check_officer(self):
        for rule in self:
            if rule.officer == "user" and not rule.user_id:
                raise ValidationError(self.env._("Choose the officer who gets the cases."))

    def _area_polygons(self):
        try:
            return list(_polygons(json.loads(self.area or "null")))
        except (ValueError, RecursionError):
            return []

    # ------------------------------------------------------------ finding
    @api.model
    def _find(
        self,
        *,
        company,
        service,
        channel,
        moment="submit",
        latitude=0.0,
        longitude=0.0,
        place="",
        subdistrict=None,
    ):
        """The rule that decides where a case goes.

        :param company: ``res.company``
        :param service: ``lgo.service``
        :param str channel: code of the channel
        :param str moment: ``submit`` or ``accept``
        :param float latitude: degrees, 0 when there is no pin
        :param float longitude: degrees
        :param str place: place of the case in words
        :param subdistrict: ``lgo.subdistrict`` or empty
        :return: ``lgo.case.route``; empty when none fits
        """
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("moment", "=", moment)
            & Domain("service_ids", "in", [False, service.id])
            & Domain("service_kind", "in", [False, service.kind])
            & Domain("channel", "in", [False, channel])
        )
        for rule in self.search(domain):
            if rule._fits_place(latitude, longitude, place or "", subdistrict):
                return rule
        return self.browse()

    def _fits_place(self, latitude, longitude, place, subdistrict):
        self.ensure_one()
        if self.subdistrict_ids and subdistrict not in self.subdistrict_ids:
            return False
        names = [line.strip().lower() for line in (self.places or "").splitlines() if line.strip()]
        if names and not any(self._names_place(name, place.lower()) for name in names):
            return False
        if self.area:
            return bool(latitude or longitude) and any(
                case_area.is_inside(longitude, latitude, rings) for rings in self._area_polygons()
            )
        return True

    @staticmethod
    def _names_place(name, place):
        """Whether ``place`` names it; หมู่ 1 is not named by หมู่ 12."""
        position = place.find(name)
        while position >= 0:
            after = place[position + len(name) : position + len(name) + 1]
            if not (name[-1].isdigit() and after.isdigit()):
                return True
            position = place.find(name, position + 1)
        return False

    # ------------------------------------------------------------ choosing the officer
    def _choose_officer(self):
        """The officer whom this rule names now; empty when the head of the unit chooses.

        Who is away is stood in for, or left out where several share the work.

        :return: ``res.users``
        """
        self.ensure_one()
        nobody = self.env["res.users"]
        if self.officer == "user":
            return self.user_id._lgo_stand_in()
        if self.officer != "least":
            return nobody
        members = self.member_ids.filtered("active") or self._unit_members()
        present = members.filtered(lambda user: user._lgo_stand_in() == user)
        if not present:
            return nobody
        load = self.env["lgo.case.register"].sudo()._open_by_officer(present)
        return min(present, key=lambda user: (load.get(user.id, 0), user.id))

    def _unit_members(self):
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search([("department_id", "=", self.unit_id.id), ("user_id", "!=", False)])
        )
        return employees.user_id.filtered(
            lambda user: user.active and user.has_group("lgo_base.group_staff")
        )

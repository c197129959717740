# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The models of others that stand on every page of the citizens' site."""

from odoo import models

COMPANY_FIELDS = frozenset(
    ("name", "phone", "email", "street", "street2", "city", "zip", "state_id", "logo")
    + ("partner_id", "lgo_office_hours", "lgo_office_calendar_id", "sequence")
)
PARTNER_FIELDS = frozenset(
    ("name", "phone", "email", "street", "street2", "city", "zip", "state_id", "image_1920")
    + ("lgo_house_no", "lgo_moo", "lgo_village", "lgo_soi", "lgo_road", "lgo_subdistrict_id")
)
WEBSITE_FIELDS = frozenset(("name", "company_id", "favicon", "default_lang_id", "cookies_bar"))


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "lgo.site.cache.mixin"]
    _site_fields = COMPANY_FIELDS


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "lgo.site.cache.mixin"]
    _site_fields = PARTNER_FIELDS

    def _shown_on_site(self):
        """Citizens are not; the partner of an organisation is."""
        companies = self.env["res.company"].sudo()
        return bool(companies.search_count([("partner_id", "in", self.ids)], limit=1))


class Website(models.Model):
    _name = "website"
    _inherit = ["website", "lgo.site.cache.mixin"]
    _site_fields = WEBSITE_FIELDS


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "lgo.site.cache.mixin"]


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "lgo.site.cache.mixin"]


class WebsiteMenu(models.Model):
    _name = "website.menu"
    _inherit = ["website.menu", "lgo.site.cache.mixin"]


class LgoHoliday(models.Model):
    _name = "lgo.holiday"
    _inherit = ["lgo.holiday", "lgo.site.cache.mixin"]

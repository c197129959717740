# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Pages that this add-on fills from live data, and their addresses.
PAGES = {
    "manuals": "/services",
    "statistics": "/statistics/services",
    "e_services": "/statistics/e-services",
    "corruption": "/statistics/corruption",
    "opinions": "/statistics/opinions",
    "satisfaction": "/statistics/satisfaction",
    "questions": "/contactus",
    "open_data": "/opendata",
}


class LgoItaItem(models.Model):
    """Which page answers an item of the Integrity and Transparency Assessment (OIT) of a year.

    The NACC numbers the items anew each year, so the number is data.
    """

    _name = "lgo.ita.item"
    _description = "ITA Item"
    _order = "year desc, sequence, id"

    year = fields.Integer(
        string="Year of assessment (B.E.)", required=True, aggregator=None, index=True
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Number of the item in that year, such as O13.")
    name = fields.Char(string="Item", required=True)
    page = fields.Selection(
        selection=[
            ("manuals", "Manuals for citizens"),
            ("statistics", "Service statistics"),
            ("e_services", "List of e-services"),
            ("corruption", "Complaints about corruption"),
            ("opinions", "Channels for opinions"),
            ("satisfaction", "Satisfaction survey"),
            ("questions", "Questions and contact"),
            ("open_data", "Open data"),
            ("other", "Another address"),
        ],
        required=True,
        default="other",
    )
    url = fields.Char(string="Address", help="Only for another address: / or https:// …")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Organisation", index=True, default=lambda self: self.env.company
    )

    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), year, code)", "This number stands in the list of that year."
    )

    @api.constrains("page", "url")
    def _check_url(self):
        for item in self:
            url = item.url or ""
            if item.page == "other" and not url.startswith(("https://", "http://", "/")):
                raise ValidationError(
                    self.env._("Write an address that begins with / or https://.")
                )
            if url.startswith("//"):
                raise ValidationError(
                    self.env._("Write an address that begins with / or https://.")
                )

    @api.constrains("year")
    def _check_year(self):
        for item in self:
            if not 2540 <= item.year <= 2699:
                raise ValidationError(self.env._("Write the year as B.E., such as 2569."))

    def _address(self):
        """Where the item is answered."""
        self.ensure_one()
        return PAGES.get(self.page) or self.url

    @api.model
    def _public_years(self):
        """Years that have items, newest first."""
        rows = self.sudo()._read_group(self._public_domain(), ["year"])
        return sorted((year for (year,) in rows), reverse=True)

    @api.model
    def _public_domain(self):
        return [("company_id", "in", (False, self.env.company.id))]

    @api.model
    def _public_items(self, year):
        """Items of a year in their order, in sudo."""
        return self.sudo().search([*self._public_domain(), ("year", "=", year)])

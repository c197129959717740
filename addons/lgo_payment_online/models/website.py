# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

PAY_URL = "/pay"


class Website(models.Model):
    _inherit = "website"

    def _lgo_menu_icons(self):
        return {**super()._lgo_menu_icons(), PAY_URL: "fa-credit-card"}

    @api.model
    def _lgo_add_pay_menu(self):
        """Put the payment page into the main menu of the websites; once, on installation."""
        menus = self.env["website.menu"].sudo().with_context(lang="en_US")
        langs = dict(self.env["res.lang"].get_installed())
        for website in self.sudo().search([]):  # pylint: disable=no-search-all
            root = menus.browse(website.menu_id.id)
            if PAY_URL in root.child_id.mapped("url"):
                continue
            menu = menus.create(
                {
                    "name": "Pay a fee",
                    "url": PAY_URL,
                    "parent_id": root.id,
                    "website_id": website.id,
                    "sequence": max(root.child_id.mapped("sequence"), default=0) + 10,
                }
            )
            if "th_TH" in langs:
                menu.with_context(lang="th_TH").name = "ชำระค่าธรรมเนียม"

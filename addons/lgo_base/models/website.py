# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, models
from odoo.tools import file_open

# url -> (source name, Thai name, icon); the order is the order of the menu
LGO_MENU = {
    "/": ("Home", "หน้าแรก", "fa-home"),
    "/services": ("Services", "บริการ", "fa-th-large"),
    "/track": ("Follow a case", "ติดตามเรื่อง", "fa-search"),
    "/verify": ("Check a document", "ตรวจสอบเอกสาร", "fa-qrcode"),
}


class Website(models.Model):
    _inherit = "website"

    # ------------------------------------------------------------ hooks for other add-ons

    def _lgo_home_services(self):
        """Tiles of the home page.

        :return: list of dicts ``{"title", "url", "text" (optional), "icon" (optional, a Font
            Awesome class)}``; empty here, filled by the add-on that owns the service pages
        """
        return []

    def _lgo_privacy_notice(self):
        """The text shown on ``/privacy``.

        :return: ``Markup`` of the notice now in force, or ``False`` for the short default text
        """
        return False

    # ------------------------------------------------------------ used by the templates

    @api.model
    def _lgo_menu_icon(self, url):
        """Font Awesome class for an entry of the main menu, by its address."""
        return LGO_MENU.get((url or "").rstrip("/") or "/", ("", "", "fa-angle-right"))[2]

    def _lgo_has_favicon(self):
        """Whether somebody has uploaded a favicon (the stock one is the software's own)."""
        favicon = self.sudo().favicon
        if not favicon:
            return False
        with file_open("web/static/img/favicon.ico", "rb") as stock:
            stock_image = hashlib.sha256(stock.read()).digest()
        return hashlib.sha256(base64.b64decode(favicon)).digest() != stock_image

    # ------------------------------------------------------------ installation

    @api.model
    def _lgo_setup(self):
        """Give the websites the menu, name and language of a Thai municipality.

        Called once, on installation (``noupdate``): later changes belong to the municipality.
        """
        thai = self.env["res.lang"]._get_data(code="th_TH").id
        for website in self.sudo().search([]):  # pylint: disable=no-search-all
            # Citizens open their own account; whoever does not want one files without.
            vals = {"auth_signup_uninvited": "b2c"}
            if website.name in ("My Website", "Home"):
                vals["name"] = website.company_id.name
            if thai:
                vals["default_lang_id"] = thai
                vals["language_ids"] = [(6, 0, [thai])]
            website.write(vals)
            website._lgo_setup_menu()
        # Stands in the register books and the audit trail as the one who filed without signing in.
        nobody = self.sudo().env.ref("base.public_partner")
        if thai and nobody.name == "Public user":
            nobody.name = "ประชาชน (ไม่ได้เข้าสู่ระบบ)"

    def _lgo_setup_menu(self):
        """Replace the stock entries of the main menu (Home, Contact us) by ours."""
        self.ensure_one()
        Menu = self.env["website.menu"].sudo().with_context(lang="en_US")
        root = Menu.browse(self.menu_id.id)
        root.child_id.filtered(lambda m: m.url in ("/", "/contactus")).unlink()
        known = set(root.child_id.mapped("url"))
        langs = dict(self.env["res.lang"].get_installed())
        for sequence, (url, (name, thai_name, _icon)) in enumerate(LGO_MENU.items(), start=1):
            if url in known:
                continue
            menu = Menu.create(
                {
                    "name": name,
                    "url": url,
                    "parent_id": root.id,
                    "website_id": self.id,
                    "sequence": sequence * 10,
                }
            )
            if "th_TH" in langs:
                menu.with_context(lang="th_TH").name = thai_name

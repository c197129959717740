# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, models, tools
from odoo.http import request
from odoo.tools import file_open

EMBLEM = "/lgo_base/static/img/emblem.svg"
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

    def _lgo_menu_icons(self):
        """Icons of the main menu, Font Awesome classes by address.

        :return: dict ``{"/track": "fa-search"}``; add-ons with an entry of their own extend it
        """
        return {url: icon for url, (_name, _thai, icon) in LGO_MENU.items()}

    def _lgo_privacy_notice(self):
        """The text shown on ``/privacy``.

        :return: ``Markup`` of the notice now in force, or ``False`` for the short default text
        """
        return False

    # ------------------------------------------------------------ used by the templates

    def _lgo_shell(self):
        """What header and footer show of the organisation, as plain values.

        Kept until the organisation changes: every page has it, and read record by record it cost
        as much as the rest of an empty page.

        :return: dict with ``name``, ``phone``, ``tel`` (for a link), ``email``, ``address``,
            ``hours``, ``seal`` (address of the picture), ``default_logo`` and ``favicon`` (bool)
        """
        self.ensure_one()
        return self._lgo_shell_values(self.id, self.env.lang)

    @tools.ormcache("website_id", "lang")
    def _lgo_shell_values(self, website_id, lang):
        website = self.sudo().browse(website_id)
        company = website.company_id
        default_logo = company.uses_default_logo
        return {
            "name": company.name,
            "phone": company.phone or "",
            "tel": (company.phone or "").replace(" ", ""),
            "email": company.email or "",
            "address": company.partner_id._lgo_address_line(),
            "hours": company._lgo_office_hours_text(),
            "seal": EMBLEM if default_logo else f"/logo.png?company={company.id}",
            "default_logo": default_logo,
            "favicon": website._lgo_has_favicon(),
            "cookies_bar": website.cookies_bar,
        }

    def _lgo_menu(self):
        """Entries of the main menu that this visitor may see.

        :return: list of dicts ``{"name", "url", "icon", "new_window", "active"}``
        """
        self.ensure_one()
        path = request.httprequest.path.rstrip("/") or "/" if request else ""
        unslug = self.env["ir.http"]._unslug_url
        menus = []
        for row in self._lgo_menu_rows(self.id, self.env.lang):
            if row["asks"]:
                # shown to some groups, or leads to a page that may be hidden: asked each time
                menu = self.env["website.menu"].search([("id", "=", row["asks"])])
                if not menu.is_visible:
                    continue
            url = row["url"].partition("?")[0].rstrip("/") or "/"
            menus.append({**row, "active": url in (path, unslug(path))})
        return menus

    @tools.ormcache("website_id", "lang")
    def _lgo_menu_rows(self, website_id, lang):
        root = self.sudo().browse(website_id).menu_id
        icons = self._lgo_menu_icons()
        return [
            {
                "name": menu.name,
                "url": menu._clean_url() or "",
                "icon": icons.get((menu.url or "").rstrip("/") or "/", "fa-angle-right"),
                "new_window": menu.new_window,
                "asks": menu.id
                if menu.group_ids or menu.page_id or menu.controller_page_id
                else False,
            }
            for menu in root.child_id
        ]

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

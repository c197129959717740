# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import PaymentCase


@tagged("post_install", "-at_install")
class TestScreens(PaymentCase):
    """Every menu opens for each role that sees it, with its list, form and search."""

    def _menus(self, user):
        root = self.env.ref("lgo_payment.lgo_payment_menu")
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.search([("id", "child_of", root.id)])._filter_visible_menus()
        return visible.filtered("action")

    def test_menus(self):
        seen = {}
        for user in (self.cashier, self.finance, self.approver, self.auditor):
            for menu in self._menus(user):
                action = menu.sudo().action
                if action.type == "ir.actions.server":
                    result = self.env["lgo.cash.session"].with_user(user).action_open_mine()
                    self.assertEqual(result["res_model"], "lgo.cash.session")
                    continue
                model = self.env[action.res_model].with_user(user)
                views = [(False, kind) for kind in (*action.view_mode.split(","), "search")]
                result = model.get_views(views)
                fields = result["models"][action.res_model]["fields"]
                names = [name for name in fields if fields[name].get("type") != "binary"]
                model.search_read([], names, limit=2)
                seen.setdefault(user.login, []).append(menu.name)
        self.assertNotIn("Bank Files", seen["pay_cashier"])
        self.assertIn("To Decide", seen["pay_finance"])
        self.assertIn("Receipts", seen["pay_auditor"])
        self.assertEqual(self._menus(self.outsider), self.env["ir.ui.menu"])

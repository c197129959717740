# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestUserAdmin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Users = cls.env["res.users"]
        cls.role = cls.env.ref("lgo_base.group_admin")
        cls.admin = cls.env.ref("base.user_admin")
        # whoever the database has: an office in which nobody was given the role
        holders = cls.Users.search([("all_group_ids", "in", cls.role.ids)])
        holders.group_ids -= cls.role

    def _menus(self, user):
        self.env.registry.clear_all_caches()
        return self.env["ir.ui.menu"].with_user(user).load_menus(False)

    def test_the_first_account_begins_in_the_office(self):
        """What the web client opens first is ours, and the manual's first menu is there."""
        self.Users._lgo_set_up_administrator()
        self.assertIn(self.role, self.admin.group_ids)
        self.assertFalse(self.admin.action_id)
        menus = self._menus(self.admin)
        first = menus[menus["root"]["children"][0]]
        self.assertEqual(first["xmlid"], "lgo_base.lgo_menu_root")
        seen = {menu.get("xmlid") for menu in menus.values()}
        self.assertIn("lgo_base.lgo_menu_organisation", seen)
        self.assertIn("lgo_base.lgo_case_register_menu", seen)

    def test_the_role_that_was_given_away_stays_away(self):
        other = new_test_user(self.env, "t_other_admin", "lgo_base.group_admin")
        self.Users._lgo_set_up_administrator()
        self.assertNotIn(self.role, self.admin.group_ids)
        other.active = False
        self.Users._lgo_set_up_administrator()
        self.assertIn(self.role, self.admin.group_ids, "nobody could set up the office")

    def test_an_account_that_is_no_administrator_stays_so(self):
        new_test_user(self.env, "t_system", "base.group_system")
        self.admin.group_ids = self.env.ref("base.group_user")
        self.Users._lgo_set_up_administrator()
        self.assertNotIn(self.role, self.admin.all_group_ids)
        self.admin.active = False
        self.Users._lgo_set_up_administrator()
        self.assertNotIn(self.role, self.admin.all_group_ids)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, new_test_user, tagged

TALK = {"mail.menu_root_discuss"}
OFFICE = {"lgo_base.lgo_menu_root"}
WEBSITE = {"website.menu_website_configuration"}
EMPLOYEES = {"hr.menu_hr_root"}


@tagged("post_install", "-at_install", "lgo")
class TestMenus(TransactionCase):
    def apps(self, groups):
        """The apps in the menu of a user with these groups."""
        name = f"menus_{groups}".replace(".", "_").replace(",", "_")
        user = new_test_user(self.env, name, groups=groups)
        menus = self.env["ir.ui.menu"].with_user(user)
        roots = menus.browse(menus._visible_menu_ids()).filtered(lambda menu: not menu.parent_id)
        return set(roots.sudo().get_external_id().values())

    def test_each_role_sees_the_apps_of_its_work(self):
        both = OFFICE | TALK
        for groups, seen, hidden in (
            ("lgo_base.group_clerk", both, WEBSITE | EMPLOYEES),
            ("lgo_base.group_executive", both, WEBSITE | EMPLOYEES),
            ("lgo_base.group_admin", both | EMPLOYEES, WEBSITE),
            (
                "lgo_base.group_staff,website.group_website_restricted_editor",
                both | WEBSITE,
                EMPLOYEES,
            ),
            ("lgo_base.group_staff,hr.group_hr_user", both | EMPLOYEES, WEBSITE),
            ("lgo_base.group_admin,base.group_system", both | EMPLOYEES | WEBSITE, set()),
        ):
            with self.subTest(groups):
                apps = self.apps(groups)
                self.assertLessEqual(seen, apps)
                self.assertFalse(apps & hidden)

    def test_no_picture_of_an_app_that_is_not_there(self):
        for action in self.env["ir.actions.act_window"].search([("help", "!=", False)]):
            if action.res_model.startswith(("hr.employee", "lgo.")):
                self.assertNotIn("/static/description/", action.help, action.name)

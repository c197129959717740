# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .test_secrecy import SecretCase


@tagged("post_install", "-at_install")
class TestLeakCode(SecretCase):
    """Whoever administers the system writes no program that reads past all rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["ir.model"]._get(cls.Letter._name)
        cls.partners = cls.env["ir.model"]._get("res.partner")

    def _alarms(self):
        return self.env["lgo.audit.log"].search_count(
            [("action", "=", "system.code"), ("severity", "=", "critical")]
        )

    def test_no_code_of_actions_and_jobs(self):
        code = "raise UserError(str(env['lgo.eoffice.letter'].sudo().search([]).mapped('body')))"
        vals = {"name": "x", "model_id": self.model.id}
        for user in (self.admin, self.second_admin):
            actions = self.env["ir.actions.server"].with_user(user)
            for more in (
                {"state": "code", "code": code},
                {"code": code},
                {
                    "state": "object_write", "update_path": "subject",
                    "evaluation_type": "equation", "value": "record.sudo().body",
                },
            ):  # fmt: skip
                with self.assertRaises(AccessError):
                    actions.create(vals | more)
                with self.assertRaises(AccessError):
                    self.env["ir.cron"].with_user(user).create(
                        vals | {"interval_type": "days"} | more
                    )
            action = actions.create(vals | {"state": "multi"})
            for change in ({"state": "code"}, {"code": code}):
                with self.assertRaises(AccessError):
                    action.write(change)
            # what has no code stays possible
            action.write({"name": "y", "child_ids": [Command.clear()]})

    def test_no_computed_fields(self):
        vals = {"name": "x_lgo", "model_id": self.partners.id, "ttype": "char"}
        fields = self.env["ir.model.fields"].with_user(self.admin)
        for more in (
            {"compute": "for record in self: record['x_lgo'] = 'x'", "depends": "name"},
            {"related": "parent_id.name"},
        ):
            with self.assertRaises(AccessError):
                fields.create(vals | more)

    def test_expressions_that_leave_the_rights_of_the_reader_are_known(self):
        letters = "<t t-name='x'><p t-out=\"user.env['lgo.eoffice.letter'].sudo().body\"/></t>"
        plain = "<t t-name='x'><p t-out='user.name'/></t>"
        views = self.env["ir.ui.view"].with_user(self.admin)
        view = views.create({"name": "x", "type": "qweb", "key": "lgo.x", "arch": plain})
        self.assertFalse(self._alarms())
        view.write({"arch": letters})
        self.assertEqual(self._alarms(), 1)
        view.write({"arch": letters.replace("<p", "<b").replace("</p", "</b"), "name": "y"})
        self.assertEqual(self._alarms(), 1, "nothing was added")
        view.write({"arch": plain})
        self.assertEqual(self._alarms(), 1)
        self.env["mail.template"].with_user(self.admin).create(
            {
                "name": "x",
                "model_id": self.partners.id,
                "body_html": "<p t-out=\"object.env['lgo.eoffice.letter'].sudo().body\"/>",
            }
        )
        self.assertEqual(self._alarms(), 2)
        report = self.env["ir.actions.report"].search([], limit=1).with_user(self.admin)
        report.write({"print_report_name": "object.sudo().env['lgo.eoffice.letter']"})
        self.assertEqual(self._alarms(), 3)
        rule = self.env["ir.rule"].with_user(self.admin).create(
            {"name": "x", "model_id": self.partners.id, "domain_force": "[('id', '=', user.id)]"}
        )  # fmt: skip
        self.assertEqual(self._alarms(), 3)
        rule.write({"domain_force": "[('id', 'in', user.sudo().env['res.partner'].ids)]"})
        self.assertEqual(self._alarms(), 4)

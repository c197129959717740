# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GROUP, ComplaintCase


@tagged("post_install", "-at_install")
class TestGroup(ComplaintCase):
    """Who gives himself the right to see restricted complaints does not do it unseen."""

    def setUp(self):
        super().setUp()
        self.group = self.env.ref(GROUP)
        self.outsider = new_test_user(self.env, "oss_outsider", groups="base.group_user")

    def _rows(self):
        return self.env["lgo.audit.log"].search_count([("action", "=", "complaint.group")])

    def _messages(self):
        return self.env["mail.message"].search_count(
            [("model", "=", "res.partner"), ("res_id", "=", self.member.partner_id.id)]
        )

    def test_every_way_in_is_noticed(self):
        other = self.env["res.groups"].create({"name": "อื่น"})
        admin = self.admin
        ways = {
            "user form": lambda: admin.with_user(admin).write(
                {"group_ids": [Command.link(self.group.id)]}
            ),
            "group form": lambda: self.group.with_user(admin).write(
                {"user_ids": [Command.link(self.outsider.id)]}
            ),
            "implied": lambda: (
                other.with_user(admin).write({"user_ids": [Command.link(self.stranger.id)]}),
                other.with_user(admin).write({"implied_ids": [Command.link(self.group.id)]}),
            ),
            "new user": lambda: (
                self.env["res.users"]
                .with_user(admin)
                .create(
                    {
                        "name": "ใหม่",
                        "login": "oss_new_member",
                        "group_ids": [Command.link(self.group.id)],
                    }
                )
            ),
            "new group": lambda: (
                self.env["res.groups"]
                .with_user(admin)
                .create(
                    {
                        "name": "กลุ่มใหม่",
                        "implied_ids": [Command.link(self.group.id)],
                        "user_ids": [Command.link(self.officer.id)],
                    }
                )
            ),
            "group deleted": lambda: other.with_user(admin).unlink(),
            "leaving": lambda: admin.with_user(admin).write(
                {"group_ids": [Command.unlink(self.group.id)]}
            ),
        }
        for way, run in ways.items():
            with self.subTest(way):
                rows, messages = self._rows(), self._messages()
                run()
                self.assertEqual(self._rows(), rows + 1)
                self.assertGreater(self._messages(), messages)
        row = self.env["lgo.audit.log"].search([("action", "=", "complaint.group")], limit=1)
        self.assertEqual((row.severity, row.uid), ("critical", admin.id))

    def test_other_changes_are_quiet(self):
        rows = self._rows()
        self.outsider.write({"name": "ชื่อใหม่"})
        self.outsider.write({"group_ids": [Command.link(self.env.ref("lgo_base.group_clerk").id)]})
        self.assertEqual(self._rows(), rows)

    def test_administrator_does_not_open_a_type(self):
        with self.assertRaises(AccessError):
            self.bribe.with_user(self.admin).write({"restricted": False})
        case = self._secret()
        self.bribe.write({"restricted": False})  # as superuser: an old case stays closed
        self.env.flush_all()
        case.invalidate_recordset()
        self.assertTrue(case.restricted)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestActionOnly(HttpCase):
    """State fields over the network: as those who may edit the record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "only_admin", "lgo_base.group_admin")
        cls.manager = new_test_user(cls.env, "only_manager", "lgo_base.group_service_manager")
        posts = cls.env["lgo.post"].create([{"name": "นายกทดสอบ"}, {"name": "ปลัดทดสอบ"}])
        cls.delegation_vals = {
            "from_post_id": posts[0].id,
            "to_post_id": posts[1].id,
            "order_no": "9/2569",
            "order_date": "2026-01-05",
            "date_from": "2026-01-05",
        }
        cls.delegation = cls.env["lgo.delegation"].with_user(cls.admin).create(cls.delegation_vals)
        cls.service = (
            cls.env["lgo.service"]
            .with_user(cls.manager)
            .create({"code": "ONLY1", "name": "บริการทดสอบ"})
        )

    def call(self, user, model, method, args, kwargs=None):
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def assert_refused(self, *call):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.call(*call)
        self.assertIn("AccessError", str(caught.exception))

    def test_a_state_is_not_written_over_the_network(self):
        for user, record, values in (
            (self.admin, self.delegation, {"state": "active"}),
            (self.admin, self.delegation, {"revoked_at": "2026-01-01 00:00:00"}),
            (self.manager, self.service, {"state": "published"}),
            (self.manager, self.service, {"published_version_id": 1}),
            (self.admin, self.service, {"published_version_id": False}),
        ):
            with self.subTest(model=record._name, values=values):
                self.assert_refused(user, record._name, "write", [record.ids, values])
                self.assert_refused(
                    user, record._name, "web_save", [record.ids, values], {"specification": {}}
                )
        self.assertEqual((self.delegation.state, self.service.state), ("draft", "draft"))

    def test_a_record_is_not_born_in_force(self):
        vals = {**self.delegation_vals, "state": "active"}
        self.assert_refused(self.admin, "lgo.delegation", "create", [[vals]])
        vals = {"code": "ONLY2", "name": "x", "state": "published"}
        self.assert_refused(self.manager, "lgo.service", "create", [[vals]])
        # neither by a default of one's own
        self.env["ir.default"].set("lgo.delegation", "state", "active", user_id=self.admin.id)
        [made] = self.call(
            self.admin,
            "lgo.delegation",
            "create",
            [[self.delegation_vals]],
            {"context": {"default_revoked_at": "2026-01-01"}},
        )
        made = self.env["lgo.delegation"].browse(made)
        self.assertEqual((made.state, made.revoked_at), ("draft", False))
        # the state that a new record has anyway may be sent along
        vals = {**self.delegation_vals, "state": "draft"}
        self.assertTrue(self.call(self.admin, "lgo.delegation", "create", [[vals]]))

    def test_the_actions_work_for_those_who_may(self):
        self.call(self.admin, "lgo.delegation", "action_activate", [self.delegation.ids])
        self.delegation.invalidate_recordset()
        self.assertEqual(self.delegation.state, "active")
        staff = new_test_user(self.env, "only_staff", "lgo_base.group_staff")
        for model, record, method in (
            ("lgo.delegation", self.delegation, "action_revoke"),
            ("lgo.service", self.service, "action_suspend"),
            ("lgo.service", self.service, "action_publish"),
        ):
            self.assert_refused(staff, model, method, [record.ids])
        self.call(self.admin, "lgo.delegation", "action_revoke", [self.delegation.ids])
        self.delegation.invalidate_recordset()
        self.assertEqual(self.delegation.state, "revoked")

    def test_a_version_is_made_by_publishing_only(self):
        law = self.env["lgo.law.version"].search([], limit=1)
        vals = {"service_id": self.service.id, "number": 99, "name": "x", "law_version_id": law.id}
        self.assert_refused(self.manager, "lgo.service.version", "create", [[vals]])

    def test_the_file_of_an_order_in_force_stays(self):
        as_admin = self.env(user=self.admin)
        borrowed_from = as_admin["lgo.delegation"].create(self.delegation_vals)
        Attachment = as_admin["ir.attachment"]
        own = Attachment.create(
            {"name": "order.pdf", "raw": b"order", "res_model": "lgo.delegation", "res_id": 0}
        )
        borrowed = Attachment.create(
            {
                "name": "other.pdf",
                "raw": b"other",
                "res_model": "lgo.delegation",
                "res_id": borrowed_from.id,
            }
        )
        delegation = self.delegation.with_user(self.admin)
        delegation.order_attachment_ids = [Command.set((own | borrowed).ids)]
        delegation.action_activate()
        files = delegation.order_attachment_ids
        self.assertEqual(sorted(files.mapped("raw")), [b"order", b"other"])
        self.assertNotIn(borrowed, files, "a file of another record may still change there")
        for file in files:
            for attempt in (
                lambda file=file: file.write({"raw": b"forged"}),
                lambda file=file: file.sudo().write({"datas": b"Zm9yZ2Vk"}),
                lambda file=file: file.write({"res_id": borrowed_from.id}),
                lambda file=file: file.unlink(),
                lambda file=file: file.sudo().unlink(),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        for commands in ([Command.clear()], [Command.link(borrowed.id)], [Command.set([])]):
            with self.assertRaises(UserError):
                delegation.order_attachment_ids = commands
        borrowed.write({"raw": b"changed"})
        borrowed_from.unlink()
        self.assertEqual(sorted(files.mapped("raw")), [b"order", b"other"])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.bus.models import ir_websocket as core

from .common import QueueCase


@tagged("post_install", "-at_install")
class TestQueueRights(QueueCase):
    """Who may do what: visitors nothing, staff look, clerks call, managers set up."""

    def test_only_clerks_call(self):
        for user in (self.staff, self.manager):
            counter = self.counters[0].with_user(user)
            for method in ("action_sit", "action_call_next", "action_panel", "action_pause"):
                with self.subTest(method), self.assertRaises(AccessError):
                    getattr(counter, method)()

    def test_nobody_writes_tickets(self):
        ticket = self._issue()
        for user in (self.clerk, self.manager, self.staff):
            with self.assertRaises(AccessError):
                ticket.with_user(user).write({"state": "done"})
            with self.assertRaises(AccessError):
                ticket.with_user(user).unlink()

    def test_staff_see_no_tickets(self):
        ticket = self._issue()
        with self.assertRaises(AccessError):
            ticket.with_user(self.staff).read(["name"])
        self.assertEqual(ticket.with_user(self.clerk).name, "A001")

    def test_clerks_set_up_nothing(self):
        for record in (self.group, self.counters[0], self.elderly):
            with self.assertRaises(AccessError):
                record.with_user(self.clerk).write({"name": "x"})
            record.with_user(self.manager).write({"name": "ใหม่"})

    def test_tokens_of_devices_are_for_administrators(self):
        for user in (self.clerk, self.manager, self.staff):
            with self.assertRaises(AccessError):
                self.kiosk.with_user(user).read(["name"])
        self.assertTrue(self.kiosk.with_user(self.admin).token)

    def test_citizens_and_visitors_see_nothing(self):
        ticket = self._issue()
        portal = new_test_user(self.env, "q_portal", "base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            for record in (ticket, self.group, self.counters[0], self.kiosk, self.elderly):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["name"] if "name" in record._fields else ["id"])

    def test_other_organisations_stay_apart(self):
        other = self.env["res.company"].create({"name": "อบต.อื่น"})
        stranger = new_test_user(
            self.env,
            "q_stranger",
            "lgo_base.group_clerk",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        ticket = self._issue()
        self.assertFalse(self.env["lgo.oss.ticket"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            ticket.with_user(stranger).read(["name"])
        with self.assertRaises(AccessError):
            self.counters[0].with_user(stranger).action_sit()
        panel = self.env["lgo.oss.counter"].with_user(stranger).action_panel()
        self.assertEqual((panel["counters"], panel["groups"]), ([], []))

    def test_absent_of_a_foreign_line_is_refused(self):
        ticket = self._issue(self.other)
        self.two.action_sit()
        self.two.action_call_next()
        self.two.action_no_show()
        self.one.action_sit()
        with self.assertRaises(UserError):
            self.one.action_undo_no_show(ticket.id)

    # ------------------------------------------------------------ bus
    def _channels(self, names, user):
        self.env.invalidate_all()
        device = self.env["lgo.oss.device"].with_user(user)
        return [device._groups_of_channel(f"lgo_oss_queue:{name}") for name in names]

    def test_bus_needs_a_valid_token(self):
        public = self.env.ref("base.public_user")
        ticket = self._issue()
        board, wrong, kiosk, own, guess, panel = self._channels(
            [
                f"board:{self.board.token}",
                "board:guess",
                f"board:{self.kiosk.token}",
                f"ticket:{ticket.token}",
                "ticket:guess",
                "panel",
            ],
            public,
        )
        self.assertEqual(board, self.group | self.other)
        self.assertEqual(own, self.group)
        self.assertFalse(wrong | kiosk | guess | panel)
        self.board.with_user(self.admin).action_revoke()
        self.assertFalse(self._channels([f"board:{self.board.token}"], public)[0])

    def test_panel_channel_is_for_clerks(self):
        self.assertEqual(self._channels(["panel"], self.clerk)[0], self.group | self.other)
        self.assertFalse(self._channels(["panel"], self.staff)[0])

    def test_channel_names_are_replaced(self):
        """The name that a page sends is never a channel of its own."""

        class Request:
            class session:
                uid = None

        self.patch(core, "request", Request)
        websocket = self.env["ir.websocket"].with_user(self.env.ref("base.public_user"))
        channels = websocket._build_bus_channel_list(
            [f"lgo_oss_queue:board:{self.board.token}", "lgo_oss_queue:board:x", "other"]
        )
        self.assertFalse([c for c in channels if isinstance(c, str) and "lgo_oss_queue" in c])
        self.assertIn("other", channels)
        records = [channel for channel in channels if not isinstance(channel, str)]
        self.assertIn(self.group.id, [r.id for r in records if r._name == self.group._name])

    def test_revoking_is_logged_and_final(self):
        old = self.kiosk.token
        self.kiosk.with_user(self.admin).action_revoke()
        Device = self.env["lgo.oss.device"]
        self.assertFalse(Device._by_token(old))
        self.assertFalse(Device._by_token(self.kiosk.token), "revoked devices stay shut")
        log = self.env["lgo.audit.log"].search([("action", "=", "queue.device.revoke")], limit=1)
        self.assertEqual(log.res_id, self.kiosk.id)
        self.kiosk.with_user(self.admin).action_renew()
        self.assertEqual(Device._by_token(self.kiosk.token, "kiosk"), self.kiosk)
        for bad in ("", None, "\x00", "x" * 100, False):
            self.assertFalse(Device._by_token(bad))

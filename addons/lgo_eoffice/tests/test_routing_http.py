# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .test_routing import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingOverTheNetwork(RoutingCase, HttpCase):
    """What a hostile user of the office gets by remote calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.outsider, cls.officer, cls.mayor):
            user.password = f"{user.login}-2569!"

    def call(self, user, method, *args, model="lgo.eoffice.copy", **kwargs):
        self.authenticate(user.login, f"{user.login}-2569!")
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    @mute_logger("odoo.http")
    def test_hostile_calls(self):
        copy = self.at_mayor()
        forged = {"context": {"lgo_case_write": True, "lgo_eoffice_endorsement": True, "su": True}}
        for user in (self.outsider, self.officer):
            for method, args, kwargs in (
                ("action_move", ["order", "อนุมัติ"], {}),
                ("action_move", ["order", "อนุมัติ"], forged),
                ("action_take_back", [], {}),
                ("action_receive", [], forged),
                ("action_accept", [], {}),
                ("write", [{"state": "done"}], forged),
                ("_endorse", ["order", "อนุมัติ"], {}),
                ("_place", [], {}),
            ):
                with self.assertRaises(JsonRpcException, msg=f"{user.login} {method}"):
                    self.call(user, method, copy.ids, *args, **kwargs)
        with self.assertRaises(JsonRpcException):
            self.call(self.outsider, "action_read", copy.ids)
        with self.assertRaises(JsonRpcException):
            note = {"letter_id": self.letter.id, "action": "order", "name": "x", "sequence": 1}
            self.call(self.officer, "create", [note], model="lgo.eoffice.endorsement", **forged)
        copy.invalidate_recordset()
        self.assertEqual((copy.state, copy.post_id), ("open", self.post_mayor))
        self.assertEqual(len(self.letter.endorsement_ids), 4)
        self.assertEqual(self.call(self.outsider, "action_inbox")["rows"], [])
        found = self.call(self.outsider, "search_count", [["letter_id", "=", self.letter.id]])
        self.assertEqual(found, 0)

    def test_a_step_is_no_page_to_open(self):
        copy = self.at_mayor()
        self.authenticate(self.mayor.login, f"{self.mayor.login}-2569!")
        url = f"/web/dataset/call_kw/lgo.eoffice.copy/action_move?id={copy.id}&action=order"
        self.assertGreaterEqual(self.url_open(url).status_code, 400)
        self.assertEqual(copy.post_id, self.post_mayor)

    def test_moves_by_the_screen(self):
        copy = self.at_mayor()
        page = self.call(self.mayor, "action_read", copy.ids)
        moved = {"action": "order", "text": "ดำเนินการ", "step": page["step"]}
        self.assertEqual(self.call(self.mayor, "action_move", copy.ids, **moved), 0)
        copy.invalidate_recordset()
        self.assertEqual(copy.post_id, self.post_head)

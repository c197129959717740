# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import OssCommon


@tagged("post_install", "-at_install")
class TestAuditor(OssCommon, HttpCase):
    """An auditor reads everything and writes nothing, not even in the own unit, by network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        # the unit of the auditor, and the auditor in charge of it: the worst case
        cls.case = cls._make_case(unit_id=cls.other_unit.id)
        cls.case.user_id = cls.auditor
        cls.document = cls.case.document_ids[:1] or cls.env["lgo.case.document"].create(
            {"name": "สำเนา", "res_model": cls.case._name, "res_id": cls.case.id}
        )

    def call(self, model, method, args, kwargs=None):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def attempts(self):
        case, name = self.case.id, self.case._name
        where = {"res_model": name, "res_id": case}
        return {
            "write": (name, "write", [[case], {"description": "x"}]),
            "officer": (name, "write", [[case], {"user_id": False}]),
            "create": (name, "create", [[{"service_id": self.service.id}]]),
            "unlink": (name, "unlink", [[case]]),
            "step": (name, "action_transition", [[case]], {"context": {"transition": "accept"}}),
            "message": (name, "message_post", [[case]], {"body": "x"}),
            "document": ("lgo.case.document", "write", [[self.document.id], {"state": "accepted"}]),
            "letter": (
                "lgo.case.letter",
                "create",
                [[{**where, "kind": "refusal", "subject": "x"}]],
            ),
            "cost": ("lgo.case.cost", "create", [[{**where, "name": "x", "amount": 1}]]),
            "visit": (
                "lgo.case.visit",
                "create",
                [[{**where, "start": "2030-01-01 02:00:00", "stop": "2030-01-01 03:00:00",
                   "place": "x"}]],
            ),
            "attachment": ("ir.attachment", "create", [[{**where, "name": "x", "raw": "eA=="}]]),
            "note": ("mail.activity", "create", [[{
                "res_model_id": self.env["ir.model"]._get_id(name), "res_id": case,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            }]]),
        }  # fmt: skip

    def test_reads_and_writes_nothing(self):
        self.authenticate(self.auditor.login, self.auditor.login)
        [read] = self.call(self.case._name, "read", [[self.case.id], ["description"]])
        self.assertEqual(read["description"], "ไฟดับหน้าบ้าน")
        for label, call in self.attempts().items():
            with (
                self.subTest(label),
                mute_logger("odoo.http"),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.call(*call)
        self.assertEqual(self.case.state, "submitted")

    def test_an_officer_of_the_unit_still_works(self):
        self.case.user_id = self.stranger
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertTrue(
            self.call(self.case._name, "write", [[self.case.id], {"urgency": "urgent"}])
        )

    def test_no_case_model_lets_an_auditor_write(self):
        """Whoever adds the next kind of case thinks of the auditor."""
        for model in self.env.values():
            if getattr(model, "_case_type", 0) and not model._abstract:
                rules = self.env["ir.rule"].with_user(self.auditor)
                domain = rules._compute_domain(model._name, "write")
                self.assertTrue(domain.is_false(), model._name)

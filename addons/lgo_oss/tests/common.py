# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class OssCommon:
    """One user per role, a unit with an officer and a head, a published service."""

    @classmethod
    def _set_up_oss(cls):
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "th_TH"})
        cls.company = cls.env.company
        cls.company.lgo_short_code = "TST"
        cls.unit = cls.env["hr.department"].create({"name": "กองช่างทดสอบ"})
        cls.other_unit = cls.env["hr.department"].create({"name": "กองคลังทดสอบ"})
        cls.clerk = cls._make_user("oss_clerk", "lgo_base.group_clerk", cls.other_unit)
        cls.head = cls._make_user("oss_head", "lgo_base.group_unit_head", cls.unit)
        cls.officer = cls._make_user("oss_officer", "lgo_base.group_staff", cls.unit)
        cls.stranger = cls._make_user("oss_stranger", "lgo_base.group_staff", cls.other_unit)
        cls.mayor = cls._make_user("oss_mayor", "lgo_base.group_executive", cls.other_unit)
        cls.auditor = cls._make_user("oss_auditor", "lgo_base.group_auditor", cls.other_unit)
        cls.unit.manager_id = cls.head.employee_ids
        cls.citizen = new_test_user(
            cls.env, "oss_citizen", groups="base.group_portal", name="สมหญิง ใจดี", phone="0812345678"
        )
        cls.neighbour = new_test_user(
            cls.env, "oss_neighbour", groups="base.group_portal", name="มานะ ใกล้กัน"
        )
        cls.service = cls._make_service("TEST1")

    @classmethod
    def _make_user(cls, login, group, unit):
        user = new_test_user(cls.env, login, groups=group)
        cls.env["hr.employee"].create({"name": login, "user_id": user.id, "department_id": unit.id})
        return user

    @classmethod
    def _set_up_signers(cls):
        """Who signs which paper, as the data say; an office may have changed it.

        Posts that the database holds already sign nothing here.
        """
        cls.env["lgo.post"].search([]).active = False
        for code, signer in (
            ("receipt_of_request", "officer"),
            ("defect_record", "officer"),
            ("late_notice", "unit_head"),
            ("return_of_request", "unit_head"),
            ("decision_notice", "unit_head"),
            ("refusal", "executive"),
        ):
            cls.env.ref(f"lgo_base.lgo_document_kind_{code}").signer = signer

    @classmethod
    def _make_post(cls, name, kind, user, unit=None, **values):
        """A post with its holder since the beginning of 2026."""
        post = cls.env["lgo.post"].create(
            {"name": name, "kind": kind, "unit_id": unit and unit.id, **values}
        )
        cls.env["lgo.post.holder"].create(
            {
                "post_id": post.id,
                "employee_id": user.employee_ids[:1].id,
                "date_from": "2026-01-01",
            }
        )
        return post

    @classmethod
    def _make_service(cls, code, publish=True, **values):
        service = cls.env["lgo.service"].create(
            {
                "code": code,
                "name": "แจ้งซ่อมทดสอบ",
                "name_plain": "ไฟดับ ไฟเสีย",
                "kind": "complaint",
                "description": "แจ้งสิ่งของสาธารณะที่ชำรุด",
                "criteria": "ต้องอยู่ในเขตพื้นที่",
                "complaint_channels": "ศูนย์ดำรงธรรม",
                "unit_id": cls.unit.id,
                "law_id": cls.env.ref("lgo_base.law_internal").id,
                "time_limit": 5,
                "time_unit": "day",
                "no_fee": True,
                "guest_allowed": True,
                "channel_phone": True,
                "step_ids": [Command.create({"name": "ซ่อม", "duration": 5})],
                "document_ids": [
                    Command.create(
                        {"name": "ภาพถ่าย", "is_photo": True, "required": False, "max_files": 3}
                    )
                ],
                "question_definition": [
                    {"name": "kind", "type": "selection", "string": "อาการ *",
                     "selection": [["off", "ดับ"], ["blink", "กะพริบ"]]},
                    {"name": "count", "type": "integer", "string": "จำนวน"},
                ],
                **values,
            }
        )  # fmt: skip
        if publish:
            service.action_publish()
        return service

    def _web_read_queries(self, records, spec):
        """How many queries the clerk's browser costs that reads ``records`` as ``spec`` says."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.with_user(self.clerk).web_read(spec)
        return self.env.cr.sql_log_count - before

    @classmethod
    def _make_case(cls, submit=True, **values):
        case = cls.env["lgo.oss.request"].create(
            {
                "service_id": cls.service.id,
                "applicant_name": "สมหญิง ใจดี",
                "applicant_phone": "081-234-5678",
                "description": "ไฟดับหน้าบ้าน",
                "channel": "counter",
                "answers": {"kind": "off"},
                **values,
            }
        )
        if submit:
            case._transition("submit")
        return case


class OssCase(OssCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

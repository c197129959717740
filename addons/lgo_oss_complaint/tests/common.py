# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.lgo_base.tests.identity_common import KEY, use_keys
from odoo.addons.lgo_oss.tests.common import OssCommon

GROUP = "lgo_oss_complaint.group_restricted_complaint"
SECRET = "ผู้อำนวยการกองเรียกรับเงินหลังห้องประชุม"


class ComplaintCommon(OssCommon):
    """Types and services of its own, a member of the restricted group, an administrator."""

    @classmethod
    def _set_up_complaint(cls):
        cls.startClassPatcher(use_keys(KEY))
        cls._set_up_oss()
        cls.law = cls.env.ref("lgo_oss_complaint.law_governance")
        values = {
            "case_model": "lgo.oss.complaint",
            "law_id": cls.law.id,
            "question_definition": [],
        }
        cls.grievance = cls._make_service("TGRV", name="ร้องทุกข์ทดสอบ", **values)
        cls.secret_service = cls._make_service("TCOR", name="ร้องเรียนลับทดสอบ", **values)
        Type = cls.env["lgo.oss.complaint.type"]
        cls.road = Type.create(
            {
                "name": "ถนนทดสอบ",
                "code": "troad",
                "service_id": cls.grievance.id,
                "urgency": "urgent",
            }
        )
        cls.water = Type.create(
            {"name": "น้ำทดสอบ", "code": "twater", "service_id": cls.grievance.id}
        )
        cls.bribe = Type.create(
            {
                "name": "ทุจริตทดสอบ",
                "code": "tbribe",
                "service_id": cls.secret_service.id,
                "restricted": True,
            }
        )
        cls.member = cls._make_user("oss_member", GROUP, cls.other_unit)
        cls.unmasker = cls._make_user(
            "oss_unmasker", "lgo_base.group_unmask,lgo_base.group_clerk", cls.other_unit
        )
        cls.admin = new_test_user(
            cls.env,
            "oss_sysadmin",
            groups="base.group_system,base.group_erp_manager,lgo_base.group_admin,"
            "lgo_base.group_clerk,lgo_base.group_executive,lgo_base.group_auditor,"
            "lgo_base.group_unmask,lgo_base.group_unit_head,lgo_base.group_registrar",
        )

    @classmethod
    def _complaint(cls, submit=True, **values):
        complaint = cls.env["lgo.oss.complaint"].create(
            {
                "type_id": cls.road.id,
                "applicant_name": "สมหญิง ใจดี",
                "applicant_phone": "081-234-5678",
                "applicant_email": "somying@example.com",
                "description": "ถนนเป็นหลุมหน้าตลาด",
                "channel": "phone",
                **values,
            }
        )
        if submit:
            complaint._transition("submit")
        return complaint

    @classmethod
    def _secret(cls, **values):
        return cls._complaint(
            **{"type_id": cls.bribe.id, "description": SECRET, "channel": "web", **values}
        )


class ComplaintCase(ComplaintCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_complaint()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from .common import OssCommon


class BuilderCommon(OssCommon):
    """A catalogue manager (no administrator) and a service that this manager built."""

    @classmethod
    def _set_up_builder(cls):
        cls._set_up_oss()
        cls._set_up_manager()

    @classmethod
    def _set_up_manager(cls):
        cls.manager = cls._make_user("oss_manager", "lgo_base.group_service_manager", cls.unit)
        cls.built = cls._build("BUILT")

    @classmethod
    def _build(cls, code, publish=True):
        """A service with conditions, a repeated group and conditional documents, made by rows."""
        Service = cls.env["lgo.service"].with_user(cls.manager)
        service = Service.create(
            {
                "code": code,
                "name": "ขอติดตั้งไฟทดสอบ",
                "name_plain": "ขอไฟ",
                "kind": "request",
                "description": "ขอติดตั้งไฟ",
                "criteria": "อยู่ในเขต",
                "complaint_channels": "ศูนย์ดำรงธรรม",
                "unit_id": cls.unit.id,
                "time_limit": 5,
                "time_unit": "day",
                "no_fee": True,
                "guest_allowed": True,
                "step_ids": [
                    Command.create({"name": "ติดตั้ง", "duration": 5, "duration_unit": "day"})
                ],
            }
        )
        Question = cls.env["lgo.service.question"].with_user(cls.manager)
        common = {"service_id": service.id}
        Question.create(
            [
                {**common, "sequence": 10, "code": "what", "name": "เรื่องที่ขอ", "kind": "selection",
                 "options": "ติดไฟใหม่\nย้ายเสา", "required": True},
                {**common, "sequence": 20, "code": "pole", "name": "เลขเสาเดิม", "kind": "char",
                 "required": True, "condition_code": "what", "condition_values": "ย้ายเสา"},
                {**common, "sequence": 30, "code": "agree", "name": "ยินยอมให้เข้าพื้นที่",
                 "kind": "boolean"},
                {**common, "sequence": 40, "code": "houses", "name": "ครัวเรือน", "kind": "group",
                 "min_rows": 1, "max_rows": 3, "condition_code": "what",
                 "condition_values": "ติดไฟใหม่",
                 "child_ids": [
                     Command.create({"sequence": 10, "code": "no", "name": "บ้านเลขที่",
                                     "kind": "char", "required": True}),
                     Command.create({"sequence": 20, "code": "tenant", "name": "เช่าอยู่",
                                     "kind": "boolean"}),
                     Command.create({"sequence": 30, "code": "owner", "name": "ชื่อเจ้าของบ้าน",
                                     "kind": "char", "required": True, "condition_code": "tenant",
                                     "condition_operator": "yes"}),
                     Command.create({"sequence": 40, "code": "people", "name": "จำนวนคน",
                                     "kind": "integer"}),
                 ]},
            ]
        )  # fmt: skip
        service.write(
            {
                "document_ids": [
                    Command.create({"name": "แผนที่", "required": False}),
                    Command.create(
                        {
                            "name": "หนังสือยินยอมย้ายเสา",
                            "condition_code": "what",
                            "condition_values": "ย้ายเสา",
                        }
                    ),
                ]
            }
        )
        if publish:
            service.action_publish()
        return service.with_env(cls.env)

    @classmethod
    def _code(cls, label, service=None):
        """Code of an answer to the first question by its words."""
        options = (service or cls.built).question_definition[0]["selection"]
        return next(code for code, text in options if text == label)

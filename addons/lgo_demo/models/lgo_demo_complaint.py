# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models

COMPLAINTS = [
    {
        "type": "road",
        "applicant_name": "ชูใจ เดินทางดี",
        "applicant_phone": "0844445555",
        "description": "ถนนหน้าตลาดเป็นหลุมลึก รถจักรยานยนต์ล้มบ่อย",
        "location_text": "หน้าตลาดสดดอนทราย",
        "village_number": "1",
        "latitude": 18.7312,
        "longitude": 98.9405,
        "channel": "phone",
        "steps": (),
    },
    {
        "type": "road",
        "reporter_kind": "anonymous",
        "description": "หลุมหน้าตลาด ฝนตกแล้วมองไม่เห็น",
        "location_text": "ปากทางเข้าตลาด",
        "village_number": "1",
        "latitude": 18.7314,
        "longitude": 98.9406,
        "channel": "phone",
        "steps": (),
    },
    {
        "type": "nuisance",
        "applicant_name": "วีระ ชอบสงบ",
        "applicant_phone": "0855556666",
        "description": "ร้านคาราโอเกะเปิดเสียงดังหลังเที่ยงคืนทุกวันศุกร์",
        "location_text": "ซอย 7 หมู่ 4",
        "village_number": "4",
        "latitude": 18.7268,
        "longitude": 98.9461,
        "channel": "counter",
        "steps": ("triage", "assign"),
    },
    {
        "type": "waste",
        "applicant_name": "สมบูรณ์ รักสะอาด",
        "applicant_phone": "0866667777",
        "description": "ขยะตกค้างข้างโรงเรียนมาสามวัน",
        "location_text": "ข้างโรงเรียนเทศบาล 1",
        "village_number": "2",
        "latitude": 18.7351,
        "longitude": 98.9377,
        "channel": "phone",
        "steps": ("triage", "assign", "resolve"),
    },
    {
        "type": "corruption",
        "reporter_kind": "anonymous",
        "description": "เห็นเจ้าหน้าที่เรียกรับเงินเพื่อลัดคิว เมื่อวันที่ ๑๒ พฤศจิกายน",
        "channel": "phone",
        "steps": (),
    },
]


class LgoDemo(models.AbstractModel):
    """Made-up complaints, one of them restricted, and who may see that one."""

    _inherit = "lgo.demo"

    @api.model
    def _publish_complaint_services(self):
        """Units and times that the municipality decides, then publish."""
        units = {
            "lgo_oss_complaint.service_grievance": "unit_clerk_office",
            "lgo_oss.service_nuisance": "unit_health",
            "lgo_oss.service_corruption": "unit_audit",
        }
        for name, unit_name in units.items():
            service = self.env.ref(name)
            unit = self.env.ref(f"lgo_demo.{unit_name}")
            service.write({"unit_id": unit.id, "time_limit": 15, "time_unit": "day"})
            service.step_ids.write({"unit_id": unit.id})
            service.action_publish()
        responsible = {
            "unit_works": ("road", "drain", "water", "building", "sign", "tree"),
            "unit_health": ("waste", "nuisance", "sewage", "animal"),
            "unit_welfare": ("welfare",),
        }
        for unit_name, codes in responsible.items():
            unit = self.env.ref(f"lgo_demo.{unit_name}")
            for code in codes:
                self.env.ref(f"lgo_oss_complaint.complaint_type_{code}").unit_id = unit

    @api.model
    def _make_complaints(self):
        """A few complaints in different states, by the steps that officers would do."""
        Complaint = self.env["lgo.oss.complaint"].with_context(lang="th_TH")
        for values in COMPLAINTS:
            values = dict(values)
            steps = values.pop("steps")
            code = values.pop("type")
            values["type_id"] = self.env.ref(f"lgo_oss_complaint.complaint_type_{code}").id
            complaint = Complaint.create(values)
            complaint._transition("submit")
            for step in steps:
                if step == "resolve":
                    complaint.outcome = "เก็บขยะและทำความสะอาดแล้ว จัดรถเก็บเพิ่มทุกวันพุธ"
                    complaint.cost_ids = [
                        Command.create(
                            {
                                "res_model": complaint._name,
                                "name": "น้ำมันเชื้อเพลิงรถเก็บขยะ",
                                "kind": "vehicle",
                                "amount": 350,
                            }
                        )
                    ]
                complaint._transition(step)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, models
from odoo.tools import file_open

#: A square of about 3 km around a made-up centre; no real boundary.
CENTRE = (18.7300, 98.9400)
BOUNDARY = (
    '{"type": "Polygon", "coordinates": [[[98.925, 18.717], [98.956, 18.716], [98.957, 18.744],'
    " [98.926, 18.745], [98.925, 18.717]]]}"
)

CASES = [
    {
        "applicant_name": "สมชาย ใจดี",
        "applicant_phone": "0898765432",
        "description": "ไฟถนนหน้าวัดดับ 2 ดวงติดกัน มืดมากตอนกลางคืน",
        "location_text": "หน้าวัดดอนทราย หมู่ 3",
        "asset_number": "DS-0312",
        "channel": "counter",
        "steps": (),
    },
    {
        "applicant_name": "มานี รักเรียน",
        "applicant_phone": "0861112222",
        "description": "ไฟซอย 5 กะพริบทั้งคืน",
        "location_text": "ซอย 5 ข้างร้านขายของชำ",
        "asset_number": "",
        "channel": "phone",
        "steps": ("accept", "start"),
    },
    {
        "applicant_name": "ปิติ มีสุข",
        "applicant_phone": "0823334444",
        "description": "โคมไฟหน้าโรงเรียนแตก",
        "location_text": "หน้าโรงเรียนเทศบาล 1",
        "asset_number": "DS-0047",
        "channel": "counter",
        "steps": ("accept", "start", "resolve"),
    },
]


class LgoDemo(models.AbstractModel):
    """Builds the made-up municipality by the same methods that people use."""

    _name = "lgo.demo"
    _description = "Demo Municipality"

    @api.model
    def _set_up_company(self):
        """Profile of เทศบาลตำบลดอนทราย, a place that does not exist."""
        company = self.env.ref("base.main_company")
        company.write(
            {
                "name": "เทศบาลตำบลดอนทราย (สาธิต)",
                "street": "99 หมู่ 1 ตำบลดอนทราย",
                "city": "อำเภอเมืองสาธิต",
                "zip": "99999",
                "country_id": self.env.ref("base.th").id,
                "phone": "053 000 000",
                "email": "saraban@example.com",
                "website": False,
            }
        )
        wanted = {
            "lgo_office_name": "สำนักงานเทศบาลตำบลดอนทราย",
            "lgo_seal": self._seal(),
            "lgo_short_code": "DS",
            "lgo_letter_code": "ชม",
            "lgo_number_code": "52999",
            "lgo_boundary": BOUNDARY,
            "lgo_latitude": CENTRE[0],
            "lgo_longitude": CENTRE[1],
        }
        company.write({name: value for name, value in wanted.items() if name in company._fields})
        company.partner_id.tz = "Asia/Bangkok"
        self.env["website"].search([]).write({"name": company.name})  # pylint: disable=no-search-all

    @api.model
    def _seal(self):
        """A seal drawn for this place that does not exist."""
        with file_open("lgo_demo/static/img/seal.svg", "rb") as file:
            return base64.b64encode(file.read())

    @api.model
    def _set_up_heads(self):
        """The head of the works unit sees what its officers do."""
        self.env.ref("lgo_demo.unit_works").manager_id = self.env.ref("lgo_demo.employee_head")

    @api.model
    def _set_up_admin(self):
        """The administrator gets all settings of the organisation and the known password."""
        admin = self.env.ref("base.user_admin")
        employee = self.env["hr.employee"].search([("user_id", "=", admin.id)], limit=1)
        employee.write(
            {
                "name": "ดูแล ระบบดี",
                "department_id": self.env.ref("lgo_demo.unit_clerk_office").id,
                "job_title": "นักวิชาการคอมพิวเตอร์",
            }
        )
        groups = ("group_admin", "group_registrar", "group_auditor", "group_privacy_officer")
        admin.write(
            {
                "name": "ดูแล ระบบดี",
                "login": "admin",
                "password": "admin-lgo",
                "lang": "th_TH",
                "tz": "Asia/Bangkok",
                "email": "admin@example.com",
                "group_ids": [(4, self.env.ref(f"lgo_base.{group}").id) for group in groups],
            }
        )

    @api.model
    def _publish_services(self):
        """What the municipality decides itself: time and unit; then publish."""
        service = self.env.ref("lgo_oss.service_street_light")
        unit = self.env.ref("lgo_demo.unit_works")
        service.write({"unit_id": unit.id, "time_limit": 5, "time_unit": "working_day"})
        service.step_ids.write({"unit_id": unit.id})
        service.action_publish()

    @api.model
    def _make_cases(self):
        """A few cases in different states, each by the steps that a clerk would do."""
        # data are loaded in English; the timeline keeps the words in which it was written
        requests = self.env["lgo.oss.request"].with_context(lang="th_TH")
        service = self.env.ref("lgo_oss.service_street_light")
        officer = self.env.ref("lgo_demo.user_electrician")
        for values in CASES:
            values = dict(values)
            steps = values.pop("steps")
            case = requests.create({**values, "service_id": service.id})
            case._transition("submit")
            if steps:
                case.user_id = officer
            if "resolve" in steps:
                case.outcome = "เปลี่ยนโคมและหลอดไฟใหม่แล้ว ทดสอบติดตามปกติ"
            for step in steps:
                case._transition(step)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import Command, api, models
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
        "problem": "off",
        "description": "ไฟถนนหน้าวัดดับ 2 ดวงติดกัน มืดมากตอนกลางคืน",
        "location_text": "หน้าวัดดอนทราย หมู่ 3",
        "asset_number": "DS-0312",
        "channel": "counter",
        "steps": (),
    },
    {
        "applicant_name": "มานี รักเรียน",
        "applicant_phone": "0861112222",
        "problem": "blink",
        "description": "ไฟซอย 5 กะพริบทั้งคืน",
        "location_text": "ซอย 5 ข้างร้านขายของชำ",
        "asset_number": "",
        "channel": "phone",
        "steps": ("accept", "start"),
    },
    {
        "applicant_name": "ปิติ มีสุข",
        "applicant_phone": "0823334444",
        "problem": "broken",
        "description": "โคมไฟหน้าโรงเรียนแตก",
        "location_text": "หน้าโรงเรียนเทศบาล 1",
        "asset_number": "DS-0047",
        "channel": "counter",
        "steps": ("accept", "start", "resolve"),
    },
]


#: What the made-up municipality decided itself: time, unit of time and fees (baht) of services
#: for which neither law nor practice of all sets one.
DECISIONS = {
    "street_light": {"time_limit": 5},
    "road_repair": {"time_limit": 15, "steps": (3, 10, 2)},
    "light_extension": {"time_limit": 45, "steps": (5, 30, 10)},
    "bin_request": {"time_limit": 7, "steps": (1, 3, 3), "fees": [("ค่าถังขยะ ต่อใบ", 450)]},
    "septic": {"time_limit": 3, "steps": (1, 2), "fees": [("ค่าดูดสิ่งปฏิกูล ต่อลูกบาศก์เมตร", 250)]},
    "mosquito": {"time_limit": 3, "steps": (1, 2)},
    "animals": {"time_limit": 15, "steps": (5, 10), "no_fee": True},
    "elderly": {"time_limit": 15, "steps": (1, 10, 4)},
    "disability": {"time_limit": 15, "steps": (1, 10, 4)},
    "newborn": {"time_limit": 30, "steps": (5, 20, 5)},
    "relief": {"time_limit": 15, "steps": (3, 10, 2)},
    "information": {"no_fee": True},
    "water_truck": {"time_limit": 2, "steps": (1, 1), "no_fee": True},
    "tree": {"time_limit": 7, "steps": (2, 5)},
    "snake": {"time_limit": 1, "steps": (0, 1)},
    "equipment": {"time_limit": 3, "steps": (1, 2), "no_fee": True},
    "cctv": {"time_limit": 7, "steps": (2, 3, 2)},
    "plan_proposal": {"time_limit": 60, "steps": (20, 30, 10)},
}


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
        """What the municipality decides itself; then it publishes every complete manual."""
        Service = self.env["lgo.service"].with_context(lang="th_TH")
        Service._assign_usual_units()
        for name, values in DECISIONS.items():
            service = self.env.ref(f"lgo_oss.service_{name}").with_context(lang="th_TH")
            self._decide(service, dict(values))
        complete = Service.search([("state", "=", "draft")]).filtered(
            lambda service: not service._publish_problems()
        )
        complete.action_publish()

    @api.model
    def _decide(self, service, values):
        unit = values.setdefault("time_unit", service.time_unit or "working_day")
        for step, duration in zip(service.step_ids, values.pop("steps", ()), strict=False):
            step.write({"duration": duration, "duration_unit": unit})
        for name, amount in values.pop("fees", ()):
            reference = "เทศบัญญัติเทศบาลตำบลดอนทราย (สาธิต)"
            fee = {"name": name, "amount": amount, "legal_reference": reference}
            values.setdefault("fee_ids", []).append(Command.create(fee))
        service.write(values)

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
            answers = {"light_problem": values.pop("problem")}
            case = requests.create({**values, "service_id": service.id, "answers": answers})
            case._transition("submit")
            if steps:
                case.user_id = officer
            if "resolve" in steps:
                case.outcome = "เปลี่ยนโคมและหลอดไฟใหม่แล้ว ทดสอบติดตามปกติ"
            for step in steps:
                case._transition(step)

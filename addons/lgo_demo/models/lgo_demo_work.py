# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, fields, models

ANSWERS = [
    {
        "name": "ซ่อมเสร็จแล้ว",
        "shortcut": "เสร็จ",
        "text": "{office} ได้ดำเนินการเรื่องเลขที่ {number} เสร็จเรียบร้อยแล้ว"
        " หากพบปัญหาอีกโปรดแจ้งที่หมายเลขโทรศัพท์ {phone}",
    },
    {
        "name": "ขอเวลาตรวจสอบ",
        "shortcut": "ตรวจสอบ",
        "text": "{unit} ได้รับเรื่องเลขที่ {number} แล้ว และจะแจ้งผลให้ทราบภายในวันที่ {due}",
    },
]


class LgoDemo(models.AbstractModel):
    """How the made-up office works: rules, ready answers, a visit, late cases, an agent."""

    _inherit = "lgo.demo"

    @api.model
    def _set_up_work(self):
        """Rules of routing, ready answers and the service under which e-mail is filed."""
        company = self.env.ref("base.main_company")
        general = self.env.ref("lgo_oss.service_general")
        general.channel_email = True
        company.lgo_general_service_id = general
        works = self.env.ref("lgo_demo.unit_works")
        self.env["lgo.case.route"].create(
            [
                {
                    "name": "ไฟฟ้าสาธารณะ หมู่ 3 มอบนายช่างไฟฟ้า",
                    "sequence": 10,
                    "moment": "accept",
                    "service_ids": [Command.link(self.env.ref("lgo_oss.service_street_light").id)],
                    "places": "หมู่ 3\nหมู่ที่ 3",
                    "unit_id": works.id,
                    "officer": "user",
                    "user_id": self.env.ref("lgo_demo.user_electrician").id,
                },
                {
                    "name": "คำร้องทั่วไปให้ผู้มีงานน้อยที่สุดของสำนักปลัด",
                    "sequence": 20,
                    "moment": "accept",
                    "service_ids": [Command.link(general.id)],
                    "unit_id": self.env.ref("lgo_demo.unit_clerk_office").id,
                    "officer": "least",
                    "member_ids": [Command.link(self.env.ref("lgo_demo.user_clerk").id)],
                },
            ]
        )
        self.env["lgo.case.answer"].create(ANSWERS)

    @api.model
    def _make_work(self):
        """A request and a complaint that got late, one with a visit, one filed by an agent."""
        self = self.with_context(lang="th_TH")
        service = self.env.ref("lgo_oss.service_street_light")
        officer = self.env.ref("lgo_demo.user_electrician")
        request = self.env["lgo.oss.request"].create(
            {
                "service_id": service.id,
                "answers": {"light_problem": "off"},
                "applicant_name": "วันดี รอคอย",
                "applicant_phone": "0877778888",
                "description": "ไฟทางเข้าหมู่บ้านดับทั้งแถว แจ้งมาหลายวันแล้ว",
                "location_text": "ทางเข้าหมู่ 3",
                "channel": "counter",
            }
        )
        request._transition("submit")
        request._transition("accept")
        request.user_id = officer
        complaint = self.env["lgo.oss.complaint"].create(
            {
                "type_id": self.env.ref("lgo_oss_complaint.complaint_type_drain").id,
                "applicant_name": "บุญมา หน้าน้ำ",
                "applicant_phone": "0888889999",
                "description": "ท่อระบายน้ำอุดตัน น้ำท่วมหน้าบ้านทุกครั้งที่ฝนตก",
                "location_text": "ซอย 2 หมู่ 2",
                "channel": "phone",
            }
        )
        for step in ("submit", "triage", "assign"):
            complaint._transition(step)
        complaint.user_id = self.env.ref("lgo_demo.user_head")
        self._plan_visit(request, officer)
        for case in (request, complaint):
            self._make_late(case)
        self._make_agent_case(service)

    @api.model
    def _plan_visit(self, case, officer):
        """Tomorrow at 10:00 in Bangkok."""
        start = (fields.Datetime.now() + timedelta(days=1)).replace(hour=3, minute=0, second=0)
        self.env["lgo.case.visit"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "place": case.location_text,
                "officer_ids": [Command.set(officer.ids)],
            }
        )

    @api.model
    def _make_late(self, case):
        """Move the clocks of ``case`` back until it has been late for four days."""
        now = fields.Datetime.now()
        decision = case.clock_ids.filtered(lambda clock: clock.kind == "decision")
        back = decision.due_at - now + timedelta(days=4)
        for clock in case.clock_ids.sudo():
            moved = {
                name: clock[name] - back
                for name in ("started_at", "counted_from", "due_at", "date_due", "stopped_at")
                if clock[name]
            }
            clock.write(moved)
        moments = ("submitted_at", "deemed_received_at", "completed_at", "date_due")
        case._from_machine().write({name: case[name] - back for name in moments if case[name]})
        self.env["lgo.case.escalation"]._escalate(decision, now)

    @api.model
    def _make_agent_case(self, service):
        """A request that a daughter files for her mother, by a power of attorney in force."""
        principal = self.env.ref("lgo_demo.user_citizen").partner_id
        agent = self.env["res.partner"].create(
            {
                "lgo_kind": "citizen",
                "lgo_first_name": "มะลิ",
                "lgo_last_name": "ใจดี",
                "phone": "0822223333",
            }
        )
        power = self.env["lgo.power.attorney"].create(
            {
                "principal_id": principal.id,
                "agent_id": agent.id,
                "matters": service.code,
                "document": self._scan(),
                "document_name": "หนังสือมอบอำนาจ.png",
            }
        )
        power.action_confirm()
        case = self.env["lgo.oss.request"].create(
            {
                "service_id": service.id,
                "answers": {"light_problem": "blink"},
                "partner_id": principal.id,
                "agent_partner_id": agent.id,
                "agent_name": agent.name,
                "applicant_phone": agent.phone,
                "description": "ไฟหน้าบ้านมารดากะพริบ",
                "location_text": "บ้านเลขที่ 12 หมู่ 3",
                "channel": "counter",
            }
        )
        case._transition("submit")
        attorney = case.document_ids.filtered("is_attorney")
        attorney.state = "accepted"
        case._transition("accept")

    @api.model
    def _scan(self):
        """A page with lines, in place of a scanned paper of people who do not exist."""
        page = Image.new("RGB", (420, 594), "white")
        draw = ImageDraw.Draw(page)
        for line in range(90, 480, 30):
            draw.line([(60, line), (360, line)], fill="#888888", width=3)
        output = io.BytesIO()
        page.save(output, "PNG")
        return base64.b64encode(output.getvalue())

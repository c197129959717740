# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import Command, api, fields, models

#: Login -> groups of the saraban.
SARABAN = {
    "clerk": ("group_saraban", "group_unit_saraban", "group_archive"),
    "chief": ("group_secret",),
}
#: Received letters and how far each has gone.
RECEIVED = [
    {
        "subject": "ขอความอนุเคราะห์สำรวจถนนและสะพานที่ชำรุดจากอุทกภัย",
        "doc_no": "สธ 0018.1/1234",
        "urgency": "urgent",
        "summary": "ขอให้สำรวจและรายงานภายใน 15 วัน",
        "goes": "mayor",
    },
    {
        "subject": "ขอเชิญประชุมคณะกรรมการป้องกันและบรรเทาสาธารณภัยระดับอำเภอ",
        "doc_no": "สธ 0018.2/ว 88",
        "urgency": "very_urgent",
        "summary": "วันศุกร์ เวลา 09.30 น. ณ หอประชุมอำเภอ",
        "goes": "chief",
    },
    {
        "subject": "ส่งคู่มือการตรวจสอบโคมไฟถนน",
        "doc_no": "สธ 0023/567",
        "summary": "คู่มือ 1 เล่ม",
        "goes": "officer",
    },
    {
        "subject": "แจ้งแนวทางการรับฟังความคิดเห็นของประชาชน",
        "doc_no": "สธ 0023/ว 91",
        "summary": "",
        "goes": "registered",
    },
    {
        "subject": "ขอข้อมูลจำนวนผู้สูงอายุในเขตเทศบาล",
        "doc_no": "สธ 0032/45",
        "summary": "",
        "goes": "new",
    },
]


class LgoDemo(models.AbstractModel):
    """Letters of the made-up municipality, each moved by the persons who would move it."""

    _inherit = "lgo.demo"

    @api.model
    def _set_up_saraban(self):
        """The clerk keeps the central registry, the chief administrator the secret letters."""
        for login, groups in SARABAN.items():
            self._person(login).group_ids = [
                Command.link(self.env.ref(f"lgo_eoffice.{group}").id) for group in groups
            ]

    @api.model
    def _make_letters(self):
        """Received letters at every place of their way, and a draft that is being reviewed."""
        self = self.with_context(lang="th_TH")
        agency = self.env["lgo.eoffice.agency"].create(
            {
                "name": "ที่ว่าการอำเภอเมืองสาธิต",
                "short_name": "อำเภอเมืองสาธิต",
                "head_title": "นายอำเภอเมืองสาธิต",
                "letter_code": "สธ 0018",
                "saraban_email": "saraban.amphoe@example.com",
                "phone": "053 000 111",
            }
        )
        for values in RECEIVED:
            self._receive_letter(agency, dict(values))
        self._draft_answer(agency)

    @api.model
    def _person(self, login):
        return self.env.ref(f"lgo_demo.user_{login}")

    @api.model
    def _receive_letter(self, agency, values):
        goes = values.pop("goes")
        letters = self.env["lgo.eoffice.letter"].with_user(self._person("clerk"))
        letter = letters.with_context(default_direction="in").create(
            {
                **values,
                "direction": "in",
                "agency_id": agency.id,
                "doc_date": fields.Date.today() - timedelta(days=3),
            }
        )
        letter.sudo().main_attachment_id = self.env["ir.attachment"].create(
            {
                "name": "หนังสือรับ.pdf",
                "raw": self._scanned_letter(),
                "mimetype": "application/pdf",
                "res_model": letter._name,
                "res_id": letter.id,
            }
        )
        if goes == "new":
            return
        letter._register_letters()
        if goes == "registered":
            return
        works = self.env.ref("lgo_demo.unit_works")
        copy = letter._route(act_units=works)
        copy.with_user(self._person("worksclerk")).action_receive()
        self._step(copy, "worksclerk", "propose", "เพื่อโปรดพิจารณา")
        if goes == "officer":
            self._step(
                copy, "head", "assign", "มอบนายช่างไฟฟ้าดำเนินการ",
                to_user=self._person("electrician"),
            )  # fmt: skip
            return
        self._step(copy, "head", "endorse", "เห็นควรมอบกองช่างดำเนินการ")
        if goes == "mayor":
            self._step(copy, "chief", "endorse", "เพื่อโปรดพิจารณาสั่งการ")

    @api.model
    def _step(self, copy, login, action, text, **targets):
        copy.with_user(self._person(login))._endorse(action, text, **targets)
        copy.invalidate_recordset()

    @api.model
    def _draft_answer(self, agency):
        writer = self._person("electrician")
        letter = (
            self.env["lgo.eoffice.letter"]
            .with_user(writer)
            .create(
                {
                    "kind_id": self.env.ref("lgo_eoffice.lgo_eoffice_kind_ext").id,
                    "subject": "รายงานผลการตรวจสอบโคมไฟถนน",
                    "agency_id": agency.id,
                    "body": "<p>ตามที่อำเภอเมืองสาธิตได้ส่งคู่มือการตรวจสอบโคมไฟถนน นั้น</p>"
                    "<p>เทศบาลตำบลดอนทรายได้ตรวจสอบโคมไฟถนนในเขตเทศบาลแล้ว จำนวน 312 ดวง"
                    " พบว่าใช้งานได้ปกติ 305 ดวง</p><p>จึงเรียนมาเพื่อโปรดทราบ</p>",
                    "signer_post_id": self.env.ref("lgo_demo.post_mayor").id,
                    "owner_unit_id": self.env.ref("lgo_demo.unit_works").id,
                }
            )
        )
        letter._submit(text="เพื่อโปรดพิจารณา")

    @api.model
    def _scanned_letter(self):
        """A page with lines, in place of a scanned letter."""
        page = Image.open(io.BytesIO(base64.b64decode(self._scan())))
        output = io.BytesIO()
        page.save(output, "PDF")
        return output.getvalue()

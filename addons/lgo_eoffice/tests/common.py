# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, new_test_user


class EofficeCase(TransactionCase):
    """An office with a mayor, a chief administrator, two units and their people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.company.write({"lgo_letter_code": "ชม", "lgo_number_code": "52301"})
        Unit = cls.env["hr.department"]
        cls.office = Unit.create({"name": "สำนักปลัดทดสอบ", "lgo_suffix": "1"})
        cls.works = Unit.create({"name": "กองช่างทดสอบ", "lgo_suffix": "3"})
        cls.registrar = cls._person("eo_registrar", cls.office, "lgo_eoffice.group_saraban")
        cls.clerk = cls._person("eo_clerk", cls.works, "lgo_eoffice.group_unit_saraban")
        cls.officer = cls._person("eo_officer", cls.works, "lgo_base.group_staff")
        cls.outsider = cls._person("eo_outsider", cls.office, "lgo_base.group_staff")
        cls.head = cls._person("eo_head", cls.works, "lgo_base.group_unit_head")
        cls.chief = cls._person("eo_chief", cls.office, "lgo_base.group_executive")
        cls.mayor = cls._person("eo_mayor", cls.office, "lgo_base.group_executive")
        cls.secret = cls._person("eo_secret", cls.office, "lgo_eoffice.group_secret")
        cls.auditor = cls._person("eo_auditor", cls.office, "lgo_base.group_auditor")
        cls.admin = cls._person(
            "eo_admin", cls.office, "lgo_base.group_admin,base.group_system,base.group_erp_manager"
        )
        cls.post_mayor = cls._post("นายกเทศมนตรีทดสอบ", "executive", cls.mayor, sequence=1)
        cls.post_chief = cls._post(
            "ปลัดเทศบาลทดสอบ", "top_officer", cls.chief, unit_id=cls.office.id,
            deputises_id=cls.post_mayor.id,
        )  # fmt: skip
        cls.post_head = cls._post(
            "ผู้อำนวยการกองช่างทดสอบ", "director", cls.head, unit_id=cls.works.id,
            parent_id=cls.post_chief.id,
        )  # fmt: skip
        cls.agency = cls.env["lgo.eoffice.agency"].create(
            {
                "name": "ที่ว่าการอำเภอทดสอบ",
                "head_title": "นายอำเภอทดสอบ",
                "saraban_email": "saraban@amphoe.example.go.th",
            }
        )

    @classmethod
    def _person(cls, login, unit, groups):
        user = new_test_user(cls.env, login, groups=groups, tz="Asia/Bangkok")
        cls.env["hr.employee"].create({"name": login, "user_id": user.id, "department_id": unit.id})
        return user

    @classmethod
    def _post(cls, name, kind, user, **vals):
        post = cls.env["lgo.post"].create({"name": name, "kind": kind, **vals})
        cls.env["lgo.post.holder"].create(
            {"post_id": post.id, "employee_id": user.employee_id.id, "date_from": "2020-01-01"}
        )
        return post

    @classmethod
    def _kind(cls, code):
        return cls.env["lgo.eoffice.kind"].search([("code", "=", code)])

    @classmethod
    def _received(cls, user=None, **vals):
        """A received letter that waits for its number."""
        return (
            cls.env["lgo.eoffice.letter"]
            .with_user(user or cls.registrar)
            .create(
                {
                    "direction": "in",
                    "kind_id": cls._kind("EXT").id,
                    "subject": "ขอความอนุเคราะห์สำรวจถนนและสะพาน",
                    "doc_no": "ชม ๐๐๑๘/ว ๑๒๓",
                    "doc_date": "2026-01-05",
                    "agency_id": cls.agency.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _draft(cls, user=None, kind="EXT", **vals):
        """An own letter that is written and waits for a signature."""
        return (
            cls.env["lgo.eoffice.letter"]
            .with_user(user or cls.officer)
            .create(
                {
                    "kind_id": cls._kind(kind).id,
                    "subject": "รายงานผลการสำรวจถนน",
                    "agency_id": cls.agency.id,
                    "addressee": "นายอำเภอทดสอบ",
                    "body": "<p>ตามที่อำเภอขอให้สำรวจถนน นั้น เทศบาลได้สำรวจแล้ว</p>",
                    "signer_post_id": cls.post_mayor.id,
                    "owner_unit_id": cls.works.id,
                    **vals,
                }
            )
        )

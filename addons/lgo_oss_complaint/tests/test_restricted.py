# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import SECRET, ComplaintCase


@tagged("post_install", "-at_install")
class TestRestricted(ComplaintCase):
    """A complaint about corruption: neither administrator nor any other office reads it."""

    def setUp(self):
        super().setUp()
        self.case = self._secret(
            applicant_name="พยาน เห็นเหตุ", applicant_email="witness@example.com"
        )
        self.case.with_user(self.member).write({"user_id": self.member.id, "unit_id": self.unit.id})
        self.case.with_user(self.member)._transition("triage")
        self.message = self.case.with_user(self.member).message_post(body="นัดพยานวันศุกร์")
        self.attachment = self.env["ir.attachment"].create(
            {
                "name": "หลักฐาน.txt",
                "raw": SECRET.encode(),
                "res_model": self.case._name,
                "res_id": self.case.id,
            }
        )
        self.case.with_user(self.member).cost_ids = [
            Command.create({"res_model": self.case._name, "name": "ค่าพาหนะพยาน", "amount": 5})
        ]
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.outsiders = (
            self.admin, self.clerk, self.head, self.officer, self.stranger, self.mayor,
            self.auditor, self.citizen, self.env.ref("base.user_admin"),
        )  # fmt: skip

    def test_the_group_works_with_it(self):
        case = self.case.with_user(self.member)
        self.assertEqual(case.read(["description"])[0]["description"], SECRET)
        self.assertIn(case, case.search([]))
        self.assertIn("พยาน เห็นเหตุ", case._reveal_reporter("สอบสวน"))
        case.outcome = "ส่งเรื่องให้คณะกรรมการสอบข้อเท็จจริง"
        case._transition("assign")
        case._transition("resolve")
        self.assertEqual(case.state, "resolved")

    def test_nobody_else_reads_the_case(self):
        domain = [("id", "=", self.case.id)]
        for user in self.outsiders:
            Case = self.env["lgo.oss.complaint"].with_user(user)
            case = Case.browse(self.case.id)
            with self.subTest(user=user.login):
                try:
                    found = {
                        "search": Case.search(domain).ids,
                        "count": Case.search_count(domain),
                        "web_search_read": Case.web_search_read(domain, {"name": {}})["length"],
                        "name_search": [
                            row for row in Case.name_search(self.case.name) if row[0] == case.id
                        ],
                        "read_group": Case._read_group(domain, ["state"], ["__count"]),
                        "formatted": Case.formatted_read_group(domain, ["state"], ["__count"]),
                        "search_read": Case.search_read(domain, ["description"]),
                        "text": Case.search([("description", "ilike", "เรียกรับเงิน")]).ids,
                        "or": Case.search(
                            Domain("restricted", "=", True) | Domain("id", "=", case.id)
                        ).ids,
                    }
                    self.assertFalse({key: value for key, value in found.items() if value})
                except AccessError:  # no right on the model at all
                    self.assertNotIn(user, (self.admin, self.clerk, self.mayor, self.auditor))
                for call in (
                    lambda case: case.read(["description"]),
                    lambda case: case.web_read({"description": {}}),
                    lambda case: case.export_data(["name", "description"]),
                    lambda case: case.write({"outcome": "x"}),
                    lambda case: case.unlink(),
                    lambda case: case.copy(),
                    lambda case: case._transition("assign"),
                    lambda case: case._answer("x"),
                    lambda case: case._reveal_reporter("x"),
                    lambda case: case.message_post(body="x"),
                    lambda case: case.with_context(transition="assign").action_transition(),
                ):
                    with self.assertRaises(UserError):
                        call(case)

    def test_nothing_around_the_case_speaks(self):
        """Children, chatter, files, lists, trail: what an administrator can search."""
        res = [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
        here = [("model", "=", self.case._name), ("res_id", "=", self.case.id)]
        for user in (self.admin, self.clerk, self.head, self.auditor, self.mayor):
            env = self.env(user=user)
            with self.subTest(user=user.login):
                for model, domain in (
                    ("lgo.case.event", res),
                    ("lgo.case.clock", res),
                    ("lgo.case.document", res),
                    ("lgo.case.cost", res),
                    ("lgo.notification", res),
                    ("lgo.issued.document", res),
                    ("rating.rating", res),
                    ("mail.followers", res),
                    ("mail.activity", res),
                    ("ir.attachment", res),
                    ("mail.message", here),
                    ("lgo.case.register", [("name", "=", self.case.name)]),
                ):
                    self.assertFalse(env[model].search(domain), model)
                    self.assertEqual(env[model].search_count(domain), 0, model)
                self.assertFalse(env["ir.attachment"].search([("id", "=", self.attachment.id)]))
                with self.assertRaises(AccessError):
                    self.attachment.with_user(user).read(["raw"])
                with self.assertRaises(AccessError):
                    self.message.with_user(user).read(["body"])
                with self.assertRaises(AccessError):
                    self.case.event_ids.with_user(user).read(["text"])

    def test_tables_of_administrators_hold_nothing(self):
        system = self.env(user=self.admin)
        fields_ = self.env["ir.model.fields"].search([("model", "=", self.case._name)])
        tracked = system["mail.tracking.value"].search([("field_id", "in", fields_.ids)])
        mine = tracked.filtered(lambda row: row.sudo().mail_message_id.res_id == self.case.id)
        self.assertFalse(mine)
        for word in ("เรียกรับเงิน", "พยาน", "witness@example.com"):
            self.assertFalse(system["mail.mail"].search([("body_html", "ilike", word)]), word)
            self.assertFalse(system["mail.mail"].search([("email_to", "ilike", word)]), word)
        rows = self.env["lgo.audit.log"].search(
            [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
        )
        self.assertTrue(rows)
        text = str(rows.read(["res_name", "detail"]))
        for word in ("เรียกรับ", "พยาน", "ทุจริต", "witness"):
            self.assertNotIn(word, text)

    def test_a_record_rule_that_is_switched_off_opens_nothing(self):
        rule = self.env.ref("lgo_oss_complaint.lgo_oss_complaint_rule_restricted")
        rule.with_user(self.admin).write({"active": False})
        Case = self.env["lgo.oss.complaint"].with_user(self.admin)
        self.assertFalse(Case.search([("id", "=", self.case.id)]))
        with self.assertRaises(AccessError):
            Case.browse(self.case.id).read(["description"])

    def test_becomes_restricted_later(self):
        case = self._complaint(description=SECRET, applicant_name="พยาน คนที่สอง")
        case.user_id = self.officer
        case.with_user(self.clerk).message_post(
            body="โทรหาแล้ว", partner_ids=self.head.partner_id.ids
        )
        self.env.cr.precommit.run()
        case.with_user(self.clerk).write({"type_id": self.bribe.id})
        self.assertTrue(case.restricted)
        self.assertFalse(case.applicant_name or case.message_follower_ids or case.activity_ids)
        self.assertEqual(case._unsealed()["applicant_name"], "พยาน คนที่สอง")
        with self.assertRaises(AccessError):
            case.with_user(self.clerk).read(["description"])
        here = [("res_id", "=", case.id), ("res_model", "=", case._name)]
        rows = self.env["lgo.notification"].search(here)
        self.assertFalse(any(row.email or row.body for row in rows))
        papers = self.env["lgo.issued.document"].search(here)
        self.assertTrue(papers)
        self.assertFalse(papers.with_user(self.admin).search(here))
        with self.assertRaises(AccessError):
            papers.attachment_id.with_user(self.admin).read(["raw"])
        with self.assertRaises(AccessError):
            papers.with_user(self.admin).read(["name"])

    def test_no_hint_that_it_exists(self):
        place = {"latitude": 18.73, "longitude": 98.94}
        self._secret(**place)
        Complaint = self.env["lgo.oss.complaint"].sudo()
        values = {"type_id": self.bribe.id, **place}
        self.assertFalse(Complaint._duplicate_candidates(self.bribe.id, *place.values()))
        self.assertFalse(Complaint._nearby_for_citizen(self.secret_service, values))

    def test_officer_cannot_open_it_or_join_it(self):
        other = self._secret()
        with self.assertRaises(UserError):
            other._merge_into(self.case)
        with self.assertRaises(UserError):
            self.case._rate(5, "ดี")

    def test_only_the_number_is_counted(self):
        before = self.env["lgo.oss.complaint"]._restricted_count()
        self._secret()
        after = self.env["lgo.oss.complaint"].with_user(self.stranger)._restricted_count()
        self.assertEqual(after["received"], before["received"] + 1)

    def test_a_file_hung_on_the_case_from_outside_is_refused(self):
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.admin).create(
                {
                    "name": "x",
                    "datas": base64.b64encode(b"x"),
                    "res_model": self.case._name,
                    "res_id": self.case.id,
                }
            )

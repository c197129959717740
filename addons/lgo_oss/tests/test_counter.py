# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.lgo_base.tests.identity_common import ID_A, ID_B, IdentityCase

from .common import OssCase


@tagged("post_install", "-at_install")
class TestCounter(OssCase):
    """The clerk types for the citizen."""

    def test_each_channel_keeps_its_own_trace(self):
        self.service.write({"channel_post": True, "channel_mobile": True})
        for channel, values in (
            ("post", {"letter_date": "2026-11-20", "letter_tracking": "RA123456789TH"}),
            ("phone", {"caller_phone": "0 2123 4567"}),
            ("mobile", {"mobile_place": "วัดตัวอย่าง 🛕"}),
            ("counter", {}),
        ):
            with self.subTest(channel=channel):
                form = Form(self.env["lgo.oss.request"].with_user(self.clerk))
                form.service_id = self.service
                form.channel = channel
                form.applicant_name = "มานี มีนา"
                form.description = "ไฟดับ"
                for name, value in values.items():
                    setattr(form, name, value)
                form.identity_document = "card"
                case = form.save()
                case.answers = {"kind": "off"}
                self.assertFalse(case.name, "a draft has no number")
                case._transition("submit")
                self.assertEqual(case.filed_by_id, self.clerk)
                self.assertEqual(case.identity_checked_by_id, self.clerk)
                self.assertTrue(case.identity_checked_at)
                self.assertFalse(case._received_later())
                row = self.env["lgo.audit.log"].search(
                    [("action", "=", "case.submit"), ("res_id", "=", case.id)]
                )
                self.assertEqual(row.user_name, self.clerk.name)

    def _other_service(self):
        """Asks one question under the code of the first service, and one of its own."""
        return self._make_service(
            "TEST2",
            question_definition=[
                {"name": "count", "type": "integer", "string": "จำนวน"},
                {"name": "kind", "type": "char", "string": "ชนิด"},
                {"name": "width", "type": "integer", "string": "ความกว้าง"},
            ],
        )

    def test_questions_show_when_a_service_is_chosen(self):
        other = self._other_service()
        Case = self.env["lgo.oss.request"].with_user(self.clerk)
        spec = {"service_id": {}, "answers": {}}

        def chosen(service_id, answers):
            values = {"service_id": service_id, "answers": answers}
            return Case.onchange(values, ["service_id"], spec)["value"]["answers"]

        shown = chosen(self.service.id, [])
        self.assertEqual(
            [(question["name"], question.get("value") or None) for question in shown],
            [("kind", None), ("count", None)],
        )
        shown[0]["value"], shown[1]["value"] = "off", 3
        shown = chosen(other.id, shown)
        self.assertEqual(
            [(question["name"], question.get("value") or None) for question in shown],
            [("count", 3), ("kind", None), ("width", None)],
        )
        self.assertFalse(chosen(False, shown), "no service, no questions")
        other.active = False
        other.company_id = self.env["res.company"].create({"name": "เทศบาลตำบลข้างเคียง"})
        self.assertFalse(chosen(other.id, []), "a service of another organisation")

    def test_a_draft_that_changes_its_service_keeps_what_was_typed(self):
        case = self._make_case(submit=False, answers={"kind": "off", "count": 3})
        other = self._other_service()
        spec = {"service_id": {}, "answers": {}}
        draft = case.with_user(self.clerk)
        [now] = draft.web_read(spec)
        values = {"service_id": other.id, "answers": now["answers"]}
        shown = draft.onchange(values, ["service_id"], spec)["value"]["answers"]
        for question in shown:
            if question["name"] == "width":
                question["value"] = 7
        draft.write({"service_id": other.id, "answers": shown})
        self.env.invalidate_all()
        self.assertEqual(case.service_version_id, other.published_version_id)
        self.assertEqual(
            {code: value for code, value in case._answer_values().items() if value},
            {"count": 3, "width": 7},
        )

    def test_nobody_writes_who_checked_or_filed(self):
        case = self._make_case(submit=False).with_user(self.clerk)
        case.write({"identity_document": "card", "identity_checked_by_id": self.mayor.id})
        self.assertEqual(case.identity_checked_by_id, self.clerk)
        case.write({"filed_by_id": self.mayor.id, "identity_checked_at": False})
        self.assertFalse(case.filed_by_id)
        self.assertTrue(case.identity_checked_at)
        case.identity_document = False
        self.assertFalse(case.identity_checked_by_id or case.identity_checked_at)

    def test_the_citizen_does_not_read_the_notes_of_the_counter(self):
        case = self._make_case(partner_id=self.citizen.partner_id.id, caller_phone="0999999999")
        with self.assertRaises(AccessError):
            case.with_user(self.citizen).read(["caller_phone"])

    def test_agent_at_the_counter(self):
        principal, agent = self.env["res.partner"].create(
            [
                {"name": "มานี มีนา", "lgo_kind": "citizen", "phone": "0810000001"},
                {"name": "ชูใจ เลิศล้ำ", "lgo_kind": "citizen", "phone": "0810000002"},
            ]
        )
        form = Form(self.env["lgo.oss.request"].with_user(self.clerk))
        form.service_id = self.service
        form.agent_partner_id = agent
        form.partner_id = principal
        form.description = "ไฟดับ"
        self.assertEqual(form.applicant_phone, "0810000002", "the office answers the agent")
        case = form.save()
        case.answers = {"kind": "off"}
        case._transition("submit")
        self.assertTrue(case.document_ids.filtered("is_attorney").required)
        with self.assertRaises(UserError):
            case._transition("accept")
        power = self.env["lgo.power.attorney"].browse(case.action_record_attorney()["res_id"])
        power.write({"document": "eA==", "valid_to": "2020-01-01", "valid_from": "2019-01-01"})
        power.action_confirm()
        case.document_ids.state = "accepted"
        with self.assertRaises(UserError):
            case._transition("accept")
        other = power.sudo().copy({"document": "eA==", "valid_to": False}).with_user(self.clerk)
        other.action_confirm()
        case._transition("accept")
        self.assertEqual(case.attorney_id, other)


@tagged("post_install", "-at_install")
class TestFindCitizen(IdentityCase, OssCase):
    """By name, by the whole phone number, by the whole ID number; never by a part of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {"name": "มานี มีนา", "lgo_kind": "citizen", "phone": "+66 81-999-8877"}
        )

    def _find(self, text, user=None):
        Partner = self.env["res.partner"].with_user(user or self.clerk)
        found = Partner.with_context(lgo_citizen_search=True).name_search(text)
        return self.person.id in [row[0] for row in found]

    def test_name_and_phone(self):
        for text in ("มานี", "0819998877", "081 999 8877", "๐๘๑-๙๙๙-๘๘๗๗", "66819998877"):
            self.assertTrue(self._find(text), text)
        for text in ("8877", "0819998878", "' OR 1=1 --", "\U0001f600", "0" * 500):
            self.assertFalse(self._find(text), text)

    def test_identity_number_for_those_who_may(self):
        self.person._lgo_set_identity("citizen", ID_A)
        for text in (ID_A, "1-2345-67890-12-1", "๑๒๓๔๕๖๗๘๙๐๑๒๑"):
            self.assertTrue(self._find(text), text)
        for text in (ID_B, ID_A[:12], ID_A[1:]):
            self.assertFalse(self._find(text), text)
        self.assertFalse(self._find(ID_A, self.officer))

    def test_the_phone_has_an_index(self):
        """With a few citizens any index will do for PostgreSQL, so there are some more."""
        self.env["res.partner"].create(
            [{"name": f"ประชาชน {number}", "phone": f"{number:010}"} for number in range(300)]
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM res_partner"
            " WHERE regexp_replace(phone, '[^0-9]', '', 'g') IN ('0819998877')"
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("res_partner_lgo_phone_digits_idx", plan)

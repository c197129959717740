# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

_utc = fields.Datetime.to_datetime


class PrivacyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write(
            {
                "lgo_dpo_name": "สมหญิง ใจดี",
                "lgo_dpo_email": "dpo@example.go.th",
                "name": "เทศบาลตัวอย่าง",
            }
        )
        cls.officer = new_test_user(
            cls.env, "privacy_officer", groups="lgo_base.group_privacy_officer"
        )
        cls.clerk = new_test_user(cls.env, "privacy_clerk", groups="lgo_base.group_clerk")
        cls.staff = new_test_user(cls.env, "privacy_staff", groups="lgo_base.group_staff")
        cls.auditor = new_test_user(cls.env, "privacy_auditor", groups="lgo_base.group_auditor")
        cls.admin = new_test_user(cls.env, "privacy_admin", groups="lgo_base.group_admin")
        cls.portal_a = new_test_user(cls.env, "privacy_a", groups="base.group_portal")
        cls.portal_b = new_test_user(cls.env, "privacy_b", groups="base.group_portal")

    def _notice(self, body="<p>{{org}} {{dpo}}</p>", publish=True, **vals):
        notice = (
            self.env["lgo.privacy.notice"]
            .with_user(self.officer)
            .create({"name": "ประกาศ", "body": body, "valid_from": "2026-01-01", **vals})
        )
        if publish:
            notice.action_publish()
        return notice

    def _file(self, user, type_="access", detail=""):
        return self.env["lgo.privacy.request"].with_user(user)._file_online(user, type_, detail)


@tagged("post_install", "-at_install", "lgo")
class TestPrivacyNotice(PrivacyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "เทศบาล <b>ทดสอบ</b>", "lgo_dpo_email": "dpo@example.go.th"}
        )
        (cls.officer + cls.env.user).company_ids += cls.company
        (cls.officer + cls.env.user).company_id = cls.company
        cls.notices = cls.env["lgo.privacy.notice"]

    def test_seed_is_a_draft_that_cannot_be_published_unfilled(self):
        seed = self.env.ref("lgo_base.lgo_privacy_notice_general")
        if seed.state == "draft":
            seed.company_id.sudo().lgo_dpo_email = "dpo@example.go.th"
            with self.assertRaisesRegex(UserError, "วัตถุประสงค์"):
                seed.action_publish()

    def test_publish_fills_and_freezes(self):
        notice = self._notice()
        self.assertEqual((notice.version, notice.state), (1, "published"))
        self.assertIn("&lt;b&gt;", notice.body)
        self.assertIn("dpo@example.go.th", notice.body)
        for vals in ({"body": "<p>x</p>"}, {"state": "draft"}, {"valid_from": "2020-01-01"}):
            for record in (notice, notice.sudo()):
                with self.assertRaises(ValidationError):
                    record.write(vals)
        with self.assertRaises(UserError):
            notice.unlink()
        with self.assertRaises(UserError):
            notice.action_publish()

    def test_publish_needs_the_contact(self):
        self.company.lgo_dpo_email = False
        with self.assertRaises(UserError):
            self._notice()

    def test_state_is_not_written_from_outside(self):
        notice = self._notice(publish=False)
        with self.assertRaises(UserError):
            notice.write({"state": "published", "version": 9})
        born = self.notices.with_user(self.officer).create(
            {"name": "x", "body": "<p>x</p>", "state": "published", "version": 7}
        )
        self.assertEqual((born.state, born.version), ("draft", 0))

    @freeze_time("2026-06-01")
    def test_current(self):
        self.assertFalse(self.notices._current(self.company))
        general = self._notice()
        self.assertEqual(self.notices._current(self.company), general)
        later = self._notice(valid_from="2026-07-01")
        self.assertEqual(later.version, 2)
        self.assertEqual(self.notices._current(self.company), general, "not in force yet")
        special = self._notice(service_code="S01")
        self.assertEqual(special.version, 1)
        self.assertEqual(self.notices._current(self.company, "S01"), special)
        self.assertEqual(self.notices._current(self.company, "S02"), general)
        with freeze_time("2026-06-30 17:30:00"):
            # 00:30 on 1 July in Bangkok
            self.assertEqual(self.notices._current(self.company), later)

    def test_acknowledgement_is_append_only(self):
        notice = self._notice()
        acks = self.env["lgo.privacy.acknowledgement"]
        person = self.portal_a.partner_id
        row = acks.with_user(self.portal_a)._record(notice, person, person, ip="192.0.2.1")
        self.assertEqual((row.version, row.ip, row.user_id), (1, "192.0.2.1", self.portal_a))
        self.assertEqual((row.res_model, row.res_id), ("res.partner", person.id))
        for record in (row, row.sudo(), row.with_user(self.officer)):
            with self.assertRaises(UserError):
                record.write({"ip": "x"})
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaises(UserError):
            acks._record(self._notice(publish=False), person)
        with self.assertRaises(AccessError):
            acks.with_user(self.portal_a).search_count([])
        with self.assertRaises(AccessError):
            acks.with_user(self.officer).create({"notice_id": notice.id})

    def test_other_organisations_notice_is_out_of_sight(self):
        notice = self._notice()
        self.officer.company_id = self.env.ref("base.main_company")
        self.officer.company_ids -= self.company
        self.assertNotIn(notice, self.notices.with_user(self.officer).search([]))


@tagged("post_install", "-at_install", "lgo")
class TestPrivacyRequest(PrivacyCase):
    def test_due_date_counts_from_the_day_in_bangkok(self):
        for received, days, due in [
            (_utc("2026-01-01 03:00:00"), 30, date(2026, 1, 31)),
            (_utc("2026-01-31 17:30:00"), 30, date(2026, 3, 3)),
            (_utc("2028-02-01 03:00:00"), 30, date(2028, 3, 2)),
            (_utc("2026-01-01 03:00:00"), 15, date(2026, 1, 16)),
        ]:
            self.company.lgo_privacy_request_days = days
            request = self.env["lgo.privacy.request"].create(
                {
                    "partner_id": self.portal_a.partner_id.id,
                    "type": "access",
                    "received_at": received,
                }
            )
            self.assertEqual(request.date_due, due)

    def test_setting_has_a_range(self):
        for days in (0, -1, 61):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.company.lgo_privacy_request_days = days
                self.company.flush_recordset()

    def test_way_to_an_answer(self):
        request = self._file(self.portal_a).with_user(self.officer)
        self.assertRegex(request.name, r"^PDPA-\d{5}$")
        with self.assertRaises(UserError):
            request.action_verify()
        request.identity_check = "card"
        with self.assertRaises(UserError):
            request.action_answer()
        request.decision = "ส่งสำเนาแล้ว"
        with self.assertRaisesRegex(UserError, request.name):
            request.action_answer()
        request.action_verify()
        self.assertEqual(request.verified_uid, self.officer)
        request.action_answer()
        self.assertEqual(request.state, "answered")
        self.assertTrue(request.closed_at)
        for action in ("action_verify", "action_answer", "action_withdraw"):
            with self.assertRaises(UserError):
                getattr(request, action)()

    def test_refusal_needs_a_reason(self):
        request = self._file(self.portal_a, "erase", "ลบ").with_user(self.officer)
        for reason in (False, "  "):
            request.refusal_reason = reason
            with self.assertRaises(UserError):
                request.action_refuse()
        request.refusal_reason = "มาตรา ๓๓ วรรคสอง: ต้องเก็บตามกฎหมาย"
        request.action_refuse()
        self.assertEqual(request.state, "refused")

    def test_received_facts_are_not_rewritten(self):
        request = self._file(self.portal_a, "erase", "ลบ").with_user(self.officer)
        for vals in (
            {"state": "answered"},
            {"date_due": "2030-01-01"},
            {"received_at": "2020-01-01"},
            {"partner_id": self.portal_b.partner_id.id},
            {"detail": "x"},
        ):
            with self.assertRaises(UserError):
                request.write(vals)
        with self.assertRaises(UserError):
            request.sudo().unlink()

    def test_online_filing_checks(self):
        for type_, detail in [("", ""), ("steal", "x"), ("erase", " "), ("erase", "ก" * 5001)]:
            with self.assertRaises(ValidationError, msg=(type_, detail[:9])):
                self._file(self.portal_a, type_, detail)
        html = "<script>alert(1)</script>\x00😀"
        self.assertEqual(self._file(self.portal_a, "erase", html).detail, html.replace("\x00", ""))
        with self.assertRaises(ValidationError):
            self._file(self.portal_a, "erase", html)
        self._file(self.portal_b, "erase", html)

    def test_two_citizens(self):
        mine, theirs = self._file(self.portal_a), self._file(self.portal_b)
        model = self.env["lgo.privacy.request"].with_user(self.portal_a)
        self.assertEqual(model.search([]), mine)
        self.assertEqual(model.search_count([("id", "=", theirs.id)]), 0)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            theirs.with_user(self.portal_a).read(["name"])
        groups = model.formatted_read_group([], ["state"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in groups), 1)
        for record in (mine, theirs):
            record = record.with_user(self.portal_a)
            for attempt in (
                lambda r=record: r.write({"decision": "x"}),
                lambda r=record: r.action_withdraw(),
                lambda r=record: r.action_refuse(),
                lambda r=record: r.unlink(),
            ):
                with self.assertRaises(UserError):
                    attempt()
        with self.assertRaises(AccessError):
            model.create({"partner_id": self.portal_b.partner_id.id, "type": "access"})
        with self.assertRaises(AccessError):
            mine.with_user(self.portal_a).read(["identity_check"])

    def test_roles(self):
        request = self._file(self.portal_a)
        counter = (
            self.env["lgo.privacy.request"]
            .with_user(self.clerk)
            .create({"partner_id": self.portal_b.partner_id.id, "type": "access"})
        )
        find = self.env["lgo.privacy.request"].with_user
        self.assertEqual(find(self.clerk).search([]), counter)
        self.assertLessEqual(request + counter, find(self.officer).search([]))
        self.assertLessEqual(request + counter, find(self.auditor).search([]))
        for user in (self.staff, self.admin):
            with self.assertRaises(AccessError):
                find(user).search([])
        for user in (self.auditor, self.clerk):
            with self.assertRaises(AccessError):
                counter.with_user(user).action_withdraw()

    def test_audit_rows(self):
        request = self._file(self.portal_a)
        rows = self.env["lgo.audit.log"].search(
            [("res_model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertEqual(rows.mapped("action"), ["privacy.request.receive"])


@tagged("post_install", "-at_install", "lgo")
class TestConsentAndRegisters(PrivacyCase):
    def test_consent_life(self):
        purpose = self.env.ref("lgo_base.lgo_consent_purpose_news")
        consents = self.env["lgo.consent"]
        person = self.portal_a.partner_id
        first = consents._give(person, purpose, "web")
        self.assertEqual(consents._give(person, purpose, "web"), first)
        self.assertTrue(consents._has(person, "news"))
        self.assertFalse(consents._has(self.portal_b.partner_id, "news"))
        text = first.text
        purpose.text = "ถ้อยคำใหม่"
        self.assertEqual(first.text, text, "what was agreed to stays")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            consents.create({"partner_id": person.id, "purpose_id": purpose.id})
        first.with_user(self.clerk).action_revoke()
        self.assertFalse(consents._has(person, "news"))
        second = consents._give(person, purpose, "counter")
        self.assertNotEqual(second, first)
        self.assertEqual(second.text, "ถ้อยคำใหม่")
        with self.assertRaises(UserError):
            second.with_user(self.clerk).write({"given_at": "2020-01-01"})
        with self.assertRaises(UserError):
            second.unlink()

    def test_consent_of_two_citizens(self):
        purpose = self.env.ref("lgo_base.lgo_consent_purpose_news")
        mine = self.env["lgo.consent"]._give(self.portal_a.partner_id, purpose, "web")
        theirs = self.env["lgo.consent"]._give(self.portal_b.partner_id, purpose, "web")
        model = self.env["lgo.consent"].with_user(self.portal_a)
        self.assertEqual(model.search([]), mine)
        self.assertEqual(model.search_count([("id", "=", theirs.id)]), 0)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            theirs.with_user(self.portal_a).read(["purpose_id"])
        with self.assertRaises(AccessError):
            theirs.with_user(self.portal_a).action_revoke()
        with self.assertRaises(AccessError):
            model.create({"partner_id": self.portal_b.partner_id.id, "purpose_id": purpose.id})

    def test_sensitive_activity_needs_its_exception(self):
        vals = {
            "name": "เบี้ยยังชีพผู้พิการ",
            "subjects": "ผู้พิการ",
            "data_items": "ชื่อ ความพิการ",
            "purpose": "จ่ายเบี้ย",
            "retention": "10 ปี",
            "sensitive": True,
        }
        model = self.env["lgo.processing.activity"].with_user(self.officer)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            model.create({**vals, "sensitive_basis": "  "})
        activity = model.create({**vals, "sensitive_basis": "มาตรา ๒๖ (๕)"})
        self._file(self.portal_a).with_user(self.officer).write({"refusal_reason": "x"})
        self.assertIn("0", activity.refusals)
        with self.assertRaises(AccessError):
            activity.with_user(self.staff).purpose = "x"
        with self.assertRaises(AccessError):
            self.env["lgo.processing.activity"].with_user(self.portal_a).search([])

    def _breach(self, **vals):
        return (
            self.env["lgo.privacy.breach"]
            .with_user(self.officer)
            .create({"name": "ส่งอีเมลผิดคน", "description": "x", **vals})
        )

    @freeze_time("2026-06-04 12:00:00")
    def test_breach_clock(self):
        now = _utc("2026-06-04 12:00:00")
        fresh = self._breach(known_at=now - timedelta(hours=71))
        late = self._breach(known_at=now - timedelta(hours=73))
        harmless = self._breach(known_at=now - timedelta(hours=99), risk="none")
        self.assertEqual((fresh.hours_left, fresh.is_overdue), (1, False))
        self.assertEqual((late.hours_left, late.is_overdue), (-1, True))
        self.assertFalse(harmless.is_overdue)
        found = (fresh + late + harmless).search(
            [("is_overdue", "=", True), ("id", "in", (fresh + late + harmless).ids)]
        )
        self.assertEqual(found, late)
        late.reported_at = now
        self.assertFalse(late.is_overdue)

    @freeze_time("2026-06-04 12:00:00")
    def test_breach_closes_when_the_law_is_done(self):
        now = _utc("2026-06-04 12:00:00")
        breach = self._breach(known_at=now - timedelta(hours=80))
        steps = [
            ("Assess", {"risk": "high"}),
            ("Report", {"reported_at": now}),
            ("persons", {"persons_notified_at": now}),
            ("late", {"late_reason": "ระบบล่ม"}),
        ]
        for message, vals in steps:
            with self.assertRaisesRegex(UserError, message):
                breach.with_context(lang="en_US").action_close()
            breach.write(vals)
        breach.action_close()
        with self.assertRaises(UserError):
            breach.write({"risk": "none"})
        with self.assertRaises(UserError):
            breach.sudo().unlink()

    @freeze_time("2026-06-04 12:00:00")
    def test_breach_bad_times(self):
        now = _utc("2026-06-04 12:00:00")
        for vals in (
            {"known_at": now + timedelta(days=1)},
            {"known_at": now, "reported_at": now - timedelta(hours=1)},
            {"known_at": now - timedelta(days=1), "happened_at": now},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._breach(**vals)

    def test_breach_roles(self):
        breach = self._breach()
        breach.with_user(self.auditor).read(["name"])
        with self.assertRaises(AccessError):
            breach.with_user(self.auditor).name = "x"
        for user in (self.clerk, self.staff, self.admin, self.portal_a):
            with self.assertRaises(AccessError):
                self.env["lgo.privacy.breach"].with_user(user).search([])

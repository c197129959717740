# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.lgo_base.tests.identity_common import KEY, use_keys

from .common import OssCommon

NAME, PHONE, EMAIL = "กุหลาบพันธุ์ลับเฉพาะ", "0877712345", "planted.person@example.com"
NUMBER = "1101700203450"
#: The audit trail is kept for a time of its own and never changes (Computer Crime Act B.E. 2550,
#: s. 26); it holds no ID number.
KEPT_TABLES = {"lgo_audit_log"}


@tagged("post_install", "-at_install")
class TestPrivacyRun(OssCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(use_keys(KEY))
        cls._set_up_oss()
        cls.privacy = new_test_user(cls.env, "run_dpo", groups="lgo_base.group_privacy_officer")
        cls.env["lgo.processing.activity"].search([]).unlink()
        cls.service.retention_months = 12
        cls.env["lgo.document.kind"].search([]).retention_months = 0
        cls.person = cls.env["res.partner"].create(
            {
                "lgo_kind": "citizen", "lgo_first_name": NAME, "lgo_last_name": "ทดสอบ",
                "phone": PHONE, "email": EMAIL, "street": f"บ้าน {NAME}",
            }
        )  # fmt: skip
        cls.person._lgo_set_identity("citizen", NUMBER)
        cls.case = cls._planted_case()
        cls._close(cls.case)

    @classmethod
    def _planted_case(cls, **values):
        """A case in which the person stands wherever a person can stand."""
        case = cls._make_case(
            **{
                "partner_id": cls.person.id,
                "applicant_name": NAME,
                "applicant_phone": PHONE,
                "applicant_email": EMAIL,
                "description": f"{NAME} {PHONE} {NUMBER}",
                "location_text": f"หน้าบ้าน {NAME}",
                "latitude": 13.7563,
                "longitude": 100.5018,
                **values,
            }
        )
        where = {"res_model": case._name, "res_id": case.id}
        case.message_post(body=f"โทรหา {NAME} {PHONE}", author_id=cls.person.id)
        case.message_subscribe(partner_ids=cls.person.ids)
        attachment = cls.env["ir.attachment"].create(
            {**where, "name": f"{NAME}.txt", "raw": f"{NAME} {NUMBER}".encode()}
        )
        case.document_ids[:1].write({"attachment_ids": attachment.ids, "note": NAME})
        cls.env["lgo.case.event"]._add(case, "note", f"คุยกับ {NAME}", note=EMAIL)
        cls.env["lgo.case.visit"].create(
            {**where, "start": "2030-01-01 02:00:00", "stop": "2030-01-01 03:00:00", "place": NAME}
        )
        case.activity_schedule("mail.mail_activity_data_todo", note=NAME, user_id=cls.officer.id)
        case._rate(4, f"ดีมาก {NAME}")
        cls.env["lgo.oss.follower"]._follow(case, email=EMAIL, phone=PHONE)
        notice = cls.env["lgo.privacy.notice"].create(
            {"name": "ประกาศ", "body": "<p>x</p>", "valid_from": "2020-01-01"}
        )
        cls.company.lgo_dpo_email = "dpo@example.go.th"
        notice.action_publish()
        cls.env["lgo.privacy.acknowledgement"]._record(notice, case, cls.person, ip="192.0.2.7")
        return case

    @classmethod
    def _close(cls, case, months=13):
        for step in ("accept", "start"):
            case._transition(step)
        case.sudo().write({"outcome": f"แจ้ง {NAME} แล้ว"})
        case._transition("resolve")
        case._transition("complete")
        case._from_machine().write(
            {"closed_at": fields.Datetime.now() - relativedelta(months=months)}
        )

    def _run(self):
        run = self.env["lgo.privacy.run"].with_user(self.privacy).create({})
        run.action_preview()
        return run

    def _lines(self, run, case):
        return run.line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == (case._name, case.id)
        )

    def _work(self):
        with self.enter_registry_test_mode():
            self.env.ref("lgo_base.ir_cron_privacy_run").method_direct_trigger()
        self.env.invalidate_all()

    def _found(self, *needles):
        """{table.column: …} of the whole database in which one of ``needles`` stands."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
               AND (c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'bytea')
                    OR c.data_type = 'ARRAY')
            """
        )
        found = set()
        for table, column in self.env.cr.fetchall():
            if table in KEPT_TABLES:
                continue
            # jsonb writes Thai as it is; a bytea as hex
            for needle in needles:
                hexed = needle.encode().hex()
                self.env.cr.execute(
                    SQL(
                        "SELECT 1 FROM %s WHERE %s::text ILIKE %s OR %s::text ILIKE %s LIMIT 1",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        f"%{needle}%",
                        SQL.identifier(column),
                        f"%{hexed}%",
                    )
                )
                if self.env.cr.fetchone():
                    found.add(f"{table}.{column}")
        return found

    # ------------------------------------------------------------ the whole way
    def test_nothing_findable_remains(self):
        needles = (NAME, PHONE, "087-771-2345", EMAIL, NUMBER)
        before = self._found(*needles)
        for place in ("lgo_oss_request.description", "mail_message.body", "res_partner.phone",
                      "lgo_oss_follower.email", "rating_rating.feedback", "lgo_notification.body",
                      "ir_attachment.index_content"):  # fmt: skip
            self.assertIn(place, before, "the search finds what was planted")
        files = self.env["ir.attachment"].search([("name", "=", f"{NAME}.txt")])
        rating, state, name = self.case._citizen_rating(), self.case.state, self.case.name
        closed, village = self.case.closed_at, self.case.service_id
        run = self._run()
        self.assertEqual(self._lines(run, self.case).state, "due")
        run.action_approve()
        self._work()
        self.assertEqual(run.state, "done")
        line = self._lines(run, self.case)
        self.assertEqual(line.state, "done", line.reason)
        self.assertGreater(line.proof["messages"], 0)
        self.assertEqual(self._found(*needles), set())
        self.assertFalse(files.exists())
        case = self.case
        self.assertEqual(
            (case.name, case.state, case.closed_at, case.service_id), (name, state, closed, village)
        )
        self.assertTrue(case.anonymised_at)
        self.assertFalse(case.latitude)
        self.assertEqual(rating.exists().rating, 4, "the statistics stay")
        self.assertTrue(case.event_ids)
        self.assertTrue(self.person.lgo_anonymised_at, "nothing else held the person")
        self.assertFalse(self.person.active)
        self.assertFalse(self.env["res.partner"]._lgo_find_by_identity("citizen", NUMBER))
        rows = self.env["lgo.audit.log"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertIn("case.anonymise", rows.mapped("action"))
        papers = case._issued_documents()
        self.assertTrue(papers)
        self.assertFalse(papers.attachment_id)
        self.assertTrue(all(papers.mapped("sha256")), "number and hash of the paper stay")
        with self.assertRaises(UserError):
            papers[0]._content()

    # ------------------------------------------------------------ what stays
    def test_blocked(self):
        """Time not over, hold, open case, appeal, restriction: nothing goes."""
        fresh = self._planted_case()
        self._close(fresh, months=11)
        opened = self._planted_case()
        run = self._run()
        self.assertFalse(self._lines(run, fresh) + self._lines(run, opened))
        self.case.legal_hold = True
        run.action_preview()
        self.assertEqual(self._lines(run, self.case).state, "kept")
        self.assertTrue(self._lines(run, self.case).reason)
        self.case.legal_hold = False
        self.person.lgo_restricted_at = fields.Datetime.now()
        run.action_preview()
        self.assertEqual(self._lines(run, self.case).state, "kept")
        self.person.lgo_restricted_at = False
        with patch.object(type(self.case), "_appeal_runs", lambda _case: True):
            run.action_preview()
        self.assertEqual(self._lines(run, self.case).state, "kept")
        self.assertFalse(run.line_ids.filtered(lambda line: line.state == "due"))
        with self.assertRaises(UserError):
            run.action_approve()

    def test_appeal(self):
        paper = self.case._issued_documents()[:1]
        letter = self.env["lgo.case.letter"].sudo().create(
            {
                "res_model": self.case._name, "res_id": self.case.id, "kind": "refusal",
                "subject": "x", "appeal_days": 15, "document_id": paper.id,
            }
        )  # fmt: skip
        self.env.invalidate_all()
        self.assertTrue(self.case._appeal_runs())
        letter.appeal_days = 0
        self.assertFalse(self.case._appeal_runs())

    def test_undecided_means_never(self):
        self.service.retention_months = 0
        self.assertFalse(self._lines(self._run(), self.case))
        activity = self.env["lgo.processing.activity"].create(
            {"name": "x", "subjects": "x", "data_items": "x", "purpose": "x", "retention": "x",
             "retention_months": 24}
        )  # fmt: skip
        self.assertEqual(self.service._retention(), 24)
        self.assertFalse(self._lines(self._run(), self.case))
        activity.copy({"service_code": self.service.code, "retention_months": 6})
        self.assertEqual(self.service._retention(), 6)
        self.assertTrue(self._lines(self._run(), self.case))

    def test_what_changed_since_the_preview_counts(self):
        run = self._run()
        run.action_approve()
        self.case.legal_hold = True
        self._work()
        self.assertEqual(self._lines(run, self.case).state, "kept")
        self.assertFalse(self.case.anonymised_at)
        self.assertEqual(self.case.applicant_name, NAME)

    def test_the_officer_keeps_a_case(self):
        run = self._run()
        self._lines(run, self.case).with_user(self.privacy).action_keep()
        self.assertTrue(self.case.legal_hold)
        self.assertEqual(self._lines(run, self.case).state, "kept")

    def test_a_failure_stays_with_its_line(self):
        other = self._planted_case()
        self._close(other)
        run = self._run()
        run.action_approve()
        anonymise = type(self.case)._anonymise

        def broken(case):
            if case == self.case:
                raise ValueError("ทดสอบ")
            return anonymise(case)

        with (
            patch.object(type(self.case), "_anonymise", broken),
            mute_logger("odoo.addons.lgo_base.models.lgo_privacy_run"),
        ):
            self._work()
        self.assertEqual(self._lines(run, self.case).state, "failed")
        self.assertEqual(self._lines(run, other).state, "done")
        self.assertEqual(self.case.applicant_name, NAME, "nothing half done")
        self.assertFalse(self.person.lgo_anonymised_at, "a case still names the person")

    def test_it_goes_on_after_a_kill(self):
        others = self._planted_case() | self._planted_case()
        for case in others:
            self._close(case)
        run = self._run()
        run.action_approve()
        self._lines(run, self.case).sudo()._erase()  # what an earlier job had done
        self._work()
        self.assertEqual(run.state, "done")
        self.assertTrue(all(case.anonymised_at for case in others | self.case))

    def test_the_preview_asks_each_service_once(self):
        for case in self._planted_case() | self._planted_case():
            self._close(case)
        services = self.env["lgo.service"].with_context(active_test=False)
        services = services.search([("company_id", "=", self.company.id)])
        model = type(services)
        with patch.object(
            model, "_retention", autospec=True, side_effect=model._retention
        ) as asked:
            run = self._run()
        self.assertGreaterEqual(run.due_count, 3)
        self.assertEqual(asked.call_count, len(services))

    def test_papers_live_their_own_time(self):
        self.env["lgo.document.kind"].search([]).retention_months = 1
        run = self._run()
        run.action_approve()
        self._work()
        papers = self.case._issued_documents()
        self.assertTrue(all(papers.mapped("attachment_id")), "the papers are younger")
        self.env.cr.execute(
            SQL(
                "UPDATE lgo_issued_document SET date_issued = %s WHERE id IN %s",
                fields.Date.today() - timedelta(days=60),
                tuple(papers.ids),
            )
        )
        self.env.invalidate_all()
        with freeze_time(papers[0]._kept_until()):
            self.assertFalse(
                self._run().line_ids.filtered(lambda line: line.state == "due"),
                "it is kept on the last day of its time, too",
            )
        run = self._run()
        self.assertEqual(
            set(run.line_ids.filtered(lambda line: line.state == "due").mapped("res_model")),
            {"lgo.issued.document"},
        )
        run.action_approve()
        self._work()
        self.assertFalse(papers.attachment_id)
        self.assertFalse(self._run().line_ids.filtered(lambda line: line.state == "due"))

    # ------------------------------------------------------------ rights
    def test_rights(self):
        run = self._run()
        for user in (self.clerk, self.head, self.mayor, self.citizen):
            with self.assertRaises(AccessError):
                run.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                self.env["lgo.privacy.run"].with_user(user).search([])
        audited = run.with_user(self.auditor)
        self.assertEqual(audited.state, "preview")
        for action in ("action_preview", "action_approve", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(audited, action)()
        for vals in ({"state": "approved"}, {"approved_by_id": 1}, {"company_id": 1}):
            with self.assertRaises(AccessError):
                run.write(vals)
        with self.assertRaises(AccessError):
            self._lines(run, self.case).with_user(self.privacy).write({"state": "due"})
        with self.assertRaises(UserError):
            run.sudo().unlink()
        with self.assertRaises(AccessError):
            self.case.with_user(self.officer).legal_hold = True
        with self.assertRaises(AccessError):
            self.case.with_user(self.clerk).write({"anonymised_at": fields.Datetime.now()})

    def test_an_empty_or_unseen_run_is_not_approved(self):
        run = self.env["lgo.privacy.run"].with_user(self.privacy).create({})
        with self.assertRaises(UserError):
            run.action_approve()
        run.action_cancel()
        with self.assertRaises(UserError):
            run.action_preview()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common import OssCase, OssCommon

ACTIVITY = "lgo_base.mail_activity_type_case"


@tagged("post_install", "-at_install")
class TestOffice(OssCase):
    """What officers see of a case in the office: worklist, tasks, chatter, buttons, copies."""

    # ------------------------------------------------------------ worklist
    def _waiting(self, user):
        Register = self.env["lgo.case.register"].with_user(user)
        rows = Register.search([("waits_for_me", "=", True)])
        self.assertEqual(rows.filtered("waits_for_me"), rows)
        return self.env["lgo.oss.request"].browse(rows.mapped("case_id"))

    def test_what_waits_for_whom(self):
        new = self._make_case()
        accepted = self._make_case()
        accepted._transition("accept")
        given = self._make_case()
        given._transition("accept")
        given.user_id = self.officer
        cases = new + accepted + given
        self.assertEqual(self._waiting(self.clerk) & cases, new)
        self.assertEqual(self._waiting(self.head) & cases, accepted)
        self.assertEqual(self._waiting(self.officer) & cases, given)
        self.assertFalse(self._waiting(self.stranger) & cases)
        given.outcome = "ซ่อมแล้ว"
        given._transition("resolve")
        given._transition("complete")
        self.assertFalse(self._waiting(self.officer) & cases)

    def test_worklist_opens_by_role(self):
        def default(user):
            return self.env["lgo.case.register"].with_user(user)._action_worklist()["context"]

        for user in (self.clerk, self.head, self.officer):
            self.assertEqual(default(user), {"search_default_waiting": 1}, user.login)
        for user in (self.mayor, self.auditor):
            self.assertEqual(default(user), {"search_default_open": 1}, user.login)

    def test_a_row_opens_its_case(self):
        case = self._make_case()
        row = self.env["lgo.case.register"].with_user(self.clerk).search([("name", "=", case.name)])
        action = row.action_open_case()
        self.assertEqual((action["res_model"], action["res_id"]), (case._name, case.id))

    # ------------------------------------------------------------ tasks
    def _tasks(self, case):
        kind = self.env.ref(ACTIVITY)
        return case.sudo().activity_ids.filtered(lambda task: task.activity_type_id == kind)

    def test_the_officer_gets_one_task(self):
        case = self._make_case()
        case._transition("accept")
        case.with_user(self.head).user_id = self.officer
        self.assertEqual(self._tasks(case).user_id, self.officer)
        self.assertEqual(self._tasks(case).date_deadline, case.date_due)
        case.with_user(self.head).user_id = self.officer
        self.assertEqual(len(self._tasks(case)), 1)
        case.with_user(self.head).user_id = self.clerk
        self.assertEqual(self._tasks(case).user_id, self.clerk)
        case.with_user(self.clerk).user_id = False
        self.assertFalse(self._tasks(case))

    def test_no_task_for_what_i_take_and_none_when_over(self):
        case = self._make_case()
        case._transition("accept")
        case.with_user(self.officer).user_id = self.officer
        self.assertFalse(self._tasks(case))
        case.with_user(self.head).user_id = False
        case.with_user(self.head).user_id = self.officer
        self.assertTrue(self._tasks(case))
        case.with_user(self.officer).outcome = "เปลี่ยนหลอดแล้ว"
        case.with_user(self.officer)._transition("resolve")
        case.with_user(self.officer)._transition("complete")
        self.assertFalse(self._tasks(case))

    # ------------------------------------------------------------ chatter, buttons
    def test_chatter_shows_the_steps(self):
        case = self._make_case().with_context(tracking_disable=False)
        before = case.message_ids
        case._transition("accept")
        self.env.flush_all()
        self.cr.precommit.run()
        message = case.message_ids - before
        values = message.sudo().tracking_value_ids.filtered(
            lambda value: value.field_id.name == "state"
        )
        labels = dict(case._selection_state())
        self.assertEqual(values.new_value_char, labels["accepted"])
        self.assertTrue(all(values.mail_message_id.mapped("subtype_id.internal")))

    def test_who_may_work(self):
        case = self._make_case()
        for user, may in (
            (self.clerk, True), (self.head, True), (self.officer, True),
            (self.mayor, False), (self.auditor, False),
        ):  # fmt: skip
            with self.subTest(user=user.login):
                self.assertEqual(case.with_user(user).can_work, may)
        arch = etree.fromstring(
            self.env["lgo.oss.request"].with_user(self.mayor).get_view(view_type="form")["arch"]
        )
        buttons = arch.xpath("//header/button")
        self.assertTrue(buttons)
        for button in buttons:
            self.assertIn("not can_work", button.get("invisible"))

    def test_form_has_keys(self):
        arch = etree.fromstring(
            self.env["lgo.oss.request"].with_user(self.clerk).get_view(view_type="form")["arch"]
        )
        keys = {}
        for button in arch.xpath("//header/button"):
            keys.setdefault(button.get("data-hotkey"), []).append(button.get("invisible"))
        self.assertNotIn(None, keys)
        states = [code for code, _label in self.env["lgo.oss.request"]._selection_state()]
        for key, rules in keys.items():
            for state in states:
                # a key never stands for two steps of one state
                shown = [r for r in rules if not self._hidden(r, state)]
                self.assertLessEqual(len(shown), 1, (key, state))
        self.assertNotIn("o", keys, "the key of the menu with the later buttons")

    def test_form_shows_the_next_steps_first(self):
        """Five buttons stand side by side; what ends a case is in the menu."""
        form = self.env["lgo.oss.request"].with_user(self.clerk).get_view(view_type="form")
        arch = etree.fromstring(form["arch"])
        self.assertIn("o_lgo_few_buttons", arch.find("header").get("class"))
        buttons = arch.xpath("//header/button")
        for state, wanted in (
            ("submitted", ["accept", "documents", "accept_and_next", "defects", "next_case"]),
            ("accepted", ["start", "resolve", "next_case", "assign", "step"]),
            ("processing", ["resolve", "next_case", "assign", "step", "wait"]),
            ("incomplete", ["cure", "next_case", "assign", "return", "letter"]),
        ):
            shown = [b for b in buttons if not self._hidden(b.get("invisible"), state)][:5]
            for button, word in zip(shown, wanted, strict=True):
                self.assertIn(word, button.get("name") + (button.get("context") or ""), state)
            primary = [b for b in shown if "btn-primary" in (b.get("class") or "")]
            self.assertEqual(primary, shown[:1], state)
        for name in ("legal_hold", "privacy_shown"):
            page = arch.xpath(f"//page[@name='privacy']//field[@name='{name}']")
            self.assertEqual(len(page), 1, name)

    @staticmethod
    def _hidden(rule, state):
        known = {"state": state, "can_work": True, "step_text": "1"}
        return eval(rule, known)  # noqa: S307  (our own view)

    # ------------------------------------------------------------ copies to the OPDC
    def _late_case(self):
        self._set_up_signers()
        law = self.service.published_version_id.law_version_id
        law.write({"covers_services": True, "copy_to_opdc": True})
        with freeze_time("2026-10-08 03:00:00"):
            case = self._make_case()
            case._transition("accept")
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time("2026-10-27 05:00:00"):
            notices = self.env["lgo.case.notice"]._write_owed(
                clock, fields.Date.to_date("2026-10-27")
            )
            self._make_post("ผู้อำนวยการกองช่าง", "director", self.head, unit=self.unit)
            for notice in notices.with_user(self.head):
                notice._sign("รออะไหล่")
        return case

    def test_copies_are_marked_once(self):
        case = self._late_case()
        Notice = self.env["lgo.case.notice"].with_user(self.head)
        owed = Notice.search([("copy_owed", "=", True), ("res_id", "=", case.id)])
        self.assertEqual(len(owed), 3)
        self.assertEqual(set(owed.mapped("case_name")), {case.display_name})
        with freeze_time("2026-10-28 03:00:00"):
            owed[0].action_copy_sent()
        with freeze_time("2026-10-29 03:00:00"):
            owed.action_copy_sent()
        days = [fields.Date.to_string(notice.copy_sent_at) for notice in owed]
        self.assertEqual(days, ["2026-10-28", "2026-10-29", "2026-10-29"])
        logged = self.env["lgo.audit.log"].search_count(
            [("action", "=", "case.late_notice_copy"), ("res_id", "=", case.id)]
        )
        self.assertEqual(logged, 3)

    def test_who_marks_copies(self):
        owed = self._late_case().notice_ids
        for user in (self.clerk, self.officer, self.mayor, self.auditor, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                owed.with_user(user).action_copy_sent()
        with self.assertRaises(AccessError):
            owed.with_user(self.head).write({"cause": "แก้ย้อนหลัง"})

    def test_who_only_reads_gets_a_closed_form(self):
        """Each field that a reader would be refused to save is read-only to him."""
        case = self._make_case()
        for user, works in (
            (self.clerk, True),
            (self.officer, True),
            (self.mayor, False),
            (self.auditor, False),
        ):
            form = Form(case.with_user(user))
            for name in ("urgency", "outcome", "unit_id", "description", "latitude"):
                with self.subTest(user=user.login, field=name):
                    is_open = not form._get_modifier(name, "readonly")
                    self.assertEqual(is_open, works)
            self.assertTrue(form._get_modifier("service_id", "readonly"), "it is filed")
        draft = Form(self.env["lgo.oss.request"].with_user(self.clerk))
        self.assertFalse(draft._get_modifier("service_id", "readonly"))
        draft.service_id = self.service
        self.assertFalse(draft._get_modifier("description", "readonly"))

    def test_the_system_is_no_officer(self):
        """What a job or a visitor of the website set off was done by the office."""
        system = self.env.ref("base.user_root")
        public = self.env.ref("base.public_user")
        office = "office"
        for user, shown in (
            (self.clerk, self.clerk.name),
            (system, office),
            (public, office),
            (self.citizen, office),
        ):
            case = self._make_case(submit=False)
            case.with_user(user).sudo()._transition("submit")
            document = self.env["lgo.issued.document"].search(
                [("res_model", "=", case._name), ("res_id", "=", case.id)], limit=1
            )
            self.assertEqual(document.issued_by_id, user)
            with self.subTest(user=user.login):
                name = document.with_user(self.auditor).issued_by
                entry = document.register_entry_id.with_user(self.auditor).taken_by
                line = case.event_ids[-1:].with_user(self.auditor).acted_by
                # the register of the whole office names the office, the paper its unit
                self.assertIn(self.unit.name if shown == office else shown, name)
                self.assertIn(self.company.name if shown == office else shown, entry)
                self.assertNotIn("OdooBot", name + entry)
                self.assertNotIn("OdooBot", line)
                self.assertNotIn(public.name, line)
        line = case.event_ids[-1:].with_user(self.auditor).acted_by
        self.assertNotIn(self.unit.name, line, "the timeline tells what the citizen did")
        self.assertNotIn(self.citizen.name, line, "and no name: a reporter may be hidden")


@tagged("post_install", "-at_install")
class TestPreview(OssCommon, HttpCase):
    """The officers' preview of a service, and the questions of the real form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls.draft = cls._make_service("DRAFT1", publish=False, name="บริการที่ยังร่างอยู่")
        cls.draft.question_ids = [
            Command.create({"name": "รับรอง", "code": "sure", "kind": "boolean", "required": True}),
            Command.create({"name": "เลขที่เสา", "code": "pole", "help": "ดูที่ <ป้าย> ข้างเสา"}),
        ]
        for user, password in ((cls.clerk, "oss_clerk-pw"), (cls.citizen, "oss_citizen-pw")):
            user.password = password

    def test_officer_sees_a_draft(self):
        self.authenticate("oss_clerk", "oss_clerk-pw")
        action = self.draft.with_user(self.clerk).action_preview()
        page = self.url_open(action["url"])
        self.assertEqual(page.status_code, 200)
        self.assertIn("บริการที่ยังร่างอยู่", page.text)
        self.assertIn("ดูที่ &lt;ป้าย&gt; ข้างเสา", page.text)
        self.assertNotIn(f"/services/{self.draft.code}/request", page.text)

    def test_nobody_else_does(self):
        url = "/services/DRAFT1/preview"
        self.assertNotIn("บริการที่ยังร่างอยู่", self.url_open(url).text)
        self.authenticate("oss_citizen", "oss_citizen-pw")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("oss_clerk", "oss_clerk-pw")
        self.assertEqual(self.url_open("/services/NONE/preview").status_code, 404)

    def test_form_says_what_is_required_and_how(self):
        self.draft.action_publish()
        page = self.url_open("/services/DRAFT1/request").text
        self.assertIn("ดูที่ &lt;ป้าย&gt; ข้างเสา", page)
        self.assertIn('id="answer_pole_hint"', page)
        self.assertIn('aria-describedby="answer_pole_hint"', page)
        self.assertNotIn("รับรอง *", page)

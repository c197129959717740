# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import thai

from .common import OssCommon
from .test_filing_http import FilingHttpCase, jpeg
from .test_leaks import http_csrf

MODEL = "lgo.power.attorney"
SECRET = jpeg((31, 17))


class AgentCommon(OssCommon):
    """A case of ``citizen``, handled by ``agent`` under a power of attorney in force."""

    @classmethod
    def _set_up_agent(cls):
        cls.agent = new_test_user(
            cls.env, "oss_agent", groups="base.group_portal", name="ชูใจ เลิศล้ำ"
        )
        cls.agent.partner_id.email = "agent@example.com"
        cls.citizen.partner_id.email = "principal@example.com"
        cls.case = cls._make_case(
            partner_id=cls.citizen.partner_id.id,
            agent_partner_id=cls.agent.partner_id.id,
            agent_name="ชูใจ เลิศล้ำ",
            applicant_email="agent@example.com",
            description="คำขอที่ผู้รับมอบอำนาจยื่น",
        )
        cls.power = cls._power()

    @classmethod
    def _power(cls, confirm=True, **values):
        power = (
            cls.env[MODEL]
            .with_user(cls.clerk)
            .create(
                {
                    "principal_id": cls.citizen.partner_id.id,
                    "agent_id": cls.agent.partner_id.id,
                    "matters": f"OTHER1\n {cls.service.code.lower()} ",
                    "valid_from": "2026-01-01",
                    "document": base64.b64encode(SECRET),
                    "document_name": "มอบอำนาจ.jpg",
                    **values,
                }
            )
        )
        if confirm:
            power.action_confirm()
        return power

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _post(self, path, files=None, **data):
        return self.url_open(
            path, data={"csrf_token": http_csrf(self), **data}, files=files, allow_redirects=False
        )

    @classmethod
    def _today(cls):
        return thai.local_date(fields.Datetime.now())


@tagged("post_install", "-at_install")
class TestOthersPower(AgentCommon, HttpCase):
    """A power of attorney is the office's: no citizen reads, swaps or makes one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls._set_up_agent()
        cls.file = cls.env["ir.attachment"].search(
            [("res_model", "=", MODEL), ("res_id", "=", cls.power.id), ("res_field", "!=", False)]
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_remote_calls_are_refused(self):
        power, ids = self.power, self.power.ids
        values = {
            "principal_id": self.citizen.partner_id.id,
            "agent_id": self.neighbour.partner_id.id,
            "all_matters": True,
        }
        for user in (self.neighbour, self.agent, self.citizen):
            self.authenticate(user.login, user.login)
            for method, args in (
                ("read", [ids, ["document", "matters"]]),
                ("web_read", [ids, {"document": {}}]),
                ("web_search_read", [[], {"matters": {}}]),
                ("search", [[]]),
                ("search_count", [[]]),
                ("name_search", []),
                ("formatted_read_group", [[], ["state"], ["__count"]]),
                ("export_data", [ids, ["matters"]]),
                ("create", [values]),
                ("write", [ids, {"document": base64.b64encode(jpeg()).decode()}]),
                ("write", [ids, {"agent_id": self.neighbour.partner_id.id}]),
                ("action_confirm", [ids]),
                ("action_revoke", [ids]),
                ("copy", [ids]),
                ("unlink", [ids]),
                ("message_post", [ids]),
                ("_check_agent", [1, 2]),
                ("_ended_sql", ["x"]),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(JsonRpcException),
                ):
                    self._call(MODEL, method, *args)
            for method, args in (
                ("write", [self.case.ids, {"agent_partner_id": self.neighbour.partner_id.id}]),
                ("write", [self.case.ids, {"partner_id": self.neighbour.partner_id.id}]),
                ("action_record_attorney", [self.case.ids]),
                ("read", [self.case.ids, ["attorney_id"]]),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(JsonRpcException),
                ):
                    self._call(self.case._name, method, *args)
        power.invalidate_recordset()
        self.assertEqual((power.state, power.agent_id), ("valid", self.agent.partner_id))
        self.assertEqual(self.case.agent_partner_id, self.agent.partner_id)
        self.assertEqual(
            self.env[MODEL].search_count([("principal_id", "=", values["principal_id"])]), 1
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_its_paper_has_no_address(self):
        self.assertTrue(self.file)
        self.assertEqual(self.power.document, base64.b64encode(self.file.raw))
        pages = [
            f"/web/content/{self.file.id}",
            f"/web/content/{self.file.id}?download=1&access_token=x",
            f"/web/content/{MODEL}/{self.power.id}/document",
            f"/web/content/{MODEL}/{self.power.id}/document?access_token={self.case.access_token}",
            f"/web/image/{self.file.id}",
            f"/web/image/{MODEL}/{self.power.id}/document",
            f"{self.case.access_url}/file/{self.file.id}",
            f"{self.case.access_url}/file/{self.file.id}?access_token={self.case.access_token}",
        ]
        head = self.file.raw[:64]
        for login in ("oss_neighbour", "oss_agent", "oss_citizen", "oss_officer", None):
            self.authenticate(login, login)
            for page in pages:
                with self.subTest(login=login, page=page):
                    self.assertNotIn(head, self.url_open(page).content)
        self.authenticate("oss_clerk", "oss_clerk")
        self.assertIn(head, self.url_open(pages[0]).content, "the counter opens it")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_no_upload_to_it(self):
        def count():
            return self.env["ir.attachment"].search_count(
                [("res_model", "in", (MODEL, self.case._name)), ("res_field", "=", False)]
            )

        before = count()
        for login in ("oss_neighbour", "oss_agent", "oss_citizen", None):
            self.authenticate(login, login)
            for model, record in ((MODEL, self.power), (self.case._name, self.case)):
                answer = self._post(
                    "/mail/attachment/upload",
                    files={"ufile": ("a.jpg", jpeg(), "image/jpeg")},
                    thread_model=model,
                    thread_id=record.id,
                )
                self.assertNotEqual(answer.status_code, 200, (login, model))
        self.assertEqual(count(), before)


@tagged("post_install", "-at_install")
class TestForgedAgent(AgentCommon, FilingHttpCase):
    """Who claims to act for another gets nothing of the other's, and no work begins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_agent()
        cls.service.kind = "request"

    def test_claim_to_be_agent(self):
        victim = self.citizen.partner_id
        self.authenticate("oss_neighbour", "oss_neighbour")
        before = self._cases()
        self._file(
            {"attorney": ("มอบอำนาจ.jpg", jpeg(), "image/jpeg")},
            principal_name=victim.name,
            partner_id=str(victim.id),
            agent_partner_id=str(self.agent.partner_id.id),
            attorney_id=str(self.power.id),
        )
        case = self._cases() - before
        self.assertEqual(case.agent_partner_id, self.neighbour.partner_id)
        self.assertFalse(case.partner_id, "a name typed into a form ties nobody to a case")
        self.assertNotIn(case, case.with_user(self.citizen).search([]))
        case = case.with_user(self.clerk)
        with self.assertRaises(UserError):
            case._transition("accept")
        case.partner_id = victim
        self.assertFalse(case.attorney_id, "the power of another agent is none")
        with self.assertRaises(UserError):
            case._transition("accept")

    def test_correction_reaches_only_lines_of_the_own_case(self):
        """The power handed in with a case is not swapped through another case."""
        victim_line = self.case.document_ids.filtered("is_attorney")
        self.assertTrue(victim_line)
        mine = self._make_case(partner_id=self.neighbour.partner_id.id)
        self.env["lgo.case.defect"].with_user(self.clerk)._record(
            mine.with_user(self.clerk), "ภาพไม่ชัด", ""
        )
        mine.with_user(self.clerk)._transition("ask_applicant")
        self.authenticate("oss_neighbour", "oss_neighbour")
        forged = {f"line_{victim_line.id}": ("ปลอม.jpg", jpeg(), "image/jpeg")}
        answer = self._post(f"{mine.access_url}/step/cure", files=forged)
        self.assertIn(answer.status_code, (303, 400))
        answer = self._post(f"{self.case.access_url}/step/cure", files=forged)
        self.assertEqual(answer.status_code, 404)
        victim_line.invalidate_recordset()
        self.assertFalse(victim_line.attachment_ids)


@tagged("post_install", "-at_install")
class TestEndedPower(AgentCommon, HttpCase):
    """Revoked or run out: the former agent neither reads nor acts, the applicant goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls._set_up_agent()
        cls.case.document_ids.state = "accepted"
        cls.case._transition("accept")

    def _sees(self, user):
        """Whether search, count, register, reading, page and list show the case; they agree."""
        Case = self.env["lgo.oss.request"].with_user(user)
        Register = self.env["lgo.case.register"].with_user(user)
        row = Register.browse(self.case.id * 16 + 1)
        domain = [("id", "=", self.case.id)]
        self.authenticate(user.login, user.login)
        found = {
            "search": bool(Case.search(domain)),
            "count": bool(Case.search_count(domain)),
            "group": bool(Case._read_group(domain, ["state"])),
            "register": bool(Register.search([("id", "=", row.id)])),
            "page": self.url_open(self.case.access_url).status_code == 200,
            "list": self.case.name in self.url_open("/my/cases").text,
            "papers": self.case.access_url in self.url_open("/my/documents").text,
        }
        for name, record in (("read", Case.browse(self.case.id)), ("read row", row)):
            record.invalidate_recordset()
            try:
                record.read(["name"])
                found[name] = True
            except AccessError:
                found[name] = False
        self.assertEqual(len(set(found.values())), 1, found)
        return found["page"]

    def _end(self, how):
        if how == "revoked":
            self.power.action_revoke()
        else:
            self.power.valid_to = self._today() - timedelta(days=1)
            self.power.flush_recordset()
            # as if the case had been filed before that day
            self.case._from_machine().sudo().submitted_at = fields.Datetime.now() - timedelta(
                days=9
            )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_agent_leaves(self):
        self.assertTrue(self._sees(self.agent))
        self.assertTrue(self.case._tracking_url().endswith(self.case.access_token))
        for how in ("revoked", "expired"):
            with self.subTest(how=how), self.env.cr.savepoint() as savepoint:
                self._end(how)
                self.assertFalse(self._sees(self.agent))
                self._refused_to_former_agent()
                self.assertTrue(self._sees(self.citizen), "the applicant keeps the case")
                self.case._check_acts_for_citizen(self.citizen, None)
                self.assertNotIn(self.case.access_token, self.case._tracking_url())
                sent = self.case._notify_applicant("case_accepted")
                self.assertEqual(set(sent.mapped("email")), {"principal@example.com"})
                self._power()
                self.assertTrue(self._sees(self.agent), "a new power opens it again")
                savepoint.rollback()
                self.env.invalidate_all()

    def _refused_to_former_agent(self):
        """By account and by the link that the agent got, page and papers and steps."""
        paper = self.case._issued_documents()[:1]
        token = self.case.access_token
        state = self.case.state
        for login in ("oss_agent", None):
            self.authenticate(login, login)
            for path in ("", f"/paper/{paper.id}"):
                answer = self.url_open(f"{self.case.access_url}{path}?access_token={token}")
                self.assertEqual(answer.status_code, 404, (login, path))
            for path, data in (
                ("/step/withdraw", {"reason": "ถอน"}),
                ("/rate", {"rating": "1"}),
                ("/acknowledge", {"confirm": "1"}),
            ):
                answer = self._post(f"{self.case.access_url}{path}", access_token=token, **data)
                self.assertEqual(answer.status_code, 404, (login, path))
        with self.assertRaises(AccessError):
            self.case._check_acts_for_citizen(self.agent, token)
        self.assertEqual(self.case.state, state)

    def test_what_does_not_end_it(self):
        """A draft, a power of before, one for something else or of somebody else."""
        other = self._power(matters="OTHER1", all_matters=False)
        other.action_revoke()
        self._power(confirm=False)
        self._power(agent_id=self.neighbour.partner_id.id).action_revoke()
        self.assertFalse(self.case._agent_ended())
        with self.env.cr.savepoint() as savepoint:
            self.power.action_revoke()
            self.power.sudo().revoked_at = self.case.submitted_at - timedelta(days=1)
            self.power.flush_recordset()
            self.assertFalse(self.case._agent_ended(), "filed under another, which waits")
            savepoint.rollback()
            self.env.invalidate_all()
        second = self._power(all_matters=True, matters=False)
        self.power.action_revoke()
        self.assertFalse(self.case._agent_ended(), "another one is in force")
        second.action_revoke()
        self.assertTrue(self.case._agent_ended())

    def test_revoked_in_the_second_of_filing(self):
        self.power.action_revoke()
        self.case._from_machine().sudo().submitted_at = self.power.revoked_at
        self.assertTrue(self.case._agent_ended())

    def test_the_last_day_counts(self):
        self.case._from_machine().sudo().submitted_at = "2026-01-05 03:00:00"
        for days, ended in ((0, False), (-1, True)):
            self.power.valid_to = self._today() + timedelta(days=days)
            self.assertEqual(bool(self.case._agent_ended()), ended)

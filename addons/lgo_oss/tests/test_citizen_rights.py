# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OssCommon

ALL_CITIZENS = (
    "lgo_base.group_clerk",
    "lgo_base.group_executive",
    "lgo_base.group_registrar",
    "lgo_base.group_cashier",
    "lgo_base.group_finance",
    "lgo_base.group_privacy_officer",
    "lgo_base.group_unmask",
    "lgo_base.group_auditor",
    "base.group_erp_manager",
)
NO_CITIZENS = (
    "base.group_user",
    "base.group_partner_manager",
    "lgo_base.group_staff",
    "lgo_base.group_unit_head",
    "lgo_base.group_service_manager",
    "lgo_base.group_admin",
)


@tagged("post_install", "-at_install")
class TestCitizenRights(OssCommon, HttpCase):
    """Which citizens an officer sees, over the network, as each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        Partner = cls.env["res.partner"]
        cls.person = Partner.create(
            {"lgo_kind": "citizen", "lgo_first_name": "ลับเฉพาะ", "phone": "0899999999"}
        )
        cls.account = cls.citizen.partner_id
        cls.company_partner = Partner.create({"name": "บริษัทผู้รับเหมา", "is_company": True})
        cls.contractor = Partner.create({"name": "ช่างของบริษัท", "parent_id": cls.company_partner.id})
        cls.employee = cls.env["hr.employee"].create({"name": "คนงานไม่มีบัญชี"}).work_contact_id

    def call(self, user, method, args, kwargs=None, model="res.partner"):
        if self.session_user != user:
            self.authenticate(user.login, user.login)
            self.session_user = user
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    session_user = None

    def sees(self, user, partner):
        """Whether read, search, count, name search and grouping show ``partner``; they agree."""
        domain = [["id", "=", partner.id]]
        answers = {
            "search": bool(self.call(user, "search", [domain])),
            "count": bool(self.call(user, "search_count", [domain])),
            "name": partner.id
            in [row[0] for row in self.call(user, "name_search", [partner.name], {"limit": 0})],
            "groups": bool(
                self.call(user, "formatted_read_group", [domain], {"groupby": ["name"]})
            ),
        }
        try:
            with mute_logger("odoo.http"):
                self.call(user, "read", [partner.ids, ["name", "phone", "email"]])
            answers["read"] = True
        except JsonRpcException:
            answers["read"] = False
        self.assertEqual(len(set(answers.values())), 1, (user.login, answers))
        return answers["read"]

    def test_who_sees_a_citizen_without_a_case(self):
        for groups, expected in ((ALL_CITIZENS, True), (NO_CITIZENS, False)):
            for group in groups:
                user = new_test_user(self.env, f"cr_{group}", group)
                for partner in (self.person, self.account):
                    with self.subTest(group=group, partner=partner.name):
                        self.assertEqual(self.sees(user, partner), expected)

    def test_colleagues_and_companies_are_for_all(self):
        user = new_test_user(self.env, "cr_plain", "base.group_user")
        for partner in (
            user.partner_id,
            self.clerk.partner_id,
            self.env.company.partner_id,
            self.company_partner,
            self.contractor,
            self.employee,
        ):
            with self.subTest(partner=partner.name):
                self.assertTrue(self.sees(user, partner))
        system = self.env.ref("base.partner_root").with_user(user)  # archived: no search finds it
        self.assertEqual(system.name, system.sudo().name)

    def test_staff_see_the_citizens_of_their_cases(self):
        self._make_case(partner_id=self.person.id, applicant_name=self.person.name)
        for user, expected in (
            (self.officer, True),
            (self.head, True),
            (self.stranger, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.sees(user, self.person), expected)
                self.assertFalse(self.sees(user, self.account))
        mine = self._make_case(unit_id=self.other_unit.id)
        mine.agent_partner_id = self.account
        self.assertFalse(self.sees(self.officer, self.account))
        mine.user_id = self.officer
        self.assertTrue(self.sees(self.officer, self.account), "the agent of an assigned case")
        mine.user_id = False
        self.assertFalse(self.sees(self.officer, self.account), "no rule remembers it")

    def test_the_account_of_a_citizen(self):
        for user, expected in ((self.stranger, []), (self.clerk, [self.citizen.id])):
            found = self.call(user, "search", [[["id", "=", self.citizen.id]]], model="res.users")
            self.assertEqual(found, expected)
        found = self.call(
            self.stranger, "search", [[["id", "=", self.clerk.id]]], model="res.users"
        )
        self.assertEqual(found, [self.clerk.id])

    def test_a_citizen_sees_only_oneself(self):
        self.assertTrue(self.account.with_user(self.citizen).has_access("read"))
        for partner in (self.person, self.neighbour.partner_id):
            self.assertFalse(partner.with_user(self.citizen).has_access("read"))
        self.assertFalse(
            self.env["res.users"].with_user(self.citizen).search([("id", "=", self.neighbour.id)])
        )

    def test_staff_work_on_their_case_and_talk_about_it(self):
        case = self._make_case(partner_id=self.person.id, applicant_name=self.person.name)
        case.message_subscribe(self.account.ids)
        case.message_post(body="จากผู้ยื่น", author_id=self.account.id, message_type="comment")
        mine = case.with_user(self.officer)
        specification = {"name": {}, "partner_id": {"fields": {"display_name": {}}}}
        [row] = mine.web_read(specification)
        self.assertEqual(row["partner_id"]["display_name"], self.person.name)
        self.authenticate(self.officer.login, self.officer.login)
        for route, params in (
            ("/mail/thread/messages", {"fetch_params": {"limit": 30}}),
            ("/mail/thread/recipients", {"message_id": None}),
        ):
            params = {"thread_model": case._name, "thread_id": case.id, **params}
            self.assertTrue(self.make_jsonrpc_request(route, params) is not None, route)
        self.make_jsonrpc_request(
            "/mail/data",
            {
                "fetch_params": [
                    [
                        "mail.thread",
                        {
                            "thread_model": case._name,
                            "thread_id": case.id,
                            "request_list": [
                                "activities",
                                "attachments",
                                "followers",
                                "scheduledMessages",
                                "suggestedRecipients",
                            ],
                        },
                    ]
                ]
            },
        )
        mine.message_post(body="ตอบผู้ยื่น", partner_ids=self.person.ids)
        mine.activity_schedule("mail.mail_activity_data_todo", user_id=self.officer.id)
        mine.read(["message_ids", "activity_ids", "message_follower_ids"])

    def test_staff_do_not_find_citizens_by_mention_or_phone(self):
        for method, args in (
            ("get_mention_suggestions", ["ลับเฉพาะ"]),
            ("name_search", ["0899999999"]),
            ("search_read", [[["phone", "ilike", "0899999999"]], ["name"]]),
        ):
            with self.subTest(method=method):
                self.assertNotIn("ลับเฉพาะ", str(self.call(self.stranger, method, args)))
        found = self.call(self.clerk, "search", [[["phone", "ilike", "0899999999"]]])
        self.assertEqual(found, self.person.ids)

    def test_a_clerk_changes_the_address_of_a_citizen(self):
        self.person.email = "old@example.com"
        partner = self.person.with_user(self.clerk)
        messages = self.env["lgo.notification"].sudo()
        template = self.env.ref("lgo_base.lgo_notification_template_contact_email")
        domain = [("template_id", "=", template.id), ("res_id", "=", partner.id)]
        audit = self.env["lgo.audit.log"].sudo()
        rows = [("action", "=", "citizen.contact"), ("res_id", "=", partner.id)]

        partner.write({"email": "OLD@example.com", "phone": "089-999-9999"})
        partner.write({"name": "ลับเฉพาะ ใจดี"})
        self.assertFalse(audit.search(rows), "nothing changed")

        self.call(self.clerk, "write", [partner.ids, {"email": "thief@example.com"}])
        message = messages.search(domain)
        self.assertEqual(message.mail_id.email_to, "old@example.com")
        self.assertIn("ที่อยู่อีเมล", message.body)
        self.assertNotIn("thief", message.body)
        row = audit.search(rows)
        self.assertIn("O…@example.com", row.detail)
        self.assertNotIn("OLD@", row.detail)
        self.assertNotIn("thief", row.detail)
        self.assertEqual((row.uid, row.severity), (self.clerk.id, "warning"))

        partner.phone = "0811112222"
        self.assertEqual(messages.search_count(domain), 2)
        row = audit.search(rows, limit=1)
        self.assertIn("…22", row.detail)
        self.assertNotIn("2222", row.detail)

        partner.write({"email": False, "phone": False})
        self.assertEqual(messages.search_count(domain), 3)
        partner.email = "new@example.com"
        self.assertEqual(messages.search_count(domain), 3, "there is no old address to write to")
        self.assertEqual(audit.search_count(rows), 4)

    def test_an_officer_of_another_unit_changes_nothing(self):
        for user in (self.stranger, self.officer, self.mayor, self.auditor):
            with self.assertRaises(AccessError):
                self.person.with_user(user).write({"email": "x@example.com"})
        # the own contact of an officer is no citizen's
        self.clerk.partner_id.with_user(self.clerk).email = "clerk@example.com"
        self.assertFalse(self.env["lgo.audit.log"].search([("action", "=", "citizen.contact")]))

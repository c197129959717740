# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

#: Login -> (a group that the role needs, the page on which the login ends)
ROLES = {
    "clerk": ("lgo_base.group_clerk", "/odoo"),
    "head": ("lgo_base.group_unit_head", "/odoo"),
    "electrician": ("lgo_base.group_staff", "/odoo"),
    "mayor": ("lgo_base.group_executive", "/odoo"),
    "chief": ("lgo_base.group_executive", "/odoo"),
    "finance": ("lgo_base.group_finance", "/odoo"),
    "cashier": ("lgo_base.group_cashier", "/odoo"),
    "treasurer": ("lgo_payment.group_approver", "/odoo"),
    "waste": ("lgo_waste.group_registrar", "/odoo"),
    "health": ("lgo_waste.group_manager", "/odoo"),
    "collector": ("lgo_waste.group_collector", "/odoo"),
    "admin": ("lgo_base.group_admin", "/odoo"),
    "citizen": ("base.group_portal", "/my"),
}


@tagged("post_install", "-at_install")
class TestDemo(HttpCase):
    """What somebody sees who tries the made-up municipality."""

    def test_every_role_logs_in(self):
        for login, (group, page) in ROLES.items():
            with self.subTest(login=login):
                user = self.env["res.users"].search([("login", "=", login)])
                self.assertTrue(user.has_group(group))
                self.assertEqual((user.lang, user.tz), ("th_TH", "Asia/Bangkok"))
                self.authenticate(login, f"{login}-lgo")
                response = self.url_open(page)
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("/web/login", response.url)

    def test_roles_do_not_leak_into_each_other(self):
        for login in ("clerk", "head", "electrician", "mayor", "finance", "cashier", "citizen"):
            user = self.env["res.users"].search([("login", "=", login)])
            for group in ("group_admin", "group_unmask", "group_auditor"):
                self.assertFalse(user.has_group(f"lgo_base.{group}"), (login, group))

    def test_papers_have_a_seal_and_a_signer(self):
        company = self.env.ref("base.main_company")
        self.assertTrue(company.lgo_seal)
        for post, login in (("mayor", "mayor"), ("chief", "chief"), ("works", "head")):
            self.assertEqual(self.env.ref(f"lgo_demo.post_{post}").current_user_id.login, login)

    def test_catalogue_is_open_where_it_is_complete(self):
        Service = self.env["lgo.service"]
        published = Service.search([("state", "=", "published")])
        self.assertGreaterEqual(len(published), 25)
        self.assertFalse(published.filtered("is_prepared_elsewhere"))
        for service in published:
            self.assertFalse(service._publish_problems(), service.name)
            self.assertTrue(service.unit_id and service.time_limit and service.topic_id)
        for service in Service.search([("state", "=", "draft")]):
            self.assertTrue(service._publish_problems(), service.name)

    def test_service_is_open_and_cases_tell_a_story(self):
        service = self.env.ref("lgo_oss.service_street_light")
        self.assertEqual(service.state, "published")
        cases = self.env["lgo.oss.request"].search([("service_id", "=", service.id)])
        self.assertLessEqual({"submitted", "processing", "resolved"}, set(cases.mapped("state")))
        self.assertTrue(all(case._issued_documents() for case in cases))
        for event in cases.event_ids:
            self.assertRegex(event.text, "[ก-๙]", "the timeline is Thai")

    def test_the_office_is_at_work(self):
        """Rules, ready answers, a visit, an agent, and a late case of each kind with its rungs."""
        company = self.env.ref("base.main_company")
        general = company.lgo_general_service_id
        self.assertEqual((general.code, general.state), ("GENERAL", "published"))
        self.assertTrue(general.channel_email)
        self.assertGreaterEqual(self.env["lgo.case.route"].search_count([]), 2)
        self.assertGreaterEqual(self.env["lgo.case.answer"].search_count([]), 2)
        self.assertTrue(self.env["lgo.case.visit"].search([("state", "=", "planned")]))
        self.assertTrue(self.env["lgo.power.attorney"].search([("state", "=", "valid")]))
        rows = self.env["lgo.case.escalation"].search([])
        for model in ("lgo.oss.request", "lgo.oss.complaint"):
            with self.subTest(model=model):
                case_rows = rows.filtered(lambda row, model=model: row.res_model == model)
                logins = set(case_rows.mapped("user_id.login"))
                self.assertLessEqual({"head", "chief", "mayor"}, logins)
                self.assertTrue(self.env[model].browse(case_rows[:1].res_id).is_late)

    def test_waste_fees_are_billed(self):
        """Three months of every house; the shop and the hostel pay more than a home."""
        company = self.env.ref("base.main_company")
        self.assertEqual((company.chart_template, company.currency_id.name), ("th", "THB"))
        points = self.env["lgo.waste.point"].search([])
        self.assertEqual(set(points.mapped("state")), {"active"})
        totals = {point.house: sum(point.bill_ids.mapped("amount")) for point in points}
        self.assertEqual((totals["12"], totals["9"], totals["3"]), (120, 360, 1080))
        collector = self.env.ref("lgo_demo.user_collector")
        self.assertEqual(self.env["lgo.waste.point"].with_user(collector).search_count([]), 8)
        self.assertTrue(self.env["lgo.waste.pause"].search([("state", "=", "requested")]))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

NOW = datetime.fromisoformat("2026-11-25 03:00:00")


@tagged("post_install", "-at_install")
class TestDelegation(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "เทศบาลตำบลทดสอบ"})
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.Delegation = cls.env["lgo.delegation"]
        cls.users, cls.posts, cls.holders = {}, {}, {}
        for key, name, kind in (
            ("mayor", "นายกเทศมนตรีตำบลทดสอบ", "executive"),
            ("deputy1", "รองนายกเทศมนตรี คนที่ ๑", "deputy"),
            ("deputy2", "รองนายกเทศมนตรี คนที่ ๒", "deputy"),
            ("clerk", "ปลัดเทศบาล", "top_officer"),
            ("works", "ผู้อำนวยการกองช่าง", "director"),
        ):
            user = new_test_user(
                cls.env, f"post_{key}", "lgo_base.group_staff", company_id=cls.company.id
            )
            employee = cls.env["hr.employee"].create(
                {"name": f"สมชาย {key}", "user_id": user.id, "company_id": cls.company.id}
            )
            post = cls.env["lgo.post"].create(
                {"name": name, "kind": kind, "company_id": cls.company.id}
            )
            cls.users[key], cls.posts[key] = user, post
            cls.holders[key] = cls.env["lgo.post.holder"].create(
                {
                    "post_id": post.id,
                    "employee_id": employee.id,
                    "date_from": date(2026, 1, 1),
                }
            )
        cls.admin = new_test_user(
            cls.env, "org_admin", "lgo_base.group_admin", company_id=cls.company.id
        )

    def delegate(self, kind="on_behalf", source="mayor", target="deputy1", **values):
        delegation = self.Delegation.create(
            {
                "kind": kind,
                "from_post_id": self.posts[source].id,
                "to_post_id": self.posts[target].id,
                "order_no": "45/2569",
                "order_date": date(2026, 1, 5),
                "date_from": date(2026, 1, 5),
                **values,
            }
        )
        delegation.action_activate()
        return delegation

    def powers(self, key, **kwargs):
        """What a user may sign as: (kind, post acted for or own post)."""
        kwargs.setdefault("at", NOW)
        return [
            (capacity.kind, capacity.acting_for or capacity.post)
            for capacity in self.Delegation._capacities(self.users[key], **kwargs)
        ]

    def test_holder_signs_as_own_post(self):
        capacity = self.Delegation._check_capacity(self.users["works"], self.posts["works"], at=NOW)
        self.assertEqual(capacity.kind, "own")
        self.assertEqual(capacity.lines, ("ผู้อำนวยการกองช่าง",))

    def test_block_has_two_lines(self):
        for kind, word in (
            ("acting", "รักษาราชการแทน"),
            ("on_behalf", "ปฏิบัติราชการแทน"),
            ("in_position", "รักษาการในตำแหน่ง"),
            ("special", "ทำการแทน"),
        ):
            with self.subTest(kind=kind):
                delegation = self.delegate(kind)
                self.assertEqual(
                    delegation._capacity().lines,
                    (f"รองนายกเทศมนตรี คนที่ ๑ {word}", "นายกเทศมนตรีตำบลทดสอบ"),
                )

    def test_when_it_is_valid(self):
        for values, valid in (
            ({}, True),
            ({"date_to": date(2026, 11, 25)}, True),
            ({"date_to": date(2026, 11, 24)}, False),
            ({"date_from": date(2026, 11, 26)}, False),
            ({"date_from": date(2026, 11, 25)}, True),
        ):
            with self.subTest(values=values):
                delegation = self.delegate(**values)
                granted = ("on_behalf", self.posts["mayor"]) in self.powers("deputy1")
                self.assertEqual(granted, valid)
                delegation.write({"state": "draft"})
                delegation.unlink()

    def test_draft_gives_nothing(self):
        self.delegate().write({"state": "draft"})
        self.assertEqual(self.powers("deputy1"), [("own", self.posts["deputy1"])])

    def test_revoked_from_that_moment_only(self):
        delegation = self.delegate()
        delegation.write(
            {"state": "revoked", "revoked_at": datetime.fromisoformat("2026-11-25 02:00:00")}
        )
        with self.assertRaises(AccessError):
            self.Delegation._check_capacity(self.users["deputy1"], self.posts["mayor"], at=NOW)
        before = datetime.fromisoformat("2026-11-25 01:59:00")
        self.assertTrue(
            self.Delegation._check_capacity(self.users["deputy1"], self.posts["mayor"], at=before)
        )

    def test_matters(self):
        self.delegate(matters="case.decide, document.*")
        for matter, granted in (
            ("case.decide", True),
            ("case.reject", False),
            ("case.decide.x", False),
            ("document.issue", True),
            ("documents", False),
        ):
            with self.subTest(matter=matter):
                powers = self.powers("deputy1", matter=matter)
                self.assertEqual(("on_behalf", self.posts["mayor"]) in powers, granted)

    def test_amount_ceiling(self):
        self.delegate(amount_limited=True, amount_max=100000)
        for amount, granted in ((0, True), (100000, True), (100000.01, False), (10**12, False)):
            with self.subTest(amount=amount):
                powers = self.powers("deputy1", amount=amount)
                self.assertEqual(("on_behalf", self.posts["mayor"]) in powers, granted)

    def test_two_capacities(self):
        self.delegate()
        self.delegate("on_behalf", "clerk", "deputy1")
        self.assertEqual(
            self.powers("deputy1"),
            [
                ("own", self.posts["deputy1"]),
                ("on_behalf", self.posts["mayor"]),
                ("on_behalf", self.posts["clerk"]),
            ],
        )

    def test_acting_only_while_the_post_is_empty(self):
        self.delegate("acting", "works", "clerk")
        acting = ("acting", self.posts["works"])
        self.assertNotIn(acting, self.powers("clerk"))
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.holders["works"].id,
                "date_from": "2026-11-25 01:00:00",
                "date_to": "2026-11-25 10:00:00",
            }
        )
        self.assertIn(acting, self.powers("clerk"))
        self.assertEqual(self.powers("works"), [])
        after = datetime.fromisoformat("2026-11-25 10:00:00")
        self.assertNotIn(acting, self.powers("clerk", at=after))

    def test_next_in_line_by_order(self):
        self.delegate("acting", "mayor", "deputy2", sequence=1)
        self.delegate("acting", "mayor", "deputy1", sequence=2)
        self.holders["mayor"].date_to = date(2026, 10, 31)
        acting = ("acting", self.posts["mayor"])
        self.assertIn(acting, self.powers("deputy2"))
        self.assertNotIn(acting, self.powers("deputy1"))
        self.holders["deputy2"].date_to = date(2026, 10, 31)
        self.assertIn(acting, self.powers("deputy1"))
        self.assertEqual(self.powers("deputy2"), [])

    def test_next_in_line_by_law(self):
        for rank, key in enumerate(("deputy1", "deputy2", "clerk"), start=1):
            self.posts[key].write({"deputises_id": self.posts["mayor"].id, "deputy_rank": rank})
        acting = ("acting", self.posts["mayor"])
        self.assertNotIn(acting, self.powers("deputy1"))
        self.holders["mayor"].date_to = date(2026, 10, 31)
        self.assertIn(acting, self.powers("deputy1"))
        self.assertNotIn(acting, self.powers("deputy2"))
        self.holders["deputy1"].date_to = date(2026, 10, 31)
        self.holders["deputy2"].date_to = date(2026, 10, 31)
        self.assertIn(acting, self.powers("clerk"))

    def test_refusal_names_person_and_post(self):
        with self.assertRaisesRegex(AccessError, "นายกเทศมนตรีตำบลทดสอบ"):
            self.Delegation._check_capacity(self.users["works"], self.posts["mayor"], at=NOW)

    def test_a_term_has_one_holder(self):
        with self.assertRaises(ValidationError):
            self.env["lgo.post.holder"].create(
                {
                    "post_id": self.posts["works"].id,
                    "employee_id": self.holders["clerk"].employee_id.id,
                    "date_from": date(2026, 11, 1),
                }
            )

    def test_in_force_is_frozen(self):
        delegation = self.delegate()
        with self.assertRaises(UserError):
            delegation.matters = "everything"
        with self.assertRaises(UserError):
            delegation.unlink()
        delegation.action_revoke()
        self.assertEqual(delegation.state, "revoked")

    def test_who_may_delegate(self):
        delegation = self.delegate()
        officer = self.users["works"]
        self.assertEqual(delegation.with_user(officer).order_no, "45/2569")
        with self.assertRaises(AccessError):
            delegation.with_user(officer).action_revoke()
        with self.assertRaises(AccessError):
            delegation.with_user(officer).write({"state": "revoked"})
        other = self.env["res.company"].create({"name": "เทศบาลอื่น"})
        stranger = new_test_user(self.env, "stranger", "lgo_base.group_admin", company_id=other.id)
        found = self.Delegation.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(found.search([]))
        self.assertEqual(found.search_count([]), 0)
        delegation.with_user(self.admin).action_revoke()

    def test_capacities_take_few_queries(self):
        for target in ("deputy1", "deputy2", "clerk", "works"):
            self.delegate(target=target)
        self.Delegation._capacities(self.users["deputy1"], at=NOW)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            self.Delegation._capacities(self.users["deputy1"], at=NOW)

    def test_a_successor_may_follow_in_one_saving(self):
        post = self.posts["works"]
        post.write(
            {
                "holder_ids": [
                    Command.update(self.holders["works"].id, {"date_to": date(2026, 10, 31)}),
                    Command.create(
                        {
                            "employee_id": self.holders["clerk"].employee_id.id,
                            "date_from": date(2026, 11, 1),
                        }
                    ),
                ]
            }
        )
        self.assertEqual(post._holders(NOW)[post.id], self.users["clerk"])

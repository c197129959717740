# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OssCase


@tagged("post_install", "-at_install")
class TestRights(OssCase):
    def setUp(self):
        super().setUp()
        self.case = self._make_case(partner_id=self.citizen.partner_id.id)

    def _sees(self, user):
        Case = self.env["lgo.oss.request"].with_user(user)
        Register = self.env["lgo.case.register"].with_user(user)
        domain = [("id", "=", self.case.id)]
        found = bool(Case.search(domain)), bool(Case.search_count(domain))
        row = bool(Register.search([("case_id", "=", self.case.id)]))
        self.assertEqual(len({*found, row}), 1, "search, count and register must agree")
        return found[0]

    def test_who_sees_a_case(self):
        seen = {
            self.clerk: True,
            self.head: True,
            self.officer: True,
            self.stranger: False,
            self.mayor: True,
            self.auditor: True,
            self.citizen: True,
            self.neighbour: False,
        }
        for user, expected in seen.items():
            with self.subTest(user=user.login):
                self.assertEqual(self._sees(user), expected)

    def test_neighbour_cannot_reach_the_case(self):
        """The other citizen can't read, write, search or count."""
        case = self.case.with_user(self.neighbour)
        with self.assertRaises(AccessError):
            case.read(["name"])
        with self.assertRaises(AccessError):
            case.write({"description": "x"})
        with self.assertRaises(AccessError):
            case.unlink()
        Case = self.env["lgo.oss.request"].with_user(self.neighbour)
        self.assertFalse(Case.search([("name", "=", self.case.name)]))
        self.assertEqual(Case.search_count([("name", "=", self.case.name)]), 0)
        self.assertFalse(Case._read_group([("name", "=", self.case.name)], ["state"]))
        row = self.env["lgo.case.register"].browse(self.case.id * 16 + 1)
        with self.assertRaises(AccessError):
            row.with_user(self.neighbour).read(["name"])

    def test_owner_reads_but_does_not_write(self):
        case = self.case.with_user(self.citizen)
        self.assertEqual(case.read(["name"])[0]["name"], self.case.name)
        for call in (
            lambda: case.write({"description": "x"}),
            case.unlink,
            lambda: case.create({"service_id": self.service.id}),
            lambda: case.with_context(transition="accept").action_transition(),
            lambda: case.with_context(
                transition="withdraw", transition_reason="x"
            ).action_transition(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_children_follow_the_case(self):
        children = {
            "lgo.case.event": self.case.event_ids,
            "lgo.case.clock": self.case.clock_ids,
            "lgo.case.document": self.case.document_ids,
        }
        for model, records in children.items():
            with self.subTest(model=model):
                self.assertTrue(records)
                Model = self.env[model]
                self.assertTrue(Model.with_user(self.officer).search([("id", "in", records.ids)]))
                self.assertFalse(Model.with_user(self.stranger).search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    records.with_user(self.stranger).read(["res_id"])
                for user in (self.citizen, self.neighbour):
                    with self.assertRaises(AccessError):
                        records.with_user(user).read(["res_id"])

    def test_timeline_never_changes(self):
        event = self.case.event_ids[:1]
        with self.assertRaises(Exception):  # noqa: B017 - UserError or AccessError
            event.with_user(self.clerk).write({"text": "x"})
        with self.assertRaises(Exception):  # noqa: B017
            event.with_user(self.clerk).unlink()

    def test_steps_by_role(self):
        rights = {
            self.stranger: set(),
            self.mayor: set(),
            self.auditor: set(),
            self.officer: set(),
            self.clerk: {"accept"},
            self.head: {"accept"},
        }
        for user, allowed in rights.items():
            for step in ("accept",):
                case = self._make_case()
                with self.subTest(user=user.login, step=step):
                    run = case.with_user(user).with_context(transition=step).action_transition
                    if step in allowed:
                        self.assertTrue(run())
                    else:
                        self.assertRaises(AccessError, run)

    def test_citizen_sees_published_services_only(self):
        draft = self._make_service("TEST3", publish=False)
        public = self.env.ref("base.public_user")
        for user in (self.citizen, public):
            found = self.env["lgo.service"].with_user(user).search([])
            self.assertIn(self.service, found)
            self.assertNotIn(draft, found)
            with self.assertRaises(AccessError):
                draft.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                draft.document_ids.with_user(user).read(["name"])

    def test_move_to_another_unit_changes_who_sees(self):
        self.assertFalse(self._sees(self.stranger))
        self.stranger.employee_ids.department_id = self.unit
        self.env.invalidate_all()
        self.assertTrue(self._sees(self.stranger))

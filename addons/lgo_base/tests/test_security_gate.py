# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import TransactionCase, tagged

from .gate_common import own_addons

PERMISSIONS = ("read", "write", "create", "unlink")
OPEN_GROUPS = ("base.group_portal", "base.group_public")
RULE_FIELD = re.compile(r"""\(\s*['"](\w+)(?:\.\w+)*['"]\s*,""")
# One value for all rows of most databases: an index on it finds nothing faster.
NO_INDEX = {"company_id"}


@tagged("post_install", "-at_install")
class TestSecurityGate(TransactionCase):
    """What must hold for every model of ours, whoever adds the next one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = own_addons(cls.env)
        cls.models = [
            model
            for name, model in cls.env.items()
            if model._original_module in cls.ours and not model._abstract
        ]

    def test_there_is_something_to_check(self):
        self.assertIn("lgo_base", self.ours)
        self.assertGreater(len(self.models), 5)

    # ------------------------------------------------------------------ rights
    def _rows(self):
        """Access rows that we declare, or that others declare on a model of ours."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.model.access"), ("module", "in", list(self.ours))]
        )
        names = [model._name for model in self.models]
        access = self.env["ir.model.access"]
        return access.browse(data.mapped("res_id")) | access.search(
            [("model_id.model", "in", names)]
        )

    def test_every_model_has_access_rows(self):
        covered = set(self.env["ir.model.access"].search([]).mapped("model_id.model"))
        self.assertEqual([m._name for m in self.models if m._name not in covered], [])

    def test_no_row_is_for_everybody(self):
        rows = self._rows().filtered(lambda row: not row.group_id)
        self.assertEqual(rows.mapped("name"), [])

    def test_open_rows_are_confined_by_rules(self):
        """A citizen's or visitor's access row needs a record rule for that group."""
        open_groups = self.env["res.groups"].browse(self.env.ref(xmlid).id for xmlid in OPEN_GROUPS)
        bad = []
        for row in self._rows().filtered(lambda row: row.group_id in open_groups):
            model = self.env.get(row.model_id.model)
            if model is None or model._transient:  # Odoo confines wizards to their creator
                continue
            rules = self.env["ir.rule"].search([("model_id", "=", row.model_id.id)])
            for permission in PERMISSIONS:
                if not row[f"perm_{permission}"]:
                    continue
                if not rules.filtered(
                    lambda rule, row=row, name=f"perm_{permission}": (
                        rule[name] and row.group_id in rule.groups
                    )
                ):
                    bad.append(f"{row.model_id.model} {permission} {row.group_id.full_name}")
        self.assertEqual(bad, [])

    def test_updates_reach_record_rules(self):
        """A rule that is mended here is mended in each office that updates."""
        kept = self.env["ir.model.data"].search(
            [
                ("model", "=", "ir.rule"),
                ("module", "in", list(self.ours)),
                ("noupdate", "=", True),
            ]
        )
        self.assertEqual(kept.mapped("complete_name"), [])

    def test_visitors_never_write(self):
        public = self.env.ref("base.group_public")
        rows = self._rows().filtered(
            lambda row: (
                row.group_id == public and (row.perm_write or row.perm_create or row.perm_unlink)
            )
        )
        self.assertEqual(rows.mapped("name"), [])

    def test_models_of_an_organisation_stay_in_it(self):
        """A model with `company_id` has a rule for all users that looks at the company."""
        bad = []
        for model in self.models:
            field = model._fields.get("company_id")
            if not field or not field.store or not model._auto or model._transient:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", model._name)])
            if not any(
                "company_ids" in (rule.domain_force or "")
                or "company_id" in (rule.domain_force or "")
                for rule in rules
            ):
                bad.append(model._name)
        self.assertEqual(bad, [])

    def test_public_methods_are_actions(self):
        """Every method without a leading underscore can be called over the network."""
        bad = []
        for name, model in self.env.items():
            mro = type(model).__mro__
            mine = [cls for cls in mro if self._module(cls) in self.ours]
            others = [cls for cls in mro if self._module(cls) not in self.ours]
            known = {key for cls in others if cls is not type(model) for key in vars(cls)}
            for cls in mine:
                for key, value in vars(cls).items():
                    if key.startswith(("_", "action_")) or key in known or not callable(value):
                        continue
                    if isinstance(value, type) or getattr(value, "_api_private", False):
                        continue
                    bad.append(f"{name}.{key} ({cls.__module__})")
        self.assertEqual(sorted(set(bad)), [])

    @staticmethod
    def _module(cls):
        """Add-on that a class comes from."""
        parts = cls.__module__.split(".")
        return parts[2] if parts[:2] == ["odoo", "addons"] and len(parts) > 2 else None

    # ------------------------------------------------------------------ speed
    def _indexed(self):
        """(table, first column) of every index."""
        self.env.cr.execute(
            """
            SELECT t.relname, a.attname
              FROM pg_index i
              JOIN pg_class t ON t.oid = i.indrelid
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
             WHERE t.relnamespace = current_schema::regnamespace
            """
        )
        return set(self.env.cr.fetchall())

    def test_inverse_of_every_one2many_is_indexed(self):
        indexed, bad = self._indexed(), set()
        for model in self.env.values():
            for field in model._fields.values():
                if field.type != "one2many" or not field.inverse_name or not field.store:
                    continue
                if not set(field._modules) & self.ours:
                    continue
                other = self.env[field.comodel_name]
                inverse = other._fields.get(field.inverse_name)
                if inverse is None or not (inverse.store and inverse.column_type and other._auto):
                    continue
                # what belongs to any model is found by (model, id): the model leads its index
                leading = inverse.name
                if inverse.type == "many2one_reference":
                    leading = inverse.model_field
                if (other._table, leading) not in indexed:
                    bad.add(f"{other._name}.{inverse.name} (for {model._name}.{field.name})")
        self.assertEqual(sorted(bad), [])

    def test_what_rules_search_is_indexed(self):
        """A record rule is part of every search of the model."""
        indexed, bad = self._indexed(), set()
        names = {model._name for model in self.models}
        for rule in self.env["ir.rule"].search([("model_id.model", "in", list(names))]):
            model = self.env[rule.model_id.model]
            for name in RULE_FIELD.findall(rule.domain_force or ""):
                field = model._fields.get(name)
                if field is None or field.type != "many2one" or not field.store:
                    continue
                if name in NO_INDEX or not model._auto or model._transient:
                    continue
                if (model._table, name) not in indexed:
                    bad.add(f"{model._name}.{name} ({rule.name})")
        self.assertEqual(sorted(bad), [])

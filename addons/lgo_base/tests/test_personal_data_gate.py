# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged

#: Links to a person that need no answer to an access request, and why.
EXEMPT = {
    "lgo.case.register": "a view over the cases, which answer themselves",
    "lgo.privacy.export": "the copy itself",
}


@tagged("post_install", "-at_install")
class TestPersonalDataGate(TransactionCase):
    """A model that names citizens says what it holds on them, or why it need not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("state", "=", "installed")])
        cls.ours = {
            name
            for name in installed.mapped("name")
            if (manifest := Manifest.for_addon(name, display_warning=False))
            and manifest.get("author") == "LGO"
        }

    def _links(self):
        """{model: names of the fields of ours that lead to a person}"""
        links = {}
        for name, model in self.env.items():
            if model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if (
                    field.comodel_name == "res.partner"
                    and field.type in ("many2one", "many2many")
                    and field.store
                    and (model._original_module in self.ours or set(field._modules) & self.ours)
                ):
                    links.setdefault(name, []).append(field.name)
        return links

    def test_every_link_is_answered(self):
        declares = self.env["lgo.privacy.export"]._declares
        links = self._links()
        self.assertIn("lgo.consent", links)
        missing = [
            f"{name} ({', '.join(fields)}): override _lgo_personal_data and _lgo_forget_person, "
            "or stand in EXEMPT with the reason"
            for name, fields in links.items()
            if name not in EXEMPT and not declares(self.env.registry[name])
        ]
        self.assertEqual(missing, [])

    def test_a_model_that_says_nothing_is_found(self):
        declares = self.env["lgo.privacy.export"]._declares
        self.assertFalse(declares(self.env.registry["lgo.holiday"]))
        self.assertTrue(declares(self.env.registry["lgo.consent"]))

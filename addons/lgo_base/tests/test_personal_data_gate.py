# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from .gate_common import own_addons

#: Links to a person that need no answer to an access request, and why.
EXEMPT = {
    "lgo.case.register": "a view over the cases, which answer themselves",
    "lgo.privacy.export": "the copy itself",
}

#: Texts of a case and its parts that stay when it is made anonymous, and why.
KEPT_TEXTS = {
    "the number of the case": {"name", "traffy_ticket"},
    "made anew or erased with the answers": {"access_token", "answers", "summary"},
    "where, for the statistics": {"village_number", "community", "asset_number"},
    "an agency, a team, a law: no person": {
        "forwarded_to", "agency", "team", "law", "appeal_authority", "appeal_law",
        "legal_reference", "traffy_state",
    },
    "codes": {"res_model", "code", "state_from", "state_to", "batch"},
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPersonalDataGate(TransactionCase):
    """A model that names citizens says what it holds on them, or why it need not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = own_addons(cls.env)

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

    def test_every_text_of_a_case_is_forgotten_or_kept_on_purpose(self):
        kept = set().union(*KEPT_TEXTS.values())
        Case = self.env["lgo.case.register"]
        forgotten = {
            model._name: set(model._anonymous_values()) for model in Case._case_models()
        } | {
            name: set(self.env[name]._forgotten)
            for name in self.env["lgo.case.mixin"]._case_children()
        }
        left = [
            f"{name}.{field.name}"
            for name, gone in forgotten.items()
            for field in self.env[name]._fields.values()
            if field.store
            and field.type in ("char", "text", "html", "json", "binary", "image", "properties")
            and field.name not in gone | kept
        ]
        self.assertEqual(left, [], "name it in _case_forgotten or _forgotten, or in KEPT_TEXTS")

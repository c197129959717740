# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestAppendOnly(TransactionCase):
    """What is written once stays, for whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mixin = cls.env.registry["lgo.append.only.mixin"]
        cls.names = sorted(
            name
            for name, model in cls.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        )

    def test_they_are_found(self):
        self.assertLessEqual(
            {
                "lgo.audit.log",
                "lgo.audit.seal",
                "lgo.identity.proof",
                "lgo.issued.document",
                "lgo.issued.signature",
                "lgo.privacy.acknowledgement",
                "lgo.register.entry",
                "lgo.service.version",
                "lgo.service.version.group",
            },
            set(self.names),
        )

    def test_all_of_them_refuse_everything(self):
        for name in self.names:
            model = self.env[name].sudo()
            key = model._append_only_key
            # what a remote call could put into the context is not the permit
            for value in (None, True, 1, "lgo", {"permit": True}):
                asked = model.with_context(**{key: value})
                with self.subTest(model=name, value=value):
                    with self.assertRaises(AccessError):
                        asked.create({})
                    with self.assertRaises(AccessError):
                        asked.write({"id": 1})
                    with self.assertRaises(AccessError):
                        asked.copy()

    def test_the_permit_opens_only_the_named_fields(self):
        for name in self.names:
            model = self.env[name].sudo()._append_only_permitted()
            stored = {key for key, field in model._fields.items() if field.store}
            self.assertLessEqual(model._append_only_writable, stored, name)
            for field in stored - model._append_only_writable:
                with self.subTest(model=name, field=field), self.assertRaises(AccessError):
                    model.write({field: False})

    def test_the_audit_row_refuses_deleting(self):
        row = self.env["lgo.audit.log"]._log("t.append", None)
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row._append_only_permitted().write({"action": "t.changed"})

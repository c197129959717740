# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import os
from unittest.mock import patch

KEY = base64.b64encode(bytes(range(32))).decode()
NEXT_KEY = base64.b64encode(bytes(range(1, 33))).decode()
# made-up numbers with a correct check digit
ID_A, ID_B = "1234567890121", "1101700203450"
JURISTIC = "0994000000014"


def use_keys(current, old=""):
    """Patch the server's identity keys; falsy ``current`` means none is configured."""
    return patch.multiple(
        "odoo.addons.lgo_base.tools.identity_vault",
        config={},
        os=_Environment({"LGO_SECRET_KEY": current or "", "LGO_SECRET_KEY_OLD": old}),
    )


class _Environment:
    """Stands in for the ``os`` module: only the environment is replaced."""

    urandom = staticmethod(os.urandom)

    def __init__(self, environ):
        self.environ = environ


class IdentityCase:
    """Mix-in: the tests run with a known key, whatever the machine has configured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(use_keys(KEY))

    @classmethod
    def _citizen(cls, **vals):
        return cls.env["res.partner"].create(
            {"lgo_kind": "citizen", "lgo_first_name": "สมชาย", "lgo_last_name": "ใจดี", **vals}
        )

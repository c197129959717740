# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoIssuedSignature(models.Model):
    """Who signs in turn signs later than the paper was prepared."""

    _inherit = "lgo.issued.signature"

    _append_only_writable = frozenset({"signed_at"})

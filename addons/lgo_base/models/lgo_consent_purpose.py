# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoConsentPurpose(models.Model):
    """What consent is asked for; only extras, never the service itself.

    Source: PDPA B.E. 2562 s.19 (freely given, separate, as easy to withdraw as to give) against
    s.24(4) and (6) (public task and legal duty need no consent).
    """

    _name = "lgo.consent.purpose"
    _description = "Consent purpose"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    text = fields.Text(required=True, help="The sentence the person agrees to.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "This code is used already.")

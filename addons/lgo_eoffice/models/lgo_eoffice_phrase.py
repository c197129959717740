# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

ACTIONS = [
    ("propose", "Propose"),
    ("ask", "Submit for signature"),
    ("endorse", "Endorse"),
    ("order", "Give the order"),
    ("assign", "Assign"),
    ("acknowledge", "Acknowledge"),
    ("approve", "Approve"),
    ("return", "Return"),
    ("report", "Report"),
    ("confirm", "Confirm the result"),
    ("sign", "Sign"),
    ("comment", "Comment"),
    ("route", "Pass on"),
    ("take_back", "Take back"),
]


class LgoEofficePhrase(models.Model):
    """A standard phrase of an endorsement (ข้อความเกษียน), such as เพื่อโปรดทราบ."""

    _name = "lgo.eoffice.phrase"
    _description = "Standard Phrase"
    _order = "sequence, id"

    name = fields.Char(string="Text", required=True)
    action = fields.Selection(ACTIONS, help="Offered with this step; empty: with every step.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

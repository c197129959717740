# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeReadingPage(models.Model):
    """A page that was read, until all are: a stopped reading goes on behind it."""

    _name = "lgo.eoffice.reading.page"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Page of a Paper being Read"
    _order = "reading_id, number"

    reading_id = fields.Many2one(
        comodel_name="lgo.eoffice.reading", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, aggregator=None)
    source = fields.Selection(
        [
            ("text", "Text of the file"),
            ("ocr", "Read from the picture"),
            ("blank", "Blank"),
            ("waiting", "To be read from the picture"),
            ("unread", "Not read"),
        ],
        required=True,
    )
    text = fields.Text()
    confidence = fields.Integer(aggregator=None)
    sure_digits = fields.Text(help="Groups of Thai digits that were read twice.")

    _number_uniq = models.UniqueIndex("(reading_id, number)", "This page was read already.")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteImportRow(models.Model):
    """A row of a register on its way to become a service point, once."""

    _name = "lgo.waste.import.row"
    _description = "Row of an Import"
    _order = "import_id, line"
    _rec_name = "line"

    import_id = fields.Many2one(
        "lgo.waste.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    line = fields.Integer(string="Row", required=True, readonly=True, aggregator=None)
    zone_id = fields.Many2one("lgo.waste.zone", readonly=True)
    payer = fields.Char(readonly=True)
    vals = fields.Json(string="Values", readonly=True)
    arrears = fields.Json(readonly=True, help="Fiscal year and baht.")
    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", readonly=True, index="btree_not_null"
    )

    _line_uniq = models.UniqueIndex("(import_id, line)", "This row was read already.")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoBankMappingColumn(models.Model):
    """A column of a bank's table."""

    _name = "lgo.bank.mapping.column"
    _description = "Column of a Bank's Table"
    _order = "mapping_id, sequence, id"

    mapping_id = fields.Many2one("lgo.bank.mapping", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    field = fields.Selection("_selection_field", required=True)
    title = fields.Char(string="Title of the column", required=True)

    _field_uniq = models.UniqueIndex("(mapping_id, field)", "This column is named twice.")

    @api.model
    def _selection_field(self):
        return [
            ("date", self.env._("Date")),
            ("time", self.env._("Time")),
            ("ref1", self.env._("Reference 1")),
            ("ref2", self.env._("Reference 2")),
            ("ref3", self.env._("Reference 3")),
            ("name", self.env._("Name of the payer")),
            ("channel", self.env._("Channel")),
            ("bank", self.env._("Sending bank")),
            ("amount", self.env._("Amount")),
            ("withdrawal", self.env._("Withdrawal")),
            ("deposit", self.env._("Deposit")),
            ("fee", self.env._("Charge")),
            ("net", self.env._("Net amount")),
            ("status", self.env._("Status")),
            ("bank_ref", self.env._("Reference of the bank")),
            ("balance", self.env._("Balance")),
        ]

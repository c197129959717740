# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoWasteImportProblem(models.Model):
    """What is wrong with a row of a register that is to be taken in."""

    _name = "lgo.waste.import.problem"
    _description = "Problem of an Import"
    _order = "import_id, line, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "lgo.waste.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    line = fields.Integer(string="Row", readonly=True, aggregator=None, help="0: the whole file.")
    is_fatal = fields.Boolean(string="Stops the import", readonly=True)
    message = fields.Char(required=True, readonly=True)

    @api.model
    def _message(self, problem):
        """What a person reads for a problem of the reader."""
        texts = {
            "FORMAT": self.env._("This is no workbook (xlsx)."),
            "TOO_BIG": self.env._("The workbook is too large to be a register."),
            "FORMULA": self.env._("The row has a formula. Save the file with values only."),
            "NO_TITLES": self.env._("The titles are missing: no column is called “บ้านเลขที่”."),
            "COLUMN": self.env._("The column “%(column)s” is missing."),
            "EMPTY": self.env._("The file has no service points."),
            "MISSING": self.env._("“%(column)s” is empty."),
            "HOUSE_CODE": self.env._("The house code “%(value)s” has not eleven digits."),
            "AMOUNT": self.env._("“%(column)s”: “%(value)s” is no amount of baht and satang."),
            "WHOLE": self.env._("“%(column)s”: “%(value)s” is no whole number."),
            "DATE": self.env._("“%(value)s” is no date."),
            "REPEATED": self.env._("The same house and payer as in row %(row)s."),
            "OLD_REPEATED": self.env._("The old number %(value)s stands in row %(row)s too."),
            "UNKNOWN": self.env._("“%(column)s”: there is no “%(value)s”. Enter it first."),
            "ROUTE": self.env._("Route “%(value)s” belongs to another zone."),
            "KNOWN": self.env._("A service point with this house code or old number exists."),
            "RATE": self.env._("The register says %(value)s baht a month, the rate table %(fee)s."),
            "NO_RATE": self.env._("The rate table has no rate for this class and quantity."),
            "ARREARS": self.env._("Arrears of %(year)s: the year has not begun."),
        }
        return texts[problem.code] % problem.values

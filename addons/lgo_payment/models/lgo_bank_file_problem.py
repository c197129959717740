# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoBankFileProblem(models.Model):
    """Something wrong with a line of a bank file, as the dry run found it."""

    _name = "lgo.bank.file.problem"
    _description = "Problem of a Bank File"
    _order = "file_id, line, id"

    file_id = fields.Many2one("lgo.bank.file", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="file_id.company_id", store=True, index=True)
    line = fields.Integer(aggregator=None, readonly=True, help="In the file; 0: the whole file.")
    code = fields.Char(required=True, readonly=True)
    is_fatal = fields.Boolean(readonly=True)
    message = fields.Char(readonly=True)

    @api.model
    def _message(self, problem):
        """Return what a person reads for a problem of the parsers."""
        values = {"line": problem.line, **problem.values}
        texts = {
            "LEN": self.env._("Line %(line)s has %(length)s bytes; it must have 256."),
            "TYPE": self.env._("Line %(line)s begins with an unknown type of record."),
            "SEQ": self.env._("Line %(line)s repeats the sequence number %(seq)s."),
            "ACC": self.env._("Line %(line)s is for another account: %(account)s."),
            "AMT": self.env._("Line %(line)s has no readable amount."),
            "DATE": self.env._("Line %(line)s has no readable date."),
            "TIME": self.env._("Line %(line)s has no readable time."),
            "KIND": self.env._("Line %(line)s is neither a credit nor a reversal."),
            "TOTAL": self.env._("The total %(stated)s does not match the lines: %(found)s."),
            "COUNT": self.env._("The number %(stated)s does not match the lines: %(found)s."),
            "NO_HEADER": self.env._("The file does not begin with a header."),
            "NO_TRAILER": self.env._("The file does not end with a trailer: it may be cut off."),
            "ENCODING": self.env._("Line %(line)s is in another character set."),
            "COLUMN": self.env._("A column is missing: %(column)s."),
            "FORMULA": self.env._("Row %(line)s has a formula. Save the file with values only."),
            "TOO_BIG": self.env._("The file is too large to be a list of a bank."),
            "EMPTY": self.env._("The file has no lines."),
            "FORMAT": self.env._("This is no file of the chosen kind."),
        }
        text = texts.get(problem.code, self.env._("Line %(line)s cannot be read."))
        return text % _Default(values)


class _Default(dict):
    """Values of a message; what the parser did not say is shown as a question mark."""

    def __missing__(self, key):
        return "?"

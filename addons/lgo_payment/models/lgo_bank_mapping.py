# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import table


class LgoBankMapping(models.Model):
    """How the table of a bank is read: CSV or xlsx with columns of its own.

    Banks change the columns of their reports without notice, so a layout is data that finance
    edits, not code.
    """

    _name = "lgo.bank.mapping"
    _description = "Layout of a Bank's Table"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for every organisation.")
    purpose = fields.Selection(
        [("detail", "Payments line by line"), ("statement", "Bank statement")],
        required=True,
        default="detail",
    )
    sheet = fields.Char(help="Name of the sheet; empty for the first.")
    header_pattern = fields.Char(
        required=True, default="ลำดับ", help="A word of the row with the titles of the columns."
    )
    encodings = fields.Char(required=True, default="utf-8-sig,cp874")
    delimiter = fields.Char(required=True, default=",", size=1)
    date_formats = fields.Char(
        required=True, default="%d/%m/%Y", help="Separated by |. Years from 2400 on are B.E."
    )
    statuses = fields.Text(
        default="สำเร็จ=ok\nไม่สำเร็จ=failed\nยกเลิก=cancelled",
        help="One a line: what the bank writes = ok, failed or cancelled.",
    )
    footer_pattern = fields.Char(default="^(รวม|ยอด)", help="Rows that are totals.")
    column_ids = fields.One2many("lgo.bank.mapping.column", "mapping_id", copy=True)

    @api.constrains("statuses")
    def _check_statuses(self):
        for mapping in self:
            if set(mapping._statuses().values()) - {"ok", "failed", "cancelled"}:
                raise ValidationError(
                    self.env._("After the equals sign stands ok, failed or cancelled.")
                )

    def _statuses(self):
        pairs = (row.partition("=") for row in (self.statuses or "").splitlines() if row.strip())
        return {name.strip(): value.strip() for name, _sign, value in pairs}

    def _as_table(self):
        """Return the layout as the parser takes it."""
        self.ensure_one()
        return table.TableMapping(
            purpose=self.purpose,
            sheet=self.sheet or "",
            header_pattern=self.header_pattern,
            encodings=[name.strip() for name in self.encodings.split(",")],
            delimiter=self.delimiter,
            columns={column.field: column.title for column in self.column_ids},
            date_formats=[text.strip() for text in self.date_formats.split("|")],
            statuses=self._statuses(),
            footer_pattern=self.footer_pattern or "",
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text stays text in exported workbooks and CSV files.

Odoo hands cells to ``xlsxwriter`` as they are, and that makes a formula of a text that begins
with "=" and a link of one that begins with "http://". A citizen could plant a formula in the
description of a request that runs on the clerk's computer when the list is exported and opened
(CSV/formula injection, CWE-1236). Odoo's CSV export knows of "=", "+" and "-" only.
"""

from odoo.addons.web.controllers.export import CSVExport, ExportXlsxWriter

from ..tools import workbook


def _write_as_text(self, row, column, cell_value, style=None):
    """Write a cell; a string is always written as a string."""
    if isinstance(cell_value, str) and cell_value:
        self.worksheet.write_string(row, column, cell_value, style)
    else:
        self.worksheet.write(row, column, cell_value, style)


# The plain and the grouped writer of Odoo share this method; there is no hook.
ExportXlsxWriter.write = _write_as_text


class CsvExportAsText(CSVExport):
    """A CSV file without a cell that a spreadsheet calculates."""

    def from_data(self, fields, columns_headers, rows):
        safe = [[self._as_text(value) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, safe)

    @staticmethod
    def _as_text(value):
        """Mark what Odoo leaves out; what it marks itself is marked once."""
        if isinstance(value, bytes):
            value = value.decode()
        odd = isinstance(value, str) and not value.startswith(("=", "-", "+"))
        return workbook.as_text(value) if odd else value

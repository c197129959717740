# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A list as a workbook or a file of values; text stays text, whatever it begins with."""

import io
from typing import NamedTuple

import xlsxwriter


class Corrected(NamedTuple):
    """A cell that was corrected: the old text is struck through, the new one stands behind it."""

    before: str
    now: str


#: What makes a spreadsheet take the cell of a CSV file for a formula (OWASP, CSV injection;
#: CWE-1236).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(value):
    """``value`` of a CSV cell; a text that a spreadsheet would calculate gets a "'" before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def table(title, columns, rows):
    """Return one sheet as bytes of an XLSX file, ready to be printed on A3.

    :param str title: name of the sheet
    :param columns: list of (label, width in characters)
    :param rows: lists of texts (or :class:`Corrected`) in the order of the columns
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    # a name of a sheet has at most 31 characters
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E7EDF3"})
    cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    struck = book.add_format({"font_strikeout": True})
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if isinstance(text, Corrected):
                # a rich text has at least two parts, none of them empty
                parts = (struck, text.before, " " + text.now)
                sheet.write_rich_string(number, column, *parts, cell)
            else:
                sheet.write_string(number, column, text, cell)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return stream.getvalue()

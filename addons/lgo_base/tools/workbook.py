# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A list as a workbook or a file of values; text stays text, whatever it begins with."""

import io
from typing import NamedTuple

import xlsxwriter

from . import thai


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


class Column(NamedTuple):
    """A column of a report: its title, width in characters, and what its cells hold."""

    label: str
    width: int = 14
    #: text, whole, money, percent or date; a date gets a second column with the Buddhist era
    kind: str = "text"
    is_summed: bool = False


FORMATS = {
    "text": "@", "whole": "#,##0", "money": "#,##0.00", "percent": "0.00", "date": "yyyy-mm-dd",
}  # fmt: skip


def report(title, columns, rows, facts):
    """Return a report as bytes of an XLSX file: numbers are numbers, dates are dates.

    The last row sums up, with the first summed amount in words; the second sheet says what was
    asked for, when and by whom.

    :param str title: heading and name of the sheet
    :param columns: list of :class:`Column`
    :param rows: lists in the order of the columns; ``None`` or "" is an empty cell
    :param facts: list of (label, text) for the second sheet
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E7EDF3"})
    bold = book.add_format({"bold": True})
    styles, sums = {}, {}
    for kind, number in FORMATS.items():
        look = {"border": 1, "valign": "top", "num_format": number, "text_wrap": kind == "text"}
        styles[kind] = book.add_format(look)
        sums[kind] = book.add_format({**look, "bold": True, "top": 2})
    sheet.write_string(0, 0, title, bold)
    places, place = [], 0
    for column in columns:
        places.append(place)
        sheet.set_column(place, place, column.width)
        sheet.write_string(2, place, column.label, head)
        place += 1
        if column.kind == "date":
            sheet.set_column(place, place, 13)
            sheet.write_string(2, place, f"{column.label} (พ.ศ.)", head)
            place += 1
    for number, row in enumerate(rows, start=3):
        for place, column, value in zip(places, columns, row, strict=True):
            _write(sheet, number, place, column.kind, value, styles)
    _write_sums(sheet, 3 + len(rows), places, columns, rows, sums)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    about = book.add_worksheet("เงื่อนไข")
    about.set_column(0, 0, 28)
    about.set_column(1, 1, 60)
    for number, (label, text) in enumerate(facts):
        about.write_string(number, 0, label, bold)
        about.write_string(number, 1, str(text))
    book.close()
    return stream.getvalue()


def _write(sheet, row, place, kind, value, styles):
    if kind == "date":
        text = thai.format_date(value, "abbr", "arabic") if value else ""
        if value:
            sheet.write_datetime(row, place, value, styles["date"])
        else:
            sheet.write_blank(row, place, None, styles["date"])
        sheet.write_string(row, place + 1, text, styles["text"])
    elif value in (None, "", False) and kind != "text":
        sheet.write_blank(row, place, None, styles[kind])
    elif kind == "text":
        sheet.write_string(row, place, str(value or ""), styles["text"])
    else:
        sheet.write_number(row, place, value, styles[kind])


def _write_sums(sheet, row, places, columns, rows, styles):
    summed = [index for index, column in enumerate(columns) if column.is_summed]
    if not summed:
        return
    sheet.write_string(row, 0, "รวม", styles["text"])
    words = None
    for index in summed:
        total = sum(value[index] or 0 for value in rows)
        sheet.write_number(row, places[index], total, styles[columns[index].kind])
        if columns[index].kind == "money":
            words = total
    if words is not None:
        sheet.write_string(row + 1, 0, f"({thai.baht_text(f'{words:.2f}')})")

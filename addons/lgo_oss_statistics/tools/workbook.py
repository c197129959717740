# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The statistics as a workbook: pure function of rows, no ORM."""

import io

import xlsxwriter

FONT = {"font_name": "TH Sarabun New", "font_size": 16, "valign": "top"}
#: heading, width, kind: text, number (summed), share (of two columns), value (not summed)
COLUMNS = (
    ("รายการ", 46, "text"),
    ("รับเรื่อง (เรื่อง)", 12, "number"),
    ("ยื่นออนไลน์ (เรื่อง)", 12, "number"),
    ("ยื่นออนไลน์ (ร้อยละ)", 12, "share"),
    ("มีบันทึกความบกพร่อง (เรื่อง)", 14, "number"),
    ("พิจารณาแล้ว (เรื่อง)", 12, "number"),
    ("มีกำหนดเวลา (เรื่อง)", 12, "number"),
    ("เสร็จภายในกำหนด (เรื่อง)", 14, "number"),
    ("เสร็จภายในกำหนด (ร้อยละ)", 14, "share"),
    ("มัธยฐาน (วัน)", 11, "value"),
    ("เปอร์เซ็นไทล์ที่ 90 (วัน)", 13, "value"),
    ("ผู้ตอบแบบประเมิน (คน)", 13, "number"),
    ("ความพึงพอใจ (ร้อยละ)", 13, "value"),
)
#: column of a share: (numerator, denominator)
SHARES = {3: (2, 1), 8: (7, 6)}
HEADER = 4


def build(title, subtitle, sheets, note):
    """A workbook with a sheet for each way to look at the figures.

    :param str title: name of the organisation
    :param str subtitle: what and when
    :param sheets: list of ``(name, rows, total)``; a row is a list as ``COLUMNS``
    :param str note: printed below
    :rtype: bytes
    """
    file = io.BytesIO()
    # a text is a text: what begins with "=" or "http:" runs on nobody's computer (CWE-1236)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": subtitle, "author": title})
        styles = _styles(book)
        for name, rows, total in sheets:
            _sheet(book.add_worksheet(name[:31]), styles, title, subtitle, name, rows, total, note)
    return file.getvalue()


def _styles(book):
    cell = {**FONT, "border": 1}
    return {
        "title": book.add_format({**FONT, "bold": True, "font_size": 18}),
        "plain": book.add_format(FONT),
        "head": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#DCE6F1"}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "number": book.add_format({**cell, "num_format": "#,##0"}),
        "share": book.add_format({**cell, "num_format": "0.0"}),
        "value": book.add_format({**cell, "num_format": "#,##0.0"}),
        "total_text": book.add_format({**cell, "bold": True}),
        "total_number": book.add_format({**cell, "bold": True, "num_format": "#,##0"}),
        "total_share": book.add_format({**cell, "bold": True, "num_format": "0.0"}),
        "total_value": book.add_format({**cell, "bold": True, "num_format": "#,##0.0"}),
    }


def _sheet(sheet, styles, title, subtitle, name, rows, total, note):
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, subtitle, styles["plain"])
    sheet.write_string(2, 0, name, styles["plain"])
    for column, (heading, width, _kind) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER, column, heading, styles["head"])
    first = HEADER + 1
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, styles, number)
    last = first + len(rows) - 1
    _total(sheet, last + 1, first, last, total, styles)
    sheet.write_string(last + 3, 0, note, styles["plain"])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer('&R&"TH Sarabun New,Regular"หน้า &P / &N')
    sheet.freeze_panes(first, 1)
    sheet.print_area(0, 0, last + 3, len(COLUMNS) - 1)


def _cell(sheet, number, column, value, styles, row):
    kind = COLUMNS[column][2]
    if kind == "text":
        sheet.write_string(number, column, value or "", styles["text"])
    elif kind == "share":
        sheet.write_formula(number, column, _share(column, row), styles["share"], _plain(value))
    elif value is None:
        sheet.write_string(number, column, "–", styles[kind])
    else:
        sheet.write_number(number, column, float(value), styles[kind])


def _share(column, row):
    numerator, denominator = (
        f"{xlsxwriter.utility.xl_col_to_name(each)}{row + 1}" for each in SHARES[column]
    )
    return f'=IF({denominator}=0,"–",ROUND({numerator}/{denominator}*100,1))'


def _plain(value):
    return "–" if value is None else float(value)


def _total(sheet, number, first, last, total, styles):
    """The sums as formulas; who opens the file in a viewer reads the stored values."""
    for column, value in enumerate(total):
        kind = COLUMNS[column][2]
        style = styles[f"total_{kind}"]
        if kind == "text":
            sheet.write_string(number, column, value, style)
        elif kind == "number":
            letter = xlsxwriter.utility.xl_col_to_name(column)
            span = f"{letter}{first + 1}:{letter}{max(last, first) + 1}"
            formula = f"=SUM({span})" if last >= first else "=0"
            sheet.write_formula(number, column, formula, style, value)
        elif kind == "share":
            sheet.write_formula(number, column, _share(column, number), style, _plain(value))
        elif value is None:
            sheet.write_string(number, column, "–", style)
        else:
            sheet.write_number(number, column, float(value), style)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The register of service points as a workbook (ทะเบียนผู้ใช้บริการเก็บขนมูลฝอย).

Columns and rules of dossier appendix F: titles in Thai, in any order; Thai digits, spaces, "-" and
"ไม่ทราบ" are read as people mean them; dates in either era; arrears by fiscal year, one column each.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_payment.tools import table

#: Title of a column -> name of the value.
COLUMNS = {
    "รหัสเดิม": "old_number",
    "รหัสประจำบ้าน": "house_code",
    "บ้านเลขที่": "house",
    "หมู่": "village_number",
    "ซอย": "lane",
    "ถนน": "road",
    "ชุมชน": "community",
    "เขต": "zone",
    "สาย": "route",
    "ลำดับสาย": "route_sequence",
    "ประเภท": "tariff",
    "ปริมาณลิตร/วัน": "volume",
    "จำนวนหน่วย/ห้อง": "unit_count",
    "ชื่อผู้ชำระ": "payer",
    "โทรศัพท์": "phone",
    "อัตราเดือนละ": "rate",
    "เริ่มใช้บริการ": "date_start",
    "หมายเหตุ": "note",
}
REQUIRED = ("house", "zone", "tariff", "payer")
ARREARS = re.compile(r"ยอดค้างยกมา.*?(25\d\d)")
UNKNOWN = {"", "-", "–", "ไม่ทราบ", "ไม่มี", "n/a"}
#: Rows above the titles that may be headings of the paper.
HEAD_ROWS = 20


@dataclass
class PointRow:
    """One service point as it stands in the workbook."""

    number: int  # row of the sheet, from 1
    values: dict = field(default_factory=dict)
    arrears: dict = field(default_factory=dict)  # fiscal year (B.E.) -> Decimal


@dataclass
class Problem:
    """What is wrong in a row; ``values`` fill the sentence of the code."""

    line: int
    code: str
    values: dict = field(default_factory=dict)


@dataclass
class PointTable:
    """A workbook that was read, with every problem and not only the first."""

    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def add(self, line, code, **values):
        """Note a problem."""
        self.problems.append(Problem(line, code, values))


def parse(data):
    """Read a workbook.

    :param bytes data: xlsx
    :return: :class:`PointTable`; no rows are to be used while it has problems
    """
    found = PointTable()
    rows = table.sheet_rows(data, found)
    if rows is None:
        return found
    places = _places(rows, found)
    if places is None:
        return found
    head, columns, years = places
    for number, cells in enumerate(rows[head + 1 :], start=head + 2):
        texts = {name: _text(cells, place) for name, place in columns.items()}
        if not any(texts.values()) or texts["house"].startswith("รวม"):
            continue
        row = PointRow(number)
        _read(found, row, texts, cells, columns)
        for year, place in years.items():
            amount = _amount(found, number, _text(cells, place), f"ยอดค้างยกมา {year}")
            if amount:
                row.arrears[year] = amount
        found.rows.append(row)
    if not found.rows and not found.problems:
        found.add(0, "EMPTY")
    _find_repeated(found)
    return found


def _places(rows, found):
    """(row of the titles, {name: column}, {fiscal year: column}), or None."""
    titled = (
        (number, [re.sub(r"\s+", "", table.cell_text(cell)) for cell in cells])
        for number, cells in enumerate(rows[:HEAD_ROWS])
    )
    head, titles = next((one for one in titled if "บ้านเลขที่" in one[1]), (None, []))
    if head is None:
        found.add(0, "NO_TITLES")
        return None
    columns = {name: titles.index(title) for title, name in COLUMNS.items() if title in titles}
    for title, name in COLUMNS.items():
        if name in REQUIRED and name not in columns:
            found.add(head + 1, "COLUMN", column=title)
    years = {
        int(match[1]): place
        for place, title in enumerate(titles)
        if (match := ARREARS.search(thai.to_arabic_digits(title)))
    }
    return None if found.problems else (head, columns, years)


def _text(cells, place):
    text = " ".join(table.cell_text(cells[place] if place < len(cells) else None).split())
    return "" if text.lower() in UNKNOWN else text


def _read(found, row, texts, cells, columns):
    titles = {name: title for title, name in COLUMNS.items()}
    for name in REQUIRED:
        if not texts[name]:
            found.add(row.number, "MISSING", column=titles[name])
    for name, text in texts.items():
        if name in ("volume", "rate"):
            value = _amount(found, row.number, text, titles[name])
        elif name in ("unit_count", "route_sequence"):
            value = _whole(found, row.number, text, titles[name])
        elif name == "date_start":
            value = _date(found, row.number, cells[columns[name]], text)
        elif name in ("house", "village_number"):
            value = thai.to_arabic_digits(text)
        elif name == "house_code":
            value = re.sub(r"[-\s]", "", thai.to_arabic_digits(text))
            if value and not re.fullmatch(r"[0-9]{11}", value):
                found.add(row.number, "HOUSE_CODE", value=text)
        else:
            value = text
        row.values[name] = value


def _amount(found, number, text, title):
    if not text:
        return Decimal(0)
    try:
        return table.read_amount(thai.to_arabic_digits(text))
    except ValueError:
        found.add(number, "AMOUNT", column=title, value=text)
        return Decimal(0)


def _whole(found, number, text, title):
    clean = thai.to_arabic_digits(text).replace(",", "")
    if not clean:
        return 0
    if not re.fullmatch(r"[0-9]{1,6}", clean):
        found.add(number, "WHOLE", column=title, value=text)
        return 0
    return int(clean)


def _date(found, number, cell, text):
    """A real date of the sheet, or text in either era."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        # a Buddhist year that somebody typed into a cell of dates
        return cell.replace(year=cell.year - 543) if cell.year > 2400 else cell
    if not text:
        return None
    try:
        return thai.parse_date(text)
    except ValueError:
        found.add(number, "DATE", value=text)
        return None


def _find_repeated(found):
    """The same house, part and payer twice in the sheet: entered twice by mistake."""
    seen = {}
    for row in found.rows:
        values = row.values
        key = (
            values.get("house_code") or "", values["house"], values.get("village_number") or "",
            values["payer"],
        )  # fmt: skip
        if key in seen:
            found.add(row.number, "REPEATED", row=seen[key])
        seen.setdefault(key, row.number)
    numbers = {}
    for row in found.rows:
        old = row.values.get("old_number")
        if old and old in numbers:
            found.add(row.number, "OLD_REPEATED", row=numbers[old], value=old)
        elif old:
            numbers[old] = row.number

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables of banks, CSV or xlsx, read by a layout that is data.

Guards of Excel (``="0102"``), dates in either era, totals at the end and rows before the titles are
read as people mean them. A reference in scientific notation has lost its digits and stays as it is,
so that it matches nothing. A formula is refused: its value is what somebody's program last saw.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from .bank_file import ZERO, BankFile, BankLine

#: Bytes that a workbook may have when unpacked, and how much smaller it may be packed.
MAX_UNPACKED = 80 * 1024 * 1024
MAX_RATIO = 200
MAX_ROWS = 200_000
FIRST_BUDDHIST_YEAR = 2400


@dataclass
class TableMapping:
    """How a table is read; see ``lgo.bank.mapping``."""

    columns: dict
    purpose: str = "detail"
    sheet: str = ""
    header_pattern: str = ""
    encodings: list = field(default_factory=lambda: ["utf-8-sig", "cp874"])
    delimiter: str = ","
    date_formats: list = field(default_factory=lambda: ["%d/%m/%Y"])
    statuses: dict = field(default_factory=dict)
    footer_pattern: str = "^(รวม|ยอด)"


def parse_csv(data, mapping):
    """Read a CSV file."""
    file = BankFile("table", mapping.purpose)
    for encoding in mapping.encodings:
        try:
            text = data.decode(encoding)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        file.add(1, "ENCODING")
        return file
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter))
    return _read(file, rows, mapping)


def parse_xlsx(data, mapping):
    """Read a workbook; it is looked at before it is unpacked."""
    file = BankFile("table", mapping.purpose)
    rows = sheet_rows(data, file, mapping.sheet)
    return file if rows is None else _read(file, rows, mapping)


def sheet_rows(data, file, sheet=""):
    """The cells of a worksheet; a formula is a problem of its row.

    :param bytes data: the workbook
    :param file: takes the problems by ``add(line, code, **details)``: TOO_BIG, FORMAT, COLUMN,
        FORMULA
    :param str sheet: name of the worksheet; empty: the first one
    :return: list of rows (lists of cells), or None when the workbook cannot be read at all
    """
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED or size > MAX_RATIO * max(len(data), 1):
            file.add(0, "TOO_BIG")
            return None
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        file.add(0, "FORMAT")
        return None
    if sheet and sheet not in book.sheetnames:
        file.add(0, "COLUMN", column=sheet)
        return None
    worksheet = book[sheet] if sheet else book.worksheets[0]
    rows = []
    for number, row in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if number > MAX_ROWS:
            file.add(0, "TOO_BIG")
            return None
        rows.append(list(row))
        if any(isinstance(cell, str) and cell.startswith("=") for cell in row):
            file.add(number, "FORMULA")
    book.close()
    return rows


def cell_text(cell):
    """What a cell shows: whole numbers without a point, guards of Excel taken off."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    guard = re.fullmatch(r'="(.*)"', text)
    return guard[1].strip() if guard else text


def _read(file, rows, mapping):
    head = _header(rows, mapping)
    if head is None:
        file.add(0, "COLUMN", column=mapping.header_pattern)
        return file
    titles = [cell_text(cell) for cell in rows[head]]
    places = {}
    for name, title in mapping.columns.items():
        if title in titles:
            places[name] = titles.index(title)
        else:
            file.add(head + 1, "COLUMN", column=title)
    if file.problems:
        return file
    file.account = _account(rows[:head])
    for number in range(head + 1, len(rows)):
        _row(file, number + 1, rows[number], places, mapping)
    if not file.lines and not file.problems:
        file.add(0, "EMPTY")
    dates = [line.date for line in file.lines]
    file.effective = max(dates) if dates and mapping.purpose == "detail" else None
    return file


def _header(rows, mapping):
    for number, row in enumerate(rows[:50]):
        if any(re.fullmatch(mapping.header_pattern, cell_text(cell)) for cell in row):
            return number
    return None


def _account(rows):
    """Digits of the account in the rows before the titles."""
    for row in rows:
        for cell in row:
            digits = re.sub(r"[-\s]", "", cell_text(cell))
            if re.fullmatch(r"[0-9]{10,12}", digits):
                return digits
    return ""


def _row(file, number, row, places, mapping):
    cells = {name: row[place] if place < len(row) else None for name, place in places.items()}
    texts = {name: cell_text(cell) for name, cell in cells.items()}
    if not any(texts.values()) or any(
        re.search(mapping.footer_pattern, cell_text(cell)) for cell in row if mapping.footer_pattern
    ):
        return
    line = BankLine(number=number, date=date.min, amount=ZERO)
    try:
        line.date = read_date(cells.get("date"), mapping.date_formats)
    except ValueError:
        file.add(number, "DATE")
        return
    try:
        line.time = _read_time(cells.get("time"))
    except ValueError:
        file.add(number, "TIME")
        return
    try:
        _amounts(line, texts)
    except ValueError:
        file.add(number, "AMT")
        return
    for name in ("ref1", "ref2", "ref3", "name", "channel", "bank_ref"):
        setattr(line, name, texts.get(name, ""))
    line.sending_bank = texts.get("bank", "")
    if mapping.statuses and "status" in places:
        line.status = mapping.statuses.get(texts["status"], "failed")
    line.raw = " | ".join(cell_text(cell) for cell in row)
    file.lines.append(line)


def _amounts(line, texts):
    if "amount" in texts:
        line.amount = read_amount(texts["amount"])
    else:
        out, into = (read_amount(texts.get(name) or "0") for name in ("withdrawal", "deposit"))
        if out and into:
            raise ValueError("both")
        line.amount, line.kind = (out, "D") if out else (into, "C")
    line.fee = read_amount(texts.get("fee") or "0")


def read_amount(text):
    """Baht with thousands separators; two decimals, not below zero.

    :raises ValueError: anything else
    """
    clean = text.replace(",", "").strip()
    try:
        value = Decimal(clean)
        exact = value.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if value != exact or value < 0 or "e" in clean.lower():
        raise ValueError(text)
    return exact


def read_date(cell, formats):
    """A day of a cell: a real date, or text in either era.

    :raises ValueError: no date
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _christian(cell.year, cell.month, cell.day)
    text = cell_text(cell)
    for pattern in formats:
        names = re.findall(r"%([dmY])", pattern)
        match = re.fullmatch(
            re.sub(r"%[dm]", r"([0-9]{1,2})", re.escape(pattern).replace("\\%", "%").replace(
                "%Y", "([0-9]{4})")),
            text,
        )  # fmt: skip
        if match:
            part = dict(zip(names, map(int, match.groups()), strict=True))
            return _christian(part["Y"], part["m"], part["d"])
    raise ValueError(text)


def _christian(year, month, day):
    return date(year - 543 if year >= FIRST_BUDDHIST_YEAR else year, month, day)


def _read_time(cell):
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    text = cell_text(cell)
    if not text:
        return None
    match = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?", text)
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2]), int(match[3] or 0))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thai dates, digits and amounts: pure functions, no ORM.

Dates are stored in the Gregorian calendar and datetimes in UTC; they are shown in the Buddhist era
(พ.ศ. = ค.ศ. + 543) and in Asia/Bangkok. A naive ``datetime`` is UTC, as everywhere in Odoo.
"""

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from num2words import num2words

from .sort_key import sort_key  # noqa: F401  (part of the public functions of this module)

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_OFFSET = 543
#: A typed year from here on is Buddhist, a lower one Gregorian.
FIRST_BUDDHIST_YEAR = 2400
#: The fiscal year starts in October (Budget Procedure Act B.E. 2561, s.4).
FISCAL_START_MONTH = 10

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# months by what is left when dots and spaces are taken away: "พย", "พฤศจิกายน"
_MONTH_NUMBERS = {
    name.replace(".", ""): number
    for names in (MONTHS, MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WORDS = re.compile(
    r"(?:วัน\D{0,12}?ที่\s*|วันที่\s*)?(\d{1,2})\s*(?:เดือน\s*)?([ก-๎.\s]+?)\s*"
    r"(?:พ\s*\.?\s*ศ\s*\.?\s*|ค\s*\.?\s*ศ\s*\.?\s*)?(\d{4}|\d{2})",
    re.ASCII,
)
# the Thai abbreviations of the eras, in the order of how they are written
_ERA_BUDDHIST = re.compile(r"พ\s*\.?\s*ศ\s*\.?\s*\d")
_ERA_CHRISTIAN = re.compile(r"ค\s*\.?\s*ศ\s*\.?\s*\d")


def to_thai_digits(text):
    """``"123"`` → ``"๑๒๓"``; anything that is not a digit 0-9 stays. Done at print time only."""
    return str(text).translate(_TO_THAI)


def to_arabic_digits(text):
    """``"๑๒๓"`` → ``"123"``; anything that is not a Thai digit stays."""
    return str(text).translate(_TO_ARABIC)


def local_date(value):
    """The day in Bangkok of a ``date`` or of a ``datetime`` (naive means UTC)."""
    if not isinstance(value, datetime):
        return value
    return _local(value).date()


def _local(moment):
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(BANGKOK)


def _digits(text, digits):
    return to_thai_digits(text) if digits == "thai" else text


def format_date(value, style="long", digits="thai"):
    """Write a day as official papers do.

    :param value: ``date`` or ``datetime`` (naive UTC); ``False`` or ``None`` gives ``""``
    :param str style: ``long`` ๕ มกราคม ๒๕๖๙, ``short`` ๕ ม.ค. ๖๙, ``abbr`` ๕ ม.ค. ๒๕๖๙,
        ``full`` วันจันทร์ที่ ๕ มกราคม พ.ศ. ๒๕๖๙, ``numeric`` ๐๕/๐๑/๒๕๖๙
    :param str digits: ``thai`` or ``arabic``
    """
    if not value:
        return ""
    day = local_date(value)
    year = day.year + BUDDHIST_OFFSET
    short = MONTHS_SHORT[day.month - 1]
    month = MONTHS[day.month - 1]
    texts = {
        "long": f"{day.day} {month} {year}",
        "short": f"{day.day} {short} {year % 100:02d}",
        "abbr": f"{day.day} {short} {year}",
        "full": f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {month} พ.ศ. {year}",
        "numeric": f"{day.day:02d}/{day.month:02d}/{year}",
    }
    if style not in texts:
        raise ValueError(f"unknown style {style!r}")
    return _digits(texts[style], digits)


def format_time(value, digits="thai"):
    """Time of day in Bangkok with the official dot: ``๐๙.๓๐ น.``"""
    if not value:
        return ""
    moment = _local(value) if isinstance(value, datetime) else value
    return _digits(f"{moment.hour:02d}.{moment.minute:02d} น.", digits)


def format_datetime(value, style="long", digits="thai"):
    """Day and time: ``๕ มกราคม ๒๕๖๙ เวลา ๐๙.๓๐ น.``"""
    if not value:
        return ""
    return f"{format_date(value, style, digits)} เวลา {format_time(value, digits)}"


def parse_date(text):
    """Read a day as people type it.

    Accepts Thai digits, ``d/m/yyyy`` (also with ``.`` or ``-``), ISO ``yyyy-mm-dd``, and the month
    as a Thai word or abbreviation. A year from 2400 on is Buddhist; two digits after a Thai month
    are a Buddhist year of this century (๖๙ = ๒๕๖๙).

    :param str text: for example ``๒๓ พ.ย. ๒๕๖๙``
    :return: ``date``
    :raises ValueError: when the text is no date
    """
    clean = " ".join(to_arabic_digits(text or "").split())
    if match := _ISO.fullmatch(clean):
        year, month, day = map(int, match.groups())
    elif match := _NUMERIC.fullmatch(clean):
        day, month, year = map(int, match.groups())
    elif match := _WORDS.fullmatch(clean):
        day, year = int(match[1]), int(match[3])
        month = _MONTH_NUMBERS.get(re.sub(r"[.\s]", "", match[2]), 0)
        if len(match[3]) == 2:
            year += 2500
    else:
        raise ValueError(f"not a date: {text!r}")
    if _ERA_BUDDHIST.search(clean) or (
        year >= FIRST_BUDDHIST_YEAR and not _ERA_CHRISTIAN.search(clean)
    ):
        year -= BUDDHIST_OFFSET
    return date(year, month, day)


def buddhist_year(value):
    """Buddhist calendar year; a ``datetime`` counts by its day in Bangkok.

    31 December 2026 17:20 UTC is 1 January 2570, 00:20 in Bangkok: 2570.
    """
    return local_date(value).year + BUDDHIST_OFFSET


def fiscal_year(value):
    """Thai fiscal year (1 October to 30 September), named by the Buddhist year it ends in.

    Budget Procedure Act B.E. 2561, s.4.
    """
    day = local_date(value)
    return day.year + BUDDHIST_OFFSET + (1 if day.month >= FISCAL_START_MONTH else 0)


def fiscal_quarter(value):
    """Quarter 1-4 of the fiscal year; the first is October to December."""
    return (local_date(value).month - FISCAL_START_MONTH) % 12 // 3 + 1


def baht_text(amount):
    """Amount in Thai words as on receipts: 121.25 → หนึ่งร้อยยี่สิบเอ็ดบาทยี่สิบห้าสตางค์.

    :param amount: ``Decimal``, ``int``, or text; a ``float`` is read by its shortest decimal text
        so that 0.1 stays ten satang. Rounded half up to the satang.
    :raises ValueError: when it is not a finite number
    """
    try:
        value = Decimal(to_arabic_digits(amount).replace(",", "").strip())
        value = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {amount!r}") from error
    if not value.is_finite():
        raise ValueError(f"not an amount: {amount!r}")
    words = num2words(abs(value), to="currency", lang="th")
    return f"ลบ{words}" if value < 0 else words

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fixed words of a Thai official letter, found also where a scanner spoiled them.

The words are those of the forms annexed to the Saraban Regulation of the Office of the Prime
Minister B.E. 2526 (forms 1 to 11). OCR loses tone marks, takes one upper vowel for another and
puts spaces between letters; a fixed word is therefore compared by its consonants and full vowels.
"""

import re
from functools import cache
from pathlib import Path

OFFICIAL = Path(__file__).parent.parent / "data" / "official_words.txt"
_MARKS = re.compile("[\u0e47-\u0e4e]")
_TONES = "[\u0e47-\u0e4e]*"
_UPPER = "[\u0e31\u0e34-\u0e37]?"
_UPPER_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37"


def fuzzy(word):
    """A regular expression for ``word`` without tone marks, with any upper vowel, with gaps."""
    parts = []
    for char in word:
        if "\u0e47" <= char <= "\u0e4e":
            continue
        if char in _UPPER_VOWELS:
            parts.append(_UPPER + _TONES)
        elif char == " ":
            parts.append(" *")
        else:
            parts.append(re.escape(char) + _TONES)
    return " ?".join(parts)


def label(*words):
    """A pattern for one of ``words`` at the start of a line."""
    alternatives = "|".join(fuzzy(word) for word in words)
    return re.compile(rf"\s*({alternatives})\s*[:：]?\s*")


NUMBER = label("เลขที่", "ที่")
DATE = label("ลงวันที่", "วันที่")
SUBJECT = label("เรื่อง")
SALUTATION = label("กราบเรียน", "เรียน", "นมัสการ", "กราบทูล", "ทูล")
TO = label("ถึง")
REFERENCE = label("อ้างถึง")
ENCLOSURE = label("สิ่งที่ส่งมาด้วย", "สิ่งที่แนบมาด้วย", "สิ่งที่ส่งมาพร้อมนี้", "เอกสารแนบ")
UNIT = label("ส่วนราชการ")
MEMO = label("บันทึกข้อความ")
ORDER = label("คำสั่ง")
ANNOUNCEMENT = label("ประกาศ")
REGULATION = label("ระเบียบ")
BYLAW = label("ข้อบังคับ")
CERTIFICATE = label("หนังสือฉบับนี้ให้ไว้เพื่อรับรอง", "หนังสือรับรอง")
MINUTES = label("รายงานการประชุม")
CLOSING = label("ขอแสดงความนับถือ", "ขอนมัสการด้วยความเคารพ", "ด้วยความเคารพ", "จึงเรียนมาเพื่อ")
ISSUED_AT = re.compile(
    "(?:" + "|".join(fuzzy(word) for word in ("สั่ง ณ", "ประกาศ ณ", "ให้ไว้ ณ")) + r")\s*"
    rf"(?:{fuzzy('วันที่')})?"
)
PHONE = re.compile(rf"\s*(?:{fuzzy('โทรศัพท์')}|{fuzzy('โทรสาร')}|{fuzzy('โทร')})[\s.:]*")

#: Words with which the first paragraph begins (ภาคเหตุ).
BODY = re.compile(
    r"\s*(?:"
    + "|".join(
        fuzzy(word)
        for word in (
            "ตามที่", "ตามหนังสือ", "ตามบันทึก", "ตามประกาศ", "ตามคำสั่ง", "ตามพระราช", "ตามมติ",
            "ด้วย", "สืบเนื่อง", "เนื่องจาก", "เนื่องด้วย", "เนื่องใน", "อนุสนธิ", "โดยที่",
            "เพื่อ", "อาศัยอำนาจ", "พร้อมนี้", "พร้อมหนังสือ", "ข้าพเจ้า", "ในการ", "ขอส่ง",
            "จึงเรียน", "เรื่องเดิม", "ต้นเรื่อง", "ข้อเท็จจริง", "กราบเรียนมา", "อนุมัติ",
        )
    )
    + r")"
)  # fmt: skip
NUMBERED = re.compile(r"\s*[\d๐-๙]{1,2}\s*[.)]\s*\S")
RULE = re.compile(r"[\s\-–—_.=*…·]+")
PAGE_NUMBER = re.compile(r"\s*[-–—]?\s*[\d๐-๙]{1,3}\s*[-–—]?\s*")

URGENCY = (
    ("most_urgent", re.compile(rf"\s*{fuzzy('ด่วนที่สุด')}")),
    ("very_urgent", re.compile(rf"\s*{fuzzy('ด่วนมาก')}")),
    ("urgent", re.compile(rf"\s*{fuzzy('ด่วน')}(?:\s*{fuzzy('ภายใน')}.*)?")),
)
SECRECY = (
    ("top_secret", re.compile(r"\s*ลับที[่]?สุด")),
    ("very_secret", re.compile(r"\s*ลับมาก")),
    ("secret", re.compile(r"\s*ลับ")),
)
#: A receive stamp (form 12) of an office through which the letter went.
STAMP = re.compile(
    r"\s*(?:" + "|".join(map(fuzzy, ("เลขรับ", "เลขที่รับ", "เลขทะเบียนรับ", "รับเลขที่", "รับที่"))) + r")"
)
STAMP_TIME = re.compile(rf"\s*{fuzzy('เวลา')}")

#: How the name of an office, agency or company begins.
AGENCY_WORDS = (
    "กระทรวง", "กรม", "สำนัก", "สำนักงาน", "ศาลากลาง", "จังหวัด", "ที่ว่าการ", "ที่ทำการ",
    "อำเภอ", "เทศบาล", "องค์การ", "อบต.", "อบจ.", "กรุงเทพมหานคร", "เมืองพัทยา",
    "มหาวิทยาลัย", "วิทยาลัย", "สถาบัน", "โรงเรียน", "โรงพยาบาล", "สถานี", "ศูนย์",
    "การไฟฟ้า", "การประปา", "การเคหะ", "การรถไฟ", "การท่าเรือ", "การทางพิเศษ", "ธนาคาร",
    "บริษัท", "ห้างหุ้นส่วน", "สหกรณ์", "สภา", "ศาล", "วัด", "มูลนิธิ", "สมาคม", "ชมรม",
    "กองทุน", "กองบัญชาการ", "กองบังคับการ", "กองร้อย", "กองพัน", "กอง", "คณะ", "แขวง",
    "ตำรวจภูธร", "มณฑล", "หน่วย", "ท้องถิ่น", "ด่าน", "เรือนจำ", "ไปรษณีย์", "ฝ่าย", "งาน",
)  # fmt: skip
AGENCY = re.compile(r"\s*(?:" + "|".join(fuzzy(word) for word in AGENCY_WORDS) + ")")
#: Where an address begins behind the name of an office.
ADDRESS = re.compile(
    r"\s(?:เลขที่|ถนน|ถ\.|หมู่|ม\.|ซอย|ตำบล|ต\.|แขวง|เขต|อำเภอ|อ\.|จ\.|จังหวัด|อาคาร|ชั้น|โทร"
    r"|[\d๐-๙]{1,4}(?:/[\d๐-๙]+)?\s)|\s*[\d๐-๙]{5}\s*$"
)
ADDRESS_LINE = re.compile(
    r"\s*(?:เลขที่|ถนน|ถ\.|หมู่|ซอย|ตำบล|ต\.|แขวง|เขต|อำเภอ|อ\.|จ\.|อาคาร|ชั้น|โทร|[\d๐-๙])"
)

#: Two letters of ministries and independent bodies with which their numbers begin. They only make
#: a number surer; those of provinces come from the caller.
MINISTRIES = frozenset(
    {
        "นร", "มท", "กค", "กห", "กต", "กษ", "กก", "คค", "ดศ", "ทส", "พณ", "พม", "พน", "ยธ", "รง",
        "วธ", "ศธ", "สธ", "อก", "อว", "ตช", "ตผ", "ปช", "ผผ", "ศย", "ศป", "อส", "พศ", "รส", "ลต",
    }
)  # fmt: skip

_TITLES = (
    "นางสาว|นาง|นาย|น\\.ส\\.|ว่าที่|พล|พัน|ร้อย|จ่า|ส\\.|สิบ|ดาบ|นาวา|เรือ|หม่อม|ม\\.|ดร\\.|รอง|ผู้ช่วย|ศ|รศ|ผศ|"
    "นายแพทย์|แพทย์|ทันต|เภสัช|พระ|คุณ"
)
#: A name in brackets below a signature.
SIGNATURE = re.compile(
    rf"\s*(?:{fuzzy('ลงชื่อ')})?[\s.…]*[(（]\s*(?P<name>(?:{_TITLES})[ก-๎. ]{{3,60}}?)\s*[)）]"
)

_THAI_GAP = re.compile("(?<=[\u0e01-\u0e4e]) (?=[\u0e01-\u0e4e])")


def close_up(text):
    """Take out the spaces of a text that OCR has cut into letters; a clean text stays.

    >>> close_up("ขอ เชิ ญ ประ ชุม สภา")
    'ขอเชิญประชุมสภา'
    >>> close_up("ขอเชิญประชุม ครั้งที่ ๑")
    'ขอเชิญประชุม ครั้งที่ ๑'
    """
    text = " ".join(text.split())
    words = [word for word in text.split(" ") if re.search("[\u0e01-\u0e2e]", word)]
    if len(words) > 2 and sum(map(len, words)) / len(words) < 4.5:
        return _THAI_GAP.sub("", text)
    return text


@cache
def _official():
    """The words of ``data/official_words.txt`` by what is left of them without tone marks."""
    lines = OFFICIAL.read_text(encoding="utf-8").splitlines()
    words = {_MARKS.sub("", word): word for word in lines if word and not word.startswith("#")}
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join("".join(f"{char}{_TONES}" for char in word) for word in longest_first)
    return re.compile(pattern), words


def with_marks(text):
    """Give official words the tone marks back that a scan has lost; other words stay.

    >>> with_marks("ขอเชิญประชุมคณะกรรมการพัฒนาทองถิน")
    'ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น'
    """
    pattern, words = _official()
    return pattern.sub(lambda match: words[_MARKS.sub("", match[0])], text)


def join(first, second):
    """Two lines of one sentence: Thai goes on without a space, digits and Latin with one."""
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first or second
    thai = "\u0e01" <= first[-1] <= "\u0e4e" and "\u0e01" <= second[0] <= "\u0e4e"
    return first + ("" if thai else " ") + second


def distance(one, other, limit=3):
    """Edit distance of two short words, ``limit + 1`` when it is larger than ``limit``."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return min(row[-1], limit + 1)

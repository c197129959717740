# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The head of an official letter: its labelled lines, from the top to the first paragraph."""

import re
from typing import NamedTuple

from . import letter_words as words
from .letter_number import Guess, find_date, find_number
from .letter_parts import is_complete, read_enclosure, read_reference

#: Kinds whose own head has neither a salutation nor a column on the right.
TITLED = ("ORD", "ANN", "RUL", "REG", "MIN")
HEAD_LINES = 45
SUBJECT_LINES = 3
MAX_SUBJECT = 300
MAX_ITEMS = 15


class Line(NamedTuple):
    """A line of the paper."""

    cells: list
    indented: bool

    @property
    def text(self):
        """The whole line with blanks between its columns."""
        return " ".join(self.cells)


def _lines(text):
    result = []
    for raw in str(text or "").replace("\x0c", "\n").split("\n"):
        cells = [" ".join(cell.split()) for cell in re.split(r"\t|\s{4,}", raw)]
        cells = [cell for cell in cells if cell]
        if cells and not words.RULE.fullmatch("".join(cells)):
            result.append(Line(cells, raw[:1] in ("\t", " ")))
        elif cells:
            result.append(Line([], True))  # a rule between head and body
    return result


class Head:
    """The fields found so far, and where the first paragraph begins."""

    def __init__(self, text, today, codes, scanned):
        self.today, self.codes, self.scanned = today, codes, scanned
        self.lines = _without_stamps(_lines(text))
        self.found = {}
        self.number_at = self.subject_at = self.salutation_at = None
        self.body_at = 0
        self.kind = "EXT"

    def put(self, field, value, confidence):
        """Keep a guess unless there is one already or nothing was found."""
        if value and field not in self.found:
            self.found[field] = Guess(value, max(1, min(99, int(confidence))))

    def _date(self, text, full=False):
        return find_date(text, self.today, full=full, scanned=self.scanned)

    # -------------------------------------------------------------- marks
    def _read_marks(self):
        """Urgency and secrecy: red words on top, or in front of the number (ข้อ 28)."""
        for line in self.lines[:12]:
            for cell in line.cells:
                if words.SUBJECT.match(cell):
                    return
                for field, marks in (("urgency", words.URGENCY), ("secrecy", words.SECRECY)):
                    self._read_mark(field, marks, cell)

    def _read_mark(self, field, marks, cell):
        for code, pattern in marks:
            match = pattern.match(cell)
            if match:
                rest = cell[match.end() :].strip(" ()-")
                if not rest or words.NUMBER.match(rest):
                    self.put(field, code, 92)
                return

    # -------------------------------------------------------------- kind
    def _read_kind(self):
        titles = (
            (words.MEMO, "INT"),
            (words.ORDER, "ORD"),
            (words.ANNOUNCEMENT, "ANN"),
            (words.REGULATION, "RUL"),
            (words.BYLAW, "REG"),
            (words.MINUTES, "MIN"),
            (words.CERTIFICATE, "CRT"),
        )
        for line in self.lines[:10]:
            start = line.text
            if words.SUBJECT.match(start) or words.SALUTATION.match(start):
                break
            for pattern, code in titles:
                match = pattern.match(start)
                if match and _is_title(code, start[match.end() :]):
                    self.kind = code
                    self.put("kind", code, 92)
                    return
        starts = [line.text for line in self.lines[:HEAD_LINES]]
        if any(words.SALUTATION.match(start) for start in starts):
            self.put("kind", "EXT", 80)
        elif any(words.CERTIFICATE.match(start) for start in starts):
            self.kind = "CRT"
            self.put("kind", "CRT", 85)
        elif any(words.TO.match(start) for start in starts[:12]):
            self.kind = "STP"
            self.put("kind", "STP", 82)

    # -------------------------------------------------------------- head
    def _read_head(self):
        """Walk down the labelled lines until the first paragraph."""
        index = last = 0
        while index < min(len(self.lines), HEAD_LINES):
            line = self.lines[index]
            reader = self._reader_of(line, index)
            if reader:
                index = last = reader(index)
                continue
            if self._is_body(line):
                last = index
                break
            index += 1
        self.body_at = last

    def _reader_of(self, line, index):
        if not line.cells:
            return None
        start = line.text
        if self.number_at is None and self.subject_at is None and self._number_in(start):
            return self._read_number
        if self.subject_at is None and words.SUBJECT.match(start):
            return self._read_subject
        if self.salutation_at is None and self.kind not in TITLED:
            if words.SALUTATION.match(start) and not words.BODY.match(start):
                return self._read_salutation
            if self.kind == "STP" and words.TO.match(start):
                return self._read_to
        if "references" not in self.found and words.REFERENCE.match(start):
            return self._read_references
        if "enclosures" not in self.found and words.ENCLOSURE.match(start):
            return self._read_enclosures
        return None

    def _number_in(self, text):
        for _code, pattern in words.URGENCY + words.SECRECY:
            match = pattern.match(text)
            if match and match.end() < len(text):
                text = text[match.end() :]
                break
        match = words.NUMBER.match(text)
        if not match:
            return None
        found = find_number(text[match.end() :], self.codes)
        return found and (found, text[match.end() + found.end :], match[0])

    def _read_number(self, index):
        found, rest, label = self._number_in(self.lines[index].text)
        exact = "ที่" in label
        self.put("doc_no", found.text, found.confidence - (0 if exact else 10))
        self.number_at = index
        date_label = words.DATE.search(rest)
        if date_label and self.kind in ("INT", "ORD"):
            date = self._date(rest[date_label.end() :])
            if date:
                self.put("doc_date", *date)
        return index + 1

    def _is_label(self, line):
        start = line.text
        return any(
            pattern.match(start)
            for pattern in (words.SALUTATION, words.REFERENCE, words.ENCLOSURE, words.TO)
        )

    def _is_body(self, line):
        """Whether the first paragraph begins here; only behind the subject or addressee."""
        if self.kind == "CRT":
            return bool(words.CERTIFICATE.match(line.text)) and len(line.text) > 40
        if self.subject_at is None and self.salutation_at is None:
            return False
        if self.kind not in TITLED and self.salutation_at is None:
            return bool(line.cells) and bool(words.BODY.match(line.text)) and not line.indented
        return not line.cells or bool(words.BODY.match(line.text)) or len(line.text) > 60

    def _read_subject(self, index):
        line = self.lines[index]
        match = words.SUBJECT.match(line.text)
        subject, sure = line.text[match.end() :], 93 if match[0].strip(" :") == "เรื่อง" else 80
        end = index + 1
        while end < min(len(self.lines), index + SUBJECT_LINES):
            follower = self.lines[end]
            if not follower.cells or self._is_label(follower) or words.BODY.match(follower.text):
                break
            if not subject and words.NUMBER.match(follower.text):
                break
            if self.kind == "INT" and words.NUMBERED.match(follower.text):
                break
            subject = words.join(subject, follower.text)
            end += 1
        closed = end < len(self.lines) and (
            not self.lines[end].cells
            or self._is_label(self.lines[end])
            or words.BODY.match(self.lines[end].text)
        )
        self.put("subject", subject[:MAX_SUBJECT], sure - (0 if closed else 15))
        self.subject_at = index
        return end

    def _read_salutation(self, index):
        line = self.lines[index]
        match = words.SALUTATION.match(line.text)
        addressee, end = line.text[match.end() :], index + 1
        if addressee.count("(") > addressee.count(")") and end < len(self.lines):
            addressee = words.join(addressee, self.lines[end].text)
            end += 1
        label = match[0].strip(" :")
        usual = ("กราบเรียน", "เรียน", "นมัสการ")
        known = next((word for word in usual if re.fullmatch(words.fuzzy(word), label)), label)
        self.put("to_text", addressee, 90 if known == label else 78)
        self.put("salutation", known, 90 if known == label else 75)
        self.salutation_at = index
        return end

    def _read_to(self, index):
        line = self.lines[index]
        match = words.TO.match(line.text)
        self.put("to_text", line.text[match.end() :], 85)
        self.salutation_at = index
        return index + 1

    def _items(self, index, pattern):
        """Items of a labelled list that begins at ``index``: ``(texts, next index)``."""
        first = self.lines[index].text
        items = [first[pattern.match(first).end() :]]
        end = index + 1
        while end < len(self.lines) and len(items) < MAX_ITEMS:
            line = self.lines[end]
            if not line.cells or self._is_label(line):
                break
            if words.NUMBERED.match(line.text):
                items.append(line.text)
            elif words.BODY.match(line.text) or is_complete(items[-1]) or len(line.text) > 90:
                break
            else:
                items[-1] = words.join(items[-1], line.text)
            end += 1
        number = re.compile(r"\s*[\d๐-๙]{1,2}\s*[.)]\s*")
        bare = (item[match.end() :] if (match := number.match(item)) else item for item in items)
        return [text for text in bare if text], end

    def _read_references(self, index):
        texts, end = self._items(index, words.REFERENCE)
        self.put("references", [read_reference(text, self.today) for text in texts], 80)
        return end

    def _read_enclosures(self, index):
        texts, end = self._items(index, words.ENCLOSURE)
        self.put("enclosures", [read_enclosure(text) for text in texts], 80)
        return end

    def _read_numberless(self):
        """A number without its word, where OCR has lost "ที่"."""
        if "doc_no" in self.found or self.kind in ("ANN", "MIN", "RUL", "REG"):
            return
        for line in self.lines[: self.subject_at or 8]:
            start = re.sub(r"^[^ก-ฮ]{0,4}", "", line.text)
            found = find_number(start, self.codes)
            code = found and re.match(r"[ก-ฮ]+", found.text)
            known = code and (code[0] in self.codes or code[0] in words.MINISTRIES)
            if known and "/" in found.text:
                self.put("doc_no", found.text, found.confidence - 35)
                return


def _is_title(code, rest):
    """Whether what follows "คำสั่ง", "ประกาศ" … makes a title and not a sentence."""
    rest = rest.strip()
    if code == "CRT":
        return len(rest) < 20
    if code in ("INT", "MIN"):
        return True
    return not rest or bool(words.AGENCY.match(rest)) or len(rest) < 60


def _without_stamps(lines):
    """Blank the receive stamps of offices through which the letter went."""
    result = [Line(list(line.cells), line.indented) for line in lines]
    for index, line in enumerate(result[:14]):
        for position, cell in enumerate(line.cells):
            if not words.STAMP.match(cell):
                continue
            line.cells[position] = ""
            above = result[index - 1].cells if index else []
            if above and words.AGENCY.match(above[-1]) and not words.NUMBER.match(above[0]):
                above[-1] = ""
            for follower in result[index + 1 : index + 4]:
                _blank_stamp_rows(follower)
    return [
        Line([cell for cell in line.cells if cell], line.indented)
        for line in result
        if any(line.cells) or not line.cells
    ]


def _blank_stamp_rows(line):
    if not line.cells or words.NUMBER.match(line.cells[0]):
        return
    cell = line.cells[-1]
    if words.STAMP_TIME.match(cell) or words.DATE.match(cell):
        line.cells[-1] = ""

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an official letter says of itself, read from its text: proposals for the clerk.

The layouts are those of the forms annexed to the Saraban Regulation of the Office of the Prime
Minister B.E. 2526: external letter (form 1), memo (2), stamped letter (3), order (4), regulation
(5), bylaw (6), announcement (7), certificate (10), minutes (11). Text comes from ``reader``: one
line of the paper a line, columns parted by a tab. Nothing here decides; each field has a
confidence (0 to 100).
"""

import re

from odoo.addons.lgo_base.tools import thai

from . import letter_words as words
from .letter_head import HEAD_LINES, TITLED, Head
from .letter_number import Guess, find_date
from .letter_parts import noise, office_name

#: How sure Thai digits are that were read from a picture, and that were read twice.
DOUBTED, LOOKED_AT = 40, 80


def parse(text, today, codes=frozenset(), scanned=False, sure_digits=()):
    """Read the fields of a letter.

    :param str text: first pages of the letter, see ``reader``
    :param date today: the day in Bangkok; a date after it is doubted
    :param codes: letters with which numbers begin (provinces, agencies)
    :param bool scanned: the text was read from a picture
    :param sure_digits: groups of Thai digits that were read twice from that picture
    :return: dict of :class:`Guess` by field: ``kind`` (code of ``lgo.eoffice.kind``), ``doc_no``,
        ``doc_date``, ``subject``, ``from_text``, ``to_text``, ``salutation``, ``references`` (list
        of :class:`letter_parts.Reference`), ``enclosures`` (list of
        :class:`letter_parts.Enclosure`), ``urgency``,
        ``secrecy``, ``signer``, ``signer_position``; only what was found
    """
    letter = _Letter(text, today, codes, scanned)
    letter.sure_digits = frozenset(sure_digits)
    return letter.result()


class _Letter(Head):
    sure_digits = frozenset()

    def result(self):
        """See :func:`parse`."""
        if not any(line.cells for line in self.lines):
            return {}
        self._read_marks()
        self._read_kind()
        self._read_head()
        self._read_numberless()
        getattr(self, f"_read_sender_{_sender_rule(self.kind)}")()
        self._read_date()
        self._read_signer()
        self._clean()
        return self.found

    # -------------------------------------------------------------- sender
    def _read_sender_column(self):
        """Right of the number, or the last office above the subject."""
        stop = self.subject_at if self.subject_at is not None else 10
        if self.number_at is not None:
            line = self.lines[self.number_at]
            rest = self._number_in(line.text)[1].strip()
            if len(line.cells) > 1 and rest.endswith(line.cells[-1]):
                rest = line.cells[-1]
            if words.AGENCY.match(rest):
                self.put("from_text", self._whole_office(rest, self.number_at), 88)
            elif len(rest) > 6 and not find_date(rest, self.today):
                self.put("from_text", rest, 55)
        for line in self.lines[:stop]:
            for cell in reversed(line.cells):
                if words.AGENCY.match(cell) and not words.ADDRESS_LINE.match(cell):
                    self.put("from_text", cell, 65)

    def _whole_office(self, office, index):
        """An office whose province stands in the next line of the column."""
        follower = self.lines[index + 1].cells if index + 1 < len(self.lines) else []
        ends = ("จังหวัด", "ศาลากลาง", "เทศบาล", "องค์การ", "อำเภอ", "ที่ทำการ")
        if (
            follower
            and re.fullmatch(r"จังหวัด[ก-๎]+", follower[-1])
            and not any(word in office for word in ends)
        ):
            return office + follower[-1]
        return office

    def _read_sender_unit(self):
        """Behind "ส่วนราชการ" of a memo."""
        for line in self.lines[: self.body_at or HEAD_LINES]:
            match = words.UNIT.match(line.text)
            if match:
                self.put("from_text", line.text[match.end() :], 92)
                return

    def _read_sender_title(self):
        """In the title of an order or announcement, or in the line below."""
        pattern = {
            "ORD": words.ORDER,
            "ANN": words.ANNOUNCEMENT,
            "RUL": words.REGULATION,
            "REG": words.BYLAW,
            "MIN": words.MINUTES,
        }[self.kind]
        for index, line in enumerate(self.lines[:10]):
            match = pattern.match(line.text)
            if not match:
                continue
            office = re.split(r"\sที่\s|\sว่าด้วย|\sครั้งที่|\sเรื่อง", line.text[match.end() :])[0]
            if not office and index + 1 < len(self.lines):
                office = self.lines[index + 1].text
            self.put("from_text", office, 85 if words.AGENCY.match(office) else 60)
            return

    def _read_sender_below(self):
        """Below the text of a stamped letter, above its date."""
        for line in self.lines[self.body_at + 1 :]:
            if words.PHONE.match(line.text):
                break
            if words.AGENCY.match(line.text) and len(line.text) < 60:
                self.put("from_text", line.text, 72)
                return

    # -------------------------------------------------------------- date, signer
    def _read_date(self):
        if "doc_date" in self.found:
            return
        head = self.lines[: self.subject_at if self.subject_at is not None else self.body_at]
        body = self.lines[self.body_at :]
        for line in self.lines:
            match = words.ISSUED_AT.search(line.text)
            found = match and self._date(line.text[match.end() :])
            if found and (self.kind in TITLED or self.kind == "CRT"):
                self.put("doc_date", *found)
        if self.kind == "STP":
            self._put_date_line(body[::-1])
        self._put_date_line(head)
        self._put_any_date(head, 20)
        if self.kind == "MIN":
            self._put_any_date(self.lines[:8], 0)
        if self.kind not in ("STP", "EXT", "INT"):
            self._put_date_line(body[::-1])

    def _put_date_line(self, lines):
        """The first of ``lines`` with a cell that is a date and nothing else."""
        for line in lines:
            for cell in line.cells:
                label = words.DATE.match(cell)
                bare = cell[label.end() :] if label else cell
                found = self._date(bare, full=True)
                if found:
                    self.put("doc_date", *found)
                    return

    def _put_any_date(self, lines, doubt):
        for line in lines:
            found = self._date(line.text)
            if found:
                self.put("doc_date", found.value, found.confidence - doubt)

    def _read_signer(self):
        after = self.body_at
        for index, line in enumerate(self.lines[self.body_at :], start=self.body_at):
            if words.CLOSING.match(line.text):
                after = index
        for index in range(after, len(self.lines)):
            for cell in self.lines[index].cells:
                match = words.SIGNATURE.match(cell)
                if match:
                    self.put("signer", match["name"], 85)
                    self._read_position(index)
                    return

    def _read_position(self, index):
        lines = []
        for line in self.lines[index + 1 : index + 3]:
            text = line.text
            stop = words.PHONE.match(text) or words.PAGE_NUMBER.fullmatch(text) or not text
            if stop or find_date(text, self.today, full=True) or words.SIGNATURE.match(text):
                break
            if lines and words.AGENCY.match(text) and not re.search("แทน", lines[-1]):
                break
            lines.append(text)
        self.put("signer_position", " ".join(lines)[:200], 70)

    # -------------------------------------------------------------- cleaning
    def _clean(self):
        if self.scanned:
            self._doubt_thai_digits()
        for field in ("subject", "from_text", "to_text", "signer", "signer_position"):
            guess = self.found.get(field)
            if not guess:
                continue
            value = words.close_up(guess.value).strip(" :.-–_…")
            if self.scanned:
                value = words.with_marks(value)
            if field == "from_text":
                value = office_name(value)
            if not re.search(r"[\wก-ฮ]", value):
                del self.found[field]
                continue
            sure = guess.confidence - (15 if value != guess.value.strip(" :.-–_…") else 0)
            sure = guess.confidence if field == "from_text" else sure
            self.found[field] = Guess(value, sure - noise(value))

    def _doubt_thai_digits(self):
        """Thai digits are misread most easily; those that were read twice are believed."""
        if not any(re.search("[๐-๙]", line.text) for line in self.lines):
            return
        for field in ("doc_no", "doc_date", "references"):
            guess = self.found.get(field)
            if guess:
                groups = self._digit_groups(guess.value)
                sure = self.sure_digits.issuperset(groups)
                limit = LOOKED_AT if sure else DOUBTED
                self.found[field] = guess._replace(confidence=min(guess.confidence, limit))

    @staticmethod
    def _digit_groups(value):
        """Groups of Thai digits with which a number or date is written."""
        if isinstance(value, list):
            value = " ".join(row.text for row in value)
        if isinstance(value, str):
            return re.findall("[๐-๙]+", value)
        year = value.year + thai.BUDDHIST_OFFSET
        return [thai.to_thai_digits(part) for part in (value.day, year)]


def _sender_rule(kind):
    if kind in TITLED:
        return "title"
    return {"INT": "unit", "STP": "below"}.get(kind, "column")

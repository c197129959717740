# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from typing import NamedTuple

from odoo import fields, models

from odoo.addons.lgo_base.tools import thai

from ..tools import letter_body, name_seal

#: Marks as they are stamped in red (ข้อ ๒๘ of the Saraban Regulation B.E. 2526; ข้อ ๑๒-๑๔ of the
#: rule on keeping official secrets B.E. 2544).
URGENCY = {"urgent": "ด่วน", "very_urgent": "ด่วนมาก", "most_urgent": "ด่วนที่สุด"}
SECRECY = {"secret": "ลับ", "very_secret": "ลับมาก", "top_secret": "ลับที่สุด"}
#: The mark of urgency when a time is set by which the letter has to arrive (ข้อ ๒๘).
WITHIN = "ด่วนภายใน"
#: Layout of a kind without a report of its own, such as a note.
DEFAULT_PAPER = "lgo_eoffice.paper_memo"


class Signer(NamedTuple):
    """Who is to sign a draft, in the shape of ``lgo.issued.signature``."""

    name: str
    capacity: str
    signed_at: bool


class LgoEofficeLetter(models.Model):
    """What the papers of a letter ask for; the layouts are in ``report/``.

    Saraban Regulation B.E. 2526, annex: forms 1-11 and their explanation. Everything here answers
    for the draft (``issued`` empty) and for the paper that is being issued.
    """

    _name = "lgo.eoffice.letter"
    _inherit = ["lgo.eoffice.letter", "lgo.paper.mixin"]

    with_photo = fields.Boolean(
        string="Photo on the paper",
        help="A certificate in an important matter carries a photo of the person, 4 × 6 cm, the "
        "seal over its edge and the person's signature below.",
    )
    photo = fields.Image(
        max_width=1200, max_height=1800, copy=False, help="4 × 6 cm; empty: its place stays free."
    )

    def _paper_digit_style(self):
        return "thai" if self.company_id.sudo().lgo_letter_thai_digits else "arabic"

    def _lgo_book_name(self):
        """Registers and the audit trail do not tell the subject of a secret letter."""
        return self._register_label() if self.is_secret else super()._lgo_book_name()

    # ------------------------------------------------------------ the page
    def _paper_issued(self, issued=None):
        """The document that is being printed, else the one that was issued, else nothing."""
        self.ensure_one()
        return issued or self.sudo().document_id

    def _paper_page(self):
        """Geometry for ``report_weasyprint.document``.

        Left 3 cm, right 2 cm; the Garuda stands 1.5 cm below the upper edge. Top and bottom are
        practice, so they are settings.
        """
        company = self.company_id.sudo()
        top, bottom = company.lgo_letter_margin_top, company.lgo_letter_margin_bottom
        numbers = self._paper_digit_style()
        return {
            "margin": f"{top}cm 2cm {bottom}cm 3cm",
            "first_margin": f"1.5cm 2cm {bottom}cm 3cm",
            # with a secrecy mark the number stands in the same running line, see paper_marks
            "numbers": False if self._paper_secrecy() else numbers,
            "continuation": True,
        }

    def _paper_template(self):
        """Name of the template that prints this letter."""
        self.ensure_one()
        report = self.kind_id.sudo().report_id
        return report.report_name.replace(".report_", ".paper_") if report else DEFAULT_PAPER

    def _paper_title(self):
        """Title of the PDF."""
        self.ensure_one()
        return f"{self.kind_id.name} {self.subject}"

    def _paper_file_name(self):
        """Name under which the browser saves the paper."""
        self.ensure_one()
        return re.sub(r"[^\w.ก-๙-]+", "-", self.display_name or self.kind_id.name)[:80].strip("-")

    def _paper_time(self, moment):
        """Time of day in Bangkok: ๐๙.๓๐ น."""
        return thai.format_time(moment, digits=self._paper_digit_style())

    def _paper_rule_subject(self):
        """ว่าด้วย… of a rule, whether the word was typed or not."""
        text = self._paper_text(self.subject)
        return text if text.startswith("ว่าด้วย") else f"ว่าด้วย{text}"

    # ------------------------------------------------------------ marks
    def _paper_urgency(self):
        """The red mark; a letter with a time by which it has to arrive says that instead."""
        return WITHIN if self.deliver_by else URGENCY.get(self.urgency, "")

    def _paper_deliver_by(self):
        """Day and time below the mark ด่วนภายใน: ๑๐ ธันวาคม ๒๕๖๙ เวลา ๑๖.๓๐ น."""
        return self._paper_datetime(self.deliver_by) if self.deliver_by else ""

    def _inbox_urgency(self, labels):
        """What the inbox says of the urgency.

        :param dict labels: names of the classes, in the language of the reader
        """
        if self.deliver_by:
            moment = thai.format_datetime(self.deliver_by, style="short", digits="arabic")
            return self.env._("Urgent: to arrive by %s", moment)
        return labels[self.urgency] if self.urgency != "normal" else ""

    def _paper_secrecy(self):
        return SECRECY.get(self.secrecy, "")

    # ------------------------------------------------------------ head
    def _paper_number(self, issued):
        """The number of the register in the digits of the paper; empty for a draft."""
        return self._paper_digits(issued.name if issued else self.doc_no)

    def _paper_day(self, issued):
        """The date without the word วันที่: ๕ มกราคม ๒๕๖๙; empty for a draft."""
        day = issued.date_issued if issued else self.doc_date
        return self._paper_date(day) if day else ""

    def _paper_era_day(self, issued):
        """The date as orders and announcements end: ๕ มกราคม พ.ศ. ๒๕๖๙."""
        day = issued.date_issued if issued else self.doc_date
        if not day:
            return self._paper_digits("........ .................... พ.ศ. ........")
        month = thai.MONTHS[day.month - 1]
        return self._paper_digits(f"{day.day} {month} พ.ศ.\u00a0{thai.buddhist_year(day)}")

    def _paper_year(self, issued):
        """The Buddhist year of the paper, in the title of rules."""
        day = issued.date_issued if issued else self.doc_date
        return self._paper_digits(thai.buddhist_year(day)) if day else "........"

    def _paper_address(self):
        """Office and address at the right of the head."""
        lines = self.company_id.sudo()._lgo_paper_address()
        if self._paper_digit_style() == "thai":
            return lines
        return [thai.to_arabic_digits(line) for line in lines]

    def _paper_unit_line(self):
        """ส่วนราชการ of a memo: unit, organisation and telephone."""
        company = self.company_id.sudo()
        phone = self.contact_phone or company.phone
        parts = [self.owner_unit_id.sudo().name, company.name, phone and f"โทร. {phone}"]
        return self._paper_digits("  ".join(part for part in parts if part))

    def _paper_references(self):
        """อ้างถึง, a line a letter."""
        lines = []
        for row in self.reference_ids:
            parts = [
                f"หนังสือ{row.org}" if row.org else "หนังสือ",
                row.urgency_text,
                row.doc_no and f"ที่ {row.doc_no}",
                row.doc_date and f"ลงวันที่ {self._paper_date(row.doc_date)}",
            ]
            lines.append(self._paper_digits(" ".join(part for part in parts if part)))
        return lines

    def _paper_enclosures(self):
        """สิ่งที่ส่งมาด้วย: ``(text, quantity)``, numbered when there is more than one."""
        rows = self.enclosure_ids
        return [
            (
                self._paper_text(f"{number}. {row.name}" if len(rows) > 1 else row.name),
                self._paper_digits(f"จำนวน {row.qty} {row.unit_name or ''}".strip())
                if row.qty
                else "",
            )
            for number, row in enumerate(rows, start=1)
        ]

    # ------------------------------------------------------------ body
    def _paper_body(self):
        """The typed text, reduced to what an official letter prints."""
        return letter_body.clean(self.body, self._paper_text)

    def _paper_certified_body(self):
        """Text of a certificate; form 10 begins it with the same words."""
        words = "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า"
        text = str(self.body or "")
        if words in text:
            return self._paper_body()
        first = letter_body.with_first_words(text, f"{words} ")
        return letter_body.clean(first, self._paper_text)

    # ------------------------------------------------------------ foot
    def _paper_name_seal(self):
        """The name seal of the office, drawn in red."""
        return name_seal.name_seal_html(self.company_id.sudo().name)

    def _paper_seal_initials(self, issued):
        """First letters of name and surname of who answers for the seal: ส.จ."""
        signature = self._paper_signatures(issued)[0]
        name = signature.name if signature else ""
        _prefix, first, _middle, last = self.env["lgo.name.prefix"].sudo()._split(name)
        # a vowel written in front is no first letter
        letters = [
            next(
                (
                    char
                    for char in word
                    if "ก" <= char <= "ฮ" or (char.isascii() and char.isalpha())
                ),
                "",
            )
            for word in (first, last)
        ]
        return "".join(f"{letter}." for letter in letters if letter)

    def _paper_signatures(self, issued):
        """Rows with ``name``, ``capacity`` and ``signed_at``: signed, or who is to sign.

        :return: signatures of the issued document, else those of who signs in turn, else one row
            for the post that is named
        """
        if issued:
            return issued.signature_ids or [None]
        if self.signer_ids:
            return [self._paper_signer(line) for line in self.sudo().signer_ids.sorted()]
        post = self.signer_post_id.sudo()
        if not post:
            return [None]
        name = post.current_user_id.name or "........................................"
        return [Signer(name, post.name, False)]

    def _paper_signer(self, line):
        """One of several who sign: as signed, or who is to sign."""
        if line.signed_at:
            return Signer(line.signed_name, line.capacity, line.signed_at)
        name = line.user_id.name or line.post_id.current_user_id.name
        title = line.post_id.name or (not line.role and line.user_id.employee_id.job_title)
        lines = "\n".join(filter(None, (title, line.role)))
        return Signer(name or "........................................", lines, False)

    def _paper_contact(self):
        """Bottom left: who owns the matter, and how to reach them."""
        company = self.company_id.sudo()
        phone = self.contact_phone or company.phone
        lines = [
            self.owner_unit_id.sudo().name,
            phone and self._paper_digits(f"โทร. {phone}"),
            company.lgo_letter_fax and self._paper_digits(f"โทรสาร {company.lgo_letter_fax}"),
            company.lgo_saraban_email and f"ไปรษณีย์อิเล็กทรอนิกส์ {company.lgo_saraban_email}",
        ]
        return [line for line in lines if line]

    def _paper_copies(self):
        """Who gets a copy (สำเนาส่ง)."""
        rows = self.recipient_ids.filtered(lambda row: row.role == "copy")
        return [self._paper_text(row.name) for row in rows]

    def _paper_initials(self):
        """ร่าง/พิมพ์/ตรวจ of the file copy: ``(label, name, moment)``."""
        self.ensure_one()
        letter = self.sudo()
        checks = letter.endorsement_ids.filtered(lambda note: note.action in ("approve", "endorse"))
        writer = letter.drafted_by_id or letter.owner_user_id or letter.create_uid
        typist = letter.typed_by_id or letter.create_uid
        rows = [
            ("ร่าง", writer.name, letter.create_date),
            ("พิมพ์", typist.name, letter.create_date),
        ]
        rows += [("ตรวจ", note.name, note.at) for note in checks[-2:]]
        if not checks:
            rows.append(("ตรวจ", "", False))
        return [
            (label, name or "....................", self._paper_short_date(at) or "........")
            for label, name, at in rows
        ]

    def _paper_short_date(self, moment):
        return thai.format_date(moment, style="short", digits=self._paper_digit_style())

    # ------------------------------------------------------------ envelope
    def _paper_envelopes(self):
        """Whom the letter goes to on paper: ``(salutation, name, lines of the address)``."""
        self.ensure_one()
        rows = self.recipient_ids.filtered(lambda row: not row.unit_id)
        greeting = self.salutation or "เรียน"
        result = [
            (
                greeting,
                row.agency_id.head_title or row.name,
                self._paper_lines(row.agency_id.address),
            )
            for row in rows
        ]
        if not result:
            name = self.addressee or self.to_text or ""
            result = [(greeting, name, self._paper_lines(self.agency_id.address))]
        return result

    # ------------------------------------------------------------ forms 16-18
    def _paper_deliveries(self):
        """Lines of the delivery book and receipts: ``(to, receiving unit)``."""
        self.ensure_one()
        if self.direction == "in":
            to = self.to_text or ""
            return [(to, unit.name) for unit in self.copy_ids.unit_id] or [(to, "")]
        rows = self.recipient_ids
        if not rows:
            return [(self.addressee or self.to_text or "", self.agency_id.name or "")]
        return [(row.name, row.unit_id.name or row.agency_id.name or "") for row in rows]

    def _paper_book_number(self):
        """เลขทะเบียน of the delivery book: the number in our own book, not the sender's."""
        self.ensure_one()
        return (self.receive_no or "") if self.direction == "in" else self.doc_no

    def _paper_card_rows(self):
        """Lines of the search card: the letter, its answers, and what was done."""
        self.ensure_one()
        rows = []
        # the letter that it answers may be for other eyes only
        for letter in self | (self.reply_to_id | self.reply_ids)._filtered_access("read"):
            done = letter.result or ""
            if not done and letter.copy_ids:
                done = ", ".join(letter.copy_ids.unit_id.mapped("name"))
            rows.append(
                [
                    self._paper_digits(letter.receive_no or ""),
                    self._paper_digits(letter.doc_no),
                    self._paper_date(letter.doc_date) if letter.doc_date else "",
                    self._paper_text(letter.subject),
                    self._paper_text(done),
                ]
            )
        return rows


class LgoEofficeChildMixin(models.AbstractModel):
    _inherit = "lgo.eoffice.child.mixin"

    def _lgo_book_name(self):
        """A part is known by its letter."""
        return self.letter_id.sudo()._lgo_book_name()

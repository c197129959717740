# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools import pdf_stamp

KIND = "certified_copy"
REPORT = "lgo_eoffice.action_report_certified_copy"
#: Pages on which a free place is looked for (0.1 s each); later ones follow the last of them.
SEARCHED_PAGES = 20
#: Who owns the matter certifies; a registrar and the head of a unit too.
CERTIFIERS = (
    "lgo_eoffice.group_saraban", "lgo_eoffice.group_unit_saraban", "lgo_base.group_unit_head",
)  # fmt: skip


class LgoEofficeLetter(models.Model):
    """Certified copies (สำเนาถูกต้อง) of received and issued papers.

    Saraban Regulation B.E. 2526, ข้อ ๓๑, as amended B.E. 2560: the words สำเนาถูกต้อง, signature,
    name, post and date of the officer who owns the matter. Which grades may certify follows from
    the posts of the office; the system knows groups.
    """

    _inherit = "lgo.eoffice.letter"

    def _certify_copy(self):
        """Issue a certified copy of the paper of this letter.

        :return: ``lgo.issued.document``
        :raises AccessError: neither the officer of the matter nor a registrar nor a head
        :raises UserError: no paper, or one that cannot be read
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if self.owner_user_id != user and not any(user.has_group(name) for name in CERTIFIERS):
            raise AccessError(
                self.env._(
                    "Only the officer of the matter, a registrar or the head of a unit certifies "
                    "a copy."
                )
            )
        if self.state in ("draft", "review", "to_sign", "new", "rejected", "cancelled"):
            raise UserError(
                self.env._("Copies are certified of letters that are registered or signed.")
            )
        with self._opened(self._paper_file()):
            return self.env["lgo.issued.document"]._issue(
                self,
                kind=KIND,
                report=REPORT,
                signers=self._officer_signers(user),
                unit=self.owner_unit_id,
            )

    def action_certify_copy(self):
        """Button: certify a copy and open it."""
        document = self._certify_copy()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/document/{document.id}",
            "target": "new",
        }

    def _copied_file(self, mark):
        """Lay the printed certificate over the paper: in full on the last page, short on others.

        :param bytes mark: print of the report: page 1 in full, page 2 the short words
        :rtype: bytes
        """
        content = self._paper_file()
        with self._opened(content) as pdf, pdf_stamp.opened(mark) as marks:
            full, short = (pdf_stamp.sheet(pdf_stamp.single(marks, index)) for index in (0, 1))
            content = pdf_stamp.drawable(content, pdf)
            pdf_stamp.drop_signatures(pdf)
            last = len(pdf.pages) - 1
            for index in range(last):
                if index < SEARCHED_PAGES:
                    ink = pdf_stamp.Ink.of_page(content, index)
                    place = ink.find(short.width, short.height, "bottom_right")
                pdf_stamp.lay(pdf, index, short, place)
            place = pdf_stamp.Ink.of_page(content, last).find(
                full.width, full.height, "bottom_right"
            )
            if not place.free:
                pdf.add_blank_page(page_size=(210 * pdf_stamp.POINTS, 297 * pdf_stamp.POINTS))
                last += 1
                place = pdf_stamp.Place(30, 25, True)
            pdf_stamp.lay(pdf, last, full, place)
            return pdf_stamp.saved(pdf)

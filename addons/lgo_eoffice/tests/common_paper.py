# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""For tests of printed letters."""

import base64
import io

import pikepdf
from PIL import Image

from odoo.addons.report_weasyprint.tests import pdf_text
from odoo.addons.report_weasyprint.tests.common import WeasyprintCase

from .common import EofficeCase

MM = 72 / 25.4
HEIGHT = 297


def picture(width, height, color=(0, 0, 0)):
    """A picture of one colour, base64 PNG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, "PNG")
    return base64.b64encode(out.getvalue())


class PaperCase(EofficeCase, WeasyprintCase):
    """Letters of an office with Garuda and address, and what stands where on their paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "name": "เทศบาลตำบลทดสอบ",
                "lgo_office_name": "สำนักงานเทศบาลตำบลทดสอบ",
                "street": "99 หมู่ 4 ตำบลทดสอบ",
                "city": "อำเภอทดสอบ",
                "zip": "50210",
                "phone": "0 5300 0000",
                "lgo_saraban_email": "saraban@example.go.th",
                "lgo_garuda": picture(300, 300),
                "lgo_letter_thai_digits": True,
            }
        )

    def _sign_letter(self, letter):
        """The letter signed by the mayor; returns its PDF."""
        return letter.with_user(self.mayor)._sign().sudo().attachment_id.raw

    def _preview(self, letter):
        return letter._preview_file()

    def _lines(self, content):
        """Lines of text: ``(page, x, y, text, end)``, lengths in mm from the upper left corner."""
        lines = {}
        for piece in pdf_text.pieces(content):
            lines.setdefault((piece.page, round(piece.y, 1)), []).append(piece)
        result = []
        for (page, y), pieces in lines.items():
            pieces.sort(key=lambda piece: piece.x)
            result.append(
                (
                    page,
                    min(piece.x for piece in pieces) / MM,
                    HEIGHT - y / MM,
                    "".join(piece.text for piece in pieces),
                    max(piece.end for piece in pieces) / MM,
                )
            )
        return sorted(result, key=lambda line: (line[0], line[2]))

    def _read(self, content):
        """Text in the order of reading: from the top, lines from the left."""
        return "\n".join(line[3] for line in self._lines(content)).replace("\u00a0", " ")

    def _line(self, content, words, page=None):
        """The one line that holds ``words``."""
        found = [
            line
            for line in self._lines(content)
            if words in line[3] and (page is None or line[0] == page)
        ]
        self.assertTrue(found, f"“{words}” is not printed")
        return found[0]

    def _images(self, content, page=0):
        """Boxes of pictures on a page in mm: ``(left, top, width, height)``."""
        result = []
        with pikepdf.open(io.BytesIO(content)) as pdf:
            sheet = pdf.pages[page]
            height = float(sheet.mediabox[3])
            stack, matrix = [], pikepdf.Matrix()
            for operands, operator in pikepdf.parse_content_stream(sheet):
                code = str(operator)
                if code == "q":
                    stack.append(matrix)
                elif code == "Q":
                    matrix = stack.pop()
                elif code == "cm":
                    matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                elif code == "Do" and sheet.resources.XObject[operands[0]].Subtype == "/Image":
                    wide, high = abs(matrix.a), abs(matrix.d)
                    top = height - max(matrix.f, matrix.f + matrix.d)
                    result.append((matrix.e / MM, top / MM, wide / MM, high / MM))
        return result

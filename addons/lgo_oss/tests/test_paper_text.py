# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

#: typed, printed: ~ stands for the space at which no line ends
TEXTS = [
    ("พ.ร.บ. พ.ศ. 2522", "พ.ร.บ. พ.ศ.~๒๕๒๒"),
    ("คำขอเลขที่  12/2569 ลงวันที่ 5", "คำขอเลขที่~๑๒/๒๕๖๙ ลงวันที่ ๕"),
    ("เลขที่ DS-6909-LIGHT-00003-1", "เลขที่~DS-6909-LIGHT-00003-1"),
    ("เลขที่\n12", "เลขที่\n๑๒"),
    ("พ.ศ. นี้", "พ.ศ. นี้"),
]


@tagged("post_install", "-at_install")
class TestPaperText(TransactionCase):
    def test_numbers_stay_with_their_word(self):
        paper = self.env["lgo.oss.request"]
        for typed, printed in TEXTS:
            with self.subTest(typed=typed):
                self.assertEqual(paper._paper_text(typed), printed.replace("~", "\u00a0"))

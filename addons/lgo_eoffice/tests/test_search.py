# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import EofficeCase


@tagged("post_install", "-at_install")
class TestSearch(EofficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls._received(
            doc_no="ชม 52301/ว 9",
            subject="ขอเชิญประชุมคณะกรรมการพัฒนาสตรี",
            summary="ห้องประชุมชั้น ๒",
            doc_date="2026-01-05",
        )
        cls.letter.content_text = "ด้วยอำเภอจะจัดงานวันเด็กแห่งชาติ ณ สนามหน้าที่ว่าการอำเภอ"
        cls.other = cls._received(
            doc_no="ชม 52301/90", subject="ส่งสำเนาคำสั่ง", doc_date="2026-02-06"
        )
        cls.env.flush_all()

    def _found(self, text, field="query"):
        letters = self.letter | self.other
        return (
            self.env["lgo.eoffice.letter"]
            .with_user(self.registrar)
            .search([(field, "ilike", text), ("id", "in", letters.ids)])
        )

    def test_number_in_any_spelling(self):
        for typed in (
            "ชม ๕๒๓๐๑/ว๙", "ชม 52301/ว 9", "ชม52301/ว9", "ชม  52301 / ว  ๙", "/ว9", "52301/ว 9",
            "ชม\u00a052301/ว\u00a09", "ชม 52301/ว\u200b9", "\ufeffชม\u200b ๕๒๓๐๑/\u2060ว ๙\u200b",
        ):  # fmt: skip
            self.assertEqual(self._found(typed, "number_query"), self.letter, typed)
            self.assertIn(self.letter, self._found(typed), typed)

    def test_number_that_was_copied_with_what_nobody_sees(self):
        """Found by what is printed, and known as the same number when it comes again."""
        copied = self._received(doc_no="ชม\u200b 52301\u200b/ว 77\ufeff", doc_date="2026-03-02")
        again = self._received(doc_no="ชม ๕๒๓๐๑/ว๗๗", doc_date="2026-03-02")
        copied.action_register()
        self.assertEqual(again.duplicate_hint_id, copied)
        Letter = self.env["lgo.eoffice.letter"].with_user(self.registrar)
        both = [("id", "in", (copied | again).ids)]
        for operator in ("ilike", "="):
            found = Letter.search([("number_query", operator, "ชม 52301/ว 77"), *both])
            self.assertEqual(found, copied | again, operator)

    def test_words(self):
        for typed, found in (
            ("ประชุม", self.letter),
            ("คณะกรรมการ สตรี", self.letter),
            ("สตรี กรรมการ", self.letter),
            ("คณะกรรมการ ถนน", self.letter.browse()),
            ("วันเด็ก", self.letter),
            ("วันเดก", self.letter),
            ("อำเภอทดสอบ", self.letter | self.other),
            ("๕ มกราคม ๒๕๖๙", self.letter),
            ("6 ก.พ. 2569", self.other),
            ("100%", self.letter.browse()),
            ("_", self.letter.browse()),
            ("\\", self.letter.browse()),
            ("", self.letter | self.other),
        ):
            self.assertEqual(self._found(typed).sorted("id"), found.sorted("id"), typed)

    def test_a_pasted_page_is_no_heavy_question(self):
        self.assertFalse(self._found("ถนน " * 5000 + "\x00 ประชุม"))

    def test_secret_letters_are_not_found(self):
        hidden = self._received(user=self.secret, secrecy="secret", subject="เรื่องลับเฉพาะกิจ")
        Letter = self.env["lgo.eoffice.letter"]
        for user in (self.registrar, self.admin, self.auditor, self.mayor):
            self.assertFalse(Letter.with_user(user).search([("query", "ilike", "ลับเฉพาะกิจ")]))
        found = Letter.with_user(self.secret).search([("query", "ilike", "ลับเฉพาะกิจ")])
        self.assertEqual(found, hidden)

    def test_common_words_are_found_without_the_index(self):
        """The same letters, whichever way the question takes."""
        Letter = self.env["lgo.eoffice.letter"]
        self.patch(type(Letter), "_is_common", lambda self, words: True)
        self.assertEqual(self._found("คณะกรรมการ สตรี"), self.letter)
        self.assertEqual(self._found("อำเภอทดสอบ"), self.letter | self.other)
        self.assertFalse(self._found("100%"))

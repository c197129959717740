# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from ..tools.letter_body import clean, with_first_words
from ..tools.name_seal import clusters, name_seal_html

#: typed or pasted -> printed
CASES = [
    ("", ""),
    (False, ""),
    ("ก", "<p>ก</p>"),
    ("<p>ก</p><p><br></p><p>&nbsp;</p><p>ข</p>", "<p>ก</p><p>ข</p>"),
    ("<p>ก\n  &nbsp; ข</p>", "<p>ก ข</p>"),
    ("<p>ก<br>ข<br></p>", "<p>ก<br>ข</p>"),
    ("<div>ก<div>ข</div>ค</div>", "<p>ก</p><p>ข</p><p>ค</p>"),
    ("<h1>หัว</h1>", '<p class="lgo_body_head">หัว</p>'),
    ("<p style='text-align: center; color: red'>ก</p>", '<p class="center">ก</p>'),
    ("<p align='right'>ก</p>", '<p class="right">ก</p>'),
    ("<center>ก</center>", '<p class="center">ก</p>'),
    ("<b>ก</b><i>ข</i><u>ค</u>", "<p><strong>ก</strong><em>ข</em><u>ค</u></p>"),
    (
        "<span style='font-weight:700;font-style:italic'>ก</span>",
        "<p><strong><em>ก</em></strong></p>",
    ),
    ("ม<sup>2</sup>", "<p>ม<sup>2</sup></p>"),
    ("<font color='red' face='Arial'>ก</font>", "<p>ก</p>"),
    ("<a href='https://x.example'>ก</a>", "<p>ก</p>"),
    ("<ul><li><p>ก</p><p>ข</p></li><li> </li></ul>", "<ul><li>ก<p>ข</p></li></ul>"),
    ("<ol start='3'><li>ก</li></ol>", '<ol style="counter-reset: lgo_item 2"><li>ก</li></ol>'),
    ("<ol start='x'><li>ก</li></ol>", "<ol><li>ก</li></ol>"),
    ("<ul><li>ก</li><ul><li>ข</li></ul></ul>", "<ul><li>ก<ul><li>ข</li></ul></li></ul>"),
    ("<ol></ol><table></table>", ""),
    (
        "<table border='1'><tbody><tr><td colspan='2' style='x'>ก</td>"
        "<th rowspan='9999'>ข</th></tr></tbody></table>",
        '<table class="grid"><tr><td colspan="2">ก</td><th rowspan="50">ข</th></tr></table>',
    ),
    ("<p class='MsoNormal'>ก<o:p>&nbsp;</o:p></p>", "<p>ก </p>"),
    ("<!--[if mso]><p>x</p><![endif]--><p>ก</p>", "<p>ก</p>"),
    ("<script>x</script><style>y</style><iframe>z</iframe><p onclick='x'>ก</p>", "<p>ก</p>"),
    ("<img src='https://x.example/a.png'>", ""),
    ("<img src='file:///etc/passwd'>", ""),
    ("<img src='data:image/svg+xml;base64,AAAA'>", ""),
    ("<img src='/web/image/12' style='width:900%'>", '<p><img src="/web/image/12" alt=""></p>'),
    ("<pre>ก\nข</pre>", "<p>ก</p><p>ข</p>"),
    ("&lt;b&gt;ก&lt;/b&gt; &amp;", "<p>&lt;b&gt;ก&lt;/b&gt; &amp;</p>"),
    ("ก\u200b\u202eข\ufeff", "<p>กข</p>"),
    ("<p>ป้ฝั้น้ำ😀</p>", "<p>ป้ฝั้น้ำ😀</p>"),
]


@tagged("post_install", "-at_install")
class TestLetterBody(TransactionCase):
    def test_cases(self):
        for typed, printed in CASES:
            with self.subTest(typed=typed):
                self.assertEqual(str(clean(typed)), printed)

    def test_nothing_changes_twice(self):
        for typed, _printed in CASES:
            once = clean(typed)
            if "counter-reset" not in once and "lgo_body_head" not in once and "class" not in once:
                self.assertEqual(clean(once), once)

    def test_deep_and_long(self):
        deep = "<div>" * 200 + "ลึก" + "</div>" * 200
        self.assertIn("ลึก", clean(deep))
        nested = "<ol><li>" * 100 + "ลึก" + "</li></ol>" * 100
        self.assertIn("ลึก", clean(nested))
        inline = "<b><i>" * 100 + "ลึก" + "</i></b>" * 100
        self.assertIn("ลึก", clean(inline))
        self.assertEqual(clean("<p>ก</p>" * 5000).count("<p>"), 5000)

    def test_text_function_sees_text_only(self):
        seen = clean("<p class='1'>1<b>2</b>3</p><td colspan='2'>4</td>", lambda text: text + "!")
        self.assertEqual(seen, "<p>1!<strong>2!</strong>3!</p><p>4!</p>")

    def test_first_words(self):
        self.assertEqual(clean(with_first_words("<p>ก</p>", "รับรองว่า ")), "<p>รับรองว่า ก</p>")
        self.assertEqual(clean(with_first_words("", "รับรองว่า ")), "<p>รับรองว่า </p>")
        self.assertEqual(
            clean(with_first_words("<div><br><p><b>ก</b></p></div>", "ว่า ")),
            "<p><strong>ว่า ก</strong></p>",
        )

    def test_name_seal(self):
        self.assertEqual(clusters("ตำบลป้าฝั้น"), ["ตำ", "บ", "ล", "ป้", "า", "ฝั้", "น"])
        html = name_seal_html("<b>เทศบาล</b>")
        self.assertNotIn("<b>", html)
        for name in ("", "ก", "ก" * 300):
            self.assertIn("<circle", name_seal_html(name))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Translations: nothing is lost when terms change, and nothing incomplete passes."""

import polib

from lgo_cli import po_merge

from .common import CliCase


def catalogue(**terms):
    """A catalogue of these terms."""
    file = polib.POFile()
    file.metadata = {"Project-Id-Version": "Odoo", "POT-Creation-Date": "2026-01-01"}
    for msgid, msgstr in terms.items():
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    return file


class TestMerge(CliCase):
    def test_translations_are_kept_and_dead_terms_go(self):
        catalogue(Name="ชื่อ", Old="เก่า").save(str(self.dir / "th.po"))
        new = catalogue(Name="", Age="")
        po_merge.merge(new, self.dir, "x")
        thai = {entry.msgid: entry.msgstr for entry in polib.pofile(str(self.dir / "th.po"))}
        self.assertEqual(thai, {"Name": "ชื่อ", "Age": ""})
        self.assertEqual(po_merge.stale(new, self.dir / "x.pot"), [])
        self.assertEqual(po_merge.incomplete(new, self.dir / "th.po"), ["untranslated: Age"])

    def test_missing_terms_are_remembered_and_ours_win(self):
        catalogue(Name="นาม", Age="อายุ").save(str(self.dir / "core.po"))
        catalogue(Name="ชื่อ").save(str(self.dir / "th.po"))
        memory = po_merge.remembered([self.dir / "core.po"])
        po_merge.merge(catalogue(Name="", Age=""), self.dir, "x", memory)
        thai = {entry.msgid: entry.msgstr for entry in polib.pofile(str(self.dir / "th.po"))}
        self.assertEqual(thai, {"Name": "ชื่อ", "Age": "อายุ"})

    def test_a_term_written_in_thai_is_its_own_translation(self):
        po_merge.merge(catalogue(**{"ใบอนุญาต (แบบ อ.1)": "", "Age": ""}), self.dir, "x")
        new = catalogue(**{"ใบอนุญาต (แบบ อ.1)": "", "Age": ""})
        self.assertEqual(po_merge.incomplete(new, self.dir / "th.po"), ["untranslated: Age"])

    def test_twice_gives_the_same_file(self):
        catalogue(Name="ชื่อ").save(str(self.dir / "th.po"))
        texts = []
        for _turn in range(2):
            po_merge.merge(catalogue(Name=""), self.dir, "x")
            texts.append([(self.dir / name).read_bytes() for name in ("x.pot", "th.po")])
        self.assertEqual(*texts)
        self.assertNotIn(b"Creation-Date", texts[0][0])

    def test_stale_template(self):
        catalogue(Name="", Gone="").save(str(self.dir / "x.pot"))
        lines = po_merge.stale(catalogue(Name="", Added=""), self.dir / "x.pot")
        self.assertEqual(lines, ["x.pot lacks: Added", "x.pot has: Gone"])

    def test_wrong_placeholder_and_fuzzy(self):
        text = "Due %(date)s"
        thai = catalogue(**{text: "ครบกำหนด %(day)s", "Name": "ชื่อ"})
        thai.find("Name").flags.append("fuzzy")
        thai.save(str(self.dir / "th.po"))
        lines = po_merge.incomplete(catalogue(**{text: "", "Name": ""}), self.dir / "th.po")
        self.assertEqual(lines, [f"other placeholders: {text}", "fuzzy: Name"])

    def test_an_addon_without_terms_needs_no_files(self):
        new = catalogue()
        self.assertEqual(po_merge.stale(new, self.dir / "x.pot"), [])
        self.assertEqual(po_merge.incomplete(new, self.dir / "th.po"), [])

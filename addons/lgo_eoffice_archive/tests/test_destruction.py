# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
import os

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.lgo_eoffice.tests.common import EofficeCase
from odoo.addons.report_weasyprint.tests.common import WeasyprintCase


@tagged("post_install", "-at_install")
class TestDestruction(EofficeCase, WeasyprintCase):
    numbers = itertools.count(1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._person("eo_keeper", cls.office, "lgo_eoffice.group_archive")
        cls.member = cls._person("eo_member", cls.works, "lgo_base.group_staff")

    def _closed(self, year, medium="paper", **vals):
        """A letter that was registered and closed in a year (C.E.)."""
        with freeze_time(f"{year}-06-15 03:00:00"):
            letter = self._received(
                doc_no=f"ชม {next(self.numbers)}", doc_date=f"{year}-06-01", medium=medium
            )
            letter.action_register()
            letter._transition("close")
        if vals:
            letter.sudo().write(vals)
        return letter

    def _file(self, letter, text):
        file = self.env["ir.attachment"].create(
            {
                "name": "สแกน.pdf", "raw": text.encode(), "res_model": letter._name,
                "res_id": letter.id, "mimetype": "application/pdf",
            }
        )  # fmt: skip
        letter.sudo().main_attachment_id = file
        return file

    def _round(self, year_be, **vals):
        Round = self.env["lgo.eoffice.destruction"].with_user(self.keeper)
        return Round.create({"year_be": year_be, **vals})

    def _appoint(self, row):
        row.write(
            {
                "order_no": "12/2570",
                "order_date": "2027-01-10",
                "member_ids": [
                    Command.create({"user_id": self.chief.id, "role": "chair"}),
                    Command.create({"user_id": self.head.id}),
                    Command.create({"user_id": self.member.id}),
                ],
            }
        )
        row._transition("appoint")

    def test_survey_of_2570(self):
        """A paper of 2559 kept ten years stands in the survey of 2570, an electronic one not."""
        paper = self._closed(2016)
        electronic = self._closed(2016, medium="electronic")
        young = self._closed(2017)
        self.assertEqual(paper.keep_until_year_be, 2569)
        self.assertEqual(electronic.keep_until_year_be, 0)
        before, row = self._round(2569), self._round(2570)
        (before | row).action_survey()
        self.assertNotIn(paper, before.line_ids.letter_id)
        self.assertIn(paper, row.line_ids.letter_id)
        self.assertNotIn(electronic, row.line_ids.letter_id)
        self.assertNotIn(young, row.line_ids.letter_id)
        row.action_survey()
        self.assertEqual(len(row.line_ids.filtered(lambda line: line.letter_id == paper)), 1)

    def test_what_the_survey_leaves(self):
        ref = self.env.ref
        kept = [
            self._closed(2010, legal_hold=True),
            self._closed(2010, is_archival=True),
            self._closed(
                2010, retention_id=ref("lgo_eoffice_archive.lgo_eoffice_retention_rperm").id
            ),
            self._closed(
                2010, retention_id=ref("lgo_eoffice_archive.lgo_eoffice_retention_r5f").id
            ),
        ]
        audited = self._closed(
            2010,
            retention_id=ref("lgo_eoffice_archive.lgo_eoffice_retention_r5f").id,
            audited_by_sao=True,
        )
        row = self._round(2570)
        row.action_survey()
        found = row.line_ids.letter_id
        for letter in kept:
            self.assertNotIn(letter, found)
        self.assertIn(audited, found)

    def test_deadline(self):
        self.assertEqual(str(self._round(2570).deadline), "2027-03-01")
        self.assertEqual(str(self._round(2571).deadline), "2028-02-29")

    def test_two_frozen_years(self):
        """A whole round: files are gone from the store, line of the register and proof stay."""
        letter = self._closed(2015)
        spared = self._closed(2015, medium="hybrid")
        file = self._file(letter, "เนื้อความที่ต้องหายไปจริง")
        path = file._full_path(file.store_fname)
        self.assertTrue(os.path.exists(path))
        entry = letter.register_entry_id
        with freeze_time("2027-01-05 03:00:00"):
            row = self._round(2570)
            row.action_survey()
            with self.assertRaisesRegex(UserError, "order of appointment"):
                row._transition("appoint")
            self._appoint(row)
            with self.assertRaisesRegex(UserError, "no decision"):
                row._transition("consider")
            for line in row.line_ids:
                line.with_user(self.member).decision = "destroy"
            row._transition("consider")
            row._transition("report")
            with self.assertRaises(AccessError):
                row._transition("approve")
            row.with_user(self.mayor)._transition("approve")
            with self.assertRaisesRegex(UserError, "may still answer"):
                row._transition("archives_silent")
        # sixty days after 5 January
        with (
            freeze_time("2027-03-06 03:00:00"),
            self.assertRaisesRegex(UserError, "may still answer"),
        ):
            row._transition("archives_silent")
        with freeze_time("2027-03-07 03:00:00"):
            row._transition("archives_silent")
            spared.sudo().legal_hold = True
            with self.assertRaisesRegex(UserError, "how it is destroyed"):
                row._transition("destroy")
            row.method = "ย่อยเป็นชิ้นเล็ก"
            row._transition("destroy")
        self.assertEqual(row.state, "destroyed")
        self.assertFalse(file.exists())
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse(os.path.exists(path))
        line = row.line_ids.filtered(lambda line: line.letter_id == letter)
        self.assertEqual(line.outcome, "destroyed")
        self.assertEqual(len(line.proof), 1)
        self.assertEqual(len(line.proof[0]["sha256"]), 64)
        self.assertTrue(letter.destroyed_at)
        self.assertEqual((entry.state, letter.receive_no), ("used", entry.number))
        self.assertEqual(
            row.line_ids.filtered(lambda line: line.letter_id == spared).outcome, "spared"
        )
        self.assertFalse(spared.destroyed_at)
        for report in ("destruction", "minute"):
            pdf = self._print(f"lgo_eoffice_archive.action_report_{report}", row)
            text = "".join(self._text(pdf).split())
            self.assertIn("๒๕๗๐", text)

    def test_electronic_by_order_only(self):
        letter = self._closed(2015, medium="electronic")
        young = self._closed(2017, medium="electronic")
        with freeze_time("2027-01-05 03:00:00"):
            row = self._round(2570, regime="electronic")
            row.action_survey()
            self.assertIn(letter, row.line_ids.letter_id)
            self.assertNotIn(young, row.line_ids.letter_id)
            with self.assertRaisesRegex(UserError, "why the electronic"):
                self._appoint(row)

    def test_rights(self):
        self._closed(2015)
        row = self._round(2570)
        row.action_survey()
        line = row.line_ids[:1]
        for user in (self.officer, self.admin, self.registrar):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["state"])
        with self.assertRaises(UserError):
            line.write({"decision": "destroy"})  # not with the committee yet
        for vals in ({"proof": []}, {"outcome": "destroyed"}, {"letter_id": 1}):
            with self.assertRaises(AccessError):
                line.write(vals)
        for vals in ({"state": "destroyed"}, {"approved_by_id": self.mayor.id}):
            with self.assertRaises(AccessError):
                row.write(vals)
        with self.assertRaises(AccessError):
            row.line_ids[:1].letter_id.with_user(self.registrar).write({"destroyed_at": False})
        with self.assertRaises(AccessError):
            row.with_user(self.auditor).write({"method": "x"})
        self.assertTrue(row.with_user(self.auditor).read(["state"]))

    def test_two_persons(self):
        self._closed(2015)
        self.mayor.group_ids += self.env.ref("lgo_eoffice.group_archive")
        row = self._round(2570)
        row.action_survey()
        self._appoint(row)
        row.line_ids.decision = "destroy"
        row._transition("consider")
        row._transition("report")
        row._from_machine().sudo().surveyed_by_id = self.mayor
        with self.assertRaisesRegex(UserError, "another person"):
            row.with_user(self.mayor)._transition("approve")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
import os

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_eoffice.tests.common import EofficeCase
from odoo.addons.report_weasyprint.tests.common import WeasyprintCase


@tagged("post_install", "-at_install")
@freeze_time("2028-01-05 03:00:00")  # 5 January 2571 in Bangkok
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

    def _with_committee(self, *letters, **vals):
        """A round that is with its committee, and the line of each letter."""
        row = self._round(2570, **vals)
        row.action_survey()
        self._appoint(row)
        lines = [row.line_ids.filtered(lambda one, own=x: one.letter_id == own) for x in letters]
        return row, *lines

    def _decided(self, row):
        """Everything that has no decision yet is to be destroyed; the head agrees."""
        row.line_ids.filtered(lambda line: not line.decision).decision = "destroy"
        row._transition("consider")
        row._transition("report")
        row.with_user(self.mayor)._transition("approve")

    def _destroyed(self, row):
        row.write({"archives_letter_no": "วธ 1", "archives_answer_date": "2028-01-04"})
        row._transition("archives_answered")
        row.method = "ย่อยเป็นชิ้นเล็ก"
        row._transition("destroy")

    def test_kept_longer(self):
        """The year that the committee or the archives set counts: not in the next survey."""
        by_us, by_archives = self._closed(2015), self._closed(2015)
        row, ours, theirs = self._with_committee(by_us, by_archives)
        ours.write({"decision": "keep", "extend_to_be": 2575})
        self._decided(row)
        theirs.archives_answer = "extend"
        row.write({"archives_letter_no": "วธ 1", "archives_answer_date": "2028-01-04"})
        with self.assertRaisesRegex(UserError, "needs the year"):
            row._transition("archives_answered")
        theirs.extend_to_be = 2580
        self._destroyed(row)
        self.assertEqual((ours.outcome, theirs.outcome), ("kept", "kept"))
        self.assertEqual(by_us.keep_until_year_be, 2575)
        self.assertEqual(by_us.stamp_text, "เก็บถึง พ.ศ. ๒๕๗๕")
        self.assertEqual(by_archives.keep_until_year_be, 2580)
        for year, found in ((2571, []), (2575, []), (2576, [by_us]), (2581, [by_us, by_archives])):
            later = self._round(year)
            later.action_survey()
            for letter in (by_us, by_archives):
                self.assertEqual(letter in later.line_ids.letter_id, letter in found, year)
        with self.assertRaises(AccessError):
            by_us.with_user(self.registrar).extended_until_be = 2500
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            ours._from_round().write({"extend_to_be": 25755})

    def test_electronic_kept_longer(self):
        letter = self._closed(2015, medium="electronic")
        row, line = self._with_committee(letter, regime="electronic", need="พื้นที่จัดเก็บเต็ม")
        line.write({"decision": "keep", "extend_to_be": 2575})
        self._decided(row)
        self._destroyed(row)
        for year, found in ((2575, False), (2576, True)):
            later = self._round(year, regime="electronic")
            later.action_survey()
            self.assertEqual(letter in later.line_ids.letter_id, found, year)

    def test_decision_stays_when_the_archives_answer(self):
        """Nobody turns "keep" into "destroy" after the head has agreed to the list."""
        letter = self._closed(2015)
        row, line = self._with_committee(letter)
        line.write({"decision": "keep", "extend_to_be": 2575})
        self._decided(row)
        for user in (self.keeper, self.member):
            for vals in (
                {"archives_answer": "agree", "decision": "destroy"},
                {"decision": "destroy"},
                {"archives_answer": "extend", "extend_to_be": 2571},
            ):
                with self.assertRaises(UserError):
                    line.with_user(user).write(vals)
        line.archives_answer = "agree"
        self._destroyed(row)
        self.assertEqual(line.outcome, "kept")
        self.assertFalse(letter.destroyed_at)

    def test_a_year_that_has_not_begun(self):
        """A list made too early, or with a mistyped year, destroys nothing."""
        letter = self._closed(2016)
        row = self._round(2572)
        row.action_survey()
        self.assertIn(letter, row.line_ids.letter_id)
        with self.assertRaisesRegex(UserError, "not begun"):
            self._appoint(row)
        with freeze_time("2028-12-31 17:00:00"):  # midnight in Bangkok, 2572 begins
            row._transition("appoint")
        row._from_machine().sudo().write({"state": "archives_ok"})
        row.method = "เผา"
        with self.assertRaisesRegex(UserError, "not begun"):
            row._transition("destroy")
        self.assertFalse(letter.destroyed_at)

    def test_what_no_longer_changes(self):
        letter = self._closed(2015)
        row = self._round(2570)
        row.year_be = 2571
        row.action_survey()
        for vals in ({"year_be": 2570}, {"regime": "electronic"}, {"company_id": 1}):
            with self.assertRaisesRegex(UserError, "no longer change"):
                row.write(vals)
        self._appoint(row)
        with self.assertRaisesRegex(UserError, "no longer change"):
            row.order_no = "99/2571"
        other = self._round(2570)
        member = self.env["lgo.eoffice.destruction.member"].with_user(self.keeper)
        moved = member.create({"destruction_id": other.id, "user_id": self.officer.id})
        with self.assertRaisesRegex(UserError, "is appointed"):
            moved.destruction_id = row
        self._decided(row)
        self._destroyed(row)
        self.assertTrue(letter.destroyed_at)
        with self.assertRaisesRegex(UserError, "no longer change"):
            row.method = "เผา"

    def test_covered_by_an_agreement(self):
        """What is not sent to the archives has no day on which it was sent."""
        row, _line = self._with_committee(self._closed(2015))
        row.line_ids.decision = "destroy"
        row._transition("consider")
        row._transition("report")
        row.agreement_no = "ข้อตกลง 1/2560"
        row.with_user(self.mayor)._transition("approve_covered")
        self.assertEqual(row.state, "archives_ok")
        self.assertEqual(row.approved_by_id, self.mayor)
        self.assertFalse(row.archives_sent_on)

    def test_year_that_is_being_typed(self):
        for model in ("destruction", "transfer"):
            for year in (0, 2, 25, 2570, 99999999):
                row = self.env[f"lgo.eoffice.{model}"].new({"year_be": year})
                self.assertEqual(bool(row.deadline), year == 2570)

    def test_numbers_of_the_list(self):
        self._closed(2015)
        row = self._round(2570)
        row.action_survey()
        for _ in range(2):
            self._closed(2015)
        row.action_survey()
        row.line_ids[0].unlink()
        row.action_survey()
        numbers = row.line_ids.mapped("sequence")
        self.assertEqual(len(numbers), len(set(numbers)))

    def test_lent_letters_are_spared(self):
        here, lent = self._closed(2015), self._closed(2015)
        row, _here, _lent = self._with_committee(here, lent)
        lent.sudo()._add_units(self.works)
        loan = self.env["lgo.eoffice.loan"].with_user(self.officer).create(
            {"letter_id": lent.id, "borrower_text": "นายช่าง", "purpose": "ตรวจสัญญา"}
        )  # fmt: skip
        loan.with_user(self.head).action_lend()
        self._decided(row)
        self._destroyed(row)
        self.assertTrue(here.destroyed_at)
        self.assertFalse(lent.destroyed_at)
        self.assertEqual(_lent.outcome, "spared")

    def test_who_lifts_a_hold(self):
        letter = self._closed(2015, legal_hold=True, is_archival=True)
        letter.sudo()._add_units(self.works)
        for name in ("legal_hold", "is_archival"):
            with self.assertRaisesRegex(AccessError, "need no longer be kept"):
                letter.with_user(self.officer).write({name: False})
        letter.retention_id = self.env.ref("lgo_eoffice_archive.lgo_eoffice_retention_rleg")
        ordinary = self.env.ref("lgo_eoffice_archive.lgo_eoffice_retention_r1")
        with self.assertRaisesRegex(AccessError, "need no longer be kept"):
            letter.with_user(self.officer).retention_id = ordinary
        letter.with_user(self.officer).legal_hold = True
        letter.with_user(self.head).legal_hold = False
        self.assertFalse(letter.legal_hold)

    # ------------------------------------------------------------ what goes, what stays
    def test_no_text_is_left(self):
        """Body, versions and certified copies go; what the register shows stays."""
        word = "เนื้อความที่ต้องหายไป"
        with freeze_time("2021-06-15 03:00:00"):
            draft = self._draft(body=f"<p>{word}</p>", medium="paper")
            draft._keep_version("review", ("subject", "body"), "ขอแก้ไข")
            document = draft.with_user(self.mayor)._sign().sudo()
            copy = draft.with_user(self.registrar)._certify_copy().sudo()
            draft.with_user(self.registrar)._transition("close")
        files = document.attachment_id | copy.attachment_id
        hashes = {document.sha256, copy.sha256}
        proof = draft.sudo()._destroy()
        self.assertFalse(files.exists())
        self.assertEqual({one["sha256"] for one in proof}, hashes)
        self.assertTrue(document.erased_at and copy.erased_at)
        self.assertEqual({document.sha256, copy.sha256}, hashes)
        self.assertEqual(draft.version_ids.content, {"subject": "รายงานผลการสำรวจถนน"})
        self.assertNotIn(word, f"{draft.body} {draft.content_text} {draft.search_text}")

    def test_files_of_other_letters_stay(self):
        """Neither a file that is only named goes, nor one that a letter that stays names."""
        gone, stays = self._closed(2015), self._closed(2015, legal_hold=True)
        own, foreign = self._file(gone, "ของฉบับที่ทำลาย"), self._file(stays, "ของฉบับที่เก็บ")
        gone.sudo().enclosure_ids = [Command.create({"name": "อ้างถึง", "attachment_id": foreign.id})]
        stays.sudo().enclosure_ids = [Command.create({"name": "แนบ", "attachment_id": own.id})]
        proof = gone.sudo()._destroy()
        self.assertEqual([one["size"] for one in proof], [len("ของฉบับที่ทำลาย".encode())])
        self.assertFalse(own.exists())
        self.assertEqual(stays.main_attachment_id, foreign)
        kept = stays.sudo().enclosure_ids.attachment_id
        self.assertEqual(kept.raw.decode(), "ของฉบับที่ทำลาย")
        self.assertEqual((kept.res_model, kept.res_id), (
            "lgo.eoffice.enclosure", stays.sudo().enclosure_ids.id))  # fmt: skip

    def test_other_organisation(self):
        """A keeper sees lines, committee and lists of the own organisation only."""
        self._closed(2015)
        row = self._round(2570)
        row.action_survey()
        self._appoint(row)
        transfer = self.env["lgo.eoffice.transfer"].with_user(self.keeper).create({})
        transfer.line_ids = [Command.create({"letter_id": row.line_ids[0].letter_id.id})]
        other = self.env["res.company"].create({"name": "เทศบาลอื่นทดสอบ"})
        stranger = new_test_user(
            self.env, "eo_stranger", groups="lgo_eoffice.group_archive,lgo_base.group_executive",
            company_id=other.id, company_ids=[Command.set(other.ids)],
        )  # fmt: skip
        for records in (row, row.line_ids, row.member_ids, transfer, transfer.line_ids):
            self.assertTrue(records)
            found = records.with_user(stranger).with_company(other)
            self.assertFalse(found.search([("id", "in", records.ids)]), records._name)
            with self.assertRaises(AccessError):
                found.read(["create_date"])

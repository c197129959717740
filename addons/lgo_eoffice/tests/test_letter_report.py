# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import timedelta

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import EofficeCase


@tagged("post_install", "-at_install")
class TestLetterReport(EofficeCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["lgo.eoffice.letter.report"]

    def _registered(self, unit=None, **vals):
        letter = self._received(owner_unit_id=(unit or self.works).id, **vals)
        letter.action_register()
        return letter

    def _counts(self, user, domain=(), by="unit_id"):
        rows = self.Report.with_user(user).formatted_read_group(
            [("letter_id", "in", self.letters.ids), *domain], [by], ["__count"]
        )
        return {row[by][0] if isinstance(row[by], tuple) else row[by]: row["__count"]
                for row in rows}  # fmt: skip

    def test_counts_and_who_sees_them(self):
        self.letters = self._registered(doc_no="1") | self._registered(self.office, doc_no="2")
        secret = self._received(
            user=self.secret, secrecy="secret", doc_no="3", owner_unit_id=self.works.id
        )
        secret.sudo()._register_letters()
        self.letters |= secret
        both = {self.works.id: 1, self.office.id: 1}
        for user in (self.registrar, self.mayor, self.auditor):
            self.assertEqual(self._counts(user), both, user.login)
        self.assertEqual(self._counts(self.head), {self.works.id: 1})
        self.assertEqual(self._counts(self.secret), {self.works.id: 2, self.office.id: 1})
        secret.access_user_ids = [Command.link(self.mayor.id)]
        self.assertEqual(self._counts(self.mayor)[self.works.id], 2)
        row = self.Report.sudo().search([("letter_id", "=", secret.id)])
        with self.assertRaises(AccessError):
            row.with_user(self.auditor).read(["unit_id"])
        for user in (self.admin, self.officer):
            with self.assertRaises(AccessError):
                self._counts(user)

    def test_age_and_years(self):
        with freeze_time("2026-10-01 03:00:00"):
            self.letters = self._registered(doc_no="1")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lgo_eoffice_letter SET register_date ="
            " (now() AT TIME ZONE 'Asia/Bangkok')::date - 16 WHERE id = %s",
            self.letters.ids,
        )
        self.env.invalidate_all()
        row = self.Report.with_user(self.registrar).search([("letter_id", "=", self.letters.id)])
        self.assertEqual((row.year_be, row.fiscal_year_be), ("2569", "2570"))
        self.assertEqual((row.age_days, row.age_band, row.is_open), (16, "d16", True))
        self.letters._transition("close")
        self.env.invalidate_all()
        self.assertEqual((row.age_days, row.age_band, row.is_open), (0, False, False))

    def test_time_to_the_first_order(self):
        """Registered Friday 15:30, ordered Monday 9:30: two office hours (8:30 to 16:30)."""
        with freeze_time("2026-11-20 08:30:00"):
            letter = self._registered(doc_no="1")
        with freeze_time("2026-11-23 02:30:00"):
            letter.sudo()._transition("order")
        self.assertEqual(letter.order_hours, 2)
        with freeze_time("2026-11-24 02:30:00"):
            letter.sudo()._transition("order")
        self.assertEqual(str(letter.ordered_at), "2026-11-23 02:30:00")
        with self.assertRaises(AccessError):
            letter.write({"order_hours": 1})

    def test_without_acknowledgement(self):
        draft = self._draft(
            recipient_ids=[Command.create({"name": "ที่ว่าการอำเภอทดสอบ", "channel": "paper"})]
        )
        rows = draft.sudo().recipient_ids
        rows.write({"state": "sent", "sent_at": fields.Datetime.now() - timedelta(days=21)})
        domain = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_eoffice.lgo_eoffice_recipient_action_waiting"
        )["domain"]
        self.assertIn("acknowledged_at", domain)
        waiting = self.env["lgo.eoffice.recipient"].with_user(self.registrar)
        self.assertEqual(waiting.browse(rows.ids).waiting_days, 21)

    def test_monthly_workbook(self):
        with freeze_time("2026-11-20 03:00:00"):
            self._registered(doc_no="1")
            self._registered(self.office, doc_no="2")
            secret = self._received(user=self.secret, secrecy="secret", doc_no="3")
            secret.sudo()._register_letters()
        Dialog = self.env["lgo.eoffice.month.report"]
        dialog = Dialog.with_user(self.head).create({"month": "11", "year_be": 2569})
        sheet = load_workbook(io.BytesIO(dialog._workbook())).active
        rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
        self.assertEqual(rows["กองช่างทดสอบ"][1], "1")
        self.assertNotIn("สำนักปลัดทดสอบ", rows)
        dialog = Dialog.with_user(self.mayor).create({"month": "11", "year_be": 2569})
        lines = dialog._rows()
        self.assertIn("สำนักปลัดทดสอบ", [line[0] for line in lines])
        counted = self.Report.with_user(self.mayor).search_count(
            [("direction", "=", "in"), ("register_date", ">=", "2026-11-01"),
             ("register_date", "<", "2026-12-01")]
        )  # fmt: skip
        self.assertEqual(lines[-1][1], str(counted))
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            dialog._rows()
        with self.assertRaises(ValidationError):
            dialog.year_be = 2026
        self.authenticate("eo_head", "eo_head")
        url = f"/lgo/eoffice/month/{dialog.id}.xlsx"
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("eo_mayor", "eo_mayor")
        self.assertEqual(self.url_open(url).status_code, 200)
        december = Dialog.create({"month": "12", "year_be": 2569})
        self.assertEqual([str(day) for day in december._span()], ["2026-12-01", "2027-01-01"])

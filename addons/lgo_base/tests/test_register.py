# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

utc = fields.Datetime.to_datetime

# (period, naive UTC, what the series is keyed by)
PERIODS = (
    ("be_year", utc("2026-12-31 16:59:59"), "2569"),
    ("be_year", utc("2026-12-31 17:00:00"), "2570"),
    ("be_year", utc("2026-12-31 17:20:00"), "2570"),
    ("fiscal_year", utc("2025-09-30 16:59:59"), "2568"),
    ("fiscal_year", utc("2025-09-30 17:00:00"), "2569"),
    ("fiscal_year", utc("2026-01-05 03:00:00"), "2569"),
    ("be_month", utc("2026-11-30 17:00:00"), "2569-12"),
    ("none", utc("2026-11-30 17:00:00"), ""),
)


@tagged("post_install", "-at_install")
class TestRegister(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Register = cls.env["lgo.register"]
        cls.register = cls.Register.create({"name": "ทะเบียนทดสอบ", "code": "t_book"})
        cls.partner = cls.env["res.partner"].create({"name": "สมชาย ใจดี"})
        cls.units = cls.env["hr.department"].create([{"name": "กองช่าง"}, {"name": "กองคลัง"}])
        cls.staff = new_test_user(cls.env, "t_reg_staff", "lgo_base.group_staff")
        cls.clerk = new_test_user(cls.env, "t_reg_clerk", "lgo_base.group_clerk")
        cls.registrar = new_test_user(cls.env, "t_reg_registrar", "lgo_base.group_registrar")

    def _take(self, code="t_book", **kwargs):
        return self.Register._take_number(code, **kwargs)

    def test_consecutive(self):
        at = utc("2026-11-23 03:00:00")
        entries = [self._take(at=at, record=self.partner) for _i in range(3)]
        self.assertEqual([e.name for e in entries], ["1/2569", "2/2569", "3/2569"])
        self.assertEqual(entries[0].label, self.partner.display_name)
        self.assertEqual(
            (entries[0].res_model, entries[0].res_id), ("res.partner", self.partner.id)
        )

    def test_series_are_separate(self):
        self.assertEqual(self._take(key="A").number, 1)
        self.assertEqual(self._take(key="B").number, 1)
        self.assertEqual(self._take(key="A").number, 2)
        self.assertEqual(self._take(unit=self.units[0]).number, 1)
        self.assertEqual(self._take(unit=self.units[1]).number, 2, "one series: not per unit")

    def test_per_unit(self):
        self.Register.create(
            {"name": "บันทึก", "code": "t_memo", "per_unit": True, "pattern": "{unit} {number}"}
        )
        with self.assertRaises(UserError):
            self._take("t_memo")
        self.assertEqual(self._take("t_memo", unit=self.units[0]).name, "กองช่าง 1")
        self.assertEqual(self._take("t_memo", unit=self.units[1]).name, "กองคลัง 1")
        self.assertEqual(self._take("t_memo", unit=self.units[0]).name, "กองช่าง 2")

    def test_company_counts_for_itself(self):
        other = self.env["res.company"].create({"name": "เทศบาลตำบลทดสอบ"})
        self.assertEqual(self._take().number, 1)
        there = self.Register.with_company(other)._take_number("t_book")
        self.assertEqual((there.number, there.company_id), (1, other))

    def test_own_register_before_the_common_one(self):
        self.Register.create(
            {
                "name": "ของเราเอง",
                "code": "t_book",
                "company_id": self.env.company.id,
                "pattern": "ท {number}",
            }
        )
        self.assertEqual(self._take().name, "ท 1")

    def test_period(self):
        for period, at, expected in PERIODS:
            with self.subTest(period=period, at=at):
                self.register.period = period
                self.assertEqual(self.register._period_text(at), expected)

    def test_roll_over_at_midnight_bangkok(self):
        with freeze_time("2026-12-31 16:59:59"):
            self.assertEqual(self._take().name, "1/2569")
            self.assertEqual(self._take().name, "2/2569")
        with freeze_time("2026-12-31 17:20:00"):
            entry = self._take()
        self.assertEqual((entry.number, entry.name), (1, "1/2570"))
        self.assertEqual(str(entry.date), "2027-01-01")

    def test_savepoint_rollback_leaves_no_hole(self):
        self._take()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.assertEqual(self._take().number, 2)
            raise ZeroDivisionError
        self.assertEqual(self._take().number, 2)

    def test_pattern(self):
        self.register.write(
            {"pattern": "{key}/ว {number}/{year}", "padding": 3, "thai_digits": True}
        )
        entry = self._take(key="52301", at=utc("2026-11-23 03:00:00"))
        self.assertEqual(entry.name, "๕๒๓๐๑/ว ๐๐๑/๒๕๖๙")
        for typed in ("52301/ว001", "๕๒๓๐๑ / ว ๐๐๑", "ว 001/2569"):
            found = self.env["lgo.register.entry"].search([("display_name", "ilike", typed)])
            self.assertIn(entry, found, typed)
        for bad in ("{year}", "{number.__class__}", "{number", "{number!r}", "{0}{number}"):
            with (
                self.subTest(bad=bad),
                mute_logger("odoo.sql_db"),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.register.pattern = bad
        with self.assertRaises(ValidationError):
            self.register.padding = -1

    def test_unknown_and_archived(self):
        with self.assertRaises(UserError):
            self._take("t_none")
        self.register.active = False
        with self.assertRaises(UserError):
            self._take()

    def test_used_register_is_frozen(self):
        self._take()
        for vals in ({"period": "none"}, {"per_unit": True}, {"code": "x"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.register.write(vals)
        self.register.write({"period": "be_year", "name": "ชื่อใหม่"})
        with self.assertRaises(UserError):
            self.register.unlink()

    def test_entries_are_written_by_the_register_only(self):
        entry = self._take()
        for vals in ({"number": 9}, {"period": "2500"}, {"state": "void"}, {"label": "x"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                entry.write(vals)
            with self.assertRaises(AccessError):
                entry.with_context(lgo_register=True).write(vals)
        with self.assertRaises(AccessError):
            entry.copy()
        with self.assertRaises(AccessError):
            self.env["lgo.register.entry"].create({"register_id": self.register.id, "number": 7})
        with self.assertRaises(UserError):
            entry.unlink()

    def test_void_keeps_the_number(self):
        entry = self._take()
        for reason in ("", "   ", False):
            with self.assertRaises(UserError):
                entry._void(reason)
        entry.with_user(self.registrar)._void("พิมพ์ผิดเรื่อง")
        self.assertEqual((entry.state, entry.void_by_id), ("void", self.registrar))
        self.assertEqual(self._take().number, 2)
        with self.assertRaises(UserError):
            entry._void("อีกครั้ง")
        row = self.env["lgo.audit.log"].search([("action", "=", "register.void")], limit=1)
        self.assertEqual((row.res_id, row.uid), (entry.id, self.registrar.id))

    def test_sub_number(self):
        first = self._take(at=utc("2026-11-23 03:00:00"))
        self._take(at=utc("2026-11-23 03:00:00"))
        with self.assertRaises(UserError):
            self.register._insert_point(first, "มาช้า")
        self.register.allow_point = True
        with self.assertRaises(UserError):
            self.register._insert_point(first, " ")
        self.assertEqual(self.register._insert_point(first, "มาช้า").name, "1.1/2569")
        self.assertEqual(self.register._insert_point(first, "มาช้า").name, "1.2/2569")
        self.assertEqual(self._take(at=utc("2026-11-23 03:00:00")).number, 3)

    def test_correction_by_registrar_only(self):
        entry = self._take()
        Wizard = self.env["lgo.register.correction"]
        with self.assertRaises(AccessError):
            Wizard.with_user(self.clerk).create(
                {"entry_id": entry.id, "kind": "void", "reason": "x"}
            )
        wizard = Wizard.with_user(self.registrar).create(
            {"entry_id": entry.id, "kind": "void", "reason": "ออกซ้ำ"}
        )
        wizard.action_confirm()
        self.assertEqual(entry.state, "void")

    def test_who_reads_the_book(self):
        entry = self._take()
        own = self.Register.with_user(self.staff)._take_number("t_book")
        Entry = self.env["lgo.register.entry"]
        domain = [("register_id", "=", self.register.id)]
        self.assertEqual(Entry.with_user(self.staff).search(domain), own)
        self.assertEqual(Entry.with_user(self.clerk).search(domain), entry | own)
        self.assertEqual(Entry.with_user(self.registrar).search_count(domain), 2)
        with self.assertRaises(AccessError):
            self.register.with_user(self.clerk).name = "x"

    def test_the_database_refuses_a_double(self):
        self._take()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                """INSERT INTO lgo_register_entry (company_id, register_id, key, period,
                           number, point, name, date, state, taken_at, taken_by_id)
                       SELECT company_id, register_id, key, period, number, point, name, date,
                           state, taken_at, taken_by_id
                         FROM lgo_register_entry WHERE register_id = %s""",
                [self.register.id],
            )

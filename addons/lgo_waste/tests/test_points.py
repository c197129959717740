# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_payment.tools import references

from .common import NOVEMBER, WasteCase


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 05:00:00")
class TestPoints(WasteCase):
    """Service points, as the officers who keep the register meet them."""

    def test_from_the_form_to_the_first_day_of_service(self):
        partner = self.env["res.partner"].create({"name": "สายใจ ทอผ้า"})
        with Form(self.env["lgo.waste.point"].with_user(self.registrar)) as form:
            form.house = "99/1"
            form.village_number = "4"
            form.partner_id = partner
            form.zone_id = self.zone
            form.tariff_id = self.house
            form.house_code = "๕๐๐๑-๐๐๐๑๒๓๔"
            form.date_start = NOVEMBER
        point = form.record
        self.assertEqual(point.name, "บ้านเลขที่ 99/1 หมู่ 4")
        self.assertEqual(point.house_code, "50010001234")
        self.assertTrue(references.is_valid(point.number))
        self.assertEqual(len(point.number), 10)
        self.assertEqual(point.payer_ids.partner_id, partner)
        point.action_inspect()
        with self.assertRaises(UserError):
            point.action_activate()
        point.with_user(self.health).action_activate()
        self.assertEqual(point.state, "active")

    def test_house_codes(self):
        for code in ("123", "1234567890x", "123456789012"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._point("1", house_code=code)
        self._point("1", house_code="12345678901")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._point("2", house_code="12345678901")
        self._point("3", house_code="12345678901", house_part="ชั้น 2")

    def test_values_that_make_no_sense(self):
        for vals in ({"volume": 0}, {"volume": -1}, {"unit_count": 0}, {"latitude": 91}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._point("1", **vals)
                self.env.flush_all()
        with self.assertRaises(ValidationError):
            self._point("1", route_id=self.route2.id)
        with self.assertRaises(ValidationError):
            self._point("1", date_stop=date(2026, 9, 1))

    def test_a_new_payer_from_a_day_on(self):
        point = self._point()
        first = point.partner_id
        second = self.env["res.partner"].create({"name": "ผู้ซื้อบ้าน"})
        bill = self._bill(point.account_id)
        self.env["lgo.waste.payer"].with_user(self.registrar).create(
            {"point_id": point.id, "partner_id": second.id, "date_from": NOVEMBER}
        )
        self.assertEqual(point.partner_id, first)
        ends = point.payer_ids.sorted("date_from").mapped("date_to")
        self.assertEqual(ends, [date(2026, 10, 31), False])
        with freeze_time("2026-11-01 05:00:00"):
            self.env["lgo.waste.point"]._cron_apply_payers()
        self.assertEqual(point.partner_id, second)
        self.assertEqual(bill.partner_id, first, "the debt stays where it was made")

    def test_the_payer_is_no_field_to_overwrite(self):
        point = self._point()
        with self.assertRaises(UserError):
            point.with_user(self.registrar).partner_id = self.env.user.partner_id
        with self.assertRaises(UserError):
            point.payer_ids.with_user(self.registrar).unlink()

    def test_the_end_of_the_service(self):
        point = self._point()
        bill = self._bill(point.account_id)
        with self.assertRaises(UserError):
            point.with_user(self.registrar).action_end()
        point.with_user(self.registrar).date_stop = date(2026, 10, 31)
        point.with_user(self.registrar).action_end()
        point.with_user(self.health).action_confirm_end()
        self.assertEqual((point.state, point.is_closed), ("terminated", True))
        self.assertEqual(bill.residual, 40.0)
        self.assertIn("Ended", point.change_ids.mapped("new_text"))
        with self.assertRaises(UserError):
            point.with_user(self.registrar).unlink()

    def test_the_history_is_not_forged(self):
        point = self._point()
        point.with_user(self.registrar).date_stop = date(2026, 10, 31)
        change = point.change_ids
        self.assertEqual(change.new_text, "31 ต.ค. 2569")
        self.assertEqual(change.user_id, self.registrar)
        for user in (self.manager, self.env.user):
            with self.assertRaises(AccessError):
                change.with_user(user).write({"new_text": "x"})
            with self.assertRaises(AccessError):
                change.with_user(user).unlink()

    def test_the_state_is_not_written_directly(self):
        point = self._point(state="draft")
        for user in (self.registrar, self.manager):
            with self.assertRaises(AccessError):
                point.with_user(user).write({"state": "active"})

    def test_who_sees_what(self):
        mine, other = (
            self._point("1"),
            self._point("2", zone_id=self.zone2.id, route_id=self.route2.id),
        )
        self._bill(mine.account_id), self._bill(other.account_id)
        for name in ("lgo.waste.point", "lgo.payment.account", "lgo.payment.bill"):
            seen = self.env[name].with_user(self.collector).search([])
            self.assertEqual(len(seen), 1, name)
        points = self.env["lgo.waste.point"]
        self.assertEqual(points.with_user(self.collector).search([]), mine)
        self.assertEqual(mine.with_user(self.collector).number, mine.number)
        with self.assertRaises(AccessError):
            other.with_user(self.collector).read(["number"])
        for user in (self.registrar, self.health, self.manager, self.finance, self.auditor):
            self.assertLessEqual(mine | other, points.with_user(user).search([]))
        with self.assertRaises(AccessError):
            points.with_user(self.outsider).search([])
        for user in (self.collector, self.finance, self.cashier, self.auditor):
            with self.assertRaises(AccessError):
                mine.with_user(user).write({"house": "9"})

    def test_search_by_what_people_know(self):
        point = self._point("77/8", old_number="A-0042")
        point.account_id.phone = "081-234-5678"
        for text in (point.number, "77/8", "A-0042", point.partner_id.name):
            found = self.env["lgo.waste.point"].name_search(text)
            self.assertIn(point.id, [row[0] for row in found], text)

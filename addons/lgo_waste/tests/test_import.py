# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WasteCase
from .test_tool_point_table import GOOD, TITLES, changed, workbook


@tagged("post_install", "-at_install")
class TestImport(WasteCase):
    """The old register: looked at first, then taken in once."""

    def _import(self, *rows, user=None, **vals):
        imports = self.env["lgo.waste.import"].with_user(user or self.registrar)
        return imports.create(
            {
                "name": "ทะเบียน.xlsx",
                "data": base64.b64encode(workbook(*rows, titles=TITLES)),
                "company_id": self.company.id,
                **vals,
            }
        )

    def _opening(self):
        return self.env["account.account"].create(
            {
                "code": "399990",
                "name": "บัญชีปรับยอดยกมา",
                "account_type": "equity",
                "company_ids": [(6, 0, self.company.ids)],
            }
        )

    def _take_in(self, one, limit=200):
        one.with_user(self.manager).action_import()
        while one.sudo().state == "running":
            one.sudo()._step(limit)

    def _messages(self, one):
        return [(row.line, row.is_fatal, row.message) for row in one.problem_ids]

    def _rows(self, count):
        return [
            changed(c0=f"A-{number}", c1="", c2=str(number), c10=f"ผู้ชำระ {number}")
            for number in range(1, count + 1)
        ]

    def test_good(self):
        one = self._import(*self._rows(5), opening_account_id=self._opening().id)
        one.action_check()
        self.assertEqual((one.state, self._messages(one)), ("checked", []))
        self.assertEqual((one.row_count, one.arrears_total), (5, 5 * 1360))
        self.assertIn("Z1: 5 service points, 300.00 baht a month, arrears 6,800.00", one.totals)
        self._take_in(one, 2)
        self.assertEqual((one.state, one.done_count, one.progress), ("done", 5, 100.0))
        points = one.row_ids.point_id
        self.assertEqual(len(points), 5)
        first = points[0]
        self.assertEqual(
            (first.state, first.house, first.zone_id, first.route_id, first.tariff_id),
            ("active", "1", self.zone, self.route, self.house),
        )
        self.assertEqual((first.date_start, first.old_number), (date(2025, 10, 1), "A-1"))
        self.assertEqual(first.partner_id.name, "ผู้ชำระ 1")

    def test_arrears(self):
        account = self._opening()
        one = self._import(GOOD, opening_account_id=account.id)
        one.action_check()
        self._take_in(one)
        bills = one.row_ids.point_id.bill_ids.sorted("fiscal_year")
        self.assertEqual(bills.mapped("fiscal_year"), [2568, 2569])
        self.assertEqual(bills.mapped("residual"), [1240.0, 120.0])
        self.assertEqual(bills.mapped("date_due"), [date(2025, 9, 30), date(2026, 9, 30)])
        credit = bills.move_id.line_ids.filtered(lambda line: line.account_id == account)
        self.assertEqual(sum(credit.mapped("credit")), 1360)
        self.assertEqual(one.row_ids.point_id.amount_due, 1360)

    def test_arrears_need_an_account(self):
        one = self._import(GOOD)
        one.action_check()
        with self.assertRaises(UserError):
            one.with_user(self.manager).action_import()

    def test_taken_in_once(self):
        rows = self._rows(3)
        one = self._import(*rows, opening_account_id=self._opening().id)
        one.action_check()
        self._take_in(one)
        with self.assertRaises(UserError):
            one.with_user(self.manager).action_import()
        self.assertEqual(one.sudo()._step(), 0)
        again = self._import(*rows)
        again.action_check()
        self.assertEqual(again.state, "refused")
        self.assertEqual([line for line, _fatal, _text in self._messages(again)], [2, 3, 4])

    def test_nothing_is_made_while_something_is_wrong(self):
        before = self.env["lgo.waste.point"].search_count([])
        one = self._import(changed(c4="ไม่มีเขตนี้"), changed(c0="B", c2="5", c7="X"))
        one.action_check()
        self.assertEqual(one.state, "refused")
        self.assertFalse(one.row_ids)
        texts = self._messages(one)
        self.assertEqual([(line, fatal) for line, fatal, _text in texts], [(2, True), (3, True)])
        self.assertIn("ไม่มีเขตนี้", texts[0][2])
        with self.assertRaises(UserError):
            one.with_user(self.manager).action_import()
        self.assertEqual(self.env["lgo.waste.point"].search_count([]), before)

    def test_other_rate_is_a_warning(self):
        one = self._import(changed(c12=75))
        one.action_check()
        [(line, is_fatal, text)] = self._messages(one)
        self.assertEqual((one.state, line, is_fatal), ("checked", 2, False))
        self.assertIn("75.00", text)
        self.assertIn("60.00", text)

    def test_route_of_another_zone(self):
        one = self._import(changed(c5="R2"))
        one.action_check()
        self.assertEqual(one.state, "refused")

    def test_rights(self):
        one = self._import(GOOD)
        for user in (self.collector, self.cashier, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                one.with_user(user).read(["state"])
        with self.assertRaises(AccessError):
            self._import(GOOD, user=self.finance)
        with self.assertRaises(AccessError):
            one.write({"state": "checked"})
        one.action_check()
        one.write({"data": base64.b64encode(workbook(GOOD, titles=TITLES))})
        self.assertEqual(one.state, "draft", "another workbook is checked again")

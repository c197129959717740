# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.tests import BaseCase

from ..tools import tariff
from ..tools.tariff import Bracket, Incentive


def D(text):
    return Decimal(text)


def bracket(component, above, up_to, mode, rate, **more):
    more = {name: D(value) if name != "rounding" else value for name, value in more.items()}
    return Bracket(component, D(above), D(up_to) if up_to else None, mode, D(rate), **more)


#: Bangkok, ordinance of 2568 (dossier section 1.3): up to 20 L 30 + 30, then 60 + 60 for 20 L.
BANGKOK = [
    bracket("collect", "0", "20", "flat", "30"),
    bracket("dispose", "0", "20", "flat", "30"),
    bracket("collect", "20", "1000", "per_unit", "60", unit_size="20"),
    bracket("dispose", "20", "1000", "per_unit", "60", unit_size="20"),
    bracket("collect", "1000", None, "per_unit", "3250", unit_size="1000"),
    bracket("dispose", "1000", None, "per_unit", "4750", unit_size="1000"),
]
KHLONG_MAI = [
    bracket("collect", "0", "20", "flat", "50"),
    bracket("collect", "20", "100", "flat", "80"),
    bracket("collect", "100", "200", "flat", "100"),
    bracket("collect", "200", "400", "flat", "200"),
    bracket("collect", "400", "600", "flat", "300"),
]
INFECTIOUS = [
    bracket("collect", "0", None, "per_unit", "480", unit_size="13", rounding="half_unit")
]
OLD_BANGKOK = [
    bracket("collect", "0", "1", "flat", "2000"),
    bracket("collect", "1", None, "tier_additive", "2000", base="2000", unit_size="1"),
]
AD_HOC = [
    bracket("collect", "0", "1", "flat", "150"),
    bracket("collect", "1", None, "tier_additive", "150", base="150", unit_size="1"),
]
CONDO = [bracket("collect", "0", None, "flat", "25")]
SORTED = Incentive("alt_rate", rates=(("collect", D("10")), ("dispose", D("10"))))

#: The golden cases of section 1.4: brackets, quantity, rooms, incentives, baht a month.
GOLDEN = [
    ("20 L, not sorted", BANGKOK, "20", 1, (), "60.00"),
    ("20 L, sorted and registered", BANGKOK, "20", 1, (SORTED,), "20.00"),
    ("21 L", BANGKOK, "21", 1, (), "240.00"),
    ("40 L", BANGKOK, "40", 1, (), "240.00"),
    ("41 L", BANGKOK, "41", 1, (), "360.00"),
    ("1000 L", BANGKOK, "1000", 1, (), "6000.00"),
    ("1001 L, begun cubic metres", BANGKOK, "1001", 1, (), "16000.00"),
    ("Khlong Mai 20 L", KHLONG_MAI, "20", 1, (), "50.00"),
    ("Khlong Mai 20.5 L", KHLONG_MAI, "20.5", 1, (), "80.00"),
    ("Khlong Mai 100 L", KHLONG_MAI, "100", 1, (), "80.00"),
    ("Khlong Mai 101 L", KHLONG_MAI, "101", 1, (), "100.00"),
    ("Khlong Mai 600 L", KHLONG_MAI, "600", 1, (), "300.00"),
    ("infectious 13 L", INFECTIOUS, "13", 1, (), "480.00"),
    ("infectious 19.5 L", INFECTIOUS, "19.5", 1, (), "720.00"),
    ("infectious 20 L", INFECTIOUS, "20", 1, (), "960.00"),
    ("old Bangkok 1.5 m3 a day", OLD_BANGKOK, "1.5", 1, (), "4000.00"),
    ("ad hoc 2.2 m3", AD_HOC, "2.2", 1, (), "450.00"),
    ("condominium of 120 rooms", CONDO, "1", 120, (), "3000.00"),
]


class TestTariff(BaseCase):
    def _total(self, brackets, quantity, units=1, incentives=(), exempt="0"):
        fee = tariff.month_fee(brackets, D(quantity), units, incentives, D(exempt))
        return str(sum(due for _full, due in fee.values()))

    def test_golden(self):
        for name, brackets, quantity, units, incentives, expected in GOLDEN:
            with self.subTest(name):
                self.assertEqual(self._total(brackets, quantity, units, incentives), expected)

    def test_a_year_of_the_condominium(self):
        fee = tariff.month_fee(CONDO, D("1"), 120)
        self.assertEqual(str(fee["collect"][1] * 12), "36000.00")

    def test_outside_the_table(self):
        for brackets, quantity in ((KHLONG_MAI, "601"), (KHLONG_MAI, "0"), ([], "20")):
            with self.subTest(quantity), self.assertRaises(tariff.NoRateError):
                tariff.month_fee(brackets, D(quantity))

    def test_a_component_without_a_bracket_is_no_free_gift(self):
        with self.assertRaises(tariff.NoRateError):
            tariff.month_fee([*KHLONG_MAI, bracket("dispose", "0", "20", "flat", "9")], D("50"))

    def test_parts_and_full_price(self):
        fee = tariff.month_fee(BANGKOK, D("20"), 1, (SORTED,))
        self.assertEqual(fee, {name: (D("30.00"), D("10.00")) for name in ("collect", "dispose")})

    def test_order_of_incentives(self):
        percent, fixed = Incentive("percent", D("50")), Incentive("fixed", D("6"))
        for order in ((SORTED, percent, fixed), (fixed, percent, SORTED)):
            # (10 + 10) / 2 - 6
            self.assertEqual(self._total(BANGKOK, "20", 1, order), "4.00")

    def test_never_below_zero(self):
        self.assertEqual(self._total(BANGKOK, "20", 1, (Incentive("fixed", D("500")),)), "0.00")
        self.assertEqual(self._total(BANGKOK, "20", 1, (Incentive("waive"),)), "0.00")

    def test_the_twelfth_month_is_free(self):
        months = [
            self._total(
                BANGKOK, "20", 1, (Incentive("free_months", free=1, every=12, months_since=n),)
            )
            for n in range(13)
        ]
        self.assertEqual(months, ["60.00"] * 11 + ["0.00", "60.00"])

    def test_half_up_to_the_satang(self):
        self.assertEqual(str(tariff.to_satang(D("0.125"))), "0.13")
        self.assertEqual(self._total(BANGKOK, "20", 1, (), "33.33"), "40.00")
        odd = [bracket("collect", "0", None, "flat", "0.25")]
        self.assertEqual(self._total(odd, "1", 1, (), "50"), "0.13")

    def test_minimum_and_maximum(self):
        line = bracket("collect", "0", None, "per_unit", "3", minimum="20", maximum="100")
        for quantity, expected in (("1", "20.00"), ("10", "30.00"), ("1000", "100.00")):
            self.assertEqual(self._total([line], quantity), expected)

    def test_share_of_a_month(self):
        cases = [
            (0, 31, "full", "0"), (1, 31, "full", "1"), (31, 31, "daily", "1"),
            (15, 30, "half", "0.5"), (16, 30, "half", "1"), (15, 30, "daily", "0.5"),
        ]  # fmt: skip
        for days, month, policy, expected in cases:
            with self.subTest(days=days, policy=policy):
                self.assertEqual(tariff.month_share(days, month, policy), D(expected))

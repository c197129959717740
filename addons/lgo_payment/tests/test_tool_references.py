# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase, tagged

from ..tools import references

NUMBERS = ("0101000184", "9999999952", "1010000182", "170000000138", "270000000327")


@tagged("post_install", "-at_install")
class TestReferences(BaseCase):
    def test_vectors(self):
        for base, number in (
            ("10100001", "1010000182"),
            ("99999999", "9999999952"),
            ("1700000001", "170000000138"),
            ("2700000003", "270000000327"),
        ):
            self.assertEqual(references.with_check(base), number)
            self.assertTrue(references.is_valid(number))

    def test_every_slip_of_the_finger_is_noticed(self):
        missed = []
        for number in NUMBERS:
            for place, digit in enumerate(number):
                for other in "0123456789":
                    if other != digit:
                        missed.append(number[:place] + other + number[place + 1 :])
            for place in range(len(number) - 1):
                swapped = list(number)
                swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
                missed.append("".join(swapped))
            for place in range(len(number) - 2):
                swapped = list(number)
                swapped[place], swapped[place + 2] = swapped[place + 2], swapped[place]
                missed.append("".join(swapped))
        wrong = [one for one in missed if references.is_valid(one) and one not in NUMBERS]
        self.assertEqual(wrong, [])
        self.assertGreater(len(missed), 400)

    def test_normalise(self):
        for text, length, wanted in (
            (" 0102-001709 ", 10, "0102001709"),
            ("๑๐๑๐๐๐๐๑๘๒", 10, "1010000182"),
            ("401001687", 10, "0401001687"),
            ("401001688", 10, "401001688"),
            ("1.02E+09", 10, "1.02E+09"),
            ("ab-12", 0, "AB12"),
            ("", 10, ""),
            (None, 10, ""),
        ):
            self.assertEqual(references.normalise(text, length), wanted, text)

    def test_numbers(self):
        self.assertEqual(references.bill_number("1", 2570, 1), "170000000138")
        self.assertEqual(references.account_number(10100001), "1010000182")
        for kind, year, run in (
            ("3", 2570, 1),
            ("1", 2570, 0),
            ("1", 2570, 10_000_000),
            ("1", 70, 1),
        ):
            with self.assertRaises(ValueError):
                references.bill_number(kind, year, run)
        for run in (0, 9_999_999, 100_000_000):
            with self.assertRaises(ValueError):
                references.account_number(run)

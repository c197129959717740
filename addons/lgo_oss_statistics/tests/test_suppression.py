# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo.tests import BaseCase, tagged

from ..tools.suppression import THRESHOLD, determined, protect

#: name, cells, lines, what must be hidden at least, what may be shown
TABLES = [
    ("nothing small", {"a": 5, "b": 9, "t": 14}, [("t", "ab")], set(), {"a", "b", "t"}),
    ("zero is shown", {"a": 0, "b": 9, "t": 9}, [("t", "ab")], set(), {"a", "b", "t"}),
    ("one small", {"a": 1, "b": 9, "c": 30, "t": 40}, [("t", "abc")], {"a", "b"}, {"c", "t"}),
    ("two ones", {"a": 1, "b": 1, "c": 9, "t": 11}, [("t", "abc")], {"a", "b", "c"}, {"t"}),
    ("only one part", {"a": 3, "b": 0, "t": 3}, [("t", "ab")], {"a", "t"}, {"b"}),
]  # fmt: skip


def table(rng, rows, columns):
    """A random table with totals of rows, columns and all."""
    cells, lines = {}, []
    for row in range(rows):
        for column in range(columns):
            cells[row, column] = rng.choice([0, 0, 1, 2, 3, 4, 5, 7, 12, 40])
    for row in range(rows):
        cells[row, "t"] = sum(cells[row, column] for column in range(columns))
        lines.append(((row, "t"), [(row, column) for column in range(columns)]))
    for column in [*range(columns), "t"]:
        cells["t", column] = sum(cells[row, column] for row in range(rows))
        lines.append((("t", column), [(row, column) for row in range(rows)]))
    lines.append((("t", "t"), [("t", column) for column in range(columns)]))
    return cells, lines


def bounds(cells, lines, hidden):
    """What a reader can narrow each hidden cell down to, knowing that it is one or more."""
    low = {key: 1 if key in hidden else value for key, value in cells.items()}
    high = {key: 10**6 if key in hidden else value for key, value in cells.items()}
    for _round in range(60):
        for total, parts in lines:
            low[total] = max(low[total], sum(low[key] for key in parts))
            high[total] = min(high[total], sum(high[key] for key in parts))
            for key in parts:
                others = [other for other in parts if other != key]
                low[key] = max(low[key], low[total] - sum(high[other] for other in others))
                high[key] = min(high[key], high[total] - sum(low[other] for other in others))
    return low, high


@tagged("post_install", "-at_install")
class TestSuppression(BaseCase):
    """What is held back cannot be computed from what is shown."""

    def test_tables(self):
        for name, cells, lines, hidden, shown in TABLES:
            with self.subTest(name):
                found = protect(cells, lines)
                self.assertLessEqual(hidden, found)
                self.assertFalse(shown & found)

    def test_determined(self):
        lines = [("t", "ab"), ("u", "bc")]
        self.assertEqual(determined(lines, {"a"}), {"a"})
        # b follows from the second line, then a from the first
        self.assertEqual(determined(lines, {"a", "b"}), {"a", "b"})
        self.assertEqual(determined(lines, {"a", "b", "c"}), set())

    def test_nothing_small_is_shown_or_follows(self):
        rng = random.Random(2569)  # noqa: S311 - the same tables each time
        for size in [(2, 2), (3, 4), (12, 6), (12, 30)] * 10:
            cells, lines = table(rng, *size)
            hidden = protect(cells, lines)
            for key, value in cells.items():
                if 0 < value < THRESHOLD:
                    self.assertIn(key, hidden)
            self.assertFalse(determined(lines, hidden))
            low, high = bounds(cells, lines, hidden)
            for key in hidden:
                self.assertLess(low[key], high[key], f"{key} of {size}")

    def test_tables_that_share_totals(self):
        rng = random.Random(2570)  # noqa: S311
        for _round in range(20):
            cells, lines = table(rng, 6, 5)
            for row in range(6):  # the same rows once more, split in two
                first = rng.randint(0, cells[row, "t"])
                cells[row, "x"], cells[row, "y"] = first, cells[row, "t"] - first
                lines.append(((row, "t"), [(row, "x"), (row, "y")]))
            hidden = protect(cells, lines)
            self.assertFalse(determined(lines, hidden))
            low, high = bounds(cells, lines, hidden)
            self.assertFalse([key for key in hidden if low[key] == high[key]])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small numbers that nobody may compute from the others: pure functions, no ORM.

A published table keeps a count below the threshold to itself (primary suppression; the custom of
official statistics, by which a count of one is a person). That is not enough: what is missing
can be computed from a total. So more cells are held back (complementary suppression) until

* no missing cell follows from the published ones by any addition and subtraction, which linear
  algebra says exactly, for several tables that share totals as well, and
* in each line the missing cells could be otherwise by at least the threshold.

Zero is published: it is about nobody.
"""

#: Counts from one up to, without, this one are held back.
THRESHOLD = 5
#: Elimination is done in this field: exact, fast, and large enough for sums of ±1.
PRIME = 2**61 - 1


def protect(cells, lines, threshold=THRESHOLD):
    """Which cells must not be published.

    >>> sorted(protect({"a": 1, "b": 9, "t": 10}, [("t", ("a", "b"))]))
    ['a', 'b']

    :param dict cells: key -> count, all of them, totals too
    :param lines: pairs of the key of a total and the keys that sum up to it
    :param int threshold: least count that may be shown
    :return: set of keys
    """
    hidden = {key for key, value in cells.items() if 0 < value < threshold}
    lines = [(total, tuple(parts)) for total, parts in lines]
    while True:
        more = _weak_lines(cells, lines, hidden, threshold)
        if not more:
            more = _uncover(cells, lines, hidden)
        if not more:
            return hidden
        hidden |= more


def _weak_lines(cells, lines, hidden, threshold):
    """Cells to hide in addition, because a line alone tells too much."""
    more = set()
    for total, parts in lines:
        missing = [key for key in parts if key in hidden or key in more]
        if total in hidden or total in more:
            if not missing:
                more |= _next(cells, parts, hidden | more)
            continue
        if not missing:
            continue
        play = sum(cells[key] for key in missing) - len(missing)
        if len(missing) < 2 or play < threshold - 1:
            more |= _next(cells, parts, hidden | more) or {total}
    return more


def _next(cells, parts, hidden):
    """The smallest published part that is not zero, as a set."""
    shown = [key for key in parts if key not in hidden and cells[key] > 0]
    return {min(shown, key=lambda key: (cells[key], str(key)))} if shown else set()


def _uncover(cells, lines, hidden):
    """Cells to hide in addition, because some hidden ones follow from the published ones."""
    more = set()
    for key in determined(lines, hidden):
        for total, parts in lines:
            if key != total and key not in parts:
                continue
            extra = _next(cells, parts, hidden | more)
            if not extra and total not in hidden:
                extra = {total}
            if extra:
                more |= extra
                break
    return more


def determined(lines, hidden):
    """Hidden cells whose value follows from the published ones.

    Each line is an equation over its hidden cells. A cell is determined when the unit vector of
    it is a combination of the equations: in the reduced row echelon form its row then holds
    nothing else.

    :return: set of keys
    """
    rows = []
    for total, parts in lines:
        row = {key: 1 for key in parts if key in hidden}
        if total in hidden:
            row[total] = (row.get(total, 0) - 1) % PRIME
        if row:
            rows.append(row)
    pivots = {}
    for row in rows:
        row = _reduce(row, pivots)
        if not row:
            continue
        pivot = min(row, key=str)
        inverse = pow(row[pivot], -1, PRIME)
        row = {key: value * inverse % PRIME for key, value in row.items()}
        for other, old in pivots.items():
            if pivot in old:
                pivots[other] = _subtract(old, row, old[pivot])
        pivots[pivot] = row
    return {pivot for pivot, row in pivots.items() if len(row) == 1}


def _reduce(row, pivots):
    for key in [key for key in row if key in pivots]:
        if key in row:
            row = _subtract(row, pivots[key], row[key])
    return row


def _subtract(row, other, factor):
    result = dict(row)
    for key, value in other.items():
        left = (result.get(key, 0) - value * factor) % PRIME
        if left:
            result[key] = left
        else:
            result.pop(key, None)
    return result

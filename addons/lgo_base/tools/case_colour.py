# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much of a time limit is spent, and the colour in which that is shown; no ORM here."""


def spent_percent(start, due, end):
    """Percent of the time between ``start`` and ``due`` that is spent at ``end``.

    A limit without length is spent wholly as soon as it is over.

    :param start: ``datetime`` or ``date``; ``due`` and ``end`` are of the same kind
    :rtype: float
    """
    total = due - start
    if not total:
        return 0.0 if end <= due else float("inf")
    return (end - start) / total * 100


def colour(start, due, end, amber, red):
    """``green``, ``amber`` or ``red`` of a time limit.

    :param amber: percent of the time from which it is amber
    :param red: percent of the time above which it is red
    """
    spent = spent_percent(start, due, end)
    if spent > red:
        return "red"
    return "amber" if spent >= amber else "green"

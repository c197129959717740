# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules by which a line of a bank finds its bills: pure functions, no ORM.

Rules R0-R13 of the municipality's matching practice: a line is settled by its references, never by
its amount alone. The order of the rules is the order of :func:`match`. What a line pays is taken
from the balances of a :class:`Book`, so that the next line of the same file sees what is left.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from . import references

ZERO = Decimal("0.00")


def money(amount):
    """``amount`` of the ORM as a Decimal of two places."""
    return Decimal(f"{amount:.2f}")


@dataclass
class Bill:
    """An issued bill as the matcher sees it."""

    id: int
    number: str
    account: int
    fiscal_year: int
    due: object
    total: Decimal
    residual: Decimal
    state: str  # open, cancelled, written_off

    @property
    def age(self):
        """Key of "oldest first": prior fiscal years, then the due date, then the number."""
        return (self.fiscal_year, self.due, self.number)


@dataclass
class Group:
    """A bill that collects others: one number and one QR for several periods."""

    id: int
    number: str
    bills: tuple


@dataclass
class Line:
    """What the matcher needs of a line of a bank file."""

    id: int
    ref1: str
    ref2: str
    amount: Decimal
    kind: str = "C"
    status: str = "ok"
    is_ours: bool = True
    is_cheque: bool = False
    is_cleared: bool = False
    is_repeated: bool = False
    fiscal_year: int = 0


@dataclass
class Settled:
    """An earlier credit that a reversal may take back."""

    line: int
    ref1: str
    ref2: str
    amount: Decimal


@dataclass
class Result:
    """What becomes of a line.

    ``allocations`` are (bill id, amount); they are paid when ``posts`` is true, else a suggestion.
    ``credit`` is what belongs to no bill and ``credit_kind`` where it waits: advance, refund or
    suspense.
    """

    outcome: str
    allocations: list = field(default_factory=list)
    credit: Decimal = ZERO
    credit_kind: str = ""
    queue: str = ""
    posts: bool = False
    reverses: int = 0


class Book:
    """Bills, groups and accounts that the lines of a run may name.

    :param accounts: {ref1: account id}; other names of an account (old codes) are keys as well
    :param bills: iterable of :class:`Bill`
    :param groups: iterable of :class:`Group`
    :param settled: iterable of :class:`Settled`
    """

    def __init__(self, accounts, bills, groups=(), settled=()):
        self.accounts = dict(accounts)
        self.bills = {bill.id: bill for bill in bills}
        self.by_number = {bill.number: bill for bill in self.bills.values()}
        self.groups = {group.number: group for group in groups}
        self.settled = list(settled)
        self.of_account = {}
        for bill in self.bills.values():
            self.of_account.setdefault(bill.account, []).append(bill)

    def open_bills(self, account):
        """Bills of an account with something left to pay, oldest first."""
        found = [b for b in self.of_account.get(account, ()) if b.state == "open" and b.residual]
        return sorted(found, key=lambda bill: bill.age)

    def find_settled(self, ref1, ref2, amount):
        """Take the last credit that a reversal of these references and amount gives back."""
        for position in range(len(self.settled) - 1, -1, -1):
            one = self.settled[position]
            if (one.ref1, one.ref2, one.amount) == (ref1, ref2, amount):
                return self.settled.pop(position)
        return None

    def give_back(self, allocations):
        """A reversal makes bills open again."""
        for bill_id, amount in allocations:
            if bill_id in self.bills:  # a bill that was paid may not have been loaded
                self.bills[bill_id].residual += amount


def clean(ref1, ref2, accounts):
    """Return the two references as they should have been, and what was mended.

    :return: (ref1, ref2, note) with note "", "normalised" or "swapped"
    """
    one, two = references.normalise(ref1, 10), references.normalise(ref2)
    if ref1 in accounts:  # an old code that is no number of ours
        one = ref1
    if one not in accounts and two in accounts:
        return two, one, "swapped"
    return one, two, "normalised" if (one, two) != (ref1, ref2) else ""


def match(line, book, over_limit=None, reversed_allocations=None):
    """Find what a line pays, and take it from the balances of the book.

    :param Line line: the line
    :param Book book: the balances before it
    :param over_limit: an overpayment above this amount is left to a person; ``None``: never
    :param reversed_allocations: function(line id) → [(bill id, amount)] of an earlier line
    :return: :class:`Result`
    """
    held = _hold(line)
    if held:
        return held
    ref1, ref2, note = clean(line.ref1, line.ref2, book.accounts)
    if line.kind == "D":
        return _reverse(line, book, ref1, ref2, reversed_allocations)
    result = _find(line, book, ref1, ref2, note, over_limit)
    if line.is_cheque and not line.is_cleared and result.posts:
        # R11: no money yet; the suggestion is kept, nothing is taken from the bills
        return Result("pending_clearing", result.allocations, queue="cheque")
    if result.posts:
        for bill_id, amount in result.allocations:
            book.bills[bill_id].residual -= amount
        book.settled.append(Settled(line.id, ref1, ref2, line.amount))
    return result


def _hold(line):
    """R0 and repeated references of the bank: nothing is booked."""
    if line.status != "ok":
        return Result("ignored_status")
    if line.is_repeated:
        return Result("duplicate_import", queue="ignored_duplicate_import")
    if not line.is_ours:
        return Result("reject_biller", credit=line.amount, queue="reject")
    if not line.amount:
        return Result("reject_zero", queue="reject")
    return None


def _reverse(line, book, ref1, ref2, reversed_allocations):
    """R1: the bank takes a payment back; a reversal that comes first waits for its payment."""
    earlier = book.find_settled(ref1, ref2, line.amount)
    if not earlier:
        return Result("review_reversal", queue="review_reversal")
    allocations = reversed_allocations(earlier.line) if reversed_allocations else []
    book.give_back(allocations)
    taken_back = [(bill_id, -amount) for bill_id, amount in allocations]
    return Result("reversed", taken_back, queue="reversal", posts=True, reverses=earlier.line)


def _find(line, book, ref1, ref2, note, over_limit):
    account = book.accounts.get(ref1)
    group, bill = book.groups.get(ref2), book.by_number.get(ref2)
    if not account:
        return _without_account(line, bill)
    if group:
        return _group(line, book, group, account)  # R8
    if bill and bill.account == account:
        return _bill(line, bill, note, over_limit)
    if not ref2:
        return _oldest(line, book, account)  # R9
    # R10: the account is right, the number of the bill is not
    suggestion = _spread(book.open_bills(account)[:1], line.amount)[0]
    return Result("review_account", suggestion, line.amount, "suspense", "review_suggested")


def _without_account(line, bill):
    """R12: only the bill is known; R13: nothing is. A person decides."""
    queue = "review_suggested" if bill else "suspense"
    suggestion = [(bill.id, min(bill.residual, line.amount))] if bill and bill.residual else []
    return Result("suspense", suggestion, line.amount, "suspense", queue)


def _bill(line, bill, note, over_limit):
    """R2-R7: a bill of the account was named."""
    if bill.state != "open":
        return Result("review_cancelled", [], line.amount, "suspense", "review_cancelled")
    if not bill.residual:
        return Result("duplicate", [], line.amount, "refund", "refund")
    paid = min(bill.residual, line.amount)
    rest = line.amount - paid
    if rest:
        if over_limit is not None and rest > over_limit:
            return Result("review_over", [(bill.id, paid)], line.amount, "suspense", "review_over")
        return Result("matched_over", [(bill.id, paid)], rest, "advance", "advance", posts=True)
    if paid < bill.residual:
        return Result("matched_partial", [(bill.id, paid)], queue="review_partial", posts=True)
    if note:
        return Result(f"matched_{note}", [(bill.id, paid)], posts=True)
    prior = line.fiscal_year and bill.fiscal_year < line.fiscal_year
    return Result("matched_prior_fy" if prior else "matched", [(bill.id, paid)], posts=True)


def _spread(bills, amount):
    """Pay bills in their order; return ([(bill id, amount)], what is left)."""
    allocations = []
    for bill in bills:
        if not amount:
            break
        paid = min(bill.residual, amount)
        allocations.append((bill.id, paid))
        amount -= paid
    return allocations, amount


def _group(line, book, group, account):
    bills = [book.bills[bill] for bill in group.bills if bill in book.bills]
    payable = sorted(
        (bill for bill in bills if bill.state == "open" and bill.residual),
        key=lambda bill: bill.age,
    )
    if not payable:
        if any(bill.state != "open" for bill in bills):
            return Result("review_cancelled", [], line.amount, "suspense", "review_cancelled")
        return Result("duplicate", [], line.amount, "refund", "refund")
    allocations, rest = _spread(payable, line.amount)
    return _spread_result(line, "matched_group", "matched_group", allocations, rest, payable)


def _oldest(line, book, account):
    payable = book.open_bills(account)
    allocations, rest = _spread(payable, line.amount)
    return _spread_result(line, "oldest_first", "oldest_first_partial", allocations, rest, payable)


def _spread_result(line, outcome, partial, allocations, rest, payable):
    queue = ""
    if rest:
        queue = "advance"
    elif allocations:
        last, paid = allocations[-1]
        if paid < next(bill.residual for bill in payable if bill.id == last):
            outcome, queue = partial, "review_partial"
    return Result(outcome, allocations, rest, "advance" if rest else "", queue, posts=True)

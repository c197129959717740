# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import event as wire

#: Most rows of one delivery; the page sends the rest with the next.
MOST = 50
#: A clock that is further off is noted (dossier appendix I).
SKEW = timedelta(minutes=10)


class LgoWasteCollection(models.Model):
    """One visit as a phone wrote it: money taken with a receipt, or why there was none.

    Written once. A delivery that comes twice does nothing; money that no bill takes any more (it
    was paid online in the meantime) keeps its receipt and waits in advance for a decision.
    """

    _name = "lgo.waste.collection"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Visit of a Collector"
    _order = "id desc"
    _rec_name = "uuid"

    _append_only_key = "lgo_waste_collection"
    _append_only_writable = frozenset(
        {"state", "problem", "receipt_id", "decided_by_id", "decided_at", "decision", "latitude",
         "longitude", "account_id"}
    )  # fmt: skip

    round_id = fields.Many2one(
        "lgo.waste.round", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        related="round_id.user_id", string="Collector", store=True, index=True
    )
    uuid = fields.Char(required=True, readonly=True)
    seq = fields.Integer(string="Row of the phone", required=True, readonly=True, aggregator=None)
    device_at = fields.Datetime(string="Time on the phone", required=True, readonly=True)
    received_at = fields.Datetime(string="Sent", required=True, readonly=True)
    is_clock_wrong = fields.Boolean(
        string="Wrong clock", readonly=True, help="The clock of the phone is off by minutes."
    )
    is_chain_broken = fields.Boolean(
        string="Chain broken",
        readonly=True,
        help="The check sum does not follow from the row before: rows are missing or changed.",
    )
    kind = fields.Selection(
        [("payment", "Money taken"), ("visit", "Visit in vain")], required=True, readonly=True
    )
    account_id = fields.Many2one(
        "lgo.payment.account", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    account_number = fields.Char(required=True, readonly=True)
    reason = fields.Selection(
        [
            ("away", "Nobody at home"),
            ("closed", "House closed"),
            ("later", "Asked to come later"),
            ("refused", "Refused to pay"),
            ("moved", "Moved away"),
            ("other", "Other"),
        ],
        readonly=True,
    )
    note = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    bills = fields.Json(string="Bills as written", readonly=True)
    bill_text = fields.Char(string="Bills", compute="_compute_bill_text")
    receipt_number = fields.Integer(readonly=True, aggregator=None)
    receipt_id = fields.Many2one(
        "lgo.receipt", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    latitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    longitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    prev = fields.Char(readonly=True)
    hash = fields.Char(readonly=True)
    problem = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("done", "Booked"),
            ("conflict", "Paid twice, to decide"),
            ("held", "Not booked, to decide"),
            ("decided", "Decided"),
            ("dismissed", "Not booked"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    decision = fields.Char(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _uuid_uniq = models.UniqueIndex("(uuid)", "This row of a phone is there already.")
    _receipt_uniq = models.UniqueIndex(
        "(company_id, round_id, receipt_number) WHERE receipt_number > 0",
        "This receipt number was used already.",
    )

    @api.depends("bills")
    def _compute_bill_text(self):
        for row in self:
            row.bill_text = ", ".join(number for number, _amount in row.bills or [])

    def _append_only_message(self):
        return self.env._("What a phone has written never changes.")

    # -- taking in -------------------------------------------------------------------------

    @api.model
    def _take_in(self, round_, rows, now):
        """Take in what a phone sends, each row by itself.

        :param round_: ``lgo.waste.round`` (in sudo), of the user
        :param rows: list of what :func:`~.tools.event.parse` reads
        :param now: time of the phone in ms of the epoch, to see how far its clock is off
        :return: list of dicts uuid, status (created, duplicate, conflict, held, refused), message
        """
        round_._lock()
        skew = timedelta(0)
        if isinstance(now, int) and wire.FIRST <= now <= wire.LAST:
            skew = fields.Datetime.now() - self._moment(now)
        answers = []
        for row in rows[:MOST]:
            try:
                event = wire.parse(row)
            except wire.EventError as error:
                uuid = row.get("uuid") if isinstance(row, dict) else None
                message = self.env._("This row cannot be read (%(part)s).", part=error)
                answers.append(self._answer(str(uuid or "")[:36], "refused", message))
                continue
            answers.append(self._take_in_one(round_, event, skew))
        return answers

    @staticmethod
    def _answer(uuid, status, message=""):
        return {"uuid": uuid, "status": status, "message": message}

    @staticmethod
    def _moment(millis):
        return datetime.fromtimestamp(millis // 1000, UTC).replace(tzinfo=None)

    def _take_in_one(self, round_, event, skew):
        known = self.sudo().search([("uuid", "=", event.uuid)])
        if known:
            if known.hash == event.hash and known.round_id == round_:
                return self._answer(event.uuid, "duplicate")
            return self._answer(
                event.uuid, "refused", self.env._("Another row has this mark already.")
            )
        problem = self._number_problem(round_, event)
        values = self._prepare(round_, event, skew)
        if problem:  # the money is real: it waits, and gets a number that is free
            values |= {"receipt_number": 0, "problem": problem}
        row = self.sudo()._append_only_permitted().create(values)
        if event.kind == "payment" and not problem:
            row._book_or_hold()
        status = {"done": "created"}.get(row.state, row.state)
        return self._answer(event.uuid, status, row.problem or "")

    def _number_problem(self, round_, event):
        """Why the receipt number cannot be the phone's; empty when it is."""
        if event.kind != "payment":
            return ""
        if event.receipt not in round_.entry_ids.mapped("number"):
            return self.env._("Receipt number %(number)s is not of this phone.",
                              number=event.receipt)  # fmt: skip
        if event.receipt in round_.collection_ids.mapped("receipt_number"):
            return self.env._("Receipt number %(number)s was used already.", number=event.receipt)
        return ""

    def _prepare(self, round_, event, skew):
        before = round_.collection_ids.sorted("seq")[-1:]
        expected = before.hash or round_.token
        broken = event.prev != expected or event.digest() != event.hash
        wrong = abs(skew) > SKEW
        point = (
            self.env["lgo.waste.point"]
            .with_user(round_.user_id)
            .search(
                [("number", "=", event.account), ("company_id", "=", round_.company_id.id)], limit=1
            )
        )
        place = event.place or (0.0, 0.0)
        return {
            "round_id": round_.id,
            "uuid": event.uuid,
            "seq": event.seq,
            "device_at": self._moment(event.at) + (skew if wrong else timedelta(0)),
            "received_at": fields.Datetime.now(),
            "is_clock_wrong": wrong,
            "is_chain_broken": broken,
            "kind": event.kind,
            "account_id": point.sudo().account_id.id,
            "account_number": event.account,
            "reason": event.reason or False,
            "note": event.note,
            "amount": event.amount / 100,
            "bills": [list(bill) for bill in event.bills],
            "receipt_number": event.receipt,
            "latitude": place[0],
            "longitude": place[1],
            "prev": event.prev,
            "hash": event.hash,
            "state": "held" if event.kind == "payment" else "done",
        }

    # -- booking ---------------------------------------------------------------------------

    def _book_or_hold(self):
        """Book what was taken; what cannot be booked waits, so that no money is lost."""
        problem = self._hold_reason()
        if not problem:
            try:
                with self.env.cr.savepoint():
                    self._book()
                    return
            except UserError as error:
                problem = str(error)
        self._append_only_permitted().write({"problem": problem})

    def _hold_reason(self):
        if self.round_id.state == "lost":
            return self.env._("The phone was reported lost.")
        if self.round_id.state == "closed":
            return self.env._("The round had ended.")
        if not self.account_id:
            return self.env._("House %(number)s is not on the collector's routes.",
                              number=self.account_number)  # fmt: skip
        return ""

    def _book(self):
        """Book the money on the bills, what is over in advance, and write the receipt.

        :raise UserError: a bill of another house
        """
        company = self.company_id
        specs, over = self._specs()
        day = self._day()
        cash = company._lgo_payment_account("cash")
        label = f"รับเงินสด {self.account_number}"
        if over:
            specs.append({"kind": "advance", "amount": over, "account": self.account_id})
        parts = self.env["lgo.payment.allocation"]._post(
            company, day, [(cash, self.amount, label)], specs, label
        )
        entry = self.round_id.entry_ids.filtered(
            lambda one: one.number == self.receipt_number and one.state == "used"
        )
        receipt = self.env["lgo.receipt"]._issue_batch(
            [
                {
                    "parts": parts,
                    "channel": "cash",
                    "session": self._session(),
                    "payer": self.account_id.partner_id.name,
                    "pay_date": self._pay_day(),
                    "date": day,
                    "entry": entry,
                    "cashier": self.user_id.id,
                }
            ]
        )
        values = {"receipt_id": receipt.id, "state": "done", "problem": False}
        if over:
            values["state"] = "conflict"
            values["problem"] = self.env._(
                "%(amount)s baht were paid on these bills in the meantime; the money waits in "
                "advance.",
                amount=f"{over:,.2f}",
            )
        self._append_only_permitted().write(values)

    def _specs(self):
        """Parts that pay the bills, and what no bill takes any more."""
        company, currency = self.company_id, self.company_id.currency_id
        numbers = [number for number, _satang in self.bills]
        bills = (
            self.env["lgo.payment.bill"]
            .sudo()
            .search([("number", "in", numbers), ("company_id", "=", company.id)])
        )
        if len(bills) != len(numbers) or bills.account_id != self.account_id:
            raise UserError(self.env._("These bills are not of this house."))
        bills._lock(bills)
        by_number = bills.grouped("number")
        specs, over = [], 0.0
        for number, satang in self.bills:
            bill = by_number[number]
            amount = currency.round(satang / 100)
            usable = min(amount, bill.residual) if bill.state in ("open", "partial") else 0.0
            if usable:
                specs.append(
                    {"kind": "bill", "bill": bill, "amount": usable, "account": self.account_id}
                )
            over = currency.round(over + amount - usable)
        return specs, over

    def _pay_day(self):
        """The day on the receipt: the phone's, but no later than today."""
        return min(thai.local_date(self.device_at), thai.local_date(self.received_at))

    def _day(self):
        """The day of the books: the day of the receipt unless it is closed already."""
        day = self._pay_day()
        closed = self.env["lgo.payment.day"].sudo().search_count(
            [("company_id", "=", self.company_id.id), ("date", "=", day), ("state", "=", "closed")],
            limit=1,
        )  # fmt: skip
        begun = thai.local_date(self.round_id.opened_at)
        return thai.local_date(self.received_at) if closed or day < begun else day

    def _session(self):
        """The till that the money is in: the round's, or the collector's next one."""
        session = self.round_id.session_id
        if session.state != "open":
            own = self.env["lgo.cash.session"].with_user(self.user_id)
            own = own.with_company(self.company_id)
            session = (own._current() or own.create({})).sudo()
        return session

    # -- deciding --------------------------------------------------------------------------

    def _check_decision(self, state):
        self.ensure_one()
        self.round_id._check_office()
        self.flush_recordset(["state"])
        [[found]] = self.env.execute_query(
            SQL("SELECT state FROM lgo_waste_collection WHERE id = %s FOR UPDATE", self.id)
        )
        if found != state:
            raise UserError(self.env._("This was decided already."))
        if self.user_id == self.env.user:
            raise UserError(self.env._("A collector does not decide about the own money."))

    def _decide(self, state, text):
        self.sudo()._append_only_permitted().write(
            {
                "state": state,
                "decision": text,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.env["lgo.audit.log"]._log("waste.collection.decide", self, severity="warning")

    def action_keep(self):
        """What was paid twice stays in advance of the house."""
        for row in self:
            row._check_decision("conflict")
            row._decide("decided", self.env._("Kept in advance"))
        return True

    def action_refund(self):
        """Ask to pay back what was paid twice; another officer approves."""
        for row in self:
            row._check_decision("conflict")
            part = row.sudo().receipt_id.allocation_ids.filtered(
                lambda one: one.kind == "advance" and one.state == "active"
            )
            if not part:
                raise UserError(self.env._("This money was used for bills in the meantime."))
            self.env["lgo.payment.request"]._request(
                "refund",
                self.env._("Paid twice: receipt %(name)s", name=row.sudo().receipt_id.name),
                allocation_id=part[:1].id,
                company_id=row.company_id.id,
            )
            row._decide("decided", self.env._("Asked to pay back"))
        return True

    def action_book(self):
        """Book what waited, such as money of a phone that was found again."""
        for row in self:
            row._check_decision("held")
            if not row.account_id:
                accounts = self.env["lgo.payment.account"].sudo()
                found = accounts._find(row.account_number, row.company_id)
                if not found:
                    raise UserError(self.env._("There is no house with this number."))
                row.sudo()._append_only_permitted().write({"account_id": found.id})
            row.sudo()._book()
            if row.sudo().state == "done":
                row._decide("decided", self.env._("Booked by finance"))
        return True

    def action_dismiss(self):
        """Book nothing, such as a receipt written to try the phone out."""
        for row in self:
            row._check_decision("held")
            row._decide("dismissed", self.env._("Not booked"))
        return True

    # -- personal data ---------------------------------------------------------------------

    @api.autovacuum
    def _gc_places(self):
        """Forget where collectors stood after the days that the office sets."""
        for company in (
            self.env["res.company"].sudo().search([("lgo_collector_place_days", ">", 0)])
        ):
            limit = fields.Datetime.now() - timedelta(days=company.lgo_collector_place_days)
            rows = self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("received_at", "<", limit),
                    ("latitude", "!=", 0),
                ],
                limit=1000,
            )
            rows._append_only_permitted().write({"latitude": 0.0, "longitude": 0.0})

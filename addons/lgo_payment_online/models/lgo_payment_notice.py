# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from odoo import api, fields, models

from odoo.addons.lgo_base.tools import api_client

from ..tools import notices

#: A notice that the bank's interface does not confirm for so long is put aside (dossier, B).
LONGEST = timedelta(hours=72)
#: The clock of a bank may be so far from ours.
SKEW = timedelta(minutes=10)
KEPT_DAYS = 400


class LgoPaymentNotice(models.Model):
    """What a bank reported at once: a hint that is shown, never a payment that is booked.

    It is stored as it came, answered, and asked about at the bank's own interface. The money is
    booked by the bank's file alone, so that nothing is booked twice.
    """

    _name = "lgo.payment.notice"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Payment Reported at Once"
    _order = "id desc"
    _rec_name = "number"
    _append_only_writable = frozenset({"state", "message", "asked_at", "bank_line_id"})

    biller_id = fields.Many2one(
        "lgo.payment.biller", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="biller_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Char(string="Reference of the bank", required=True, readonly=True)
    kind = fields.Selection([("C", "Payment"), ("D", "Taken back")], required=True, readonly=True)
    ref1 = fields.Char(string="Reference 1", readonly=True)
    ref2 = fields.Char(string="Reference 2", readonly=True, index="btree_not_null")
    amount = fields.Monetary(readonly=True)
    paid_at = fields.Datetime(string="Paid on", readonly=True)
    payer = fields.Char(string="Name of the payer", readonly=True)
    raw = fields.Text(string="As it came", readonly=True, groups="lgo_base.group_admin")
    address = fields.Char(string="Network address", readonly=True, groups="lgo_base.group_admin")
    received_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    asked_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [
            ("received", "To be confirmed"),
            ("verified", "Confirmed by the bank"),
            ("rejected", "Not confirmed"),
            ("settled", "In the bank's file"),
        ],
        default="received",
        required=True,
        readonly=True,
        index=True,
    )
    message = fields.Char(readonly=True)
    bank_line_id = fields.Many2one("lgo.bank.line", readonly=True, index="btree_not_null")

    _number_uniq = models.UniqueIndex("(biller_id, number, kind)")

    def _append_only_message(self):
        return self.env._("What a bank reported is kept as it came.")

    @api.model
    def _receive(self, biller, body, address):
        """Store what came, once; the caller answers.

        :param biller: ``lgo.payment.biller`` in sudo
        :param bytes body: JSON of the bank
        :return: dict, the answer in the bank's own form
        """
        protocol = biller.hook_protocol
        try:
            notice = notices.parse(protocol, body)
        except notices.NoticeError as error:
            self.env["lgo.audit.log"].sudo()._log("payment.notice.bad", biller, detail=error.code)
            return notices.answer(protocol, problem=error.code)
        found = self.sudo().search(
            [
                ("biller_id", "=", biller.id),
                ("number", "=", notice.number),
                ("kind", "=", notice.kind),
            ],
            limit=1,
        )
        if not found:
            found = self._store(biller, notice, body, address)
        return notices.answer(protocol, notice.number, f"LGO{found.id}")

    def _store(self, biller, notice, body, address):
        late = notice.paid_at > fields.Datetime.now() + SKEW
        found = (
            self.sudo()
            ._append_only_permitted()
            .create(
                {
                    "biller_id": biller.id,
                    "number": notice.number,
                    "kind": notice.kind,
                    "ref1": notice.ref1,
                    "ref2": notice.ref2,
                    "amount": float(notice.amount),
                    "paid_at": notice.paid_at,
                    "payer": notice.payer,
                    "raw": body.decode("utf-8", "replace"),
                    "address": address,
                    "message": self.env._("The clock of the bank is ahead.") if late else False,
                }
            )
        )
        self.env.ref("lgo_payment_online.ir_cron_notices").sudo()._trigger()
        return found

    # -- asking the bank -------------------------------------------------------------------

    @api.model
    def _cron_notices(self):
        """Ask the banks about what they reported; link what their files have brought."""
        waiting = self.search([("state", "in", ("received", "verified"))], order="id", limit=500)
        waiting._link_lines()
        left = waiting.filtered(lambda notice: notice.state == "received")
        for notice in left:
            notice._ask()
            self.env["ir.cron"]._commit_progress(1)

    def _link_lines(self):
        """A notice whose payment stands in a file of the bank is settled by that line."""
        lines = self.env["lgo.bank.line"]
        for notice in self:
            day = fields.Date.context_today(self.with_context(tz="Asia/Bangkok"), notice.paid_at)
            line = lines.search(
                [
                    ("biller_id", "=", notice.biller_id.id),
                    ("ref1", "=", notice.ref1),
                    ("ref2", "=", notice.ref2 or False),
                    ("amount", "=", notice.amount),
                    ("kind", "=", notice.kind),
                    ("pay_date", ">=", fields.Date.subtract(day, days=1)),
                    ("pay_date", "<=", fields.Date.add(day, days=1)),
                ],
                limit=1,
            )
            if line:
                notice._set("settled", bank_line_id=line.id)

    def _ask(self):
        """Ask the bank's interface; without one the notice waits for the file."""
        self.ensure_one()
        biller = self.biller_id.sudo()
        if fields.Datetime.now() - self.received_at > LONGEST:
            self._set("rejected", message=self.env._("Nothing has confirmed it for three days."))
            return
        if biller.hook_protocol != "scb" or not biller.api_url:
            return
        try:
            rows = self._inquire(biller)
        except api_client.ApiError as error:
            self._set("received", message=str(error))
            return
        if any(self._is_same(row) for row in rows):
            self._set("verified", message=False)
        elif rows:
            self._set("rejected", message=self.env._("The bank knows another amount or reference."))
        else:
            self._set("received", message=self.env._("The bank does not know it yet."))

    def _inquire(self, biller):
        """Payments of the day with our reference 1, as the bank's interface lists them.

        SCB Open API: token by application key and secret, then the inquiry of bill payments.
        """
        base = biller.api_url.rstrip("/")
        key = biller._api_secret_text("api_key")
        owner = {"resourceOwnerId": key, "requestUId": str(uuid4())}
        answer = api_client.call(
            "POST",
            f"{base}/oauth/token",
            {**owner, "Content-Type": "application/json"},
            body=api_client.json.dumps(
                {
                    "applicationKey": key,
                    "applicationSecret": biller._api_secret_text("api_secret"),
                }
            ).encode(),
        )
        token = (answer.json().get("data") or {}).get("accessToken")
        if answer.status != 200 or not isinstance(token, str):
            raise api_client.ApiError("not_json", "token")
        day = fields.Datetime.context_timestamp(self.with_context(tz="Asia/Bangkok"), self.paid_at)
        query = urlencode(
            {
                "eventCode": "00300100",
                "transactionDate": f"{day:%Y-%m-%d}",
                "billerId": biller.biller_code,
                "reference1": self.ref1,
            }
        )
        answer = api_client.call(
            "GET",
            f"{base}/payment/billpayment/inquiry?{query}",
            {**owner, "Authorization": f"Bearer {token}"},
        )
        rows = answer.json().get("data") if answer.status == 200 else None
        if rows is None and answer.status == 404:
            return []
        if not isinstance(rows, list):
            raise api_client.ApiError("not_json", "inquiry")
        return [row for row in rows if isinstance(row, dict)]

    def _is_same(self, row):
        try:
            amount = notices._amount(row.get("amount"))
        except notices.NoticeError:
            return False
        return (
            str(row.get("transactionId") or "") == self.number
            and str(row.get("billPaymentRef1") or "").upper() == self.ref1
            and str(row.get("billPaymentRef2") or "").upper() == (self.ref2 or "")
            and not self.currency_id.compare_amounts(float(amount), self.amount)
        )

    def _set(self, state, **values):
        self.sudo()._append_only_permitted().write(
            {"state": state, "asked_at": fields.Datetime.now(), **values}
        )

    @api.model
    def _is_reported(self, numbers):
        """Whether a bank has reported a payment of one of these bill or group numbers."""
        return bool(
            self.sudo().search_count(
                [
                    ("ref2", "in", numbers),
                    ("kind", "=", "C"),
                    ("state", "in", ("received", "verified")),
                ],
                limit=1,
            )
        )

    @api.autovacuum
    def _gc_notices(self):
        """What the bank sent is kept as long as a year and its closing need it."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        old = self.sudo().search([("received_at", "<", before), ("raw", "!=", False)], limit=1000)
        self.env.cr.execute(
            "UPDATE lgo_payment_notice SET raw = NULL, address = NULL, payer = NULL WHERE id IN %s",
            [tuple(old.ids) or (0,)],
        )

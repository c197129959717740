# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_payment.tools import references

from .panel import qr_picture, qr_uri, whole_numbers

PER_ADDRESS = Limit("pay.address", 20, 15 * 60)
PER_PAIR = Limit("pay.pair", 8, 15 * 60)
PER_NUMBER = Limit("pay.number", 40, 60 * 60)


class PayController(http.Controller):
    """Pay without signing in: number of the account and what only its payer knows.

    Shows the amounts and the first letters of the payer, nothing else (dossier, appendix E). Only
    wrong tries count, by the three limits that :class:`TrackingController` of the cases explains.
    None of the pages keeps a session: the two answers come with every step.
    """

    @http.route(
        "/pay", type="http", auth="public", website=True, methods=["GET"], sitemap=True,
        save_session=False,
    )  # fmt: skip
    def pay(self, number="", **kw):
        """The form; a QR on a sticker may bring the number."""
        return self._page({"number": str(number or "")[:30]})

    @http.route(
        "/pay", type="http", auth="public", website=True, methods=["POST"], csrf=False,
        save_session=False,
    )  # fmt: skip
    def find(self, number="", check="", **kw):
        """What the account owes."""
        account, problem = self._look_up(number, check)
        return problem or self._page(self._account_values(account, number, check))

    @http.route(
        "/pay/qr", type="http", auth="public", website=True, methods=["POST"], csrf=False,
        save_session=False,
    )  # fmt: skip
    def qr(self, number="", check="", **kw):
        """The QR of the bills that were ticked."""
        account, problem = self._look_up(number, check)
        if problem:
            return problem
        bills = self._bills_of(account, request.httprequest.form.getlist("bill"))
        values = self._account_values(account, number, check)
        try:
            panel = bills._payment_panel(bills)
        except UserError as error:
            return self._page({**values, "error": str(error)}, 400)
        if not panel:
            return self._page(values)
        values.update(
            panel=panel,
            qr=qr_uri(panel),
            poll={
                "route": "/pay/status",
                "params": {"number": number, "check": check, "bills": panel["bills"].ids},
            },
        )
        return self._page(values)

    @http.route("/pay/qr.png", type="http", auth="public", methods=["POST"], csrf=False)
    def picture(self, number="", check="", **kw):
        """The picture of the QR, to be kept and opened in the app of a bank."""
        account, problem = self._look_up(number, check)
        if problem:
            raise request.not_found()
        bills = self._bills_of(account, request.httprequest.form.getlist("bill"))
        try:
            return qr_picture(bills._payment_panel(bills, make=False))
        except UserError:
            raise request.not_found() from None

    @http.route("/pay/status", type="jsonrpc", auth="public")
    def status(self, number="", check="", bills=()):
        """How far the payment is, for the page that waits."""
        account, problem = self._look_up(number, check)
        if problem:
            return {"state": "unknown"}
        found = self._bills_of(account, bills if isinstance(bills, list) else [])
        return found._payment_progress(found) if found else {"state": "unknown"}

    # -- helpers ---------------------------------------------------------------------------

    def _look_up(self, number, check):
        """The account in sudo of whoever knows both, or the page that says what is wrong.

        :return: ``(account, None)`` or ``(None, response)``
        """
        number = str(number or "").replace("\x00", "")[:30]
        check = str(check or "").replace("\x00", "")[:60]
        limits = request.env["lgo.rate.limit"]
        address = limits._address(request.httprequest.remote_addr)
        # however it is written, it is one number: "1010 0001 82" counts with "1010000182"
        counted = references.normalise(number, 10)
        calls = [(PER_ADDRESS, address)]
        if counted:
            calls += [(PER_PAIR, f"{counted} {address}"), (PER_NUMBER, counted)]
        if limits._is_full(*calls):
            text = request.env._("Too many tries. Please try again later, or pay at our counter.")
            return None, self._page({"number": number, "error": text}, 429)
        company = request.env.company
        account = request.env["lgo.payment.account"].sudo()._find(number, company)
        if account and account._matches_check(check):
            return account, None
        limits._count(*calls)
        text = request.env._(
            "We found no account with these answers. The account number stands on your bill "
            "(reference 1); the second answer is the house number or the number of an unpaid bill."
        )
        return None, self._page({"number": number, "error": text}, 404)

    @staticmethod
    def _bills_of(account, texts):
        """Unpaid and paid bills of the account among those that are named, in sudo."""
        return (
            request.env["lgo.payment.bill"]
            .sudo()
            .search([("id", "in", whole_numbers(texts)), ("account_id", "=", account.id)])
        )

    @staticmethod
    def _account_values(account, number, check):
        bills = account.bill_ids._payable()
        return {
            "number": number,
            "check": check,
            "found": {
                "name": account.name,
                "number": account.number,
                "payer": account._masked_payer(),
                "rows": bills._online_rows(),
                "total": sum(bills.mapped("residual")),
                "currency": account.currency_id,
                "by_bank": bool(bills[:1]._bill_biller()) if bills else True,
            },
        }

    @staticmethod
    def _page(values, status=200):
        response = request.render(
            "lgo_payment_online.pay", {"number": "", "page_name": "pay", **values}
        )
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response

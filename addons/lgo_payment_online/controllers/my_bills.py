# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.lgo_base.controllers.my import MyPortal
from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools.upload import check_upload

from .panel import qr_picture, qr_uri, whole_numbers

#: Slips that one citizen may send a day.
PER_CITIZEN = Limit("pay.claim", 10, 24 * 60 * 60)


class MyBillsPortal(MyPortal):
    """The own bills: choose some, pay them with one QR, get the receipts."""

    @http.route()
    def lgo_my_bills(self, **kw):
        """The own bills, with those of each account that can be paid together."""
        return self._bills_page(super().lgo_my_bills(**kw))

    @http.route("/my/bills/pay", type="http", auth="user", website=True, methods=["POST"])
    def lgo_pay_bills(self, **kw):
        """The QR of the bills that were ticked."""
        bills = self._own_bills(request.httprequest.form.getlist("bill"))
        try:
            panel = request.env["lgo.payment.bill"].sudo()._payment_panel(bills.sudo())
        except UserError as error:
            response = self.lgo_my_bills()
            response.qcontext["pay_error"] = str(error)
            response.status_code = 400
            return response
        return request.render(
            "lgo_payment_online.my_payment", {**self._panel_values(panel), "page_name": "bills"}
        )

    @http.route("/my/bills/claim", type="http", auth="user", website=True, methods=["POST"])
    def lgo_claim(self, note="", **kw):
        """Take the slip of a payment that we do not know of yet."""
        limits = request.env["lgo.rate.limit"]
        slip = request.httprequest.files.get("slip")
        bills = self._own_bills(request.httprequest.form.getlist("bill"))
        values = {"page_name": "bills", "claim_error": "", "claimed": False}
        try:
            if not limits._allows((PER_CITIZEN, str(request.env.uid))):
                raise UserError(request.env._("Too many slips. Please try again tomorrow."))
            if not slip:
                raise UserError(request.env._("Choose the picture of the slip first."))
            name, content, _kind = check_upload(slip.filename, slip.read(), env=request.env)
            with request.env.cr.savepoint():
                request.env["lgo.payment.claim"].sudo()._claim(bills.sudo(), name, content, note)
            values["claimed"] = True
        except UserError as error:
            values["claim_error"] = str(error)
        response = request.render("lgo_payment_online.my_claim", values)
        response.status_code = 200 if values["claimed"] else 400
        return response

    @http.route("/my/bills/qr", type="http", auth="user", methods=["GET"])
    def lgo_bills_qr(self, bill="", **kw):
        """The picture of the QR, to be kept and opened in the app of a bank."""
        bills = self._own_bills(bill.split(","))
        try:
            panel = request.env["lgo.payment.bill"].sudo()._payment_panel(bills.sudo(), make=False)
        except UserError:
            raise request.not_found() from None
        return qr_picture(panel)

    @http.route("/my/bills/status", type="jsonrpc", auth="user")
    def lgo_bills_status(self, bills=()):
        """How far the payment of own bills is, for the page that waits."""
        own = self._own_bills(bills if isinstance(bills, list) else [])
        if not own:
            return {"state": "unknown"}
        return own._payment_progress(own)

    @http.route(
        "/my/bills/<int:bill_id>", type="http", auth="public", website=True, methods=["GET"]
    )
    def lgo_my_bill(self, bill_id, access_token=None, **kw):
        """One bill: what it is about, its QR, its receipts."""
        bill = self._document("lgo.payment.bill", bill_id, access_token)
        panel = bill._payment_panel(bill) if bill._payable() else {}
        receipts = bill.allocation_ids.receipt_id.filtered(lambda one: one.state == "issued")
        return request.render(
            "lgo_payment_online.my_bill",
            {
                **self._panel_values(panel, access_token),
                "bill": bill,
                "row": bill._online_rows()[0],
                "receipts": [
                    (receipt.name, receipt.amount, receipt.get_portal_url()) for receipt in receipts
                ],
                "paper_url": bill.get_portal_url(suffix="/paper"),
                "page_name": "bills",
            },
        )

    @http.route("/my/bills/<int:bill_id>/paper", type="http", auth="public", methods=["GET"])
    def lgo_my_bill_paper(self, bill_id, access_token=None, **kw):
        """The printed bill, with QR and bar code."""
        bill = self._document("lgo.payment.bill", bill_id, access_token)
        reports = request.env["ir.actions.report"].sudo()
        content, _kind = reports._render_qweb_pdf("lgo_payment.action_report_bill", bill.ids)
        return self._pdf(content, f"bill-{bill.number}.pdf")

    @http.route("/my/receipts/<int:receipt_id>", type="http", auth="public", methods=["GET"])
    def lgo_my_receipt(self, receipt_id, access_token=None, **kw):
        """The receipt as it was issued."""
        receipt = self._document("lgo.receipt", receipt_id, access_token)
        try:
            document = receipt._document()
        except UserError:
            raise request.not_found() from None
        return self._pdf(document.attachment_id.raw, f"receipt-{receipt.number}.pdf")

    # -- helpers ---------------------------------------------------------------------------

    def _document(self, model, record_id, access_token):
        """The record in sudo after the check of rights or token; a 404 page otherwise."""
        try:
            return self._document_check_access(model, record_id, access_token).sudo()
        except (AccessError, MissingError):
            raise request.not_found() from None

    @staticmethod
    def _pdf(content, name):
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name, "inline")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @staticmethod
    def _own_bills(texts):
        """Bills of the caller among those that are named; what is not theirs is left out."""
        return request.env["lgo.payment.bill"].search(
            [
                ("id", "in", whole_numbers(texts)),
                ("partner_id", "=", request.env.user.partner_id.id),
            ]
        )

    def _bills_page(self, response):
        partner = request.env.user.partner_id
        bills = request.env["lgo.payment.bill"].search(
            [("partner_id", "=", partner.id), ("state", "in", ("open", "partial"))]
        )
        accounts = [
            {
                "name": account.sudo().name,
                "number": account.sudo().number,
                "rows": rows.sudo()._payable()._online_rows(),
                "currency": rows.currency_id,
                "total": sum(rows.mapped("residual")),
            }
            for account, rows in bills.grouped("account_id").items()
        ]
        response.qcontext["accounts"] = accounts
        return response

    @staticmethod
    def _panel_values(panel, access_token=None):
        if not panel:
            return {"panel": None}
        ids = panel["bills"].ids
        return {
            "panel": panel,
            "qr": qr_uri(panel),
            "poll": {"route": "/my/bills/status", "params": {"bills": ids}}
            if not access_token
            else None,
            "save_url": "/my/bills/qr?bill=" + ",".join(map(str, ids)) if not access_token else "",
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

import pypdfium2
import zxingcpp

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PaymentCase


@tagged("post_install", "-at_install")
class TestPapers(PaymentCase):
    """What is printed is read back from the picture, as a phone or a scanner would."""

    def setUp(self):
        super().setUp()
        self.account = self._account(name="99/1", house="99/1")
        self.bill = self._bill(self.account, "40.25")

    def _pages(self, report, records):
        with self.allow_pdf_render():
            content, _kind = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(f"lgo_payment.{report}", records.ids)
            )
        return self._open(content)

    def _open(self, content):
        document = pypdfium2.PdfDocument(io.BytesIO(content))
        texts = [page.get_textpage().get_text_range() for page in document]
        pictures = [page.render(scale=4).to_pil() for page in document]
        return texts, pictures

    def test_bill(self):
        texts, pictures = self._pages("action_report_bill", self.bill)
        self.assertEqual(len(pictures), 1)
        found = {code.text for code in zxingcpp.read_barcodes(pictures[0])}
        self.assertIn(self.bill._qr_payload(), found)
        self.assertIn(
            self.biller._barcode_text(self.account.number, self.bill.number, "40.25"), found
        )
        self.assertIn("40.25", texts[0])
        self.assertIn(self.bill.number, texts[0])

    def test_paid_bill_has_no_qr(self):
        session = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        session._receive(self.bill)
        _texts, pictures = self._pages("action_report_bill", self.bill)
        self.assertEqual(zxingcpp.read_barcodes(pictures[0]), [])

    def test_bill_names_arrears(self):
        old = self._bill(self.account, "60.00", date_due=self.bill.date)
        self.assertEqual(self.bill._arrears()[0], 1)
        texts, _pictures = self._pages("action_report_bill", self.bill)
        self.assertIn("60.00", texts[0])
        self.assertEqual(old._arrears()[0], 0)

    def test_receipt(self):
        session = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        receipt = session._receive(self.bill)
        with self.allow_pdf_render():
            receipt.with_user(self.cashier).action_print()
        document = receipt.document_id
        self.assertEqual(document.register_entry_id, receipt.register_entry_id)
        texts, pictures = self._open(document.attachment_id.raw)
        found = {code.text for code in zxingcpp.read_barcodes(pictures[0])}
        self.assertIn(document.verify_url, found)
        self.assertIn(receipt.name, texts[0])
        self.assertIn("40.25", texts[0])
        self.assertEqual(receipt.print_count, 1)
        before = document.sha256
        with self.allow_pdf_render():
            receipt.with_user(self.cashier).action_print()
        self.assertEqual((receipt.print_count, document.sha256), (2, before))
        _texts, pictures = self._pages("action_report_receipt_small", receipt)
        self.assertIn(
            document.verify_url, [one.text for one in zxingcpp.read_barcodes(pictures[0])]
        )

    def test_cancelled_receipt_is_revoked(self):
        session = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        receipt = session._receive(self.bill)
        with self.allow_pdf_render():
            receipt.action_print()
        request = (
            self.env["lgo.payment.request"]
            .with_user(self.cashier)
            ._request("cancel_receipt", "รับเงินผิดราย", receipt_id=receipt.id)
        )
        request.with_user(self.approver).action_approve()
        self.assertEqual(receipt.document_id.state, "revoked")
        other = session._receive(self.bill)
        other._cancel("x")
        with self.assertRaisesRegex(UserError, "was cancelled"):
            other.action_print()

    def test_remittance(self):
        session = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        receipt = session._receive(self.bill)
        for value, quantity in ((20.0, 2), (0.25, 1)):
            session.count_ids.filtered(lambda one, v=value: one.value == v).quantity = quantity
        session.action_close()
        remittance = self.env["lgo.remittance"].browse(session.action_remit()["res_id"])
        for report in ("action_report_remittance", "action_report_remittance_summary"):
            texts, _pictures = self._pages(report, remittance)
            self.assertIn(remittance.name, texts[0])
            self.assertIn("40.25", texts[0])
        self.assertEqual(remittance.first_name, receipt.name)

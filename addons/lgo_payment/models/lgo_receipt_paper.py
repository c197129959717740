# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai


class LgoReceipt(models.Model):
    """The printed receipt: issued once as a document to verify, printed as often as asked."""

    _name = "lgo.receipt"
    _inherit = ["lgo.receipt", "lgo.paper.mixin"]

    def _paper_digit_style(self):
        return "arabic"

    def _channel_text(self):
        """How it was paid, with the reference of the bank."""
        self.ensure_one()
        line = self.sudo().bank_line_id
        if not line:
            return "เงินสด" if self.channel == "cash" else "เช็ค"
        text = f"โอนผ่านธนาคาร วันที่ {thai.format_date(line.pay_date, 'abbr', 'arabic')}"
        if line.pay_time:
            text += f" เวลา {line.pay_time[:5]} น."
        if line.bank_ref:
            text += f" อ้างอิง {line.bank_ref}"
        return text

    def _cashier_title(self):
        """Title of who received the money."""
        return self.sudo().cashier_id.employee_id.job_title or "เจ้าหน้าที่รับเงิน"

    def _document(self):
        """Return the issued document of a receipt; it is made when first asked for.

        :raise UserError: the receipt was cancelled before it was ever printed
        """
        self.ensure_one()
        receipt = self.sudo()
        if not receipt.document_id:
            if receipt.state != "issued":
                raise UserError(self.env._("This receipt was cancelled."))
            document = self.env["lgo.issued.document"]._issue(
                self, "payment_receipt", "lgo_payment.action_report_receipt", at=receipt.issued_at
            )
            receipt._append_only_permitted().write({"document_id": document.id})
        return receipt.document_id

    def action_print(self):
        """Open the receipt as it was issued."""
        self.check_access("read")
        for receipt in self:
            receipt._document()
            receipt.sudo()._append_only_permitted().write({"print_count": receipt.print_count + 1})
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/receipt/{self[:1].id}",
            "target": "new",
        }

    def action_print_small(self):
        """Print receipts on paper of 80 mm."""
        self.check_access("read")
        for receipt in self:
            receipt._document()
            receipt.sudo()._append_only_permitted().write({"print_count": receipt.print_count + 1})
        return self.env.ref("lgo_payment.action_report_receipt_small").report_action(self)

    def action_next_payer(self):
        """Go on with the next payer at the same till."""
        self.ensure_one()
        return self.session_id.action_take()

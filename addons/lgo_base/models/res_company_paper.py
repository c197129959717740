# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ..tools import thai


class ResCompany(models.Model):
    """What the organisation decides about its official papers."""

    _inherit = "res.company"

    lgo_office_name = fields.Char(
        string="Name of the office on letters",
        help="Right at the top of letters, for example สำนักงานเทศบาลตำบล… or "
        "ที่ทำการองค์การบริหารส่วนตำบล…; empty: the name of the organisation.",
    )
    lgo_garuda = fields.Binary(
        string="Garuda",
        attachment=True,
        help="Picture printed 3 cm high at the head of letters. Without one its place stays free, "
        "for paper that carries it already.",
    )
    lgo_late_notice_mode = fields.Selection(
        selection=[
            ("sign", "Prepared, and signed by an officer"),
            ("auto", "Issued in the name of the office by a standing order"),
        ],
        string="Late notices are",
        required=True,
        default="sign",
        help="Notice of the cause every 7 days while a decision is late (Act B.E. 2558, s. 10).",
    )
    lgo_late_notice_post_id = fields.Many2one(
        comodel_name="lgo.post",
        string="Late notices signed by",
        check_company=True,
        help="Empty: the head of the responsible unit, or who acts for the executive.",
    )
    lgo_late_notice_order_no = fields.Char(
        string="Standing order number",
        help="Order of the executive by which late notices go out in the name of the office.",
    )
    lgo_late_notice_order_date = fields.Date(string="Standing order date")
    lgo_opdc_name = fields.Char(
        string="Copy of late notices to",
        default="สำนักงาน ก.พ.ร.",
        help="As printed behind สำเนาส่ง.",
    )
    lgo_opdc_email = fields.Char(
        string="E-mail for the copies", help="Empty: the copies are listed to print and post."
    )
    lgo_opdc_address = fields.Text(string="Postal address for the copies")

    @api.constrains(
        "lgo_late_notice_mode", "lgo_late_notice_order_no", "lgo_late_notice_order_date"
    )
    def _check_lgo_late_notice_order(self):
        for company in self:
            if company.lgo_late_notice_mode == "auto" and not (
                (company.lgo_late_notice_order_no or "").strip()
                and company.lgo_late_notice_order_date
            ):
                raise ValidationError(
                    self.env._(
                        "Late notices go out without a signature only by an order of the executive:"
                        " enter the number and the date of the order."
                    )
                )

    @api.constrains("lgo_opdc_email")
    def _check_lgo_opdc_email(self):
        for company in self:
            if company.lgo_opdc_email and not email_normalize(company.lgo_opdc_email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is no e-mail address. Example: name@example.com",
                        email=company.lgo_opdc_email,
                    )
                )

    def _lgo_paper_picture(self, head):
        """Picture (base64) for the head of a paper.

        :param str head: ``paper_head`` of ``lgo.document.kind``
        :return: base64 or False
        """
        self.ensure_one()
        if head == "garuda":
            return self.lgo_garuda
        return self._lgo_paper_seal() if head == "seal" else False

    def _lgo_paper_address(self):
        """Lines at the right of a letter's head: office, address, in Thai digits."""
        self.ensure_one()
        town = " ".join(
            filter(None, (self.city, self.lgo_province_id.name or self.state_id.name, self.zip))
        )
        lines = (self.lgo_office_name or self.name, self.street, self.street2, town)
        return [thai.to_thai_digits(line) for line in lines if line]

    def _lgo_paper_contact(self):
        """Telephone, e-mail and opening hours at the foot of a paper."""
        self.ensure_one()
        hours = self.with_context(lang="th_TH")._lgo_office_hours_text()
        lines = [
            self.phone and f"โทร. {thai.to_thai_digits(self.phone)}",
            self.lgo_saraban_email and f"ไปรษณีย์อิเล็กทรอนิกส์ {self.lgo_saraban_email}",
            f"เปิดทำการ {thai.to_thai_digits(hours)}",
        ]
        return [line for line in lines if line]

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import thai
from ..tools.upload import check_upload


class LgoCaseDefectSign(models.TransientModel):
    """How the applicant signed the record of defects, with the proof (Act B.E. 2558, s. 8)."""

    _name = "lgo.case.defect.sign"
    _description = "Signature on the Record of Defects"

    defect_id = fields.Many2one(comodel_name="lgo.case.defect", required=True)
    how = fields.Selection(
        selection=[
            ("drawn", "Signs on this screen"),
            ("paper", "Signed the printed record"),
            ("post", "Did not sign: sent by registered mail"),
        ],
        required=True,
        default="drawn",
    )
    signature = fields.Binary(string="Applicant's signature", attachment=False)
    scan = fields.Binary(string="Scan of the signed paper", attachment=False)
    scan_name = fields.Char()
    registered_number = fields.Char(help="Number on the receipt of the post office.")
    registered_date = fields.Date(string="Posted on", default=fields.Date.context_today)

    def action_confirm(self):
        """Keep the signature or its proof.

        :raises ValidationError: the proof is missing or no picture
        """
        self.ensure_one()
        defect = self.defect_id
        defect._check_counter()
        if defect.acknowledged_at:
            raise UserError(self.env._("The applicant has signed this record already."))
        getattr(self, f"_confirm_{self.how}")(defect)
        return {"type": "ir.actions.act_window_close"}

    def _bytes(self, name):
        value = self.with_context(bin_size=False)[name]
        try:
            return base64.b64decode(value or b"", validate=True)
        except (ValueError, binascii.Error):
            return b""

    def _confirm_drawn(self, defect):
        data = self._bytes("signature")
        if not data:
            raise ValidationError(self.env._("The applicant has not signed on the screen yet."))
        _name, clean, _type = check_upload("signature.png", data, kind="photo", env=self.env)
        defect._acknowledge("drawn", signature=base64.b64encode(clean))

    def _confirm_paper(self, defect):
        data = self._bytes("scan")
        if not data:
            raise ValidationError(self.env._("Upload the scan or photo of the signed paper."))
        name, clean, mimetype = check_upload(self.scan_name, data, kind="document", env=self.env)
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": clean,
                    "mimetype": mimetype,
                    "res_model": defect._name,
                    "res_id": defect.id,
                }
            )
        )
        defect._acknowledge("paper", scan_attachment_id=attachment.id)

    def _confirm_post(self, defect):
        number = (self.registered_number or "").strip()
        if not number or not self.registered_date:
            raise ValidationError(
                self.env._("Enter the number and the day of the registered letter.")
            )
        written = thai.local_date(defect.date)
        if not written <= self.registered_date <= fields.Date.context_today(self):
            raise ValidationError(
                self.env._("The letter was posted between the day of the record and today.")
            )
        defect._post(number, self.registered_date)

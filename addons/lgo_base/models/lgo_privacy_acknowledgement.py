# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request


class LgoPrivacyAcknowledgement(models.Model):
    """Which version of the privacy notice was shown to whom, and when; append-only.

    Source: PDPA B.E. 2562 s.23; the controller must be able to show that it informed.
    """

    _name = "lgo.privacy.acknowledgement"
    _description = "Privacy notice shown"
    _inherit = ["lgo.append.only.mixin"]
    _order = "shown_at desc, id desc"
    _rec_name = "notice_id"

    notice_id = fields.Many2one(
        "lgo.privacy.notice", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    version = fields.Integer(related="notice_id.version")
    partner_id = fields.Many2one(
        "res.partner", string="Person", readonly=True, index="btree_not_null", ondelete="set null"
    )
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", readonly=True)
    shown_at = fields.Datetime(
        string="Shown on", required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one("res.users", string="Shown by", readonly=True)
    ip = fields.Char(string="IP address", readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    #: The person may be forgotten; that and when the notice was shown stays.
    _append_only_writable = frozenset({"partner_id", "ip"})

    @api.model
    def _record(self, notice, record, partner=None, ip=None):
        """Store that ``notice`` was shown.

        :param notice: ``lgo.privacy.notice``, published
        :param record: what was collected with it (a case, a request), or an empty recordset
        :param partner: ``res.partner`` who was shown it
        :param str ip: address of the reader; taken from the request when left out
        :returns: the new row
        """
        if not notice or notice.state != "published":
            raise UserError(self.env._("Only a published privacy notice can be acknowledged."))
        if ip is None and request:
            ip = request.httprequest.remote_addr
        shown = (
            self.sudo()
            ._append_only_permitted()
            .create(
                {
                    "notice_id": notice.id,
                    "partner_id": partner.id if partner else False,
                    "res_model": record._name if record else False,
                    "res_id": record.id if record else False,
                    "user_id": self.env.uid,
                    "ip": ip,
                }
            )
        )
        return shown._append_only_sealed()

    def _append_only_message(self):
        return self.env._("What was shown stays as recorded.")

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Which notices the person was shown."""
        shown = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(shown, ["notice_id", "shown_at", "ip"])

    @api.model
    def _lgo_forget_person(self, partner):
        return self.sudo().search([("partner_id", "=", partner.id)])._forget()

    def _forget(self):
        """Keep that the notice was shown and when; forget to whom and from which address."""
        self.sudo()._append_only_permitted().write({"partner_id": False, "ip": False})
        return len(self)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LgoWastePayer(models.Model):
    """Who pays for a service point, from when to when (เจ้าของหรือผู้ครอบครอง).

    A new payer does not take over the debts of the one before (dossier section 1.6).
    """

    _name = "lgo.waste.payer"
    _description = "Payer of a Service Point"
    _order = "date_from desc, id desc"

    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="point_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", readonly=True, compute="_compute_date_to")
    capacity = fields.Selection(
        [("owner", "Owner"), ("occupier", "Occupier")], string="As", default="owner"
    )
    note = fields.Char(string="Evidence", help="For example the contract of sale.")

    _start_uniq = models.UniqueIndex(
        "(point_id, date_from)", "The service point has a payer from this day on already."
    )

    @api.depends("date_from", "point_id.payer_ids.date_from")
    def _compute_date_to(self):
        for payer in self:
            later = [
                other.date_from
                for other in payer.point_id.payer_ids
                if other.date_from and payer.date_from and other.date_from > payer.date_from
            ]
            payer.date_to = fields.Date.subtract(min(later), days=1) if later else False

    @api.model_create_multi
    def create(self, vals_list):
        payers = super().create(vals_list)
        payers.point_id._apply_payer()
        return payers

    def write(self, vals):
        if {"point_id", "partner_id", "date_from"} & vals.keys():
            self._check_not_begun()
        result = super().write(vals)
        self.point_id._apply_payer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_not_begun()

    def _check_not_begun(self):
        today = fields.Date.context_today(self)
        for payer in self:
            if payer.date_from <= today and payer.point_id.state != "draft":
                raise UserError(
                    self.env._(
                        "This payer is part of the history. Add the new payer with the day from "
                        "which they pay."
                    )
                )

    @api.constrains("date_from")
    def _check_order(self):
        for payer in self:
            if payer.point_id.state == "draft":
                continue
            later = payer.point_id.payer_ids.filtered(
                lambda other, payer=payer: other != payer and other.date_from > payer.date_from
            )
            if later and payer.date_from < fields.Date.context_today(self):
                raise ValidationError(
                    self.env._("A payer cannot be put before one who pays already.")
                )

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The service points for which the person pays or paid.

        Nothing is forgotten: the debts rest on it (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 33
        วรรคสอง).
        """
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["point_id", "date_from", "date_to", "capacity"])

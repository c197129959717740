# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How requests of citizens are taken in."""

    _inherit = "res.company"

    lgo_draft_days = fields.Integer(
        string="Days a draft is kept",
        default=30,
        help="A request that was begun on the website and not sent is deleted with its files "
        "this many days after it was last saved.",
    )
    lgo_general_service_id = fields.Many2one(
        comodel_name="lgo.service",
        string="Service of requests by e-mail",
        ondelete="restrict",
        help="What comes to the e-mail address for requests is filed under this service. Empty: "
        "mail to that address is answered, but not filed.",
    )

    lgo_request_alias = fields.Char(
        string="E-mail address for requests",
        compute="_compute_lgo_request_alias",
        inverse="_inverse_lgo_request_alias",
        help="The part before the @. Mail to this address becomes a request; the domain is set by "
        "the IT officer.",
    )
    lgo_request_address = fields.Char(string="Whole address", compute="_compute_lgo_request_alias")

    _lgo_draft_days_range = models.Constraint(
        "CHECK (lgo_draft_days BETWEEN 1 AND 365)", "A draft is kept between 1 and 365 days."
    )

    def _lgo_mail_alias(self):
        return self.env.ref("lgo_oss.mail_alias_request").sudo()

    def _compute_lgo_request_alias(self):
        alias = self._lgo_mail_alias()
        for company in self:
            company.lgo_request_alias = alias.alias_name
            company.lgo_request_address = alias.alias_domain_id and alias.alias_full_name

    def _inverse_lgo_request_alias(self):
        self.check_access("write")
        for company in self:
            self._lgo_mail_alias().alias_name = company.lgo_request_alias

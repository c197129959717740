# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.tools import email_normalize
from odoo.tools.mail import formataddr


class ResCompany(models.Model):
    """How letters go out and come in electronically."""

    _inherit = "res.company"

    lgo_saraban_alias_id = fields.Many2one(
        comodel_name="mail.alias", readonly=True, copy=False, ondelete="set null"
    )
    lgo_saraban_alias = fields.Char(
        string="Saraban mailbox",
        compute="_compute_lgo_saraban_alias",
        inverse="_inverse_lgo_saraban_alias",
        help="The part before the @. Mail to this address becomes a received letter. The mailbox "
        "itself is fetched by the incoming mail server that the IT officer sets up.",
    )
    lgo_mail_ack = fields.Boolean(
        string="Acknowledge letters automatically",
        default=True,
        help="Who sent a letter by e-mail or between offices is told the receive number as soon "
        "as it is registered (Saraban Regulation (No. 4) B.E. 2564).",
    )
    lgo_letter_deemed = fields.Selection(
        [
            ("opening", "When the office opens next"),
            ("arrival", "At the moment it arrives"),
        ],
        string="Arrived outside office hours",
        required=True,
        default="opening",
        help="When an electronic letter that arrives at night or on a holiday counts as received. "
        "The head of the agency decides.",
    )
    lgo_mail_secret = fields.Boolean(
        string="Secret letters by e-mail",
        help="Off: a letter classed ลับ or ลับมาก never leaves by e-mail. The head of the agency "
        "decides.",
    )
    lgo_mail_max_mb = fields.Integer(
        string="Files of one e-mail (MB)",
        default=30,
        help="Files beyond this are not taken out; they stay in the whole message that is kept.",
    )
    lgo_ack_days = fields.Integer(
        string="Not acknowledged after (days)",
        default=3,
        help="From this many days on a letter without an acknowledgement is shown as late.",
    )

    _lgo_mail_max_mb_range = models.Constraint(
        "CHECK (lgo_mail_max_mb BETWEEN 1 AND 200)",
        "Between 1 and 200 MB of files are taken from one e-mail.",
    )
    _lgo_ack_days_range = models.Constraint(
        "CHECK (lgo_ack_days BETWEEN 0 AND 365)", "Between 0 and 365 days."
    )

    @api.depends("lgo_saraban_alias_id.alias_name")
    def _compute_lgo_saraban_alias(self):
        for company in self:
            company.lgo_saraban_alias = company.sudo().lgo_saraban_alias_id.alias_name

    def _inverse_lgo_saraban_alias(self):
        self.check_access("write")
        model = self.env["ir.model"]._get("lgo.eoffice.letter")
        for company in self.sudo():
            name = (company.lgo_saraban_alias or "").strip()
            alias = company.lgo_saraban_alias_id
            if alias:
                alias.alias_name = name or False
            elif name:
                company.lgo_saraban_alias_id = alias.create(
                    {
                        "alias_name": name,
                        "alias_model_id": model.id,
                        "alias_defaults": json.dumps({"company_id": company.id}),
                        "alias_contact": "everyone",
                        "alias_domain_id": company.alias_domain_id.id,
                    }
                )

    def _lgo_saraban_addresses(self):
        """Addresses (lower case) at which letters of this organisation come in."""
        self.ensure_one()
        alias = self.sudo().lgo_saraban_alias_id
        found = (self.lgo_saraban_email, alias.alias_domain_id and alias.alias_full_name)
        return {email.strip().lower() for email in found if email}

    def _lgo_saraban_sender(self):
        """Name and address from which letters go out, as a header; ``""`` when none is set."""
        self.ensure_one()
        address = email_normalize(self.lgo_saraban_email or "")
        if not address:
            address = next(iter(self._lgo_saraban_addresses()), "")
        return formataddr((self.name, address)) if address else ""

    def _lgo_mail_lang(self):
        """Language of what is written on the letter by the gateway, which has no user."""
        self.ensure_one()
        return self.partner_id.lang or "th_TH"

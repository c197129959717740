# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoIdentityProof(models.Model):
    """When and how a person has proven who they are; written once.

    Evidence that the office knew with whom it dealt (Electronic Government Act B.E. 2565, s. 7
    and 8: identity may be proven by electronic means with a certainty that suits the matter).
    """

    _name = "lgo.identity.proof"
    _description = "Proof of Identity"
    _inherit = ["lgo.append.only.mixin"]
    _order = "at desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    method = fields.Selection(
        [("otp", "One-time code"), ("thaid", "ThaID"), ("counter", "Seen at the counter")],
        string="How",
        required=True,
        readonly=True,
    )
    at = fields.Datetime(string="Time", required=True, readonly=True)
    level = fields.Char(
        string="Level of the provider",
        readonly=True,
        help="As the identity provider names it, such as the IAL.",
    )
    provider = fields.Char(string="Proven by", readonly=True)

    _person_idx = models.Index("(partner_id, method)")

    @api.model
    def _record(self, partner, method, level=None, provider=None):
        """Keep that ``partner`` has proven who they are, now.

        :param str level: level of assurance as the provider names it
        :param str provider: name of the provider or of the officer
        """
        proof = (
            self.sudo()
            ._append_only_permitted()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": self.env.company.id,
                    "method": method,
                    "at": fields.Datetime.now(),
                    "level": (level or "")[:40] or False,
                    "provider": (provider or "")[:120] or False,
                }
            )
        )
        return proof._append_only_sealed()

    @api.model
    def _methods(self, partner):
        """Set of the ways in which ``partner`` has ever been proven."""
        rows = self.sudo()._read_group([("partner_id", "=", partner.id)], ["method"])
        return {method for (method,) in rows}

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """When and how the person was proven; an officer at the counter is not named.

        Nothing is forgotten here: without the entry of the person a proof names nobody.
        """
        proofs = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(proofs, ["method", "at", "level"])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

KEPT = {"partner_id", "purpose_id", "text", "given_at", "revoked_at", "company_id", "channel"}


class LgoConsent(models.Model):
    """Consent of a person to an extra, revocable at any time (PDPA B.E. 2562 s.19)."""

    _name = "lgo.consent"
    _description = "Consent"
    _order = "given_at desc, id desc"
    _rec_name = "purpose_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="restrict"
    )
    purpose_id = fields.Many2one(
        "lgo.consent.purpose", required=True, index=True, ondelete="restrict"
    )
    text = fields.Text(
        string="Sentence agreed to", compute="_compute_text", store=True, precompute=True
    )
    given_at = fields.Datetime(
        string="Given on", required=True, readonly=True, default=fields.Datetime.now
    )
    channel = fields.Selection(
        [("web", "Web"), ("counter", "Counter"), ("paper", "Paper")],
        required=True,
        default="counter",
    )
    revoked_at = fields.Datetime(string="Revoked on", readonly=True, copy=False)

    _one_active = models.UniqueIndex(
        "(company_id, partner_id, purpose_id) WHERE revoked_at IS NULL",
        "This person has agreed to this already.",
    )

    @api.depends("purpose_id")
    def _compute_text(self):
        for consent in self:
            # a snapshot: the sentence may be reworded later
            consent.text = consent.purpose_id.text

    @api.model
    def _has(self, partner, code, company=None):
        """Tell whether ``partner`` agrees now to the purpose with this code."""
        return bool(
            self.sudo().search_count(
                [
                    ("company_id", "=", (company or self.env.company).id),
                    ("partner_id", "=", partner.id),
                    ("purpose_id.code", "=", code),
                    ("revoked_at", "=", False),
                ],
                limit=1,
            )
        )

    @api.model
    def _give(self, partner, purpose, channel):
        """Store the consent of ``partner``; a second one while the first stands changes nothing.

        :returns: the ``lgo.consent`` in force
        """
        active = self.sudo().search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "=", partner.id),
                ("purpose_id", "=", purpose.id),
                ("revoked_at", "=", False),
            ],
            limit=1,
        )
        if active and active.text == purpose.text:
            return active
        # the sentence was reworded: the new one is agreed to, the old one ends
        active._revoke()
        active.flush_recordset()
        consent = self.sudo().create(
            {"partner_id": partner.id, "purpose_id": purpose.id, "channel": channel}
        )
        self.env["lgo.audit.log"]._log("privacy.consent.give", consent)
        return consent

    def _is_outdated(self):
        """Whether the sentence has changed since the person agreed to it."""
        self.ensure_one()
        return self.sudo().text != self.sudo().purpose_id.text

    @api.model_create_multi
    def create(self, vals_list):
        """An officer takes in a consent at the counter or on paper, now, and standing.

        :raises UserError: an officer says that the person gave it on the website
        """
        if not self.env.su:
            # written, not only left out: the context of a call may hold a default
            for vals in vals_list:
                vals.update(given_at=fields.Datetime.now(), revoked_at=False)
        consents = super().create(vals_list)
        if not self.env.su and any(consent.channel == "web" for consent in consents):
            raise UserError(self.env._("On the website only the person gives a consent."))
        return consents

    def action_revoke(self):
        """Withdraw; earlier use stays lawful (s.19 last paragraph)."""
        self.check_access("write")
        self._revoke()

    def _revoke(self):
        standing = self.filtered(lambda consent: not consent.revoked_at)
        if not standing:
            return
        standing.sudo().write({"revoked_at": fields.Datetime.now()})
        self.env["lgo.audit.log"]._log("privacy.consent.revoke", standing)

    def write(self, vals):
        if not self.env.su and KEPT & vals.keys():
            raise UserError(self.env._("A consent is revoked, never rewritten."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A consent is revoked, never deleted."))

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Consents given and revoked."""
        consents = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(
            consents, ["purpose_id", "text", "given_at", "channel", "revoked_at"]
        )

    @api.model
    def _lgo_forget_person(self, partner):
        """The proof of a consent stays with the record of the person, whose name is gone."""
        standing = self.sudo().search([("partner_id", "=", partner.id), ("revoked_at", "=", False)])
        standing._revoke()
        return len(standing)

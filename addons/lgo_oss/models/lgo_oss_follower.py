# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import timedelta

from odoo import api, fields, models

from .lgo_oss_draft import TOKEN

#: A matter that is followed longer than this is over, one way or the other.
DAYS = 180


class LgoOssFollower(models.Model):
    """A citizen who would have reported the same matter and follows the first report instead.

    Neither sees who the other is: the follower reads the state, never the words of the reporter.
    """

    _name = "lgo.oss.follower"
    _description = "Follower of a Request"
    _order = "id"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Request", model_field="res_model", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Citizen",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    email = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    phone = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        default=lambda self: secrets.token_urlsafe(24),
    )

    _case_idx = models.Index("(res_model, res_id)")
    _access_token_uniq = models.UniqueIndex("(access_token)")

    @api.model
    def _follow(self, case, partner=None, email=None, phone=None):
        """Let somebody follow ``case``; the same person follows once.

        :param case: the request that is there
        :param partner: ``res.partner`` of the signed-in citizen
        :return: the follower, in sudo
        """
        Follower = self.sudo()
        who = ("partner_id", "=", partner.id) if partner else ("email", "=", email or False)
        domain = [("res_model", "=", case._name), ("res_id", "=", case.id), who]
        if not partner:
            domain += [("phone", "=", phone or False), ("partner_id", "=", False)]
        return Follower.search(domain, limit=1) or Follower.create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "partner_id": partner.id if partner else False,
                "email": email,
                "phone": phone,
            }
        )

    @api.model
    def _open(self, token):
        """The follower with this token, in sudo; else empty."""
        Follower = self.sudo()
        if not TOKEN.fullmatch(token or ""):
            return Follower
        return Follower.search([("access_token", "=", token)], limit=1)

    @api.model
    def _of_citizen(self, user):
        """What ``user`` follows, in sudo."""
        return self.sudo().search([("partner_id", "=", user.partner_id.id)])

    def _case(self):
        """The request that is followed."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _url(self):
        """Path of the page that shows the state of the request."""
        self.ensure_one()
        return f"/follow/{self.sudo().access_token}"

    @api.autovacuum
    def _gc_old(self):
        before = fields.Datetime.now() - timedelta(days=DAYS)
        self.sudo().search([("create_date", "<", before)], limit=1000).unlink()

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Which matters of others the person follows, by number only."""
        followed = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(
            followed,
            ["create_date", "email", "phone"],
            extra=lambda follower: [(self.env._("Number"), follower._case().name)],
        )

    @api.model
    def _lgo_forget_person(self, partner):
        followed = self.sudo().search([("partner_id", "=", partner.id)])
        count = len(followed)
        followed.unlink()
        return count

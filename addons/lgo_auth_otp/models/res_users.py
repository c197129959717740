# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import escape_psql


class ResUsers(models.Model):
    """Accounts that are opened by a code."""

    _inherit = "res.users"

    lgo_verified_email = fields.Char(
        string="Proven e-mail", readonly=True, copy=False, groups="base.group_erp_manager"
    )
    lgo_verified_phone = fields.Char(
        string="Proven phone", readonly=True, copy=False, groups="base.group_erp_manager"
    )

    _lgo_verified_email_uniq = models.UniqueIndex(
        "(lgo_verified_email) WHERE lgo_verified_email IS NOT NULL",
        "This e-mail address belongs to another account.",
    )
    _lgo_verified_phone_uniq = models.UniqueIndex(
        "(lgo_verified_phone) WHERE lgo_verified_phone IS NOT NULL",
        "This phone number belongs to another account.",
    )

    def _lgo_provable(self):
        return super()._lgo_provable() | {"otp"}

    @api.model
    def _lgo_code_user(self, channel, target):
        """The account that a proven address opens, in sudo, also a closed one.

        The address that somebody typed into a profile proves nothing: only a log-in name and an
        address that was proven before count.
        """
        Users = self.sudo().with_context(active_test=False)
        return Users.search([(f"lgo_verified_{channel}", "=", target)], limit=1) or Users.search(
            [("login", "=ilike", escape_psql(target))], limit=1
        )

    @api.model
    def _lgo_code_is_for_officer(self, channel, target):
        """Whether the address is an officer's, who signs in with password and second factor."""
        domain = [("share", "=", False)]
        domain += (
            [
                "|",
                ("login", "=ilike", escape_psql(target)),
                ("email_normalized", "=", target),
            ]
            if channel == "email"
            else [("login", "=", target)]
        )
        return bool(self.sudo().search_count(domain, limit=1))

    def _lgo_code_prove(self, channel, target):
        """Keep that this account's address was proven just now.

        :raises UserError: the address belongs to another account, or the account is closed
        """
        self.ensure_one()
        user = self.sudo()
        if not user.active or not user.share:
            raise UserError(self.env._("Your account was closed. Please come to our counter."))
        name = f"lgo_verified_{channel}"
        other = user.with_context(active_test=False).search(
            [(name, "=", target), ("id", "!=", user.id)], limit=1
        )
        if other:
            raise UserError(
                self.env._(
                    "This address belongs to another account. Log out and sign in with it there."
                )
            )
        if user[name] != target:
            values = {name: target}
            if not user[name] and user.create_uid.share and user.login == target:
                # somebody made this account with an address that nobody had proven: whoever
                # knows its password need not be the one who reads the mail
                values["password"] = secrets.token_urlsafe(32)
            user.write(values)
            field = "email" if channel == "email" else "phone"
            if not user.partner_id[field]:
                user.partner_id[field] = target
        self.env["lgo.identity.proof"]._record(user.partner_id, "otp", provider=channel)
        self.env["lgo.audit.log"]._log("sign_in.code", user, detail=channel)

    @api.model
    def _lgo_code_sign_up(self, channel, target, name):
        """A new account for who has proven an address.

        :raises UserError: the office does not let citizens open accounts
        """
        if self.env["res.users"]._get_signup_invitation_scope() != "b2c":
            raise UserError(
                self.env._("Accounts are opened by the office. Please come to our counter.")
            )
        partner = (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": name,
                    "email" if channel == "email" else "phone": target,
                    "lang": self.env.lang,
                }
            )
        )
        user = (
            self.sudo()
            .with_context(no_reset_password=True)
            .create(
                {
                    "partner_id": partner.id,
                    "login": target,
                    "lang": self.env.lang,
                    "company_id": self.env.company.id,
                    "company_ids": [Command.set(self.env.company.ids)],
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                    f"lgo_verified_{channel}": target,
                }
            )
        )
        user._lgo_code_prove(channel, target)
        return user

    def _lgo_claimable_cases(self):
        """Requests that a guest filed with the e-mail address that this account has proven.

        :return: ``lgo.oss.request`` in sudo
        """
        self.ensure_one()
        Case = self.env["lgo.oss.request"].sudo()
        email = self.sudo().lgo_verified_email
        if not email:
            return Case
        return Case.search(
            [
                ("applicant_email", "=ilike", escape_psql(email)),
                ("partner_id", "=", False),
                ("agent_partner_id", "=", False),
                ("channel", "=", "web"),
                ("company_id", "=", self.company_id.id),
            ],
            limit=50,
        )

    @api.model
    def _lgo_forget_person(self, partner):
        """The proven addresses go with the account."""
        count = super()._lgo_forget_person(partner)
        accounts = self.sudo().with_context(active_test=False)
        accounts = accounts.search([("partner_id", "=", partner.id), ("share", "=", True)])
        accounts.write({"lgo_verified_email": False, "lgo_verified_phone": False})
        return count + len(accounts)

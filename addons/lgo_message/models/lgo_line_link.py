# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models

#: No letters and digits that look alike.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
MINUTES = 10
CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
LINE_USER = re.compile(r"U[0-9a-f]{32}")


class LgoLineLink(models.Model):
    """A code that a citizen types into the chat, so that we know whose LINE account it is."""

    _name = "lgo.line.link"
    _description = "Code to Connect LINE"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    code_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    expires_at = fields.Datetime(string="Valid until", required=True, readonly=True, index=True)

    _code_uniq = models.UniqueIndex("(code_hash)")

    @api.model
    def _lgo_personal_data(self, partner):
        """Codes of the last minutes that wait to be typed into the chat; the code itself is not
        kept, only its hash."""
        links = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(links, ["expires_at"])

    @api.model
    def _lgo_forget_person(self, partner):
        """A code that nobody will type is deleted."""
        links = self.sudo().search([("partner_id", "=", partner.id)])
        found = len(links)
        links.unlink()
        return found

    @api.model
    def _hash(self, code):
        return hashlib.sha256(code.encode()).hexdigest()

    @api.model
    def _issue(self, partner):
        """A new code for ``partner``; older ones are void. :return: the code"""
        self.sudo().search([("partner_id", "=", partner.id)]).unlink()
        code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
        self.sudo().create(
            {
                "partner_id": partner.id,
                "code_hash": self._hash(code),
                "expires_at": fields.Datetime.now() + timedelta(minutes=MINUTES),
            }
        )
        return code

    @api.model
    def _connect(self, text, line_user):
        """Connect the LINE account that typed a code.

        :return: the person, in sudo; empty when it is no valid code
        """
        Partner = self.env["res.partner"].sudo()
        code = (text or "").strip().upper()
        if not CODE.fullmatch(code) or not LINE_USER.fullmatch(line_user or ""):
            return Partner
        link = self.sudo().search(
            [("code_hash", "=", self._hash(code)), ("expires_at", ">", fields.Datetime.now())]
        )
        partner = link.partner_id
        if partner:
            # one LINE account, one person: the newest word counts
            Partner.search([("lgo_line_user", "=", line_user)]).lgo_line_user = False
            partner.lgo_line_user = line_user
            link.unlink()
            self.env["lgo.audit.log"]._log("citizen.line.connect", partner)
        return partner

    @api.model
    def _disconnect(self, line_user):
        """The citizen has blocked the account or left: nothing is sent any more."""
        for partner in self.env["res.partner"].sudo().search([("lgo_line_user", "=", line_user)]):
            partner._lgo_disconnect_line()

    @api.autovacuum
    def _gc_links(self):
        self.sudo().search([("expires_at", "<", fields.Datetime.now())], limit=10000).unlink()

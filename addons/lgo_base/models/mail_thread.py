# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.tools import email_normalize, escape_psql

#: Local parts of addresses that nobody reads.
NOBODY = re.compile(
    r"(mailer-daemon|postmaster|bounces?|(no|do-?not)[-_.]?reply)([+=-].*)?", re.IGNORECASE
)
#: ``Precedence`` of what programs send.
AUTOMATIC = ("bulk", "junk", "list", "auto_reply")


class MailThread(models.AbstractModel):
    """Which mails were not written by a person."""

    _inherit = "mail.thread"

    @api.model
    def _lgo_automatic(self, message, message_dict):
        """Why a mail was not written by a person, ``""`` when it was.

        RFC 3834 section 2: what a program has sent is never answered by a program.

        :param message: the parsed message
        :param dict message_dict: with ``email_from``
        """
        submitted = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
        if submitted != "no":
            return f"Auto-Submitted: {submitted}"
        if str(message.get("Precedence") or "").strip().lower() in AUTOMATIC:
            return "Precedence"
        for header in ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "List-Id"):
            if str(message.get(header) or "none").strip().lower() not in ("none", "no"):
                return header
        if str(message.get("Return-Path") or "").strip() == "<>":
            return "Return-Path"
        address = email_normalize(message_dict.get("email_from") or "")
        if not address:
            return "no address to answer to"
        if NOBODY.fullmatch(address.partition("@")[0]):
            return "an address that nobody reads"
        if self._lgo_is_own_address(address):
            return "our own address"
        return ""

    @api.model
    def _lgo_is_own_address(self, address):
        """Whether we write from this address, or a program of ours reads there."""
        local, _at, domain = address.partition("@")
        domains = (
            self.env["mail.alias.domain"].sudo().search([("name", "=ilike", escape_psql(domain))])
        )
        ours = {
            *domains.mapped("catchall_alias"),
            *domains.mapped("bounce_alias"),
            *domains.mapped("default_from"),
        }
        if domains and local in ours:
            return True
        alias = [("alias_full_name", "=ilike", escape_psql(address))]
        company = [
            "|",
            ("partner_id.email_normalized", "=", address),
            ("lgo_saraban_email", "=ilike", escape_psql(address)),
        ]
        return bool(
            self.env["mail.alias"].sudo().search_count(alias, limit=1)
            or self.env["res.company"].sudo().search_count(company, limit=1)
        )

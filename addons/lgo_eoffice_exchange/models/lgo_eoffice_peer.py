# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lgo_base.tools import api_client

from ..tools import signing
from ..tools.charset import clean
from .lgo_eoffice_exchange_key import KEEPERS

WELL_KNOWN = "/.well-known/lgo-exchange.json"
PATH = "/lgo/exchange/v1"
#: Digits of the fingerprint that an officer types at least (128 bits).
TYPED = 32
MAX_KEYS = 20


class LgoEofficePeer(models.Model):
    """The key of another office, and whether an officer has confirmed it.

    The key is fetched from the web address of the office. Whoever stands between could change
    it, so it counts only after an officer has compared the fingerprint by another way (telephone,
    letter). Electronic Transactions Act B.E. 2544, s. 26.
    """

    _name = "lgo.eoffice.peer"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Key of Another Office"
    _order = "state, id desc"
    _rec_name = "office_name"

    _action_only = frozenset(
        {"company_id", "agency_id", "keyid", "public_key", "fingerprint", "office_name", "state",
         "confirmed_by_id", "confirmed_at", "fetched_at"}
    )  # fmt: skip

    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, readonly=True, index=True
    )
    agency_id = fields.Many2one(
        comodel_name="lgo.eoffice.agency", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    office_name = fields.Char(
        string="Calls itself", readonly=True, help="As the other system says; it proves nothing."
    )
    keyid = fields.Char(string="Key ID", required=True, readonly=True)
    public_key = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True)
    fingerprint_typed = fields.Char(
        string="Fingerprint as read out",
        help="Ask the other office by telephone and type the first eight groups, or all.",
    )
    state = fields.Selection(
        [("proposed", "To compare"), ("confirmed", "Confirmed"), ("revoked", "Revoked")],
        required=True,
        default="proposed",
        readonly=True,
    )
    fetched_at = fields.Datetime(readonly=True)
    confirmed_by_id = fields.Many2one(
        comodel_name="res.users", string="Confirmed by", readonly=True, ondelete="restrict"
    )
    confirmed_at = fields.Datetime(readonly=True)

    _keyid_uniq = models.UniqueIndex("(company_id, keyid)", "This key is known already.")

    def _check_keeper(self):
        if not self.env.user.has_groups(KEEPERS):
            raise AccessError(
                self.env._("The central registrar or an administrator confirms keys of offices.")
            )

    @api.model
    def _fetch(self, agency, company):
        """Ask the office of ``agency`` for its keys; new ones wait to be compared.

        :return: the keys that it names, in sudo
        :raises UserError: no usable answer
        """
        url = (agency.exchange_url or "").rstrip("/")
        if not api_client.is_address(url):
            raise UserError(
                self.env._("Enter the address of its system first; it begins with https://.")
            )
        try:
            answer = api_client.call("GET", url + WELL_KNOWN)
            found = answer.json() if answer.status == 200 else {}
        except api_client.ApiError as error:
            raise UserError(
                self.env._("The system of the office does not answer: %(why)s", why=error.code)
            ) from error
        rows = found.get("keys") if found.get("format") == "lgo-exchange" else None
        peers = self.sudo()
        for row in rows[:MAX_KEYS] if isinstance(rows, list) else []:
            peers |= self._propose(agency, company, row)
        if not peers:
            raise UserError(self.env._("The office has not published a key at this address."))
        return peers

    @api.model
    def _propose(self, agency, company, row):
        public = row.get("public_key") if isinstance(row, dict) else None
        peers = self.sudo()
        if not isinstance(public, str):
            return peers
        try:
            keyid = signing.key_id(public)
        except signing.SignatureError:
            return peers
        own = self.env["lgo.eoffice.exchange.key"].sudo()
        if own.search_count([("keyid", "=", keyid), ("company_id", "=", company.id)]):
            return peers
        known = peers.search([("company_id", "=", company.id), ("keyid", "=", keyid)])
        if known:
            return known
        name = row.get("office")
        return peers.create(
            {
                "company_id": company.id,
                "agency_id": agency.id,
                "office_name": clean(name, 200) if isinstance(name, str) else False,
                "keyid": keyid,
                "public_key": public,
                "fingerprint": signing.fingerprint(public),
                "fetched_at": fields.Datetime.now(),
            }
        )

    def action_confirm(self):
        """Button: trust the key, after its fingerprint was typed as the office read it out."""
        self._check_keeper()
        self.check_access("read")
        for peer in self.sudo():
            typed = re.sub(r"[^0-9A-F]", "", (peer.fingerprint_typed or "").upper())
            real = peer.fingerprint.replace(" ", "")
            if peer.state == "revoked":
                raise UserError(self.env._("The key was revoked. The office makes a new one."))
            if len(typed) < TYPED or not real.startswith(typed):
                raise UserError(
                    self.env._(
                        "Type the fingerprint as the other office reads it out, at least its "
                        "first eight groups. It is not the one of this key: do not go on before "
                        "you know why."
                    )
                )
            peer.write(
                {
                    "state": "confirmed",
                    "confirmed_by_id": self.env.uid,
                    "confirmed_at": fields.Datetime.now(),
                }
            )
        self.env["lgo.audit.log"]._log("exchange.confirm", self, severity="warning")
        return True

    def action_revoke(self):
        """Button: take nothing of this key any more."""
        self._check_keeper()
        self.check_access("read")
        self.sudo().state = "revoked"
        self.env["lgo.audit.log"]._log("exchange.revoke", self, severity="warning")
        return True

    @api.model
    def _of_agency(self, agency, company):
        """The confirmed key of an office, the newest, in sudo."""
        domain = [
            ("agency_id", "=", agency.id),
            ("company_id", "=", company.id),
            ("state", "=", "confirmed"),
        ]
        return self.sudo().search(domain, order="id desc", limit=1) if agency else self.sudo()

    def _url(self, what):
        """Address for letters or acknowledgements of the office."""
        self.ensure_one()
        return f"{(self.agency_id.exchange_url or '').rstrip('/')}{PATH}/{what}"

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging

from odoo import SUPERUSER_ID, http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

from ..tools import letter_data, signing

_logger = logging.getLogger(__name__)

#: Calls of one network address before anything is looked at, and letters of one office.
CALLS = Limit("exchange.call", 120, 60)
LETTERS = Limit("exchange.office", 2000, 3600)
ASKS = Limit("exchange.key", 60, 60)
SMALL = 1024 * 1024
MEGABYTE = 1024 * 1024


class Refusal(Exception):
    """An answer that is no success: status, code and words for the log of the other side."""

    def __init__(self, status, code, words=""):
        super().__init__(words or code)
        self.status, self.code = status, code


class ExchangeController(http.Controller):
    """Letters and acknowledgements of other offices; only what a confirmed key has signed."""

    @http.route(
        "/.well-known/lgo-exchange.json",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        sitemap=False,
    )
    def keys(self, **kwargs):
        """The public keys of the organisations of this system."""
        try:
            self._count(ASKS, self._address())
        except Refusal as refusal:
            return self._refuse(refusal)
        keys = request.env["lgo.eoffice.exchange.key"].sudo().search([("state", "=", "active")])
        rows = [
            {
                "keyid": key.keyid,
                "algorithm": "ed25519",
                "public_key": key.public_key,
                "fingerprint": key.fingerprint,
                "office": key.company_id.name,
                "email": key.company_id.lgo_saraban_email or "",
            }
            for key in keys
        ]
        return self._answer({"format": "lgo-exchange", "version": 1, "keys": rows})

    @http.route(
        "/lgo/exchange/v1/letters",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def letters(self, **kwargs):
        """Take in a letter of another office; the same one again changes nothing."""
        return self._handle(self._take_letter, self._most_bytes())

    @http.route(
        "/lgo/exchange/v1/acknowledgements",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def acknowledgements(self, **kwargs):
        """Take in what another office says of a letter of ours."""
        return self._handle(self._take_acknowledgement, SMALL)

    # ------------------------------------------------------------ frame
    def _handle(self, take, most):
        try:
            self._count(CALLS, self._address())
            body = self._body(most)
            peers = self._peers(body)
            self._count(LETTERS, peers[:1].keyid)
            try:
                values = json.loads(body)
            except (ValueError, RecursionError) as error:
                raise Refusal(400, "json") from error
            if not isinstance(values, dict):
                raise Refusal(400, "json")
            return self._answer(take(peers, values))
        except Refusal as refusal:
            _logger.info("exchange: %s refused: %s", self._address(), refusal)
            return self._refuse(refusal)

    @staticmethod
    def _address():
        return request.env["lgo.rate.limit"]._address(request.httprequest.remote_addr)

    @staticmethod
    def _count(limit, key):
        if not request.env["lgo.rate.limit"]._allows((limit, key)):
            raise Refusal(429, "too_many")

    @staticmethod
    def _most_bytes():
        """Bytes of a letter with its files in base64."""
        companies = request.env["res.company"].sudo().search([])
        return max(companies.mapped("lgo_mail_max_mb")) * MEGABYTE * 4 // 3 + 2 * MEGABYTE

    @staticmethod
    def _body(most):
        if "Signature-Input" not in request.httprequest.headers:
            raise Refusal(401, "signature", "none")  # before anything is read
        length = request.httprequest.content_length
        if length is None:
            raise Refusal(411, "length")
        if length > most:
            raise Refusal(413, "too_big")
        if request.httprequest.mimetype != "application/json":
            raise Refusal(415, "type")
        return request.httprequest.get_data(cache=False)

    @staticmethod
    def _peers(body):
        """The confirmed keys (one for each of our organisations) that signed the request."""
        env = request.env(user=SUPERUSER_ID)
        Peer = env["lgo.eoffice.peer"]

        def find(keyid):
            return Peer.search([("keyid", "=", keyid), ("state", "=", "confirmed")])

        try:
            proof = signing.verify(
                request.httprequest.method,
                request.httprequest.url,
                request.httprequest.headers,
                body,
                lambda keyid: find(keyid)[:1].public_key,
            )
        except signing.SignatureError as error:
            raise Refusal(401, "signature", str(error)) from error
        if not env["lgo.eoffice.nonce"]._use(proof.keyid, proof.nonce):
            raise Refusal(409, "replay")
        return find(proof.keyid)

    @staticmethod
    def _answer(values, status=200):
        return request.make_json_response(
            values, headers={"Cache-Control": "no-store"}, status=status
        )

    def _refuse(self, refusal):
        return self._answer({"error": refusal.code}, refusal.status)

    # ------------------------------------------------------------ what came
    @staticmethod
    def _checked(values, kind):
        try:
            data = letter_data.check(values)
        except letter_data.DataError as error:
            raise Refusal(400, f"data.{error}") from error
        if data["type"] != kind:
            raise Refusal(400, "data.type")
        return data

    def _take_letter(self, peers, values):
        data = self._checked(values.get("letter"), "letter")
        key = peers.env["lgo.eoffice.exchange.key"].search(
            [("keyid", "=", data["recipient"]["keyid"]), ("state", "=", "active")]
        )
        peer = peers.filtered(lambda peer: peer.company_id == key.company_id)
        if not key or not peer:
            raise Refusal(403, "recipient")
        if data["secrecy"] == "top_secret":
            raise Refusal(403, "secrecy")
        Letter = peers.env["lgo.eoffice.letter"]
        try:
            letter, again = Letter._receive_exchange(peer, data, values.get("files"))
        except letter_data.DataError as error:
            raise Refusal(400, f"data.{error}") from error
        return {"status": "received", "uid": letter.exchange_uid, "again": again}

    def _take_acknowledgement(self, peers, values):
        data = self._checked(values, "acknowledgement")
        recipient = peers.env["lgo.eoffice.recipient"]._find_exchanged(peers, data["uid"])
        if not recipient:
            raise Refusal(404, "letter")
        recipient._take_acknowledgement(data)
        return {"status": "received", "uid": data["uid"]}

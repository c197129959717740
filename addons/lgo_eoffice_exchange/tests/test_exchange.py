# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.lgo_base.tests.identity_common import KEY, use_keys

from ..controllers import exchange
from ..tools import letter_data, signing
from .common import UID, ExchangeCase, pdf

LETTERS = "/lgo/exchange/v1/letters"
ACKS = "/lgo/exchange/v1/acknowledgements"


@tagged("post_install", "-at_install")
class TestExchange(ExchangeCase, HttpCase):
    """Two offices over HTTP: ours, and one that the test plays with a key of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(use_keys(KEY))
        cls.env["lgo.rate.limit"].search([]).unlink()
        cls._make_paper()
        cls.key = cls.env["lgo.eoffice.exchange.key"]._make(cls.company)
        cls.private, cls.public = signing.make_key()
        cls.agency.exchange_url = cls.base_url()
        cls.peer = cls.env["lgo.eoffice.peer"]._propose(
            cls.agency, cls.company, {"public_key": cls.public, "office": "อำเภอทดสอบ"}
        )
        cls.peer.state = "confirmed"

    def _payload(self, files=None, **values):
        files = [("a.pdf", pdf(), "main")] if files is None else files
        data = letter_data.write(
            "letter",
            {
                "uid": UID,
                "doc_no": "ชม ๐๐๑๘/๕๕",
                "doc_date": "2026-01-20",
                "subject": "ขอเชิญประชุม & หารือ",
                "sender": {"name": "อำเภอทดสอบ"},
                "recipient": {"keyid": self.key.keyid},
                "files": [
                    {
                        "name": name,
                        "role": role,
                        "sha256": hashlib.sha256(data).hexdigest(),
                        "size": len(data),
                    }
                    for name, data, role in files
                ],
                **values,
            },
        )
        return {
            "letter": data,
            "files": [
                {"name": name, "data": base64.b64encode(data).decode()} for name, data, _ in files
            ],
        }

    def _call(self, payload, path=LETTERS, private=None, headers=None, body=None):
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signed = headers
        if signed is None:
            signed = signing.sign("POST", self.base_url() + path, content, private or self.private)
        return self.url_open(path, data=content if body is None else body, headers=signed)

    def _letters(self):
        return self.env["lgo.eoffice.letter"].search([("receive_channel", "=", "exchange")])

    # ------------------------------------------------------------ in
    def test_a_signed_letter_comes_in_once(self):
        answer = self._call(self._payload())
        self.assertEqual((answer.status_code, answer.json()["again"]), (200, False), answer.text)
        letter = self._letters()
        self.assertEqual(len(letter), 1)
        self.assertEqual((letter.state, letter.agency_id), ("new", self.agency))
        self.assertEqual(letter.subject, "ขอเชิญประชุม & หารือ")
        self.assertEqual(letter.main_attachment_id.raw[:5], b"%PDF-")
        again = self._call(self._payload(subject="another"))
        self.assertTrue(again.json()["again"])
        self.assertEqual(self._letters(), letter)
        self.assertEqual(letter.subject, "ขอเชิญประชุม & หารือ")

    def test_replay(self):
        content = json.dumps(self._payload()).encode()
        headers = signing.sign("POST", self.base_url() + LETTERS, content, self.private)
        self.assertEqual(self._call(content, headers=headers).status_code, 200)
        answer = self._call(content, headers=headers)
        self.assertEqual((answer.status_code, answer.json()["error"]), (409, "replay"))

    def test_who_is_not_confirmed_brings_nothing(self):
        content = json.dumps(self._payload()).encode()
        good = signing.sign("POST", self.base_url() + LETTERS, content, self.private)
        other = signing.sign("POST", self.base_url() + ACKS, content, self.private)
        elsewhere = signing.sign("POST", "https://other.example" + LETTERS, content, self.private)
        for headers, body in (
            ({"Content-Type": "application/json"}, None),
            (good, content + b" "),
            (other, None),
            (elsewhere, None),
            ({**good, "Signature": "lgo=:AAAA:"}, None),
        ):
            answer = self._call(content, headers=headers, body=body)
            self.assertEqual(answer.status_code, 401, answer.text)
        stranger = signing.make_key()[0]
        self.assertEqual(self._call(content, private=stranger).status_code, 401)
        for state in ("proposed", "revoked"):
            self.peer.state = state
            self.assertEqual(self._call(content).status_code, 401)
        self.assertFalse(self._letters())

    def test_a_letter_for_another_office(self):
        for keyid in ("", "0" * 32, self.peer.keyid):
            answer = self._call(self._payload(recipient={"keyid": keyid}))
            self.assertEqual((answer.status_code, answer.json()["error"]), (403, "recipient"))
        other = self.env["res.company"].create({"name": "อีกแห่ง"})
        key = self.env["lgo.eoffice.exchange.key"]._make(other)
        answer = self._call(self._payload(recipient={"keyid": key.keyid}))
        self.assertEqual(answer.status_code, 403, "that organisation has not confirmed the key")
        self.assertFalse(self._letters())

    def test_faulty_letters(self):
        good = self._payload()
        wrong_hash = json.loads(json.dumps(good))
        wrong_hash["letter"]["files"][0]["sha256"] = "0" * 64
        for payload, code in (
            (b"{", "json"),
            (b"[]", "json"),
            (b"[" * 50_000, "json"),
            ({}, "data.format"),
            ({"letter": {**good["letter"], "uid": "x"}, "files": []}, "data.uid"),
            ({"letter": {**good["letter"], "type": "acknowledgement", "status": "accepted"}},
             "data.type"),
            ({**good, "files": []}, "data.files"),
            ({**good, "files": [{"name": "a.pdf", "data": "@"}]}, "data.files.data"),
            ({**good, "files": [5]}, "data.files.data"),
            (wrong_hash, "data.files.sha256"),
        ):  # fmt: skip
            answer = self._call(payload)
            self.assertEqual((answer.status_code, answer.json()["error"]), (400, code))
        answer = self._call(self._payload(secrecy="top_secret"))
        self.assertEqual((answer.status_code, answer.json()["error"]), (403, "secrecy"))
        self.assertFalse(self._letters())

    def test_programs_and_secrets_are_not_kept(self):
        files = [("a.pdf", pdf(), "main"), ("b.exe", b"MZ1", "enclosure")]
        self.assertEqual(self._call(self._payload(files)).status_code, 200)
        letter = self._letters()
        self.assertIn("b", letter.exchange_note)
        self.assertFalse(letter.enclosure_ids)
        uid = UID[:-1] + "9"
        self.assertEqual(self._call(self._payload(uid=uid, secrecy="secret")).status_code, 200)
        secret = self._letters() - letter
        self.assertEqual(secret.secrecy, "secret")
        self.assertFalse(secret.main_attachment_id)

    def test_limits(self):
        self.patch(exchange, "SMALL", 10)
        self.assertEqual(self._call({"a": "b" * 20}, path=ACKS).status_code, 413)
        self.patch(exchange, "CALLS", exchange.Limit("t_exchange", 2, 60))
        codes = [self._call({}).status_code for _number in range(4)]
        self.assertEqual(codes, [400, 400, 429, 429])

    # ------------------------------------------------------------ keys
    def test_published_key(self):
        answer = self.url_open("/.well-known/lgo-exchange.json").json()
        (row,) = [row for row in answer["keys"] if row["keyid"] == self.key.keyid]
        self.assertEqual(row["public_key"], self.key.public_key)
        self.assertEqual(row["fingerprint"], signing.fingerprint(row["public_key"]))
        self.assertNotIn("private", json.dumps(answer))

    def test_private_key(self):
        for user in (self.registrar, self.admin):
            with self.assertRaises(AccessError):
                self.key.with_user(user).read(["private_cipher"])
        self.assertNotIn(self.key._private(), self.key.private_cipher)
        second = self.env["lgo.eoffice.exchange.key"].with_user(self.registrar)
        second.action_make()
        self.assertEqual(self.key.state, "retired")
        with self.assertRaises(AccessError):
            second.with_user(self.officer).action_make()

    def test_confirming_needs_the_fingerprint(self):
        _private, public = signing.make_key()
        peer = self.env["lgo.eoffice.peer"]._propose(
            self.agency, self.company, {"public_key": public, "office": 5}
        )
        self.assertEqual(peer.state, "proposed")
        mine = peer.with_user(self.registrar)
        real = signing.fingerprint(public)
        for typed in (
            "",
            real[:20],
            "0" * 64,
            real[:-1] + "0" if real[-1] != "0" else real[:-1] + "1",
        ):
            mine.fingerprint_typed = typed
            with self.assertRaises(UserError, msg=typed):
                mine.action_confirm()
        mine.fingerprint_typed = real[:39].lower().replace(" ", "-")
        with self.assertRaises(AccessError):
            peer.with_user(self.officer).action_confirm()
        with self.assertRaises(AccessError):
            mine.write({"state": "confirmed"})
        mine.action_confirm()
        self.assertEqual((peer.state, peer.confirmed_by_id), ("confirmed", self.registrar))
        mine.action_revoke()
        with self.assertRaises(UserError):
            mine.action_confirm()

    def test_fetching_keys(self):
        other = self.env["res.company"].create({"name": "เทศบาลอื่น"})
        theirs = self.env["lgo.eoffice.exchange.key"]._make(other)
        agency = self.agency.with_user(self.registrar)
        with self.allow_requests(all_requests=True):
            action = agency.action_fetch_keys()
        peers = self.env["lgo.eoffice.peer"].search(action["domain"])
        self.assertIn(theirs.keyid, peers.mapped("keyid"))
        self.assertNotIn(self.key.keyid, peers.mapped("keyid"), "not our own")
        self.assertEqual(peers.filtered(lambda p: p.keyid == theirs.keyid).state, "proposed")
        with self.assertRaises(ValidationError):
            agency.exchange_url = "http://example.go.th"
        agency.exchange_url = False
        with self.assertRaises(UserError):
            agency.action_fetch_keys()

    # ------------------------------------------------------------ there and back
    def test_there_and_back_between_two_offices(self):
        """A letter goes to the other organisation of this server, is registered there, and the
        acknowledgement comes home."""
        other = self.env["res.company"].create({"name": "เทศบาลปลายทาง"})
        theirs = self.env["lgo.eoffice.exchange.key"]._make(other)
        us = self.env["lgo.eoffice.agency"].create(
            {"name": "เทศบาลตำบลทดสอบ (ต้นทาง)", "exchange_url": self.base_url()}
        )
        Peer = self.env["lgo.eoffice.peer"]
        there = Peer._propose(self.agency, self.company, {"public_key": theirs.public_key})
        here = Peer._propose(us, other, {"public_key": self.key.public_key})
        (there | here).state = "confirmed"
        letter = self._signed(
            [{"agency_id": self.agency.id, "channel": "exchange"}], urgency="urgent"
        )
        row = letter.recipient_ids
        letter._transition("send")
        self.assertEqual(row.state, "queued")
        sending = letter.sudo().dispatch_ids
        with self.allow_requests(all_requests=True):
            sending._call_once()
        self.assertEqual((sending.state, sending.error), ("sent", False))
        self.assertEqual(row.state, "received")
        self.assertTrue(row.sent_at)
        received = self._letters()
        self.assertEqual((received.company_id, received.agency_id), (other, us))
        for name in ("subject", "doc_no", "doc_date", "urgency"):
            self.assertEqual(received[name], letter.sudo()[name])
        self.assertEqual(received.main_attachment_id.raw, letter.sudo().document_id._content())
        self.registrar.company_ids += other
        received.with_user(self.registrar).with_context(allowed_company_ids=[other.id])._transition(
            "register"
        )
        acknowledgement = received.dispatch_ids
        with self.allow_requests(all_requests=True):
            acknowledgement._call_once()
        self.assertEqual(acknowledgement.state, "sent")
        self.assertEqual(received.ack_state, "sent")
        self.assertEqual((row.state, row.ack_no), ("accepted", str(received.receive_no)))

    def test_acknowledgement_of_another_office(self):
        letter = self._signed([{"agency_id": self.agency.id, "channel": "exchange"}])
        letter._transition("send")
        uid = letter.sudo()._exchange_payload(letter.recipient_ids, self.peer)["letter"]["uid"]
        ack = letter_data.write(
            "acknowledgement", {"uid": uid, "status": "accepted", "receive_no": "5"}
        )
        stranger, public = signing.make_key()
        other = self.env["lgo.eoffice.agency"].create({"name": "อีกอำเภอ"})
        self.env["lgo.eoffice.peer"]._propose(
            other, self.company, {"public_key": public}
        ).state = "confirmed"
        self.assertEqual(self._call(ack, ACKS, private=stranger).status_code, 404)
        self.assertEqual(letter.recipient_ids.state, "queued")
        self.assertEqual(self._call(ack, ACKS).status_code, 200)
        self.assertEqual((letter.recipient_ids.state, letter.recipient_ids.ack_no),
                         ("accepted", "5"))  # fmt: skip

    def test_the_other_side_does_not_take_it(self):
        letter = self._signed([{"agency_id": self.agency.id, "channel": "exchange"}])
        letter._transition("send")
        row, sending = letter.recipient_ids, letter.sudo().dispatch_ids
        self.key.state = "retired"
        key = self.env["lgo.eoffice.exchange.key"]._make(self.company)
        with self.allow_requests(all_requests=True):
            sending._call_once()
        self.assertEqual(sending.state, "queued", "not confirmed there yet: it is tried again")
        self.assertEqual(sending.tries, 1)
        self.assertTrue(sending.next_try_at)
        self.assertIn("401", sending.error)
        self.agency.exchange_url = "http://127.0.0.1:1"
        for _number in range(6):
            sending._call_once()
        self.assertEqual((sending.state, row.state), ("failed", "failed"))
        row.action_resend()
        self.assertEqual(row.state, "queued")
        self.assertTrue(key)

    def test_what_cannot_be_sent_does_not_stop_the_others(self):
        letters = [
            self._signed([{"agency_id": self.agency.id, "channel": "exchange"}])
            for _number in range(2)
        ]
        for letter in letters:
            letter._transition("send")
        self.key.sudo().private_cipher = "gone:gone"  # the key of the server was changed
        self.env.ref("lgo_eoffice_exchange.ir_cron_dispatch").method_direct_trigger()
        self.env.invalidate_all()
        for letter in letters:
            self.assertEqual(letter.recipient_ids.state, "failed")
            self.assertTrue(letter.recipient_ids.error)
            self.assertIn(self.officer, letter.sudo().activity_ids.user_id)

    def test_what_became_secret_while_it_waited_does_not_leave(self):
        letter = self._signed([{"agency_id": self.agency.id, "channel": "exchange"}])
        letter._transition("send")
        self.company.lgo_secret_electronic = True
        letter._from_machine().sudo().write({"secrecy": "secret"})
        sending = letter.sudo().dispatch_ids
        sending._call_once()  # no request is allowed here
        self.assertEqual((sending.state, letter.sudo().recipient_ids.state), ("failed", "failed"))

    def test_what_is_needed_to_send(self):
        letter = self._signed([{"agency_id": self.agency.id, "channel": "exchange"}])
        self.peer.state = "proposed"
        with self.assertRaises(UserError):
            letter._transition("send")
        self.peer.state = "confirmed"
        self.key.state = "retired"
        with self.assertRaises(UserError):
            letter._transition("send")
        self.assertEqual(letter.state, "numbered")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small OpenID Connect provider for tests and training; no part of the product.

It checks what a real one checks: client, redirect URI, PKCE, codes that are used once. Everything
that a bad provider or an attacker may send is switched on by a test. For training, on this
machine only::

    python3 addons/lgo_auth_thaid/tests/oidc_server.py --port 8099 \
        --redirect http://127.0.0.1:8069/auth/thaid/callback

Then fill in (the menu ThaID): discovery document http://127.0.0.1:8099/.well-known/openid-configuration,
client ID ``lgo``, secret ``secret``, and delete the addresses that are there.
"""

import argparse
import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

PERSON = {
    "pid": "1234567890121",
    "title": "นาย",
    "given_name": "สมชาย",
    "family_name": "ใจดี",
    "birthdate": "25300115",
    "gender": "1",
    "ial": "2.3",
}
PAGE = """<!doctype html><html lang="th"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>ThaID จำลอง</title>
<h1>ThaID จำลอง (สำหรับฝึกอบรมเท่านั้น)</h1><p>ยินยอมให้ส่งข้อมูลของ {name} หรือไม่</p>
<p><a id="agree" href="{agree}">ยินยอม</a></p>
<p><a id="refuse" href="{refuse}">ไม่ยินยอม</a></p></html>"""


class OidcServer:
    """The provider. Attributes that a test changes:

    ``person`` claims; ``token_changes`` claims of the ID token (a value of None takes one away);
    ``userinfo_changes``; ``sign`` a function ``(claims, self) -> token``; ``with_id_token``;
    ``raw_token`` ``(status, content type, body)`` of the token address; ``delay`` seconds;
    ``interactive``: ask the person on a page.
    """

    client_id = "lgo"
    client_secret = "secret"  # noqa: S105 - of a made-up client

    def __init__(self, redirect_uri, port=0):
        self.redirect_uri = redirect_uri
        self.rotate("first")
        self.person = dict(PERSON)
        self.token_changes, self.userinfo_changes = {}, {}
        self.sign = self.raw_token = None
        self.with_id_token, self.interactive, self.delay = True, False, 0
        self.codes, self.access, self.calls = {}, {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    # ------------------------------------------------------------ life
    def start(self):
        """Serve in a thread; :return: self"""
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def stop(self):
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def rotate(self, kid, algorithm="RS256"):
        """A new signing key in place of the old one."""
        self.kid, self.algorithm = kid, algorithm
        self.key = (
            ec.generate_private_key(ec.SECP256R1())
            if algorithm == "ES256"
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        self.published = [(kid, algorithm, self.key)]

    def public_pem(self):
        """The public key as text."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    # ------------------------------------------------------------ answers
    def discovery(self):
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth?v=2",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
        }

    def jwks(self):
        """The key set."""
        keys = []
        for kid, algorithm, key in self.published:
            maker = (
                jwt.algorithms.ECAlgorithm if algorithm == "ES256" else jwt.algorithms.RSAAlgorithm
            )
            jwk = json.loads(maker.to_jwk(key.public_key()))
            keys.append({**jwk, "kid": kid, "use": "sig", "alg": algorithm})
        return {"keys": keys}

    def authorise(self, query):
        """Where the browser goes: a page that asks, or back at once."""
        if (
            query.get("redirect_uri") != self.redirect_uri
            or query.get("client_id") != self.client_id
        ):
            return 400, "text/plain", b"unknown client", {}
        refused = self.back(error="access_denied", state=query["state"])
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        agreed = self.back(code=code, state=query["state"])
        if self.interactive:
            page = PAGE.format(
                name=html.escape(self.person["given_name"]),
                agree=html.escape(agreed),
                refuse=html.escape(refused),
            )
            return 200, "text/html; charset=utf-8", page.encode(), {}
        return 302, "text/plain", b"", {"Location": agreed}

    def back(self, **query):
        """The redirect URI with a query."""
        return f"{self.redirect_uri}?{urlencode(query)}"

    def token(self, form, authorization):
        """Answer of the token address."""
        if self.raw_token:
            status, kind, body = self.raw_token
            return status, kind, body, {}
        expected = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        asked = self.codes.pop(form.get("code"), None)  # once
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if authorization != f"Basic {expected}":
            return 401, "application/json", b'{"error": "invalid_client"}', {}
        if (
            not asked
            or form.get("redirect_uri") != self.redirect_uri
            or (asked.get("code_challenge") or challenge) != challenge
        ):
            return 400, "application/json", b'{"error": "invalid_grant"}', {}
        access = secrets.token_urlsafe(16)
        self.access[access] = True
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 300}
        if self.with_id_token:
            claims = {
                "iss": self.issuer,
                "sub": "person-1",
                "aud": self.client_id,
                "iat": int(time.time()),
                "exp": int(time.time()) + 300,
                "nonce": asked.get("nonce"),
                **self.person,
                **self.token_changes,
            }
            claims = {name: value for name, value in claims.items() if value is not None}
            answer["id_token"] = (
                self.sign(claims, self)
                if self.sign
                else jwt.encode(claims, self.key, self.algorithm, headers={"kid": self.kid})
            )
        else:
            answer.update(self.person)
        return 200, "application/json", json.dumps(answer).encode(), {}

    def userinfo(self, authorization):
        """Answer of the userinfo address."""
        if not self.access.pop((authorization or "").removeprefix("Bearer "), None):
            return 401, "application/json", b"{}", {}
        body = {"sub": "person-1", **self.person, **self.userinfo_changes}
        return 200, "application/json", json.dumps(body).encode(), {}

    def _handler(provider):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def _send(self, status, kind, body, headers):
                time.sleep(provider.delay)
                self.send_response(status)
                for name, value in {
                    "Content-Type": kind, "Content-Length": str(len(body)), **headers
                }.items():  # fmt: skip
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def _json(self, document):
                self._send(200, "application/json", json.dumps(document).encode(), {})

            def do_GET(self):  # noqa: N802 - name of the standard library
                parts = urlsplit(self.path)
                provider.calls.append(parts.path)
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                if parts.path == "/.well-known/openid-configuration":
                    self._json(provider.discovery())
                elif parts.path == "/jwks":
                    self._json(provider.jwks())
                elif parts.path == "/auth":
                    self._send(*provider.authorise(query))
                elif parts.path == "/userinfo":
                    self._send(*provider.userinfo(self.headers["Authorization"]))
                elif parts.path == "/favicon.ico":
                    self._send(204, "image/x-icon", b"", {})
                else:
                    self._send(404, "text/plain", b"", {})

            def do_POST(self):  # noqa: N802 - name of the standard library
                provider.calls.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                self._send(*provider.token(form, self.headers["Authorization"]))

            def log_message(self, *args):
                """No line in the log."""

        return Handler


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="ThaID for training; this machine only.")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--redirect", default="http://127.0.0.1:8069/auth/thaid/callback")
    options = parser.parse_args()
    training = OidcServer(options.redirect, options.port)
    training.interactive = True
    training.server.serve_forever()

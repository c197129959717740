# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small certification and time-stamp authority for tests; no part of the product."""

import functools
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

BITS = 2048


@functools.cache
def new_key(name):
    """One key for each name in a run of the tests: making one is slow."""
    if name.startswith("ec"):
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, BITS)


def subject(common, organisation="เทศบาลตำบลตัวอย่าง"):
    """A made-up name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


class Authority:
    """A root, an issuing authority below it, and what they issue.

    :param str url: where the lists of revoked certificates lie; empty: nowhere
    :param str issuer_url: where the certificate of the issuer is said to lie; empty: nowhere
    """

    def __init__(self, name="root", url="", issuer_url=""):
        self.url, self.issuer_url = url, issuer_url
        self.key = new_key(name)
        self.root = self._certificate(subject(f"LGO Test {name}"), self.key, None, ca=True)
        self.issuing_key = new_key(f"{name} issuing")
        self.issuing = self._certificate(
            subject(f"LGO Test {name} issuing"), self.issuing_key, self.root, ca=True
        )

    def _certificate(self, name, key, issuer, ca=False, days=(-30, 365), stamps=False, usage=True):
        now = datetime.now(UTC)
        above = self.key if issuer is None or issuer == getattr(self, "root", None) else None
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer.subject if issuer else name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not ca and usage,
                    content_commitment=not ca and usage,
                    key_encipherment=not usage,
                    data_encipherment=False,
                    key_agreement=False,
                    key_cert_sign=ca,
                    crl_sign=ca,
                    encipher_only=False,
                    decipher_only=False,
                ),
                critical=True,
            )
        )
        if issuer is not None:
            builder = builder.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()),
                critical=False,
            )
            if self.url:
                which = "root" if issuer == self.root else "issuing"
                point = x509.UniformResourceIdentifier(f"{self.url}/{which}.crl")
                builder = builder.add_extension(
                    x509.CRLDistributionPoints([x509.DistributionPoint([point], None, None, None)]),
                    critical=False,
                )
        if issuer is not None and self.issuer_url:
            place = x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier(self.issuer_url),
            )
            builder = builder.add_extension(
                x509.AuthorityInformationAccess([place]), critical=False
            )
        if stamps:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return builder.sign(above or self.issuing_key, hashes.SHA256())

    def issue(self, common, key="leaf", **kwargs):
        """(key, certificate) of somebody."""
        own = new_key(key)
        return own, self._certificate(subject(common), own, self.issuing, **kwargs)

    def p12(self, common, passphrase, key="leaf", **kwargs):
        """A key file, and its certificate."""
        own, certificate = self.issue(common, key, **kwargs)
        content = pkcs12.serialize_key_and_certificates(
            b"key",
            own,
            certificate,
            [self.issuing],
            serialization.BestAvailableEncryption(passphrase.encode()),
        )
        return content, certificate

    def pem(self):
        """The root as a file."""
        return self.root.public_bytes(serialization.Encoding.PEM)

    def crl(self, which, revoked=()):
        """An up-to-date list of revoked certificates."""
        now = datetime.now(UTC)
        issuer, key = (self.root, self.key) if which == "root" else (self.issuing, self.issuing_key)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.subject)
            .last_update(now - timedelta(hours=1))
            .next_update(now + timedelta(days=7))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()),
                critical=False,
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for certificate in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(certificate.serial_number)
                .revocation_date(now - timedelta(minutes=30))
                .build()
            )
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def stamper(self, **kwargs):
        """What answers for the time-stamp authority."""
        key, certificate = self.issue("LGO Test TSA", "tsa", stamps=True, **kwargs)
        der = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

        def load(one):
            return asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER))

        return DummyTimeStamper(
            load(certificate), keys.PrivateKeyInfo.load(der), [load(self.issuing)]
        )


class AuthorityServer:
    """The authority on the loopback: POST / for time stamps, GET for lists of the revoked.

    ``answers``: switched off, it answers with an error; ``calls`` counts the time stamps;
    ``headers`` are those of the last request; ``asked``: the paths that were asked for by GET.
    """

    def __init__(self):
        self.answers, self.calls, self.headers, self.revoked = True, 0, {}, []
        self.asked = []
        this = self

        class Handler(BaseHTTPRequestHandler):
            def _send(self, body, kind, status=200):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                this.headers = dict(self.headers)
                if not this.answers:
                    return self._send(b"closed", "text/plain", 503)
                this.calls += 1
                answer = this.tsa.request_tsa_response(tsp.TimeStampReq.load(body))
                return self._send(answer.dump(), "application/timestamp-reply")

            def do_GET(self):
                this.asked.append(self.path)
                which = self.path.strip("/").removesuffix(".crl")
                if not this.answers or which not in ("root", "issuing"):
                    return self._send(b"closed", "text/plain", 503)
                crl = this.authority.crl(which, this.revoked if which == "issuing" else ())
                return self._send(crl, "application/pkix-crl")

            def log_message(self, *args):
                """No line in the log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.authority = Authority(url=self.url)
        self.tsa = self.authority.stamper()
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import os
import shutil
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

import pkcs11
from cryptography.hazmat.primitives import serialization
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.lgo_base.tests.identity_common import use_keys

from ..tools import token
from .common import SEAL_SECRET, SECRET, SignCommon

SOFT_TOKENS = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


@tagged("post_install", "-at_install")
class TestCertificate(SignCommon, TransactionCase):
    """Keys: who records them, what is refused, and that nobody reads them back."""

    def _create(self, user, content, passphrase=SECRET, **vals):
        return (
            self.env["lgo.sign.certificate"]
            .with_user(user)
            .create({"key_file": base64.b64encode(content), "passphrase": passphrase, **vals})
        )

    def test_what_the_certificate_says(self):
        own = self.mayor_certificate
        self.assertEqual(own.subject_name, "LGO t_sign_mayor")
        self.assertEqual(own.issuer_name, "LGO Test root issuing")
        self.assertEqual(own.key_kind, "EC secp256r1")
        self.assertEqual(self.seal.key_kind, "RSA 2048")
        self.assertEqual(len(own.fingerprint), 64)
        self.assertEqual(own.state, "valid")
        self.assertEqual((own.owner, own.user_id), ("user", self.mayor))
        self.assertEqual((self.seal.owner, self.seal.user_id.id), ("seal", False))

    def test_state(self):
        Certificate = self.env["lgo.sign.certificate"]
        both = self.mayor_certificate | self.seal
        for days, state in ((-60, "early"), (0, "valid"), (400, "expired")):
            with self.subTest(days=days), freeze_time(Datetime.now() + timedelta(days=days)):
                both.invalidate_recordset(["state"])
                self.assertEqual(set(both.mapped("state")), {state})
                for asked in ("early", "valid", "expired", "revoked"):
                    found = Certificate.search([("state", "=", asked), ("id", "in", both.ids)])
                    self.assertEqual(found, both if asked == state else Certificate, asked)
        both.invalidate_recordset(["state"])
        self.seal._revoke("ทดสอบ")
        self.assertEqual(Certificate.search([("state", "=", "revoked")]), self.seal)

    def test_nobody_reads_the_key_back(self):
        for one in (self.mayor_certificate, self.seal):
            one.invalidate_recordset()
            self.assertFalse(one.key_file)
            self.assertFalse(one.passphrase)
            self.assertTrue(one.key_cipher)
            for user in (self.admin, self.mayor, self.env.ref("base.user_admin")):
                user.group_ids += self.env.ref("base.group_allow_export")
                mine = one.with_user(user)
                for name in ("key_cipher", "secret_cipher"):
                    with self.subTest(user=user.login, name=name):
                        with self.assertRaises(AccessError):
                            mine.read([name])
                        with self.assertRaises(AccessError):
                            mine.export_data([name])
                        self.assertNotIn(name, mine.fields_get())
                        with self.assertRaises(AccessError):
                            mine.search([(name, "!=", False)])
        self.assertFalse(self.mayor_certificate.secret_cipher, "not even encrypted")
        self.env.cr.execute("SELECT * FROM lgo_sign_certificate")
        stored = str(self.env.cr.fetchall())
        self.assertNotIn(SECRET, stored)
        self.assertNotIn(SEAL_SECRET, stored)
        files = self.env["ir.attachment"].sudo()
        self.assertFalse(files.search_count([("res_model", "=", "lgo.sign.certificate")]))
        with self.assertRaises(UserError):
            self.seal.copy()

    def test_without_the_key_of_the_server(self):
        content, _certificate = self.authority.p12("LGO x", SECRET, key="x")
        with (
            use_keys(""),
            self.assertLogs("odoo.addons.lgo_sign", "ERROR"),
            self.assertRaises(UserError),
        ):
            self._create(self.deputy, content)

    def test_refused(self):
        good, _certificate = self.authority.p12("LGO x", SECRET, key="x")
        expired, _certificate = self.authority.p12("LGO y", SECRET, key="x", days=(-30, -1))
        useless, _certificate = self.authority.p12("LGO z", SECRET, key="x", usage=False)
        authority, _certificate = self.authority.p12("LGO ca", SECRET, key="x", ca=True)
        for content, passphrase in (
            (good, ""),
            (good, "wrong"),
            (good[:-40], SECRET),
            (b"", SECRET),
            (b"x", SECRET),
            (b"\x30\x82" + b"\x00" * 300, SECRET),
            (self.authority.pem(), SECRET),
            (good + b"\x00" * 300_000, SECRET),
            (expired, SECRET),
            (useless, SECRET),
            (authority, SECRET),
        ):
            with (
                self.subTest(content=content[:8], passphrase=passphrase),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self._create(self.deputy, content, passphrase)
        with self.assertRaises(UserError):
            self.env["lgo.sign.certificate"].with_user(self.deputy).create({"name": "x"})

    def test_a_certificate_is_not_changed(self):
        own = self.mayor_certificate.with_user(self.mayor)
        own.name = "ของฉัน"
        content, _certificate = self.authority.p12("LGO x", SECRET, key="x")
        for vals in (
            {"key_file": base64.b64encode(content), "passphrase": SECRET},
            {"owner": "seal"},
            {"user_id": self.deputy.id},
            {"storage": "token"},
            {"revoked_at": False},
            {"fingerprint": "0" * 64},
            {"valid_to": "2099-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                own.write(vals)
        with self.assertRaises(UserError):
            self._create(self.deputy, content, fingerprint="0" * 64)

    def test_two_officers(self):
        """Each records and sees the own certificate; the seal is the administrator's."""
        other = self._personal(self.deputy, key="ec deputy")
        for user, own in ((self.mayor, self.mayor_certificate), (self.deputy, other)):
            Certificate = self.env["lgo.sign.certificate"].with_user(user)
            self.assertEqual(Certificate.search([("owner", "=", "user")]), own)
            self.assertEqual(Certificate.search_count([("owner", "=", "user")]), 1)
            foreign = ((self.mayor_certificate | other) - own).with_user(user)
            with self.assertRaises(AccessError):
                foreign.read(["name"])
            with self.assertRaises(AccessError):
                foreign.write({"name": "x"})
            with self.assertRaises(AccessError):
                foreign._revoke("x")
            self.assertEqual(self.seal.with_user(user).subject_name, "ตราเทศบาลตัวอย่าง")
            with self.assertRaises(AccessError):
                self.seal.with_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):
                self.seal.with_user(user)._revoke("x")
        content, _certificate = self.authority.p12("LGO x", SECRET, key="x")
        with self.assertRaises(AccessError):
            self._create(self.deputy, content, owner="seal")
        with self.assertRaises(AccessError):
            self._create(self.deputy, content, user_id=self.mayor.id)
        with self.assertRaises(AccessError):
            self._create(self.admin, content, user_id=self.mayor.id)
        portal = new_test_user(self.env, "t_sign_portal", "base.group_portal")
        for model in ("certificate", "trust", "signature", "archive", "round", "check", "confirm"):
            with self.assertRaises(AccessError):
                self.env[f"lgo.sign.{model}"].with_user(portal).search_count([])

    def test_administrator_and_auditor_see_when_they_end(self):
        auditor = new_test_user(self.env, "t_sign_auditor", "lgo_base.group_auditor")
        both = self.mayor_certificate | self.seal
        for user in (self.admin, auditor):
            found = self.env["lgo.sign.certificate"].with_user(user).search([])
            self.assertEqual(found & both, both)
        with self.assertRaises(AccessError):
            self.mayor_certificate.with_user(self.admin)._revoke("x")
        with self.assertRaises(AccessError):
            self.seal.with_user(auditor)._revoke("x")

    def test_revoke_destroys_the_key(self):
        wizard = (
            self.env["lgo.sign.revoke"]
            .with_user(self.mayor)
            .create({"certificate_id": self.mayor_certificate.id, "reason": " "})
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "บัตรหาย"
        wizard.action_confirm()
        own = self.mayor_certificate
        self.assertEqual((own.state, own.revoke_reason), ("revoked", "บัตรหาย"))
        self.assertFalse(own.key_cipher)
        row = self.env["lgo.audit.log"].search([("action", "=", "certificate.revoke")], limit=1)
        self.assertEqual((row.res_id, row.uid), (own.id, self.mayor.id))

    def test_used_certificate_is_kept(self):
        self.kind.sign_mode = "seal"
        self._issue()
        with self.assertRaises(UserError):
            self.seal.with_user(self.admin).unlink()

    def test_reminder(self):
        Certificate = self.env["lgo.sign.certificate"]
        Certificate._cron_remind()
        self.assertFalse(self.mayor_certificate.activity_ids)
        with freeze_time(self.mayor_certificate.valid_to - timedelta(days=20)):
            Certificate._cron_remind()
            Certificate._cron_remind()
        self.assertEqual(self.mayor_certificate.activity_ids.user_id, self.mayor)
        self.assertEqual(self.seal.activity_ids.user_id, self.admin)
        self.assertEqual(len(self.seal.activity_ids), 1, "once")

    def test_trusted_authorities(self):
        Trust = self.env["lgo.sign.trust"]
        with self.assertRaises(AccessError):
            Trust.with_user(self.mayor).create({"file": base64.b64encode(self.stranger.pem())})
        leaf = self.seal.certificate_pem.encode()
        for content in (b"", b"x", leaf, b"-----BEGIN CERTIFICATE-----\nx\n"):
            with self.subTest(content=content[:5]), self.assertRaises(UserError):
                Trust.with_user(self.admin).create({"file": base64.b64encode(content)})
        added = Trust.with_user(self.admin).create({"file": base64.b64encode(self.stranger.pem())})
        self.assertEqual(added.name, "LGO Test stranger")
        row = self.env["lgo.audit.log"].search([("action", "=", "trust.record")], limit=1)
        self.assertEqual(row.res_id, added.id)
        with self.assertRaises(AccessError):
            added.write({"fingerprint": "0" * 64})

    def test_no_token_configured(self):
        with self.assertRaises(UserError):
            self.env["lgo.sign.certificate"].with_user(self.mayor).create(
                {"storage": "token", "token_label": "x", "key_label": "y"}
            )

    def test_token(self):
        """A key that never leaves its token; the PIN is typed at each signature."""
        module = next((path for path in SOFT_TOKENS if os.path.exists(path)), None)
        if not module or not shutil.which("softhsm2-util"):
            self.skipTest("no software token on this machine (package softhsm2)")
        with tempfile.TemporaryDirectory() as folder:
            self._make_token(module, Path(folder))
            settings = {token.MODULE: module, token.PIN: ""}
            self.patch(token.identity_vault, "_setting", self._settings(settings))
            own = (
                self.env["lgo.sign.certificate"]
                .with_user(self.deputy)
                .create({"storage": "token", "token_label": "lgo", "key_label": "deputy"})
                .sudo()
            )
            self.assertEqual(own.subject_name, "LGO token")
            self.assertFalse(own.key_cipher)
            self.kind.sign_mode = "signer"
            before = self._numbers()
            for wrong in ("", "9999"):
                with self.subTest(pin=wrong), self.assertRaises(UserError), self.cr.savepoint():
                    self._sign_as(self.deputy, wrong)
            self.assertEqual(self._numbers(), before)
            self._assert_good(self._judge(self._sign_as(self.deputy, "4321")._content()))
            with self.assertRaises(UserError):
                own.copy({"key_label": "nobody"})
            # a seal signs unattended, with the PIN of the configuration
            seal = self.env["lgo.sign.certificate"].create(
                {"owner": "seal", "storage": "token", "token_label": "lgo", "key_label": "deputy"}
            )
            self.company.lgo_sign_seal_id = seal
            self.kind.sign_mode = "seal"
            with self.assertRaises(UserError):
                self._issue()
            settings[token.PIN] = "4321"
            self._assert_good(self._judge(self._issue()._content()))

    @staticmethod
    def _settings(values):
        original = token.identity_vault._setting
        return lambda option: values[option] if option in values else original(option)

    def _make_token(self, module, folder):
        """A token in ``folder`` with a key and its certificate."""
        (folder / "tokens").mkdir()
        conf = folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
        self.patch(os, "environ", {**os.environ, "SOFTHSM2_CONF": str(conf)})
        os.putenv("SOFTHSM2_CONF", str(conf))
        self.addCleanup(os.unsetenv, "SOFTHSM2_CONF")
        key, certificate = self.authority.issue("LGO token", "token")
        file = folder / "key.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        tool = ["softhsm2-util", "--label", "lgo", "--pin", "4321"]
        subprocess.run(
            [*tool, "--init-token", "--free", "--so-pin", "87654321"],
            check=True,
            capture_output=True,
        )
        imported = ["softhsm2-util", "--token", "lgo", "--pin", "4321", "--label", "deputy"]
        subprocess.run(
            [*imported, "--import", str(file), "--id", "01"], check=True, capture_output=True
        )
        library = pkcs11.lib(module)
        library.reinitialize()
        with library.get_token(token_label="lgo").open(user_pin="4321", rw=True) as session:
            for label, one in (("deputy", certificate), ("issuing", self.authority.issuing)):
                session.create_object(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                        pkcs11.Attribute.TOKEN: True,
                        pkcs11.Attribute.LABEL: label,
                        pkcs11.Attribute.ID: b"\x01" if label == "deputy" else b"\x02",
                        pkcs11.Attribute.SUBJECT: one.subject.public_bytes(),
                        pkcs11.Attribute.VALUE: one.public_bytes(serialization.Encoding.DER),
                    }
                )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tests import new_test_user

from odoo.addons.lgo_base.tests.identity_common import IdentityCase
from odoo.addons.lgo_base.tests.test_issued_document import IssuedCommon

from ..models import lgo_sign_certificate
from ..tools import grant, tsa
from .authority import Authority, AuthorityServer

SECRET = "ความลับ-mayor-1"
SEAL_SECRET = "seal-secret-2"


class SignCommon(IdentityCase, IssuedCommon):
    """A seal, a mayor with a certificate, an authority that answers, and a kind of document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_documents()
        cls.server = AuthorityServer()
        cls.addClassCleanup(cls.server.stop)
        cls.authority = cls.server.authority
        cls.stranger = Authority("stranger")
        cls.company = cls.env.company
        cls.admin = new_test_user(cls.env, "t_sign_admin", "lgo_base.group_admin")
        cls.mayor = new_test_user(
            cls.env, "t_sign_mayor", "lgo_base.group_executive", name="สมหญิง ใจงาม"
        )
        cls.deputy = new_test_user(
            cls.env, "t_sign_deputy", "lgo_base.group_executive", name="สมศักดิ์ มั่นคง"
        )
        lgo_sign_certificate._open_seals.clear()
        cls.seal = cls._seal()
        cls.company.lgo_sign_seal_id = cls.seal
        cls.trust = cls.env["lgo.sign.trust"].create(
            {"file": base64.b64encode(cls.authority.pem())}
        )
        cls.mayor_certificate = cls._personal(cls.mayor, key="ec mayor")
        cls.kind.signer = "executive"

    def setUp(self):
        super().setUp()
        tsa.forget()
        self.addCleanup(tsa.forget)
        self.server.answers, self.server.calls, self.server.revoked = True, 0, []
        self.server.asked = []
        self.addCleanup(setattr, self.server, "tsa", self.server.tsa)

    @classmethod
    def _seal(cls, **kwargs):
        content, _certificate = cls.authority.p12("ตราเทศบาลตัวอย่าง", SEAL_SECRET, **kwargs)
        return (
            cls.env["lgo.sign.certificate"]
            .with_user(cls.admin)
            .create(
                {
                    "name": "ตรา",
                    "owner": "seal",
                    "key_file": base64.b64encode(content),
                    "passphrase": SEAL_SECRET,
                }
            )
            .sudo()
        )

    @classmethod
    def _personal(cls, user, secret=SECRET, authority=None, **kwargs):
        authority = authority or cls.authority
        content, _certificate = authority.p12(f"LGO {user.login}", secret, **kwargs)
        return (
            cls.env["lgo.sign.certificate"]
            .with_user(user)
            .create({"key_file": base64.b64encode(content), "passphrase": secret})
            .sudo()
        )

    def _level(self, level):
        self.company.write({"lgo_tsa_url": self.server.url, "lgo_sign_level": level})

    def _as(self, user, secret=SECRET):
        """An environment in which ``user`` has just typed ``secret``."""
        env = self.env(user=user)
        return env(context={**env.context, grant.KEY: grant.Grant(user.id, secret)})

    def _sign_as(self, user, secret=SECRET, **kwargs):
        """The document, signed by ``user``."""
        Document = self._as(user, secret)["lgo.issued.document"]
        kwargs.setdefault(
            "signers",
            [{"user_id": user.id, "name": user.name, "capacity": "นายกเทศมนตรีตำบลตัวอย่าง"}],
        )
        return Document._issue(self.partner, kind="t_certificate", report=self.report, **kwargs)

    def _judge(self, content):
        found = self.env["lgo.sign.validation"]._validate_pdf(content)
        self.assertEqual(found["error"], "")
        return found["signatures"]

    def _numbers(self):
        """How many numbers of the register are taken."""
        return self.env["lgo.register.entry"].search_count([("register_id", "=", self.register.id)])

    def _assert_good(self, rows):
        for row in rows:
            self.assertTrue(row["intact"] and row["valid"] and row["trusted"], row)
            self.assertTrue(row["good"], row)

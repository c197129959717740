# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import asyncio
import base64
import hashlib
import io
import re
import shutil
import socket
import subprocess
import tempfile
from datetime import timedelta
from unittest.mock import patch

import pikepdf
from asn1crypto import crl
from freezegun import freeze_time
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation import DocumentSecurityStore

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.report_weasyprint.tests.common import WeasyprintCase

from ..tools import appearance, grant, key_file, signature_judge, tsa
from .authority import Authority
from .common import SECRET, SignCommon

MAKER = "odoo.addons.lgo_sign.models.lgo_sign_maker"
TSA_LINE = mute_logger(MAKER)


@tagged("post_install", "-at_install")
class TestSign(SignCommon, WeasyprintCase):
    """What is issued is signed in the transaction that numbers it."""

    def test_nothing_is_signed_by_default(self):
        self.assertEqual(self.kind.sign_mode, "none")
        document = self._issue()
        self.assertEqual(self._judge(document._content()), [])
        self.assertFalse(document.sign_record_ids)

    def test_seal(self):
        self.kind.sign_mode = "seal"
        document = self._issue()
        content = document._content()
        self.assertEqual(document.sha256, hashlib.sha256(content).hexdigest(), "the signed file")
        rows = self._judge(content)
        self._assert_good(rows)
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["signer"], "ตราเทศบาลตัวอย่าง")
        self.assertTrue(rows[0]["whole_file"])
        self.assertTrue(rows[0]["certifies"])
        record = document.sign_record_ids
        self.assertEqual((record.role, record.level, record.is_short), ("seal", "b", False))
        self.assertEqual(record.fingerprint, rows[0]["fingerprint"])
        self.assertEqual(record.certificate_id, self.seal)
        audit = self.env["lgo.audit.log"].search([("action", "=", "document.sign")], limit=1)
        self.assertEqual((audit.res_id, audit.uid), (document.id, self.clerk.id))
        self.assertIn(self.seal.fingerprint, audit.detail)

    def test_archival(self):
        """PDF/A stays PDF/A, seen or unseen, and the pages print what they printed."""
        self.kind.sign_mode = "signer_and_seal"
        for variant, part, level in (("pdf/a-2u", 2, "U"), ("pdf/a-3u", 3, "U")):
            for visible in (False, True):
                with self.subTest(variant=variant, visible=visible):
                    self.report.pdf_variant = variant
                    self.company.lgo_sign_visible = visible
                    content = self._sign_as(self.mayor)._content()
                    self._assert_archival(content, part, level)
                    self._assert_good(self._judge(content))
                    self.assertIn("สมชาย ใจดี", self._text(content))
                    self.assertEqual(self._drawn(content), ["Signer1"] if visible else [])

    def test_the_whole_paper_is_signed(self):
        """What another add-on puts on the printed pages, such as the words of a certified copy."""

        def two_pages(self, record, content):
            out = io.BytesIO()
            with pikepdf.open(io.BytesIO(content)) as pdf:
                pdf.add_blank_page()
                pdf.save(out)
            return out.getvalue()

        self.kind.sign_mode = "seal"
        with patch.object(type(self.env["lgo.issued.document"]), "_compose", two_pages):
            content = self._issue()._content()
        rows = self._judge(content)
        self.assertEqual(len(rows), 1)
        self._assert_good(rows)
        self.assertTrue(rows[0]["whole_file"])
        with pikepdf.open(io.BytesIO(content)) as pdf:
            self.assertEqual(len(pdf.pages), 2)

    def test_visible_signature_is_one_page(self):
        """Only the first page is seen: all lines must be on it, Thai marks and all."""
        lines = ["ลงลายมือชื่ออิเล็กทรอนิกส์โดย สมหญิง ใจงาม", "๒๖ พ.ย. ๖๙ เวลา ๐๙.๓๐ น. ปลัดเทศบาล"]
        for size in (appearance.STRIP[2:], (appearance.WIDTH, appearance.HEIGHT)):
            for count in (1, 2):
                drawn = appearance.draw(lines[:count], size, "pdf/a-2u")
                with self.subTest(size=size, count=count), pikepdf.open(io.BytesIO(drawn)) as pdf:
                    self.assertEqual(len(pdf.pages), 1)
                    shown = self._text(drawn)
                    for line in lines[:count]:
                        self.assertIn(line, shown)

    def test_place_of_a_visible_signature(self):
        """An element of the template keeps the place free, whatever the length of the letter."""
        view = self.env["ir.ui.view"].search([("key", "=", "lgo_base.t_issued")])
        view.arch = view.arch.replace(
            '<t t-out="issued.qr_svg"/>',
            '<div style="height: 100pt">-</div><div id="lgo-sign-1" style="height: 34pt"></div>',
        )
        self.assertIn("lgo-sign-1", view.arch)
        self.kind.sign_mode = "signer"
        self.company.lgo_sign_visible = True
        content = self._sign_as(self.mayor)._content()
        self._assert_archival(content, 2, "U")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            left, bottom, right, top = (float(one) for one in pdf.Root.AcroForm.Fields[0].Rect)
        self.assertAlmostEqual(right - left, 170, delta=1)
        self.assertAlmostEqual(top - bottom, 34, delta=1)
        self.assertGreater(bottom, 400, "in the text, not in the margin")
        self.assertAlmostEqual(left, 85, delta=1, msg="the left margin of 3 cm")
        self._assert_good(self._judge(content))

    def _drawn(self, content):
        """Names of the signature fields that are seen: a box, and something in it."""
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return [
                str(one.T)
                for one in pdf.Root.AcroForm.Fields
                if float(one.Rect[2]) > float(one.Rect[0])
                and "/XObject" in one.AP.N.get("/Resources", {})
            ]

    def test_signer_and_seal(self):
        self.kind.sign_mode = "signer_and_seal"
        document = self._sign_as(self.mayor)
        rows = self._judge(document._content())
        self._assert_good(rows)
        self.assertEqual([row["field"] for row in rows], ["Seal", "Signer1"])
        self.assertEqual(rows[0]["modification"], "FORM_FILLING")
        self.assertEqual([row["whole_file"] for row in rows], [False, True])
        self.assertEqual(document.sign_record_ids.mapped("role"), ["seal", "signer"])
        self.assertEqual(document.sign_record_ids[-1].certificate_id, self.mayor_certificate)

    def test_time_stamp(self):
        self.kind.sign_mode = "seal"
        self._level("t")
        self.company.write({"lgo_tsa_user": "lgo", "lgo_tsa_password": "tsa-secret"})
        document = self._issue()
        rows = self._judge(document._content())
        self._assert_good(rows)
        self.assertTrue(rows[0]["stamp_trusted"])
        self.assertTrue(document.sign_record_ids.stamped_at)
        self.assertEqual(document.sign_record_ids.level, "t")
        self.assertEqual(self.server.headers["Authorization"], "Basic bGdvOnRzYS1zZWNyZXQ=")
        self.assertEqual(self.server.headers["Content-Type"], "application/timestamp-query")
        self.assertFalse(self.company.lgo_tsa_password, "write-only")

    def test_long_term(self):
        self.kind.sign_mode = "signer_and_seal"
        for level, kinds in (
            ("lt", ["signature", "signature"]),
            ("lta", ["signature", "timestamp", "signature", "timestamp"]),
        ):
            with self.subTest(level=level):
                self._level(level)
                document = self._sign_as(self.mayor)
                self.assertEqual(set(document.sign_record_ids.mapped("level")), {level})
                rows = self._judge(document._content())
                self._assert_good(rows)
                self.assertEqual([row["kind"] for row in rows], kinds)
                self._assert_archival(document._content(), 2, "U")

    @mute_logger("pyhanko.sign.validation.generic_cms")
    def test_a_good_signature_outlives_its_certificate(self):
        """A trusted time stamp says that the certificate was valid when it signed."""
        content, _certificate = self.authority.p12("LGO short", "x", key="short", days=(-30, 2))
        self.seal._revoke("ทดสอบ")
        self.company.lgo_sign_seal_id = self.env["lgo.sign.certificate"].create(
            {"owner": "seal", "key_file": _b64(content), "passphrase": "x"}
        )
        self.kind.sign_mode = "seal"
        plain = self._issue()._content()
        self._level("t")
        stamped = self._issue()._content()
        later = Datetime.now() + timedelta(days=30)
        for file, trusted in ((plain, False), (stamped, True)):
            with freeze_time(later):
                row = self._judge_at(file)[0]
            self.assertTrue(row["intact"] and row["valid"])
            self.assertEqual(row["trusted"], trusted, row["problem"])

    def _judge_at(self, content):
        """Judge in this process, which can be frozen at a moment; the real judge is a process."""
        roots = [key_file.as_asn1(one) for one in self.env["lgo.sign.trust"]._roots()]
        found = asyncio.run(signature_judge.judge(content, roots))
        return found["signatures"]

    @mute_logger("pyhanko.sign.validation.generic_cms")
    @TSA_LINE
    def test_time_stamp_of_the_archive_is_renewed(self):
        """Before the certificate of the authority ends, a new time stamp covers the old one."""
        self.kind.sign_mode = "seal"
        self._level("lta")
        self.server.tsa = self.authority.stamper(days=(-30, 40))
        self.server.answers = False
        document = self._issue()
        self.server.answers = True
        tsa.forget()
        Archive = self.env["lgo.sign.archive"]
        first = Archive._make(document)
        self.assertTrue(first.is_last)
        self.assertLess(first.stamp_ends_at, Datetime.now() + timedelta(days=41))
        content = first.attachment_id.raw
        self.assertFalse(first._renew(), "the authority has no newer certificate yet")
        self.server.tsa = self.authority.stamper(days=(-1, 300))
        tsa.forget()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_sign.ir_cron_archive").method_direct_trigger()
            self.env.ref("lgo_sign.ir_cron_archive").method_direct_trigger()
        second = document.archive_ids - first
        self.assertEqual((len(second), second.is_last, first.is_last), (1, True, False))
        self.assertFalse(first.attachment_id, "the newer copy holds it")
        renewed = second.attachment_id.raw
        self.assertTrue(renewed.startswith(content))
        self._assert_good(self._judge(renewed))
        with freeze_time(Datetime.now() + timedelta(days=60)):
            before, after = self._judge_at(content), self._judge_at(renewed)
        self.assertEqual([row["kind"] for row in after], ["signature", "timestamp", "timestamp"])
        self.assertFalse(all(row["trusted"] for row in before), "its authority has ended")
        self.assertTrue(all(row["trusted"] for row in after), after)
        self._assert_archival(renewed, 2, "U")

    @TSA_LINE
    def test_authority_is_down(self):
        """B-B with a note; a copy for the archive is made when the authority is back."""
        self.kind.sign_mode = "signer_and_seal"
        self._level("t")
        self.server.answers = False
        document = self._sign_as(self.mayor)
        self.assertEqual(set(document.sign_record_ids.mapped("level")), {"b"})
        self.assertTrue(document.sign_is_short)
        issued, sha256 = document._content(), document.sha256
        self._assert_good(self._judge(issued))
        Archive = self.env["lgo.sign.archive"]
        with mute_logger("odoo.addons.lgo_sign.models.lgo_sign_archive"):
            self.assertFalse(Archive._make(document), "still down")
        self.server.answers = True
        tsa.forget()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_sign.ir_cron_archive").method_direct_trigger()
        copy = document.archive_ids
        self.assertEqual(len(copy), 1)
        self.assertEqual((document.sha256, document._content()), (sha256, issued), "as issued")
        content = copy.attachment_id.raw
        self.assertTrue(content.startswith(issued), "the copy begins with the issued file")
        self.assertEqual(hashlib.sha256(content).hexdigest(), copy.sha256)
        rows = self._judge(content)
        self._assert_good(rows)
        self.assertEqual([row["kind"] for row in rows], ["signature", "signature", "timestamp"])
        self.assertTrue(all(row["stamp_trusted"] for row in rows))
        self._assert_archival(content, 2, "U")
        self.assertFalse(document.sign_is_short)
        self.assertNotIn(document, Archive._pending())
        with self.assertRaises(AccessError):
            copy.attachment_id.write({"raw": b"x"})
        with self.assertRaises(AccessError):
            copy.attachment_id.unlink()
        with self.assertRaises(AccessError):
            copy.write({"sha256": "0" * 64})
        document._forget()
        self.assertFalse(copy.attachment_id.exists(), "erased with the document")

    @TSA_LINE
    def test_level_falls_to_what_can_be_had(self):
        """Without information on revocation a time stamp is made all the same."""
        self.kind.sign_mode = "seal"
        self._level("lta")
        self.server.revoked = [key_file.from_pem(self.seal.certificate_pem)[0]]
        document = self._issue()
        self.assertEqual(document.sign_record_ids.level, "t")
        self.assertTrue(document.sign_record_ids.is_short)
        lists = [path for path in self.server.asked if path.endswith(".crl")]
        self.assertEqual(sorted(lists), ["/issuing.crl", "/root.crl"], "each is asked for once")

    @TSA_LINE
    def test_an_unproven_certificate_names_no_address_to_call(self):
        """Who records a key file of their own making does not choose what this server calls."""
        inside = f"{self.server.url}/inside"
        hostile = Authority("stranger", url=inside, issuer_url=inside)
        self.mayor_certificate._revoke("ทดสอบ")
        self._personal(self.mayor, authority=hostile, key="ec mayor")
        self.kind.sign_mode = "signer"
        self._level("lta")
        document = self._sign_as(self.mayor)
        self.assertEqual(document.sign_record_ids.level, "t")
        with mute_logger("odoo.addons.lgo_sign.models.lgo_sign_archive"):
            self.assertFalse(self.env["lgo.sign.archive"]._make(document))
        self.assertFalse([path for path in self.server.asked if path.startswith("/inside")])

    @TSA_LINE
    def test_register_does_not_wait_for_an_authority_that_is_gone(self):
        """That nobody answers is found out before the number is taken, not while others wait."""
        self.kind.sign_mode = "seal"
        bound = socket.socket()  # bound but not listening: nobody else gets the port
        self.addCleanup(bound.close)
        bound.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self.company.write({"lgo_tsa_url": gone, "lgo_sign_level": "t"})
        call, take = tsa.api_client.call, type(self.env["lgo.register"])._take_number
        order = []

        def calls(method, url, **kwargs):
            order.append(method)
            return call(method, url, **kwargs)

        def takes(this, *args, **kwargs):
            order.append("number")
            return take(this, *args, **kwargs)

        self.patch(tsa.api_client, "call", calls)
        self.patch(type(self.env["lgo.register"]), "_take_number", takes)
        self.assertEqual(self._issue().sign_record_ids.level, "b")
        self.assertEqual(order, ["GET", "number"])
        self._issue()
        self.assertEqual(order, ["GET", "number", "number"], "not asked again at once")
        order.clear()
        self._level("t")
        self.assertEqual(self._issue().sign_record_ids.level, "t")
        self.assertEqual(order[:2], ["GET", "number"])
        self.assertEqual(set(order[2:]), {"POST"})
        order.clear()
        self._issue()
        self.assertEqual(order, ["number", "POST"], "heard a moment ago")

    @TSA_LINE
    def test_a_damaged_file_does_not_keep_the_others_waiting(self):
        self.kind.sign_mode = "seal"
        self._level("t")
        self.server.answers = False
        damaged, other = self._issue(), self._issue()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL WHERE id = %s",
            [damaged.attachment_id.id],
        )
        self.env.invalidate_all()
        self.server.answers = True
        tsa.forget()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_sign.ir_cron_archive").method_direct_trigger()
        self.assertEqual((len(damaged.archive_ids), len(other.archive_ids)), (0, 1))

    def test_every_changed_byte_is_found(self):
        self.kind.sign_mode = "signer_and_seal"
        content = self._sign_as(self.mayor)._content()
        places = [200, len(content) // 4, len(content) // 3, len(content) // 2]
        places.append(content.index(b"/ByteRange") + 14)
        for place in places:
            with self.subTest(place=place):
                changed = bytearray(content)
                changed[place] ^= 1
                found = self.env["lgo.sign.validation"]._validate_pdf(bytes(changed))
                good = [row for row in found["signatures"] if row["good"]]
                self.assertLess(len(good), 2, "one of the two at least is broken")

    def test_something_added_is_found(self):
        """A form that is filled later is no signature; what the seal forbids is named."""
        self.kind.sign_mode = "seal"
        content = self._issue()._content()
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = generic.NumberObject(90)
        writer.update_container(page)
        output = io.BytesIO()
        writer.write(output)
        row = self._judge(output.getvalue())[0]
        self.assertTrue(row["intact"] and row["valid"])
        self.assertFalse(row["allowed"])
        self.assertFalse(row["good"])
        self.assertEqual(row["modification"], "OTHER")

    def test_expired_certificate_takes_no_number(self):
        self.kind.sign_mode = "seal"
        before = self._numbers()
        with freeze_time(Datetime.now() + timedelta(days=400)):
            self.seal.invalidate_recordset(["state"])
            with self.assertRaisesRegex(UserError, self.seal.name):
                self._issue()
        self.assertEqual(self._numbers(), before)
        self.assertFalse(
            self.env["lgo.issued.document"].search_count([("kind_id", "=", self.kind.id)])
        )

    def test_wrong_passphrase_takes_no_number(self):
        self.kind.sign_mode = "signer"
        before = self._numbers()
        for wrong in ("", "x", SECRET + " ", "ก" * 500):
            with (
                self.subTest(wrong=wrong),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self._sign_as(self.mayor, wrong)
        self.assertEqual(self._numbers(), before)
        self.assertEqual(len(self._judge(self._sign_as(self.mayor)._content())), 1)

    def test_who_may_use_a_key(self):
        self.kind.sign_mode = "signer"
        with self.assertRaisesRegex(UserError, "certificate|ใบรับรอง"):
            self._sign_as(self.deputy)  # has none
        with self.assertRaises(UserError):
            self._sign_as(self.deputy, signers=[{"user_id": self.mayor.id}])  # for another
        with self.assertRaises(UserError):
            self._sign_as(self.mayor, signers=[])
        for forged in ("x", {"user_id": self.mayor.id, "secret": SECRET}, True, [SECRET]):
            Document = self.env(user=self.mayor, context={**self.env.context, grant.KEY: forged})[
                "lgo.issued.document"
            ]
            with self.subTest(forged=forged), self.assertRaises(UserError):
                Document._issue(
                    self.partner,
                    kind="t_certificate",
                    report=self.report,
                    signers=[{"user_id": self.mayor.id}],
                )
        with (
            self.assertRaises(AccessError),
            self.mayor_certificate.with_env(self._as(self.deputy))._signer(),
        ):
            self.fail("the key of somebody else opened")
        self.assertNotIn(SECRET, repr(grant.Grant(1, SECRET)))

    def test_revoked_certificate(self):
        self.kind.sign_mode = "signer"
        before = self._sign_as(self.mayor)._content()
        self._assert_good(self._judge(before))
        self.mayor_certificate.with_user(self.mayor)._revoke("บัตรหาย")
        with self.assertRaises(UserError):
            self._sign_as(self.mayor)
        row = self._judge(before)[0]
        self.assertTrue(row["intact"])
        self.assertTrue(row["revoked"], "without a time stamp nobody knows when it was signed")
        self.assertFalse(row["good"])

    @mute_logger("pyhanko.sign.validation.generic_cms")
    def test_revoked_by_its_authority(self):
        """What a list in the file names as revoked stays so, also when the list is old."""
        self.kind.sign_mode = "seal"
        self._level("t")
        issued = io.BytesIO(self._issue()._content())
        certificate = key_file.from_pem(self.seal.certificate_pem)[0]
        for named in ((), (certificate,)):
            output = io.BytesIO(issued.getvalue())
            found = crl.CertificateList.load(self.authority.crl("issuing", named))
            DocumentSecurityStore.add_dss(output, sig_contents=None, crls=[found])
            content = output.getvalue()
            now = self._judge(content)[0]
            with freeze_time(Datetime.now() + timedelta(days=60)):
                later = self._judge_at(content)[0]
            for row in (now, later):
                with self.subTest(named=bool(named), row=row):
                    self.assertTrue(row["intact"] and row["valid"])
                    self.assertEqual(row["good"], not named)
            self.assertEqual(now["revoked"], bool(named))

    def test_unknown_authority_is_not_trusted(self):
        self.kind.sign_mode = "signer"
        self.mayor_certificate._revoke("ทดสอบ")
        self._personal(self.mayor, authority=self.stranger)
        row = self._judge(self._sign_as(self.mayor)._content())[0]
        self.assertTrue(row["intact"] and row["valid"])
        self.assertFalse(row["trusted"])
        self.assertFalse(row["good"])
        self.trust.active = False
        self.assertFalse(self.env["lgo.sign.trust"]._roots())

    def test_hostile_files(self):
        Validation = self.env["lgo.sign.validation"]
        for content in (
            b"",
            b"x",
            b"%PDF-1.7\n",
            b"%PDF-1.7" + b"\x00" * 5000,
            b"\n",
            "ก".encode(),
        ):
            with self.subTest(content=content[:10]):
                self.assertEqual(Validation._validate_pdf(content)["error"], "broken")
        self.assertEqual(Validation._validate_pdf(b"x" * (26 * 1024 * 1024))["error"], "big")

    def test_pdfsig_agrees(self):
        if not shutil.which("pdfsig"):
            self.skipTest("pdfsig is not installed (package poppler-utils)")
        self.kind.sign_mode = "signer_and_seal"
        self._level("t")
        content = self._sign_as(self.mayor)._content()
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(content)
            file.flush()
            said = subprocess.run(
                ["pdfsig", "-nocert", file.name], capture_output=True, text=True, check=False
            ).stdout
        self.assertEqual(said.count("Signature is Valid."), 2, said)
        self.assertEqual(len(re.findall(r"Total document signed", said)), 1, said)

    def test_settings_are_checked(self):
        for values in (
            {"lgo_sign_level": "t"},
            {"lgo_tsa_url": "http://tsa.example.com"},
            {"lgo_tsa_url": "javascript:alert(1)"},
            {"lgo_sign_seal_id": self.mayor_certificate.id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.company.write(values)
        self.kind.signer = "none"
        with self.assertRaises(ValidationError):
            self.kind.sign_mode = "signer"

    def test_seal_is_missing(self):
        self.kind.sign_mode = "seal"
        self.company.lgo_sign_seal_id = False
        before = self._numbers()
        with self.assertRaises(UserError):
            self._issue()
        self.assertEqual(self._numbers(), before)


def _b64(content):
    return base64.b64encode(content)

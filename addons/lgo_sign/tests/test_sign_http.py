# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.controllers import verify
from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

from .common import SECRET, SignCommon


@tagged("post_install", "-at_install")
class TestSignHttp(SignCommon, HttpCase):
    """As a browser calls it."""

    def _call(self, model, method, args, **kwargs):
        """Press a button; returns (result, error data)."""
        answer = self.url_open(
            f"/web/dataset/call_button/{model}/{method}",
            json={
                "params": {"model": model, "method": method, "args": args, "kwargs": kwargs},
            },
        ).json()
        return answer.get("result"), answer.get("error", {}).get("data")

    @mute_logger("odoo.http")
    def test_confirm_and_sign(self):
        """The own password first, then the passphrase of the key; both are asked every time."""
        self.kind.sign_mode = "signer_and_seal"
        one = (
            self.env["lgo.sign.round"]
            .with_user(self.clerk)
            ._start(self.partner, "t_certificate", self.report, [{"user": self.mayor}])
        )
        self.authenticate("t_sign_mayor", "t_sign_mayor")
        dialog, error = self._call("lgo.sign.round", "action_sign", [[one.id]])
        self.assertFalse(error)
        self.assertEqual(dialog["res_model"], "lgo.sign.confirm")
        Confirm = self.env["lgo.sign.confirm"].with_user(self.mayor)
        wizard = Confirm.with_context(**dialog["context"]).create(
            Confirm.with_context(**dialog["context"]).default_get(["call", "certificate_id"])
        )
        self.assertEqual(wizard.certificate_id, self.mayor_certificate)
        answer = {"context": {"lgo_sign_secret": SECRET}}
        _result, error = self._call("lgo.sign.confirm", "action_confirm", [wizard.ids], **answer)
        self.assertEqual(error["name"], "odoo.exceptions.UserError", "who it is was not proven")
        check, error = self._call("lgo.sign.confirm", "action_identify", [wizard.ids])
        self.assertEqual(check["res_model"], "res.users.identitycheck")
        _result, error = self._call(
            check["res_model"], "run_check", [[check["res_id"]]], context={"password": "wrong"}
        )
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        back, error = self._call(
            check["res_model"],
            "run_check",
            [[check["res_id"]]],
            context={"password": "t_sign_mayor"},
        )
        self.assertEqual((back["res_model"], back["res_id"]), ("lgo.sign.confirm", wizard.id))
        _result, error = self._call("lgo.sign.confirm", "action_confirm", [wizard.ids])
        self.assertEqual(error["name"], "odoo.exceptions.UserError", "no passphrase")
        self.assertEqual(one.state, "running")
        result, error = self._call("lgo.sign.confirm", "action_confirm", [wizard.ids], **answer)
        self.assertFalse(error)
        self.assertEqual(result["tag"], "soft_reload")
        one.invalidate_recordset()
        self.assertEqual(one.state, "done")
        self._assert_good(self._judge(one.document_id._content()))
        self.env.cr.execute("SELECT * FROM lgo_sign_confirm")
        self.assertNotIn(SECRET, str(self.env.cr.fetchall()))
        self.env.cr.execute("SELECT request FROM res_users_identitycheck")
        self.assertNotIn(SECRET, str(self.env.cr.fetchall()))

    def test_passphrase_in_a_new_dialog(self):
        """A button saves the dialog and takes the passphrase for its context from the answer."""
        Confirm = self.env["lgo.sign.confirm"].with_user(self.mayor)
        for wizard in (Confirm, Confirm.create({})):
            with self.subTest(new=not wizard):
                answer = wizard.web_save({"secret": SECRET}, {"secret": {}})[0]
                self.assertEqual(answer["secret"], SECRET)
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertFalse(Confirm.browse(answer["id"]).secret, "gone with the request")
        self.env.cr.execute("SELECT * FROM lgo_sign_confirm")
        self.assertNotIn(SECRET, str(self.env.cr.fetchall()))

    def test_dialog_tells_nothing_of_the_certificate_of_another(self):
        forged = {"certificate_id": self.mayor_certificate.id}
        wizard = self.env["lgo.sign.confirm"].with_user(self.deputy).create(forged)
        with self.assertRaises(AccessError):
            wizard.read(["issuer_name", "valid_to"])
        own = self.env["lgo.sign.confirm"].with_user(self.mayor).create(forged)
        self.assertEqual(own.issuer_name, self.mayor_certificate.issuer_name)

    @mute_logger("odoo.http")
    def test_any_button_that_issues_asks_for_the_key(self):
        """A paper is refused once with the dialog, which then repeats the very same call."""
        self.kind.sign_mode = "signer"
        calls = []
        partner, report = self.partner, self.report

        def action_issue(this, reason):
            calls.append(reason)
            this.env["lgo.issued.document"]._issue(
                partner.with_env(this.env),
                "t_certificate",
                report.id,
                signers=[{"user_id": this.env.uid, "name": this.env.user.name}],
            )
            return {"type": "ir.actions.act_window_close"}

        model = self.registry["lgo.sign.cancel"]
        model.action_issue = action_issue
        self.addCleanup(delattr, model, "action_issue")
        self.authenticate("t_sign_mayor", "t_sign_mayor")
        before = self._numbers()
        _result, error = self._call("lgo.sign.cancel", "action_issue", [[], "เหตุผล"])
        self.assertEqual(error["name"], "odoo.exceptions.RedirectWarning")
        self.assertEqual(self._numbers(), before, "nothing was numbered")
        _message, action, _button, _context = error["arguments"]
        Confirm = self.env["lgo.sign.confirm"].with_user(self.mayor)
        Confirm = Confirm.with_context(**action["context"])
        wizard = Confirm.create(Confirm.default_get(["call", "certificate_id"]))
        check, _error = self._call("lgo.sign.confirm", "action_identify", [wizard.ids])
        self._call(
            check["res_model"],
            "run_check",
            [[check["res_id"]]],
            context={"password": "t_sign_mayor"},
        )
        result, error = self._call(
            "lgo.sign.confirm",
            "action_confirm",
            [wizard.ids],
            context={"lgo_sign_secret": SECRET},
        )
        self.assertFalse(error)
        self.assertEqual(calls, ["เหตุผล", "เหตุผล"])
        self.assertEqual(self._numbers(), before + 1)
        wizard.call = {"model": "res.users", "method": "_login", "args": [], "kwargs": {}}
        _result, error = self._call(
            "lgo.sign.confirm", "action_confirm", [wizard.ids], context={"lgo_sign_secret": SECRET}
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError", "public methods only")
        self.authenticate("t_doc_clerk", "t_doc_clerk")
        _result, error = self._call("lgo.sign.confirm", "action_confirm", [wizard.ids])
        self.assertEqual(error["name"], "odoo.exceptions.AccessError", "another's dialog")

    @mute_logger("odoo.http")
    def test_password_before_every_signature(self):
        """Where nobody signs with a certificate the setting asks for the password all the same."""
        partner, report = self.partner, self.report

        def action_issue(this):
            this.env["lgo.issued.document"]._issue(
                partner.with_env(this.env),
                "t_certificate",
                report.id,
                signers=[{"user_id": this.env.uid, "name": this.env.user.name}],
            )

        model = self.registry["lgo.sign.cancel"]
        model.action_issue = action_issue
        self.addCleanup(delattr, model, "action_issue")
        self.authenticate("t_sign_deputy", "t_sign_deputy")
        before = self._numbers()
        _result, error = self._call("lgo.sign.cancel", "action_issue", [[]])
        self.assertFalse(error)
        self.assertEqual(self._numbers(), before + 1)
        self.company.lgo_sign_confirm = True
        _result, error = self._call("lgo.sign.cancel", "action_issue", [[]])
        self.assertEqual(error["name"], "odoo.exceptions.RedirectWarning")
        self.assertEqual(self._numbers(), before + 1)
        Confirm = self.env["lgo.sign.confirm"].with_user(self.deputy)
        Confirm = Confirm.with_context(**error["arguments"][1]["context"])
        wizard = Confirm.create(Confirm.default_get(["call", "certificate_id"]))
        self.assertFalse(wizard.certificate_id)
        check, _error = self._call("lgo.sign.confirm", "action_identify", [wizard.ids])
        password = {"password": "t_sign_deputy"}
        self._call(check["res_model"], "run_check", [[check["res_id"]]], context=password)
        result, error = self._call("lgo.sign.confirm", "action_confirm", [wizard.ids])
        self.assertFalse(error)
        self.assertEqual(self._numbers(), before + 2)
        document = self.env["lgo.issued.document"].search([], limit=1, order="id desc")
        self.assertIn(document.name, result["params"]["message"], "the signer reads the number")
        self.assertEqual(result["params"]["next"]["tag"], "soft_reload")

    def test_public_page(self):
        self.patch(verify, "LIMIT", Limit("verify", 1000, 60))
        self.kind.sign_mode = "signer_and_seal"
        document = self._sign_as(self.mayor)
        page = html.fromstring(self.url_open(f"/verify/{document.token}").text)
        rows = [
            row.text_content() for row in page.xpath("//dd[contains(@class, 'lgo_sign_record')]")
        ]
        self.assertEqual(len(rows), 2)
        self.assertIn("ตราเทศบาลตัวอย่าง", rows[0])
        self.assertIn(self.mayor_certificate.fingerprint, rows[1])
        self.kind.sign_mode = "none"
        plain = self.url_open(f"/verify/{self._issue().token}").text
        self.assertNotIn("lgo_sign_record", plain)

    def test_check_of_a_received_file(self):
        self.kind.sign_mode = "signer_and_seal"
        content = self._sign_as(self.mayor)._content()
        broken = bytearray(content)
        broken[300] ^= 1
        unsigned = self._plain()
        for file, verdict in (
            (content, "good"),
            (bytes(broken), "changed"),
            (unsigned, "unsigned"),
        ):
            with self.subTest(verdict=verdict):
                form = Form(self.env["lgo.sign.check"].with_user(self.staff))
                form.file = base64.b64encode(file)
                self.assertIn(f'data-verdict="{verdict}"', str(form.result))
        self.trust.active = False
        form = Form(self.env["lgo.sign.check"].with_user(self.staff))
        form.file = base64.b64encode(content)
        self.assertIn('data-verdict="unknown"', str(form.result))
        files = self.env["ir.attachment"].sudo()
        self.assertFalse(files.search_count([("res_model", "=", "lgo.sign.check")]), "not stored")

    def _plain(self):
        self.kind.sign_mode = "none"
        return self._issue()._content()

    def test_check_of_an_issued_document(self):
        self.kind.sign_mode = "seal"
        document = self._issue()
        action = document.with_user(self.clerk).action_check_signatures()
        Check = self.env["lgo.sign.check"].with_context(**action["context"])
        form = Form(Check.with_user(self.clerk))
        self.assertIn('data-verdict="good"', str(form.result))
        with self.assertRaises(AccessError):
            Check.with_user(self.staff).default_get(["result"])

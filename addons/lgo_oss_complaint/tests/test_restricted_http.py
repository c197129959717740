# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SECRET, ComplaintCommon


@tagged("post_install", "-at_install")
class TestRestrictedHttp(ComplaintCommon, HttpCase):
    """What an administrator's browser can ask of a restricted complaint."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_complaint()
        cls.case = cls._secret()
        cls.message = cls.case.with_user(cls.member).message_post(body=SECRET)
        cls.attachment = cls.env["ir.attachment"].create(
            {
                "name": "proof.png",
                "raw": SECRET.encode(),
                "mimetype": "image/png",
                "res_model": cls.case._name,
                "res_id": cls.case.id,
            }
        )
        cls.system = new_test_user(
            cls.env,
            "oss_http_admin",
            groups="base.group_system,lgo_base.group_admin,lgo_base.group_clerk",
        )

    def _rpc(self, url, **params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        response = self.url_open(
            url, data=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        return response.text

    @mute_logger(
        "odoo.http",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.web.controllers.export",
    )
    def test_pages_and_calls(self):
        case = self.case
        for login in ("oss_http_admin", "oss_head"):
            self.authenticate(login, login)
            pages = [
                f"/web/content/{self.attachment.id}",
                f"/web/content/{self.attachment.id}?download=1",
                f"/web/image/{self.attachment.id}",
                f"/web/image/ir.attachment/{self.attachment.id}/raw",
                f"/web/content/lgo.oss.complaint/{case.id}/description",
                f"/my/cases/2/{case.id}",
                f"/my/cases/2/{case.id}/file/{self.attachment.id}",
                f"/mail/view?model={case._name}&res_id={case.id}",
                f"/mail/message/{self.message.id}",
            ]
            for url in pages:
                with self.subTest(login=login, url=url):
                    text = self.url_open(url).text
                    self.assertNotIn(SECRET, text)
            calls = [
                ("web_search_read", [[("id", "=", case.id)], {"description": {}}]),
                ("web_read", [[case.id], {"description": {}}]),
                ("read", [[case.id], ["description"]]),
                ("export_data", [[case.id], ["description"]]),
                ("name_search", [case.name]),
                ("formatted_read_group", [[], ["description"], ["__count"]]),
                ("message_get_suggested_recipients", [[case.id]]),
                ("get_portal_url", [[case.id]]),
            ]
            for method, args in calls:
                with self.subTest(login=login, method=method):
                    text = self._rpc(
                        f"/web/dataset/call_kw/{case._name}/{method}",
                        model=case._name,
                        method=method,
                        args=args,
                        kwargs={},
                    )
                    self.assertNotIn(SECRET, json.dumps(json.loads(text), ensure_ascii=False))
                    self.assertNotIn(case.access_token, text)
            for url, params in (
                ("/mail/thread/messages", {"thread_model": case._name, "thread_id": case.id}),
                (
                    "/mail/data",
                    {
                        "fetch_params": [
                            [
                                "mail.thread",
                                {
                                    "thread_model": case._name,
                                    "thread_id": case.id,
                                    "request_list": ["attachments", "followers", "activities"],
                                },
                            ]
                        ]
                    },
                ),
            ):
                with self.subTest(login=login, url=url):
                    text = json.dumps(json.loads(self._rpc(url, **params)), ensure_ascii=False)
                    self.assertNotIn(SECRET, text)
                    self.assertNotIn("proof.png", text)
            export = {
                "model": case._name,
                "fields": [{"name": "description", "label": "x", "type": "text"}],
                "ids": [case.id],
                "domain": [],
                "import_compat": False,
                "groupby": [],
                "context": {},
            }
            with self.subTest(login=login, url="export"):
                text = self.url_open(
                    "/web/export/csv",
                    data={"data": json.dumps(export), "csrf_token": http.Request.csrf_token(self)},
                ).text
                self.assertNotIn(SECRET, text)

    def test_the_member_opens_the_file(self):
        self.authenticate("oss_member", "oss_member")
        self.assertEqual(self.url_open(f"/web/content/{self.attachment.id}").text, SECRET)

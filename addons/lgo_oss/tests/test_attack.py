# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.report_weasyprint.tests import pdf_text
from odoo.addons.report_weasyprint.tools.fetcher import PrintFetcher

from .common import OssCase, OssCommon

#: Forms that Odoo does not guard with its token, and what guards them.
UNGUARDED = {
    "/services/<string:code>/request": "the handler checks the token itself",
    "/track": "reads only",
    "/queue/kiosk/<string:token>/ticket": "the secret of the kiosk in the address",
    "/queue/kiosk/<string:token>/checkin": "the secret of the kiosk in the address",
    "/line/webhook": "signature over the body",
    "/pay": "reads only, and keeps no session",
    "/pay/qr": "makes a number for bills whose account and house the sender knows, no session",
    "/pay/qr.png": "reads only, and keeps no session",
    "/lgo/pay/<string:protocol>/<string:token>": "the secret of the bank in the address",
    "/lgo/exchange/v1/letters": "signature over the request, used once",
    "/lgo/exchange/v1/acknowledgements": "signature over the request, used once",
}
HOSTILE = (
    "<script>alert(1)</script><img src='file:///etc/passwd' onerror='alert(1)'>"
    "<link rel='attachment' href='file:///etc/passwd'><img src='http://127.0.0.1:5432/'>"
    "<style>@import url(http://127.0.0.1/x.css)</style>"
)


@tagged("post_install", "-at_install")
class TestForgedPosts(OssCommon, HttpCase):
    """Another site makes the browser of a signed-in citizen send a form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    def _forms(self):
        """``(address, guarded)`` of every route of ours that takes a form by POST."""
        found = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            ours = rule.endpoint.func.__module__.startswith("odoo.addons.lgo_")
            takes = "POST" in (routing.get("methods") or ["POST"])
            if ours and takes and routing["type"] == "http":
                found.add((rule.rule, routing.get("csrf", True)))
        return found

    def test_only_known_forms_are_without_the_token(self):
        unguarded = {address for address, guarded in self._forms() if not guarded}
        self.assertLessEqual(unguarded, UNGUARDED.keys())
        self.assertIn("/track", unguarded)

    @mute_logger("odoo.http")
    def test_a_form_without_the_token_is_refused(self):
        guarded = sorted(address for address, guarded in self._forms() if guarded)
        self.assertIn("/my/cases/<int:case_type>/<int:case_id>/acknowledge", guarded)
        self.authenticate("oss_citizen", "oss_citizen")
        for address in guarded:
            with self.subTest(address=address):
                response = self.url_open(
                    re.sub(r"<[^>]*>", "1", address), data={"x": "1"}, allow_redirects=False
                )
                self.assertEqual(response.status_code, 400)


@tagged("post_install", "-at_install")
class TestHostileWords(OssCase):
    """What a citizen types stays text on paper, in mails and on the office's screens."""

    def test_paper_loads_nothing_that_a_citizen_names(self):
        asked = []
        fetch = PrintFetcher.fetch

        def watch(fetcher, url, headers=None):
            asked.append(url)
            return fetch(fetcher, url, headers)

        with patch.object(PrintFetcher, "fetch", watch):
            case = self._make_case(
                applicant_name=HOSTILE[:100], description=HOSTILE, location_text=HOSTILE[:200]
            )
        paper = case._issued_documents()[:1]
        self.assertFalse([url for url in asked if re.search("passwd|:5432|x[.]css", url)])
        printed = "".join(pdf_text.text(paper.attachment_id.raw).split())
        self.assertIn("<script>alert(1)</script>", printed)
        self.assertNotIn("root:x:0", printed)
        self.assertNotIn(b"/EmbeddedFile", paper.attachment_id.raw)

    def test_mails_and_chatter_show_it_as_text(self):
        case = self._make_case(
            applicant_name=HOSTILE[:100],
            applicant_email="somying@example.com",
            description=HOSTILE,
            outcome=HOSTILE,
        )
        for step in ("accept", "resolve"):
            case._transition(step, reason=HOSTILE)
        sent = self.env["lgo.notification"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        shown = [*sent.mapped("body"), *case.message_ids.mapped("body")]
        self.assertTrue(any("&lt;script&gt;" in str(body) for body in shown))
        for body in shown:
            self.assertNotIn("<script", str(body))
            self.assertNotRegex(str(body), "<(img|link)[^>]*(file:|127.0.0.1:5432)")

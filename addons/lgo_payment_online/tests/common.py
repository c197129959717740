# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import re

import zxingcpp
from lxml import html
from PIL import Image

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.lgo_payment.tests.common import PaymentCase


class OnlineCase(HttpCase, PaymentCase):
    """A site of the organisation, two citizens with an account each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].get_current_website()
        cls.website.company_id = cls.company
        cls.citizens = cls.env["res.users"]
        for login in ("pay_citizen", "pay_stranger"):
            cls.citizens |= new_test_user(
                cls.env, login, password=login, groups="base.group_portal", lang="en_US",
                company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
            )  # fmt: skip
        cls.citizen, cls.stranger = cls.citizens
        cls.citizen.name = "เกษม ที่ปู่กู้"
        cls.account = cls._account(
            name="บ้านเลขที่ 99/1", house="99/1", partner_id=cls.citizen.partner_id.id
        )
        cls.other = cls._account(name="บ้านเลขที่ 7", house="7", partner_id=cls.stranger.partner_id.id)
        cls.bills = cls._bill(cls.account) | cls._bill(cls.account, "60.50")
        cls.foreign = cls._bill(cls.other)

    def _page(self, path, data=None, status=200):
        response = self.url_open(path, data=data)
        self.assertEqual(response.status_code, status, response.text[:2000])
        return html.fromstring(response.text)

    def _text(self, page):
        return re.sub(r"\s+", " ", page.find(".//main").text_content())

    def _qr(self, page):
        """What a phone reads from the picture on the page."""
        [source] = page.xpath("//img[contains(@class, 'lgo_pay_qr')]/@src")
        return self._read(base64.b64decode(source.partition(",")[2]))

    def _read(self, data):
        [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))
        return code.text

    def _take_cash(self, bills):
        session = self.env["lgo.cash.session"].with_user(self.cashier)
        till = session.search([("cashier_id", "=", self.cashier.id)]) or session.create({})
        return till._receive(bills)

    def _rpc(self, path, **params):
        return self.make_jsonrpc_request(path, params)

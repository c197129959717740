# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.tests import HttpCase, TransactionCase, tagged

from odoo.addons.lgo_base.tools import thai_search

from .common import OssCommon

#: What citizens type -> a service (XML id without ``service_``) that must be among the first three.
QUERIES = (
    # everyday words
    ("ไฟดับหน้าบ้าน", "street_light"),
    ("ไฟซอยเสีย", "street_light"),
    ("ถนนมืด ไฟไม่ติด", "street_light"),
    ("ถังขยะแตก", "bin_request"),
    ("รถขยะไม่มาเก็บ", "bin_request"),
    ("ต่อเติมบ้าน", "building"),
    ("อยากสร้างบ้านใหม่", "building"),
    ("เบี้ยคนแก่", "elderly"),
    ("เงินผู้สูงอายุ", "elderly"),
    ("งูเข้าบ้าน", "snake"),
    ("มีงูอยู่ในห้องน้ำ", "snake"),
    ("รังต่อ", "snake"),
    ("เปิดร้านอาหาร", ("food_notice", "food_licence")),
    ("ขายก๋วยเตี๋ยว", "food_notice"),
    ("ถนนเป็นหลุม", "road_repair"),
    ("ท่อตัน", "road_repair"),
    ("ฝาท่อหาย", "road_repair"),
    ("ส้วมเต็ม", "septic"),
    ("เพื่อนบ้านเสียงดัง", "nuisance"),
    ("กลิ่นเหม็นจากฟาร์มหมู", "nuisance"),
    ("ยุงเยอะมาก", "mosquito"),
    ("หมาจรจัด", "animals"),
    ("ฉีดวัคซีนแมว", "animals"),
    ("เบี้ยคนพิการ", "disability"),
    ("เงินเด็กแรกเกิด", "newborn"),
    ("น้ำท่วมบ้าน", "relief"),
    ("ไม่มีน้ำใช้", "water_truck"),
    ("กิ่งไม้พาดสายไฟ", "tree"),
    ("ยืมเต็นท์งานบวช", "equipment"),
    ("ขอดูกล้องวงจรปิด", "cctv"),
    ("เจ้าหน้าที่เรียกเงิน", "corruption"),
    ("แจ้งเกิดลูก", "birth"),
    ("ย้ายทะเบียนบ้าน", "move"),
    ("บัตรประชาชนหาย", "id_card"),
    ("ใบทะเบียนพาณิชย์หาย", "commerce_copy"),
    ("ขายของออนไลน์", "commerce_new"),
    ("ภาษีที่ดิน", "land_tax"),
    ("ป้ายหน้าร้าน", "sign_tax"),
    ("ถมที่", "earthwork"),
    ("สมัครเรียนศูนย์เด็กเล็ก", "school"),
    ("ขอบ้านเลขที่", "house_number"),
    # misspelt, other marks, other digits, other case
    ("ไฟดบหน้าบาน", "street_light"),
    ("ไฟฟฟดับบบ", "street_light"),
    ("ใฟถนนเสีย", "street_light"),
    ("ถังขยแตก", "bin_request"),
    ("เบี้ยผู้สูงอายุู", "elderly"),
    ("เบียยังชีพ", "elderly"),
    ("ส้วมเตม", "septic"),
    ("นำ้ท่วมบ้าน", "relief"),
    ("น\u0e4d\u0e49าประปา", "water_supply"),
    ("ภาสีป้าย", "sign_tax"),
    ("ทะเบียนพานิชย์", "commerce_new"),
    ("ถนนเปนหลุม", "road_repair"),
    ("กล้อง\u200bวงจร\u200bปิด", "cctv"),
    ("งู  เข้า  บ้าน", "snake"),
    ("งุเข้าบ้าน", "snake"),
    ("พ่นหมอกควั้น", "mosquito"),
    ("light", "street_light"),
    ("อายุ ๖๐", "elderly"),
)


def open_all(env):
    """Publish the whole seed: what an organisation must decide is filled in."""
    unit = env["hr.department"].create({"name": "กองทดสอบ"})
    services = (
        env["lgo.service"]
        .search([])
        .filtered(lambda service: service.get_external_id()[service.id].startswith("lgo_oss."))
    )
    for service in services.filtered(lambda service: service.state != "published"):
        service.write(
            {
                "unit_id": service.unit_id.id or unit.id,
                "time_limit": service.time_limit or 90,
                "time_unit": "day",
                "no_fee": not service.fee_ids,
                "appeal_authority": service.appeal_authority or "ผู้บริหารท้องถิ่น",
                "is_prepared_elsewhere": False,
                "step_ids": service.step_ids
                or [(0, 0, {"name": "ดำเนินการ", "duration": 1, "duration_unit": "day"})],
            }
        )
        service.step_ids.filtered(lambda step: not step.duration).duration = 1
    services.filtered(lambda service: service.state != "published").action_publish()
    return services


@tagged("post_install", "-at_install")
class TestSearch(TransactionCase):
    """The words of citizens find the service, also misspelt ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "th_TH"})
        cls.services = open_all(cls.env)

    def test_seed_is_whole(self):
        """55 services, each with what a citizen needs to find and understand it."""
        self.assertEqual(len(self.services), 55)
        for service in self.services:
            self.assertTrue(service.name_plain and service.description, service.name)
            self.assertGreaterEqual(len(service.name_plain.split()), 3, service.name)
            self.assertTrue(service.topic_id and service.icon, service.name)

    def test_words_of_citizens(self):
        missed = []
        for query, expected in QUERIES:
            wanted = expected if isinstance(expected, tuple) else (expected,)
            wanted = {self.env.ref(f"lgo_oss.service_{name}") for name in wanted}
            found, near = self.env["lgo.service"]._find_by_words(query)
            if not wanted & set((found or near)[:3]):
                missed.append((query, expected, (found or near)[:3].mapped("name")))
        self.assertFalse(missed, "\n".join(map(str, missed)))

    def test_one_statement_whatever_the_catalogue_holds(self):
        Service = self.env["lgo.service"]
        Service._find_by_words("ไฟดับ")
        with self.assertQueryCount(1):
            Service._find_by_words("ถังขยะแตก หน้าบ้าน")

    def test_nonsense_finds_nothing(self):
        for query in (
            "",
            " ",
            "ก",
            "%%%",
            "zzzzqqqq",
            "😀😀",
            "\u0e48\u0e49",
            "'; DROP TABLE",
            "x" * 80,
        ):
            with self.subTest(query):
                found, _near = self.env["lgo.service"]._find_by_words(query)
                self.assertFalse(found)

    def test_only_published_ones(self):
        light = self.env.ref("lgo_oss.service_street_light")
        light.action_suspend()
        found, near = self.env["lgo.service"]._find_by_words("ไฟดับหน้าบ้าน")
        self.assertNotIn(light, found | near)

    def test_one_spelling(self):
        same = (
            ("น้ำ", "น\u0e4d\u0e49า", "น\u0e49\u0e4dา", "นำ้"),
            ("แตก", "เเตก", "แตกกกก"),
            ("ภาษี", "ภาสี"),
            ("บ้าน 12", "บาน ๑๒", "บ้าน\u200b ๑๒"),
            ("LIGHT", "light"),
        )
        for spellings in same:
            self.assertEqual(len({thai_search.normalise(text) for text in spellings}), 1, spellings)


@tagged("post_install", "-at_install")
class TestSearchPage(OssCommon, HttpCase):
    """The grid of services and its search."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls.topic = cls.env.ref("lgo_base.topic_repair")
        cls.service.topic_id = cls.topic

    def _page(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def _tiles(self, page):
        return [link.get("href") for link in page.xpath("//a[contains(@class, 'lgo_tile')]")]

    def test_topics_and_kinds(self):
        self.assertIn("/services/TEST1", self._tiles(self._page("/services?topic=repair")))
        self.assertIn("/services/TEST1", self._tiles(self._page("/services?kind=complaint")))
        self._make_service("TEST2", kind="tax", legal_basis="กฎหมายทดสอบ")
        topic = self.env["lgo.service.topic"].create({"name": "ยังไม่มีบริการ", "code": "empty_one"})
        taxes = self._tiles(self._page("/services?kind=tax"))
        self.assertIn("/services/TEST2", taxes)
        self.assertNotIn("/services/TEST1", taxes)
        links = [
            link.get("href")
            for link in self._page("/services").xpath("//nav[contains(@class, 'lgo_topics')]//a")
        ]
        self.assertIn("/services?topic=repair", links)
        self.assertNotIn(f"/services?topic={topic.code}", links, "nothing is published there")

    def test_search_and_nothing_found(self):
        self.assertIn("/services/TEST1", self._tiles(self._page("/services?q=ไฟดบ")))
        page = self._page("/services?q=<script>alert(1)</script>")
        self.assertFalse(self._tiles(page))
        self.assertTrue(page.xpath("//div[contains(@class, 'lgo_empty')]//a[@href='/services']"))

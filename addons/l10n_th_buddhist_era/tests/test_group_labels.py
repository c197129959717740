# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BuddhistEraCase

# Frozen: the create dates (UTC) and, for each granularity, the labels in Asia/Bangkok
CREATED = ("2025-12-31 16:59:59", "2025-12-31 17:00:00", "2026-11-22 17:00:00")
THAI_LABELS = {
    "year": ["2568", "2569"],
    "quarter": ["ไตรมาส 4 2568", "ไตรมาส 1 2569", "ไตรมาส 4 2569"],
    "month": ["ธันวาคม 2568", "มกราคม 2569", "พฤศจิกายน 2569"],
    "week": ["W1 2569", "W48 2569"],
    "day": ["31 ธ.ค. 2568", "01 ม.ค. 2569", "23 พ.ย. 2569"],
}
ENGLISH_LABELS = {
    "year": ["2025", "2026"],
    "quarter": ["Q4 2025", "Q1 2026", "Q4 2026"],
    "month": ["December 2025", "January 2026", "November 2026"],
    "week": ["W1 2026", "W48 2026"],
    "day": ["31 Dec 2025", "01 Jan 2026", "23 Nov 2026"],
}


@tagged("post_install", "-at_install")
class TestGroupLabels(BuddhistEraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": f"กลุ่ม {index}"} for index in range(len(CREATED))]
        )
        for tag, created in zip(cls.tags, CREATED, strict=True):
            cls.env.cr.execute(
                "UPDATE res_partner_category SET create_date = %s WHERE id = %s", [created, tag.id]
            )
        cls.tags.invalidate_recordset()
        cls.domain = [("id", "in", cls.tags.ids)]

    def _labels(self, env, granularity):
        spec = f"create_date:{granularity}"
        groups = env["res.partner.category"].formatted_read_group(self.domain, [spec], ["__count"])
        return groups, [group[spec][1] for group in groups]

    def test_thai(self):
        for granularity, expected in THAI_LABELS.items():
            with self.subTest(granularity=granularity):
                self.assertEqual(self._labels(self.thai, granularity)[1], expected)

    def test_english(self):
        for granularity, expected in ENGLISH_LABELS.items():
            with self.subTest(granularity=granularity):
                self.assertEqual(self._labels(self.english, granularity)[1], expected)

    def test_the_domain_of_a_group_is_gregorian_and_finds_its_records(self):
        for granularity in THAI_LABELS:
            spec = f"create_date:{granularity}"
            for group in self._labels(self.thai, granularity)[0]:
                with self.subTest(group=group[spec]):
                    self.assertRegex(group[spec][0], "^202[456]-")
                    self.assertEqual(
                        self.thai["res.partner.category"].search_count(
                            [*self.domain, *group["__extra_domain"]]
                        ),
                        group["__count"],
                    )

    def test_record_without_date(self):
        self.env.cr.execute(
            "UPDATE res_partner_category SET create_date = NULL WHERE id = %s", [self.tags[0].id]
        )
        groups = self.thai["res.partner.category"].formatted_read_group(
            [("id", "=", self.tags[0].id)], ["create_date:week"], ["__count"]
        )
        self.assertFalse(groups[0]["create_date:week"])

    def test_old_read_group(self):
        with mute_logger("py.warnings"):
            groups = self.thai["res.partner.category"].read_group(
                self.domain, [], ["create_date:week"], lazy=False
            )
        self.assertEqual([group["create_date:week"] for group in groups], THAI_LABELS["week"])

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io
import json
from datetime import date
from decimal import Decimal

import jsonschema
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.lgo_oss_complaint.tests.common import SECRET

from ..controllers import open_data
from ..models.lgo_oss_publication import TOTAL
from ..models.lgo_oss_statistic_month import BUILT_AT, BUILT_UNTIL
from .common import TODAY, StatisticCase, StatisticCommon

#: The fourteen items (frequency is unit and value) and what a harvester needs beside them.
NAMES = (
    "data_type", "title", "owner_org", "maintainer", "notes", "objective",
    "update_frequency_unit", "geo_coverage", "data_source", "data_category", "license_id",
)  # fmt: skip
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "minItems": 6,
    "items": {
        "type": "object",
        "required": [
            "data_type", "title", "owner_org", "maintainer", "maintainer_email", "tag_string",
            "notes", "objective", "update_frequency_unit", "update_frequency_interval",
            "geo_coverage", "data_source", "data_format", "data_category", "license_id",
        ],
        "properties": {
            **dict.fromkeys(NAMES, TEXT),
            "maintainer_email": {"type": "string", "pattern": "@"},
            "tag_string": {"type": "array", "items": TEXT, "minItems": 1},
            "data_format": {"type": "array", "items": TEXT, "minItems": 1},
            "update_frequency_interval": {"type": "integer", "minimum": 1},
            "resources": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "required": ["name", "format", "url"],
                    "properties": {"url": {"type": "string", "pattern": "^https?://"}},
                },
            },
        },
    },
}  # fmt: skip
FILES = (
    "services", "service-statistics", "channel-statistics", "complaints", "queue", "satisfaction",
)  # fmt: skip


class PublicationCommon(StatisticCommon):
    """A year with small and large numbers and one restricted complaint."""

    @classmethod
    def _set_up_publication(cls):
        cls.company.email = "saraban@example.com"
        cls.env["lgo.oss.request"].search([("name", "!=", False)])._from_machine().sudo().write(
            {"submitted_at": "2020-01-01"}
        )
        main = cls._case_of("2026-03-02", "2026-03-03", "2026-03-09")
        # (month, service, channel, number): copies of one row, straight into the table
        for month, service, channel, number in (
            (3, cls.service, "web", 6),
            (3, cls.service, "counter", 9),
            (3, cls.working_service, "counter", 2),
            (4, cls.service, "web", 12),
            (4, cls.working_service, "counter", 30),
            (5, cls.service, "counter", 7),
            (5, cls.working_service, "phone", 8),
        ):
            cls._copies(main, month, service, channel, number)
        roads = cls._case_of("2026-03-02", model="lgo.oss.complaint")
        roads._from_machine().sudo().write({"latitude": 18.7301234, "longitude": 98.9405678})
        cls._copies(roads, 3, cls.grievance, "phone", 6, type_id=cls.road.id)
        cls._copies(roads, 3, cls.grievance, "phone", 2, type_id=cls.water.id)
        cls._copies(roads, 4, cls.grievance, "phone", 9, type_id=cls.water.id)
        secret = cls._secret()
        secret._from_machine().sudo().write(
            {"submitted_at": cls._noon("2026-03-02"), "latitude": 18.111111, "longitude": 98.222222}
        )
        cls.secret = secret
        cls.env.flush_all()
        for month in (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)):
            cls.months._build_month(month)
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param(BUILT_UNTIL, "2026-06-01")
        parameters.set_param(BUILT_AT, "2026-11-25 00:00:00")
        cls.publication = cls.env["lgo.oss.publication"]

    @classmethod
    def _copies(cls, case, month, service, channel, number, **values):
        """Rows like that of a case: what is tested is counting, not filing."""
        cls.env.flush_all()
        table = case._table
        columns = [
            name
            for name, field in case._fields.items()
            if field.store and field.column_type and name not in ("id", "name", "filing_key")
        ]
        changed = {
            "service_id": service.id,
            "channel": channel,
            "submitted_at": f"2026-{month:02d}-05 05:00:00",
            "access_token": None,
            **values,
        }
        select = ", ".join("%s" if name in changed else f'"{name}"' for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        query = (
            f"INSERT INTO {table} (name, {names}) SELECT 'X' || %s || nextval('{table}_id_seq'),"
            f" {select} FROM {table}, generate_series(1, %s) WHERE id = %s"
        )
        cls.env.cr.execute(  # pylint: disable=sql-injection
            query,
            [
                f"{month}-{service.code}-{channel}-{values.get('type_id', '')}-",
                *(changed[name] for name in columns if name in changed),
                number,
                case.id,
            ],
        )
        cls.env.invalidate_all()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPublication(PublicationCommon, StatisticCase):
    """What is published, and what cannot be computed from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_publication()
        cls.data = cls.publication._year(2569)

    def _rows(self, code):
        columns, rows = self.env["lgo.open.dataset"]._content_table(code)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def test_small_numbers_are_held_back(self):
        cells = self.data["cells"]
        march = date(2026, 3, 1)
        small = [key for key, value in cells.items() if value is not None and 0 < value < 5]
        self.assertFalse(small)
        self.assertIsNone(cells["service", march, self.working_service.id])  # two
        self.assertIsNone(cells["type", march, self.grievance.id, self.water.id])  # two

    def test_all_files_together_tell_nothing(self):
        """Every total that a reader can set up from the files leaves two unknowns or more."""
        unknown = {}
        for row in self._rows("service-statistics"):
            unknown.setdefault(row["month"], []).append(row)
        for month, rows in unknown.items():
            total = next(row for row in rows if row["service"] == TOTAL)
            hidden = [row for row in rows if row["suppressed"] and row is not total]
            if hidden and total["received"] is not None:
                self.assertGreaterEqual(len(hidden), 2, month)
                rest = total["received"] - sum(
                    row["received"] or 0 for row in rows if row is not total
                )
                self.assertGreaterEqual(rest, len(hidden) + 4, month)
        # complaints of a month are known from the service; the types shown leave two others
        march = [row for row in self._rows("complaints") if row["month"] == "2026-03"]
        service = next(row for row in unknown["2026-03"] if row["service"] == self.grievance.code)
        if service["received"] is not None:
            self.assertNotEqual(service["received"] - len(march), 2)

    def test_months_not_closed_are_not_published(self):
        self._case_of("2026-06-02")
        self.assertEqual(self.data["months"][-1], date(2026, 5, 1))
        months = {row["month"] for row in self._rows("service-statistics")}
        self.assertNotIn("2026-06", months)

    def test_places_are_rounded(self):
        rows = self._rows("complaints")
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual((row["latitude"], row["longitude"]), (18.73, 98.941))

    def test_no_cell_is_a_formula(self):
        """Whatever a name begins with: an opened file calculates nothing (CWE-1236)."""
        dataset = self.env["lgo.open.dataset"].search([("code", "=", "services")])
        for sign in ("=", "+", "-", "@", "\t", "\r", "＝"):
            name = f"{sign}SUM(1+1)*cmd|'/C calc'!A0"
            self.service.with_context(lang="th_TH").name = name
            self.env.registry.clear_cache()
            content, _digest = dataset._content("csv")
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            with self.subTest(sign=sign):
                found = [row["name"] for row in rows if row["code"] == self.service.code]
                self.assertEqual(found, [f"'{name}"])
                data = json.loads(dataset._content("json")[0])["records"]
                names = [row["name"] for row in data if row["code"] == self.service.code]
                self.assertEqual(names, [name], "programs get the name as it is")

    def test_restricted_complaint_is_in_no_file(self):
        for dataset in self.env["lgo.open.dataset"]._published():
            for kind in ("csv", "json"):
                text = dataset._content(kind)[0].decode()
                for word in ("TCOR", "tbribe", "ทุจริตทดสอบ", SECRET, "18.111", self.secret.name):
                    if dataset.code == "services" and word == "TCOR":
                        continue  # that the service is offered is no secret
                    self.assertNotIn(word, text, f"{dataset.code}.{kind}")

    def test_corruption_shows_no_single_report(self):
        self.assertEqual(self.publication._corruption(2569), {"received": None, "finished": 0})

    def test_percentages_need_five(self):
        service = self.data["service_kpis"]
        self.assertEqual(service[self.service.id]["on_time"], Decimal("100.0"))
        # all that nobody decided, or fewer than five did
        self.assertIsNone(service[self.grievance.id]["on_time"])

    def test_satisfaction_needs_five(self):
        Response = self.env["lgo.oss.survey.response"].sudo()
        values = {
            "company_id": self.company.id,
            "month": "2026-04-01",
            "service_id": self.service.id,
            "score_sum": 8,
            "score_count": 2,
        }
        for number, shown in ((4, None), (1, Decimal("80.0"))):
            Response.create([values] * number)
            self.months._build_month(date(2026, 4, 1))
            self.env.registry.clear_cache()
            data = self.publication._year(2569)
            self.assertEqual(data["satisfaction"].get(("response", date(2026, 4, 1))), shown)
            self.assertEqual(data["kpis"]["satisfaction"], shown)

    def test_formulas_are_text(self):
        self.service.name = "=HYPERLINK(1)"
        self.service.action_publish()
        self.env.registry.clear_cache()
        content = self.env["lgo.open.dataset"]._published("services")._content("csv")[0]
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        names = [row["name"] for row in rows if row["code"] == "TEST1"]
        self.assertEqual(names, ["'=HYPERLINK(1)"])

    def test_metadata(self):
        datasets = self.env["lgo.open.dataset"]._published()
        meta = [dataset._metadata("https://example.com") for dataset in datasets]
        jsonschema.validate(meta, SCHEMA)
        for dataset in datasets:
            self.assertEqual(dataset._dcat("https://example.com")["@type"], "dcat:Dataset")

    def test_ita_items(self):
        Item = self.env["lgo.ita.item"]
        item = Item.create({"year": 2569, "code": "O13", "name": "คู่มือ", "page": "manuals"})
        self.assertEqual(item._address(), "/services")
        for values in (
            {"year": 2026, "code": "O1", "name": "x", "page": "manuals"},
            {
                "year": 2569,
                "code": "O2",
                "name": "x",
                "page": "other",
                "url": "javascript:alert(1)",
            },
            {"year": 2569, "code": "O3", "name": "x", "page": "other", "url": "//evil"},
            {"year": 2569, "code": "O4", "name": "x", "page": "other"},
        ):
            with self.subTest(values["code"]), self.assertRaises(ValidationError):
                Item.create(values)
        with self.assertRaises(AccessError):
            item.with_user(self.clerk).write({"name": "x"})


@tagged("post_install", "-at_install")
class TestOpenDataHttp(PublicationCommon, HttpCase):
    """The pages and files as anybody gets them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_statistics()
        cls._set_up_publication()

    def test_files(self):
        for code in FILES:
            with self.subTest(code):
                answer = self.url_open(f"/opendata/{code}.csv")
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
                etag = answer.headers["ETag"]
                again = self.url_open(f"/opendata/{code}.csv", headers={"If-None-Match": etag})
                self.assertEqual((again.status_code, again.content), (304, b""))
                rows = json.loads(self.url_open(f"/opendata/{code}.json").content)["records"]
                self.assertIsInstance(rows, list)
                self.assertEqual(self.url_open(f"/opendata/{code}").status_code, 200)
        self.assertEqual(self.url_open("/opendata/catalog.json").status_code, 200)
        self.assertIn("dcat:Catalog", self.url_open("/opendata/catalog.jsonld").text)
        for name in ("nothing", "services.xml", "services.csv.json", "%00"):
            self.assertEqual(self.url_open(f"/opendata/{name}").status_code, 404, name)

    def test_pages(self):
        for path in (
            "", "/services", "/satisfaction", "/e-services", "/corruption", "/opinions",
        ):  # fmt: skip
            for query in ("", "?year=2569", "?year=%27x", "?year=9999"):
                page = self.url_open(f"/statistics{path}{query}")
                self.assertEqual(page.status_code, 200, path + query)
        self.assertEqual(self.url_open("/ita?year=2569").status_code, 200)
        self.assertEqual(self.url_open("/opendata").status_code, 200)

    def test_every_page_leads_to_the_figures(self):
        footer = html.fromstring(self.url_open("/").text).xpath("//footer")[0]
        links = footer.xpath(".//a/@href")
        for path in ("/statistics", "/opendata", "/ita"):
            self.assertIn(path, links)
            self.assertEqual(self.url_open(path).status_code, 200)

    def test_too_many(self):
        self.patch(open_data, "FILES", open_data.FILES._replace(count=1, scope="opendata_test"))
        self.assertEqual(self.url_open("/opendata/queue.csv").status_code, 200)
        self.assertEqual(self.url_open("/opendata/queue.csv").status_code, 429)

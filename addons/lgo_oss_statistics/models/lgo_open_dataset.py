# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import hashlib
import io
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from odoo.addons.lgo_base.tools import workbook

from .lgo_oss_publication import TOTAL

#: Codes of the published tables; a file keeps its name for ever.
CODES = (
    "services",
    "service-statistics",
    "channel-statistics",
    "complaints",
    "queue",
    "satisfaction",
)
#: The fourteen items that the Thai government data catalogue demands of each dataset.
REQUIRED = (
    "data_type", "name", "organisation", "contact_name", "contact_email", "keywords",
    "description", "objective", "frequency_unit", "frequency", "scope", "source", "format",
    "category", "licence",
)  # fmt: skip


class LgoOpenDataset(models.Model):
    """A dataset of the open data catalogue, with the metadata of the Thai standard.

    Act on Digitalisation of Public Administration B.E. 2562: open government data. The fourteen
    items (frequency is one item of unit and value) are those of the minimum set of the Digital
    Government Development Agency.
    """

    _name = "lgo.open.dataset"
    _description = "Open Dataset"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True, help="Name of the files; never changes.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(string="Published", default=True)
    company_id = fields.Many2one(
        "res.company", string="Publisher", index=True, help="Empty: every organisation."
    )
    data_type = fields.Char(string="Type of data", required=True, default="ข้อมูลสถิติ")
    name = fields.Char(string="Name of the dataset", required=True, translate=True)
    organisation = fields.Char(
        compute="_compute_organisation", help="The organisation of the office."
    )
    contact_name = fields.Char(help="Empty: the name of the office.")
    contact_email = fields.Char(string="Contact e-mail", help="Empty: the e-mail of the office.")
    keywords = fields.Char(required=True, translate=True, help="Separated by commas.")
    description = fields.Text(required=True, translate=True)
    objective = fields.Char(required=True, translate=True)
    frequency_unit = fields.Char(string="Updated every (unit)", required=True, default="เดือน")
    frequency = fields.Integer(string="Updated every", required=True, default=1)
    scope = fields.Char(string="Area covered", required=True, default="องค์กรปกครองส่วนท้องถิ่น")
    source = fields.Char(required=True)
    format = fields.Char(string="File formats", required=True, default="CSV, JSON")
    category = fields.Char(
        string="Category of data governance", required=True, default="ข้อมูลสาธารณะ"
    )
    licence = fields.Char(required=True, default="Open Government License - Thailand")
    licence_url = fields.Char(string="Address of the licence")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This dataset exists already."
    )

    @api.depends_context("company")
    def _compute_organisation(self):
        for dataset in self:
            dataset.organisation = (dataset.company_id or self.env.company).name

    @api.constrains("code")
    def _check_code(self):
        for dataset in self:
            if dataset.code not in CODES:
                raise ValidationError(
                    self.env._("There is no table “%(code)s”.", code=dataset.code)
                )

    @api.constrains("frequency")
    def _check_frequency(self):
        for dataset in self:
            if dataset.frequency < 1:
                raise ValidationError(self.env._("Updated every: write 1 or more."))

    @api.model
    def _published(self, code=None):
        """Published datasets of this organisation, in sudo."""
        domain = [("company_id", "in", (False, self.env.company.id))]
        if code is not None:
            domain.append(("code", "=", code))
        return self.sudo().search(domain)

    # ------------------------------------------------------------ metadata
    def _metadata(self, base_url):
        """The fourteen items by the names of the CKAN extension of the Thai catalogue."""
        self.ensure_one()
        company = self.company_id or self.env.company.sudo()
        updated = self.env["lgo.oss.publication"]._updated_at()
        return {
            "name": f"lgo-{self.code}",
            "data_type": self.data_type,
            "title": self.name,
            "owner_org": company.name,
            "maintainer": self.contact_name or company.name,
            "maintainer_email": self.contact_email or company.email or "",
            "tag_string": [word.strip() for word in self.keywords.split(",") if word.strip()],
            "notes": self.description,
            "objective": self.objective,
            "update_frequency_unit": self.frequency_unit,
            "update_frequency_interval": self.frequency,
            "geo_coverage": self.scope,
            "data_source": self.source,
            "data_format": [word.strip() for word in self.format.split(",") if word.strip()],
            "data_category": self.category,
            "license_id": self.licence,
            "license_url": self.licence_url or "",
            "allow_harvest": True,
            "data_language": ["th"],
            "url": f"{base_url}/opendata/{self.code}",
            "last_updated_date": updated,
            "resources": [
                {
                    "name": f"{self.code}.{kind}",
                    "format": kind.upper(),
                    "mimetype": mime,
                    "url": f"{base_url}/opendata/{self.code}.{kind}",
                    "resource_last_updated_date": updated,
                }
                for kind, mime in (("csv", "text/csv"), ("json", "application/json"))
            ],
        }

    def _dcat(self, base_url):
        """The same as DCAT (W3C Data Catalog Vocabulary 3) in JSON-LD."""
        self.ensure_one()
        meta = self._metadata(base_url)
        return {
            "@type": "dcat:Dataset",
            "@id": meta["url"],
            "dct:identifier": meta["name"],
            "dct:title": {"@value": meta["title"], "@language": "th"},
            "dct:description": {"@value": meta["notes"], "@language": "th"},
            "dct:publisher": {"@type": "foaf:Agent", "foaf:name": meta["owner_org"]},
            "dcat:contactPoint": {
                "@type": "vcard:Organization",
                "vcard:fn": meta["maintainer"],
                "vcard:hasEmail": meta["maintainer_email"],
            },
            "dcat:keyword": meta["tag_string"],
            "dct:spatial": meta["geo_coverage"],
            "dct:source": meta["data_source"],
            "dct:accrualPeriodicity": f"{self.frequency} {self.frequency_unit}",
            "dct:license": self.licence_url or meta["license_id"],
            "dct:modified": meta["last_updated_date"],
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:title": resource["name"],
                    "dcat:downloadURL": resource["url"],
                    "dcat:mediaType": resource["mimetype"],
                }
                for resource in meta["resources"]
            ],
        }

    # ------------------------------------------------------------ files
    def _content(self, kind):
        """The file and its hash.

        :param str kind: csv or json
        :return: ``(bytes, sha256 in hex)``
        """
        self.ensure_one()
        publication = self.env["lgo.oss.publication"]
        # what is in the catalogue changes at any time, the sums once a night
        stamp = str(
            self.env["lgo.service"].sudo().search([], order="write_date desc", limit=1).write_date
        )
        return self._render(
            self.env.company.id, self.code, kind, str(publication._until()),
            publication._updated_at(), stamp if self.code == "services" else "",
        )  # fmt: skip

    @api.model
    @ormcache("company_id", "code", "kind", "until", "updated", "stamp")
    def _render(self, company_id, code, kind, until, updated, stamp):
        columns, rows = self._content_table(code)
        content = self._csv(columns, rows) if kind == "csv" else self._json(columns, rows, updated)
        return content, hashlib.sha256(content).hexdigest()

    @api.model
    def _csv(self, columns, rows):
        """UTF-8 with the mark that spreadsheets need for Thai; formulas are made text."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([self._plain(value) for value in row])
        return b"\xef\xbb\xbf" + file.getvalue().encode()

    @api.model
    def _plain(self, value):
        return "" if value is None else workbook.as_text(value)

    @api.model
    def _json(self, columns, rows, updated):
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        content = {"updated": updated, "suppressed_below": 5, "records": records}
        return json.dumps(content, ensure_ascii=False, default=float).encode()

    @api.model
    def _content_table(self, code):
        """Columns and rows of a dataset, without anything personal.

        :return: ``(names, rows)``
        """
        return getattr(self.with_context(lang="th_TH"), f"_content_{code.replace('-', '_')}")()

    @api.model
    def _published_years(self):
        publication = self.env["lgo.oss.publication"]
        return [publication._year(year) for year in reversed(publication._years())]

    @api.model
    def _content_services(self):
        services = self.env["lgo.service"].sudo()
        services = services.search(services._published_domain())
        labels = dict(self.env["lgo.case.mixin"]._selection_channel())
        columns = (
            "code", "name", "kind", "unit", "time_limit", "time_unit", "channels", "fee", "url",
        )  # fmt: skip
        kinds = dict(services._fields["kind"]._description_selection(services.env))
        base = self.get_base_url()
        rows = []
        for service in services:
            channels = [
                label
                for channel, label in labels.items()
                if f"channel_{channel}" in service._fields and service[f"channel_{channel}"]
            ]
            rows.append(
                (
                    service.code,
                    service.name,
                    kinds.get(service.kind),
                    service.unit_id.name or "",
                    service.time_limit or None,
                    service.time_unit if service.time_limit else "",
                    "; ".join(channels),
                    "ไม่มีค่าธรรมเนียม" if service.no_fee else "ตามคู่มือสำหรับประชาชน",
                    f"{base}/services/{service.code}",
                )
            )
        return columns, rows

    @api.model
    def _counted_rows(self, kind, names):
        """Rows of a table months × values with its totals."""
        rows = []
        for data in self._published_years():
            for month in data["months"]:
                for value, name in [*data[names].items(), (TOTAL, "")]:
                    key = ("month", month) if value == TOTAL else (kind, month, value)
                    count = data["cells"][key]
                    code, label = self._code_and_label(value, name)
                    rows.append(
                        (data["year"], month.strftime("%Y-%m"), code, label, count, count is None)
                    )
        return rows

    @api.model
    def _code_and_label(self, value, name):
        if value == TOTAL:
            return TOTAL, "รวม"
        return name if isinstance(name, tuple) else (value, name)

    @api.model
    def _content_service_statistics(self):
        columns = ("fiscal_year", "month", "service", "name", "received", "suppressed")
        return columns, self._counted_rows("service", "services")

    @api.model
    def _content_channel_statistics(self):
        columns = ("fiscal_year", "month", "channel", "name", "received", "suppressed")
        return columns, self._counted_rows("channel", "channels")

    @api.model
    def _content_complaints(self):
        """One row each, of the months and types whose number is shown; places are rounded."""
        columns = ("month", "type", "name", "state", "latitude", "longitude")
        labels = dict(self.env["lgo.oss.complaint"]._selection_state())
        publication = self.env["lgo.oss.publication"]
        rows = []
        for data in self._published_years():
            for month, service, kind, state, lat, lon in publication._complaint_rows(
                self.env.company, data["months"]
            ):
                if not data["cells"].get(("type", month, service, kind)):
                    continue
                code, name = data["types"].get(kind) or ("", "")
                placed = bool(lat and lon)
                rows.append(
                    (
                        month.strftime("%Y-%m"), code, name, labels.get(state, state),
                        float(lat) if placed else None, float(lon) if placed else None,
                    )
                )  # fmt: skip
        rows.sort(key=str)
        return columns, rows

    @api.model
    def _content_queue(self):
        columns = (
            "fiscal_year", "month", "group", "name", "tickets", "mean_wait_minutes",
            "p90_wait_minutes", "suppressed",
        )  # fmt: skip
        rows = []
        for data in self._published_years():
            for month in data["months"]:
                for group, name in [*data["groups"].items(), (TOTAL, "")]:
                    key = ("tickets", month) if group == TOTAL else ("queue", month, group)
                    code, label = self._code_and_label(group, name)
                    wait = data["waits"].get(key) or {}
                    count = data["cells"][key]
                    rows.append(
                        (
                            data["year"], month.strftime("%Y-%m"), code, label, count,
                            wait.get("mean"), wait.get("ninetieth"), count is None,
                        )
                    )  # fmt: skip
        return columns, rows

    @api.model
    def _content_satisfaction(self):
        columns = (
            "fiscal_year", "month", "service", "name", "responses", "satisfaction_percent",
            "suppressed",
        )  # fmt: skip
        rows = []
        for data in self._published_years():
            cells, means = data["cells"], data["satisfaction"]
            keys = [
                (("response", month), month.strftime("%Y-%m"), "", "") for month in data["months"]
            ]
            for key in cells:
                if key[0] == "response_service":
                    code, name = data["services"].get(key[1]) or ("", "ไม่ระบุบริการ")
                    keys.append((key, "", code, name))
            keys.append((("response", TOTAL), "", TOTAL, "รวมทั้งปีงบประมาณ"))
            for key, month, code, name in keys:
                count = cells[key]
                rows.append((data["year"], month, code, name, count, means.get(key), count is None))
        return columns, rows

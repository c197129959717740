# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import datetime
import json
from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai

from ..tools import point_table, tariff
from .lgo_waste_tariff_line import decimal

#: Service points that are made in one transaction.
BATCH = 200
#: Kind of revenue of the arrears that are brought forward.
OPENING = "waste_opening"


class LgoWasteImport(models.Model):
    """The old register of an office, taken in (dossier appendix F).

    First the whole workbook is looked at: every problem by its row, and sums by zone to be compared
    with the old register. Then the service points are made in the background, batch after batch,
    each in a transaction of its own; a row becomes a service point once, whenever it is killed.
    """

    _name = "lgo.waste.import"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Import of Service Points"
    _order = "id desc"
    _action_only = frozenset(
        {
            "state", "row_ids", "problem_ids", "row_count", "done_count", "arrears_total", "totals",
            "imported_by_id",
        }
    )  # fmt: skip

    name = fields.Char(string="File name", required=True)
    data = fields.Binary(string="Workbook", required=True, attachment=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Date(
        string="Served from",
        required=True,
        default=fields.Date.context_today,
        help="For rows that do not say when the service began.",
    )
    opening_account_id = fields.Many2one(
        "account.account",
        string="Account of arrears brought forward",
        check_company=True,
        help="Arrears of the old register are debts, but no revenue of this year.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("refused", "To be mended"),
            ("checked", "Checked"),
            ("running", "Running"),
            ("done", "Done"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        copy=False,
    )
    row_ids = fields.One2many("lgo.waste.import.row", "import_id", readonly=True)
    problem_ids = fields.One2many("lgo.waste.import.problem", "import_id", readonly=True)
    row_count = fields.Integer(string="Service points", readonly=True, copy=False)
    done_count = fields.Integer(string="Done", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress", aggregator=None)
    arrears_total = fields.Monetary(string="Arrears", readonly=True, copy=False)
    totals = fields.Text(string="Sums by zone", readonly=True, copy=False)
    imported_by_id = fields.Many2one("res.users", string="Taken in by", readonly=True, copy=False)

    @api.depends("row_count", "done_count")
    def _compute_progress(self):
        for one in self:
            one.progress = 100.0 * one.done_count / (one.row_count or 1)

    def write(self, vals):
        fixed = {"data", "company_id", "date_start", "opening_account_id"} & vals.keys()
        if fixed and self.filtered(lambda one: one.state in ("running", "done")):
            raise UserError(self.env._("The register is being taken in; it does not change."))
        if "data" in vals and not self.env.su:
            self.sudo().state = "draft"
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken_in(self):
        if self.filtered(lambda one: one.state in ("running", "done")):
            raise UserError(self.env._("A register that was taken in is kept, for the auditors."))

    # -- checking --------------------------------------------------------------------------

    def action_check(self):
        """Look at the workbook without making anything: every problem, the sums by zone."""
        for one in self:
            one.check_access("write")
            if one.state in ("running", "done"):
                raise UserError(self.env._("The register was taken in already."))
            one.sudo()._check()
        return True

    def _check(self):
        self.row_ids.unlink()
        self.problem_ids.unlink()
        content = base64.b64decode(self.with_context(bin_size=False).data)
        found = point_table.parse(content)
        fatal = list(found.problems)
        rows, warnings = [], []
        if not fatal:
            rows = self._resolve(found, fatal, warnings)
        messages = self.env["lgo.waste.import.problem"]
        messages.create(
            [
                {
                    "import_id": self.id,
                    "line": problem.line,
                    "is_fatal": is_fatal,
                    "message": messages._message(problem),
                }
                for is_fatal, problems in ((True, fatal), (False, warnings))
                for problem in problems
            ]
        )
        self.env["lgo.waste.import.row"].create([] if fatal else rows)
        self.write(
            {
                "state": "refused" if fatal else "checked",
                "row_count": len(found.rows),
                "arrears_total": float(
                    sum((sum(row.arrears.values()) for row in found.rows), Decimal(0))
                ),
                "totals": self._totals(found.rows),
            }
        )

    def _totals(self, rows):
        """Service points, baht a month and arrears of each zone, to compare with the old book."""
        sums = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        for row in rows:
            for name in (row.values.get("zone") or "-", self.env._("Total")):
                line = sums[name]
                line[0] += 1
                line[1] += row.values.get("rate") or 0
                line[2] += sum(row.arrears.values())
        total = sums.pop(self.env._("Total"), [0, Decimal(0), Decimal(0)])
        return "\n".join(
            self.env._(
                "%(zone)s: %(count)s service points, %(rate)s baht a month, arrears %(arrears)s",
                zone=zone,
                count=f"{count:,}",
                rate=f"{rate:,.2f}",
                arrears=f"{arrears:,.2f}",
            )
            for zone, (count, rate, arrears) in [
                *sorted(sums.items()),
                (self.env._("Total"), total),
            ]
        )

    def _resolve(self, found, fatal, warnings):
        """Find zones, routes, classes; note what does not exist or exists already."""
        maps = {
            name: self._map_of(f"lgo.waste.{model}")
            for name, model in (
                ("zone", "zone"), ("route", "route"), ("tariff", "tariff"),
                ("community", "community"),
            )
        }  # fmt: skip
        known = self._known(found.rows)
        titles = {name: title for title, name in point_table.COLUMNS.items()}
        this_year = thai.fiscal_year(fields.Date.context_today(self))
        result = []
        for row in found.rows:
            records = {}
            for name, records_of in maps.items():
                text = row.values.get(name)
                records[name] = records_of.get(self._key(text)) if text else None
                if text and not records[name]:
                    fatal.append(
                        point_table.Problem(
                            row.number, "UNKNOWN", {"column": titles[name], "value": text}
                        )
                    )
            route, zone = records["route"], records["zone"]
            if route and zone and route.zone_id != zone:
                fatal.append(point_table.Problem(row.number, "ROUTE", {"value": route.name}))
            if {row.values.get("house_code"), row.values.get("old_number")} & known:
                fatal.append(point_table.Problem(row.number, "KNOWN"))
            fatal += [
                point_table.Problem(row.number, "ARREARS", {"year": year})
                for year in row.arrears
                if year > this_year
            ]
            result.append(self._row_vals(row, records))
        if not fatal:
            self._compare_rates(found.rows, result, warnings)
        return result

    def _map_of(self, model):
        """{code or name: record} of an organisation."""
        records = self.env[model].search([("company_id", "=", self.company_id.id)])
        found = {self._key(record.name): record for record in records}
        if "code" in records._fields:
            found |= {self._key(record.code): record for record in records}
        return found

    @api.model
    def _key(self, text):
        return "".join((text or "").split()).casefold()

    def _known(self, rows):
        """House codes and old numbers of the rows that a service point has already."""
        codes = [code for row in rows if (code := row.values.get("house_code"))]
        olds = [old for row in rows if (old := row.values.get("old_number"))]
        points = self.env["lgo.waste.point"].search(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                "&",
                ("house_code", "in", codes),
                ("state", "!=", "terminated"),
                ("old_number", "in", olds),
            ]
        )
        return {*points.mapped("house_code"), *points.mapped("old_number")} - {False}

    def _row_vals(self, row, records):
        values = row.values
        start = values.get("date_start") or self.date_start
        vals = {
            name: values[name]
            for name in (
                "house", "house_code", "village_number", "lane", "road", "old_number", "phone",
                "note", "route_sequence",
            )
            if values.get(name)
        }  # fmt: skip
        vals |= {
            "zone_id": records["zone"].id if records["zone"] else False,
            "route_id": records["route"].id if records["route"] else False,
            "community_id": records["community"].id if records["community"] else False,
            "tariff_id": records["tariff"].id if records["tariff"] else False,
            "unit_count": values.get("unit_count") or 1,
            "date_start": fields.Date.to_string(start),
        }
        if values.get("volume"):
            vals["volume"] = float(values["volume"])
        return {
            "import_id": self.id,
            "line": row.number,
            "zone_id": vals["zone_id"],
            "payer": values["payer"],
            "vals": vals,
            "arrears": {str(year): str(amount) for year, amount in row.arrears.items()},
        }

    def _compare_rates(self, rows, result, warnings):
        """Say where the old register and the rate table differ; it stops nothing."""
        month = fields.Date.start_of(fields.Date.context_today(self), "month")
        versions = self.env["lgo.waste.tariff.version"]._in_force(self.company_id, month)
        brackets = {
            class_.id: [line._bracket() for line in lines]
            for class_, lines in versions.line_ids.grouped("tariff_id").items()
        }
        default = self.env["lgo.waste.point"].default_get(["volume"])["volume"]
        fees = {}
        for row, vals in zip(rows, result, strict=True):
            wanted = row.values.get("rate")
            if not wanted:
                continue
            values = vals["vals"]
            key = (values["tariff_id"], values.get("volume", default), values["unit_count"])
            if key not in fees:
                fees[key] = self._plain_fee(brackets.get(key[0], []), *key[1:])
            fee = fees[key]
            if fee is None:
                warnings.append(point_table.Problem(row.number, "NO_RATE"))
            elif fee != wanted:
                values = {"value": f"{wanted:,.2f}", "fee": f"{fee:,.2f}"}
                warnings.append(point_table.Problem(row.number, "RATE", values))

    @api.model
    def _plain_fee(self, brackets, volume, units):
        """A month without incentives, or None where the ordinance has no rate."""
        try:
            parts = tariff.month_fee(brackets, decimal(volume), units)
        except tariff.NoRateError:
            return None
        return sum((due for _full, due in parts.values()), Decimal(0))

    # -- taking in -------------------------------------------------------------------------

    def action_import(self):
        """Make the service points in the background."""
        for one in self:
            one.check_access("write")
            if one.state != "checked":
                raise UserError(self.env._("Check the register first; mend what stops it."))
            if one.arrears_total and not one.opening_account_id:
                raise UserError(
                    self.env._("Choose the account of the arrears that are brought forward.")
                )
            one.sudo().write({"state": "running", "imported_by_id": self.env.uid})
        self.env.ref("lgo_waste.ir_cron_import").sudo()._trigger()
        return True

    @api.model
    def _cron_import(self):
        """Make service points batch after batch, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        for one in self.search([("state", "=", "running")], order="id"):
            left = one.row_count - one.done_count
            cron._commit_progress(remaining=max(left, 1))
            while one.state == "running":
                done = one._step()
                left = max(left - done, 0)
                running = one.state == "running"
                if not cron._commit_progress(done, remaining=left if running else 0):
                    return

    def _step(self, limit=BATCH):
        """Make the next service points; the caller commits.

        :param int limit: rows
        :return: how many were made
        :raise LockError: another worker takes in the same register
        """
        self.ensure_one()
        self.lock_for_update()
        if self.state != "running":
            return 0
        rows = self.env["lgo.waste.import.row"].search(
            [("import_id", "=", self.id), ("point_id", "=", False)], order="line", limit=limit
        )
        if not rows:
            self.state = "done"
            return 0
        partners = self.env["res.partner"].create(
            [{"name": row.payer, "phone": row.vals.get("phone"), "lang": "th_TH"} for row in rows]
        )
        points = self.env["lgo.waste.point"].create(
            [
                {**row.vals, "partner_id": partner.id, "company_id": self.company_id.id}
                for row, partner in zip(rows, partners, strict=True)
            ]
        )
        # the old register is what the inspection found
        points.state = "active"
        for row, point in zip(rows, points, strict=True):
            row.point_id = point
        self._bring_forward(rows)
        self.done_count += len(rows)
        return len(rows)

    def _bring_forward(self, rows):
        """The arrears of the rows as bills, one a service point and fiscal year."""
        specs = []
        for row in rows:
            for year, amount in sorted((row.arrears or {}).items()):
                # the last day of the fiscal year: what is older is paid first
                due = datetime.date(int(year) - 543, 9, 30)
                title = f"ยอดค้างยกมา ปีงบประมาณ {year}"
                specs.append(
                    {
                        "account": row.point_id.account_id,
                        "date": fields.Date.context_today(self),
                        "date_due": due,
                        "fiscal_year": int(year),
                        "title": title,
                        "key": json.dumps(["waste-opening", row.point_id.id, int(year)]),
                        "lines": [
                            {
                                "revenue": self._opening_revenue(),
                                "name": title,
                                "amount": Decimal(amount),
                            }
                        ],
                    }
                )
        if specs:
            self.env["lgo.payment.bill"]._issue(self.company_id, specs)

    def _opening_revenue(self):
        revenues = self.env["lgo.payment.revenue"].with_context(active_test=False)
        domain = [("code", "=", OPENING), ("company_id", "=", self.company_id.id)]
        revenue = revenues.search(domain, limit=1) or revenues.create(
            {
                "name": "ค่าธรรมเนียมขยะค้างยกมา",
                "code": OPENING,
                "company_id": self.company_id.id,
                "active": False,
            }
        )
        if revenue.account_id != self.opening_account_id:
            revenue.account_id = self.opening_account_id
        return revenue

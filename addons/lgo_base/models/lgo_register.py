# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import thai, thai_search

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("number", "year", "month", "unit", "suffix", "key", "org")
# What must not change once a number was given: it would let a number come twice.
FROZEN_ONCE_USED = ("code", "company_id", "period", "per_unit")


class LgoRegister(models.Model):
    """A book of numbers without holes: receive, send, order, certificate, acknowledgement …

    Rules of the Office of the Prime Minister on records (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงาน
    สารบรรณ พ.ศ. ๒๕๒๖), ข้อ ๓๑-๓๒ (outgoing number, circulars may have an own series), ข้อ ๑๖
    (orders restart each calendar year), ข้อ ๓๗ (receive number). Which books exist, how their
    numbers look and when they restart is data of each organisation.
    """

    _name = "lgo.register"
    _description = "Register"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The name by which the programs ask for this register, e.g. case_ack."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="An archived register gives no more numbers; its book stays readable."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Empty: the settings serve every organisation; each still counts for itself.",
    )
    period = fields.Selection(
        [
            ("be_year", "Calendar year (B.E.)"),
            ("fiscal_year", "Fiscal year (October to September)"),
            ("be_month", "Month"),
            ("none", "Never"),
        ],
        string="Restarts each",
        required=True,
        default="be_year",
        help="When the numbers start at 1 again, at midnight Bangkok time.",
    )
    per_unit = fields.Boolean(string="Own numbers for each unit")
    pattern = fields.Char(
        required=True,
        default="{number}/{year}",
        help="How the number is written. Known: {number} {year} {month} {unit} {suffix} {key} "
        "{org}.",
    )
    padding = fields.Integer(
        string="Digits", help="Leading zeros up to this length; 0 for none.", default=0
    )
    thai_digits = fields.Boolean(
        help="Write the number with Thai digits. Searching works with both."
    )
    allow_point = fields.Boolean(
        string="Sub-numbers allowed",
        help="A late document may be inserted as 123.1 behind 123, by a registrar and with a "
        "reason.",
    )
    entry_ids = fields.One2many("lgo.register.entry", "register_id")
    example = fields.Char(compute="_compute_example")

    _code_company_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "A register with this code exists already."
    )

    @api.depends("pattern", "padding", "thai_digits", "period")
    def _compute_example(self):
        for register in self:
            try:
                register.example = register._format_number(124, period=register._period_text())
            except ValidationError:
                register.example = False

    @api.constrains("pattern")
    def _check_pattern(self):
        for register in self:
            found = PLACEHOLDER.findall(register.pattern)
            unknown = [name for name in found if name not in PLACEHOLDERS]
            rest = PLACEHOLDER.sub("", register.pattern)
            if unknown or "{" in rest or "}" in rest:
                raise ValidationError(
                    self.env._(
                        "The number pattern “%(pattern)s” has a placeholder that does not exist. "
                        "Use {number} {year} {month} {unit} {suffix} {key} {org}.",
                        pattern=register.pattern,
                    )
                )
            if "number" not in found:
                raise ValidationError(
                    self.env._("The number pattern must contain {number}, e.g. {number}/{year}.")
                )

    @api.constrains("padding")
    def _check_padding(self):
        for register in self:
            if not 0 <= register.padding <= 10:
                raise ValidationError(self.env._("Digits must lie between 0 and 10."))

    def write(self, vals):
        changed = [name for name in FROZEN_ONCE_USED if name in vals]
        if changed:
            for register in self:
                if any(
                    register._fields[name].convert_to_write(register[name], register) != vals[name]
                    for name in changed
                ) and register.sudo().entry_ids.search_count(
                    [("register_id", "=", register.id)], limit=1
                ):
                    raise UserError(
                        self.env._(
                            "The register “%(name)s” has given numbers already. Its code, "
                            "organisation, period and unit setting can no longer change: archive "
                            "it and make a new one.",
                            name=register.name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if (
            self.env["lgo.register.entry"]
            .sudo()
            .search_count([("register_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._("A register that has given numbers cannot be deleted: archive it.")
            )

    # -- numbers ---------------------------------------------------------------------------

    @api.model
    def _take_number(self, code, record=None, unit=None, key="", at=None, label=""):
        """Take the next number of a register inside the caller's transaction.

        No counter row: Odoo runs REPEATABLE READ, where a waiting UPDATE of a counter fails
        with a serialisation error. The unique index of the entries is the counter. The highest
        number of our snapshot plus one is inserted; when another transaction is just inserting
        the same number the insert waits for it. If that one commits we get a UniqueViolation
        and try the next number; if it rolls back our insert succeeds. So numbers are
        consecutive and a roll-back leaves no hole. The price: who takes numbers of one series
        waits until the one before has committed, so take the number late in a transaction, and
        transactions that need numbers of several registers should take them in the same order
        (a deadlock is detected by PostgreSQL and retried by Odoo's request handler, at most
        five times; a cron has to retry itself).

        :param str code: code of the register
        :param record: the one record that gets the number, or None
        :param unit: ``hr.department``; demanded when the register counts per unit
        :param str key: an own series inside the register, e.g. the code of a service
        :param datetime at: naive UTC moment that decides year or month in Asia/Bangkok; now
        :param str label: what the book shows; the display name of the record by default
        :return: ``lgo.register.entry`` (one record, in sudo)
        :raise UserError: unknown register, or unit missing
        """
        company = self.env.company
        if record:
            record.ensure_one()
            if "company_id" in record._fields and record.sudo().company_id:
                company = record.sudo().company_id
        register = self._find(code, company)
        if register.per_unit and not unit:
            raise UserError(
                self.env._(
                    "The register “%(name)s” counts for each unit: choose the unit first.",
                    name=register.name,
                )
            )
        return register._insert_next(
            company, record, unit if register.per_unit else None, key or "", at, label, unit
        )

    @api.model
    def _take_numbers(self, code, company, labels, key="", at=None):
        """Take several consecutive numbers of a register inside the caller's transaction.

        The first one is taken as :meth:`_take_number` does and waits for whoever is before us;
        until we commit nobody can pass it, so the others follow in one statement.

        :param str code: code of the register, which must not count per unit
        :param labels: one text a number, what the book shows
        :param str key: an own series inside the register
        :param datetime at: naive UTC moment that decides the year; now
        :return: ``lgo.register.entry`` (in sudo) in the order of the labels
        :raise UserError: unknown register, or one that counts per unit
        """
        register = self._find(code, company)
        if register.per_unit:
            raise UserError(
                self.env._(
                    "The register “%(name)s” counts for each unit: choose the unit first.",
                    name=register.name,
                )
            )
        if not labels:
            return self.env["lgo.register.entry"].sudo()
        first = register._insert_next(company, None, None, key or "", at, labels[0], None)
        at = at or fields.Datetime.now()
        rows = []
        for number, label in enumerate(labels[1:], start=first.number + 1):
            name = register._format_number(number, first.period, key=key, company=company, at=at)
            vals = register._prepare_entry_vals(company, None, None, key, first.period, at, label)
            vals |= {"number": number, "point": 0, "name": name}
            rows.append(vals | {"name_key": self._normalise(name)})
        if not rows:
            return first
        found = self.env.execute_query(
            SQL(
                "INSERT INTO lgo_register_entry (%s) VALUES %s RETURNING id, number",
                SQL(", ").join(SQL.identifier(name) for name in rows[0]),
                SQL(", ").join(SQL("%s", tuple(row.values())) for row in rows),
            )
        )
        ids = [entry_id for entry_id, _number in sorted(found, key=lambda row: row[1])]
        return first + first.browse(ids)

    @api.model
    def _find(self, code, company):
        """Return the register ``code`` of ``company`` (its own one before the common one)."""
        register = self.sudo().search(
            Domain("code", "=", code) & Domain("company_id", "in", [company.id, False]),
            order="company_id",  # NULL sorts last
            limit=1,
        )
        if not register:
            raise UserError(
                self.env._(
                    "There is no open register “%(code)s”. A registrar adds or re-opens it under "
                    "Configuration > Records > Registers.",
                    code=code,
                )
            )
        return register

    def _insert_next(self, company, record, series_unit, key, at, label, unit):
        at = at or fields.Datetime.now()
        period = self._period_text(at)
        unit_id = series_unit.id if series_unit else None
        self.env["lgo.register.entry"].flush_model()
        [[highest]] = self.env.execute_query(
            SQL(
                """SELECT max(number) FROM lgo_register_entry
                    WHERE company_id = %s AND register_id = %s AND COALESCE(unit_id, 0) = %s
                      AND key = %s AND period = %s""",
                company.id,
                self.id,
                unit_id or 0,
                key,
                period,
            )
        )
        number = (highest or 0) + 1
        vals = self._prepare_entry_vals(company, record, unit_id, key, period, at, label)
        while True:
            name = self._format_number(number, period, unit=unit, key=key, company=company, at=at)
            vals |= {"number": number, "point": 0, "name": name}
            entry = self._try_insert(vals)
            if entry:
                return entry
            number += 1

    def _prepare_entry_vals(self, company, record, unit_id, key, period, at, label):
        """Return the columns of a new entry, hook for add-ons."""
        return {
            "company_id": company.id,
            "register_id": self.id,
            "unit_id": unit_id,
            "key": key,
            "period": period,
            "date": thai.local_date(at),
            "res_model": record._name if record else None,
            "res_id": record.id if record else None,
            "label": label or (record.sudo().display_name if record else "") or "",
            "state": "used",
            "taken_at": fields.Datetime.now(),
            "taken_by_id": self.env.uid,
            "create_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
            "write_uid": self.env.uid,
            "write_date": fields.Datetime.now(),
        }

    def _try_insert(self, vals):
        """Insert one entry; return it, or None when a committed one has the number."""
        vals = dict(vals, name_key=self._normalise(vals["name"]))
        query = SQL(
            "INSERT INTO lgo_register_entry (%s) VALUES %s RETURNING id",
            SQL(", ").join(SQL.identifier(name) for name in vals),
            tuple(vals.values()),
        )
        savepoint = self.env.cr.savepoint(flush=False)  # the ORM cache knows nothing of this row
        try:
            self.env.cr.execute(query, log_exceptions=False)
            entry_id = self.env.cr.fetchone()[0]
        except errors.UniqueViolation:
            savepoint.close(rollback=True)
            return None
        except BaseException:
            savepoint.close(rollback=True)
            raise
        savepoint.close(rollback=False)
        return self.env["lgo.register.entry"].sudo().browse(entry_id)

    def _insert_point(self, entry, reason, record=None, label=""):
        """Insert the next sub-number behind ``entry`` (123 → 123.1).

        :param entry: ``lgo.register.entry`` with point 0
        :param str reason: why the document comes late; demanded
        :raise UserError: the register does not allow it, or no reason is given
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not self.allow_point:
            raise UserError(
                self.env._("The register “%(name)s” allows no sub-numbers.", name=self.name)
            )
        if not reason:
            raise UserError(self.env._("Give the reason for the sub-number."))
        entry = entry.sudo()
        at = fields.Datetime.now()
        vals = self._prepare_entry_vals(
            entry.company_id, record, entry.unit_id.id or None, entry.key, entry.period, at, label
        )
        vals |= {"number": entry.number, "date": entry.date, "point_reason": reason}
        siblings = (
            self.env["lgo.register.entry"]
            .sudo()
            .search(entry._series_domain() & Domain("number", "=", entry.number))
        )
        point = max(siblings.mapped("point")) + 1
        while True:
            name = self._format_number(
                entry.number,
                entry.period,
                point=point,
                unit=entry.unit_id,
                key=entry.key,
                company=entry.company_id,
                at=entry.taken_at,
            )
            new = self._try_insert(vals | {"point": point, "name": name})
            if new:
                return new
            point += 1

    # -- text ------------------------------------------------------------------------------

    def _period_text(self, at=None):
        """Return what the series is keyed by: "2569", "2569-11" or "".

        :param datetime at: naive UTC moment, now by default; the day is that of Asia/Bangkok
        """
        local = thai.local_date(at or fields.Datetime.now())
        year = thai.buddhist_year(local)
        if self.period == "be_year":
            return str(year)
        if self.period == "fiscal_year":
            # Budget Procedures Act B.E. 2561, section 4: 1 October to 30 September,
            # named after the year in which it ends.
            return str(thai.fiscal_year(local))
        if self.period == "be_month":
            return f"{year}-{local.month:02d}"
        return ""

    def _format_number(self, number, period, point=0, unit=None, key="", company=None, at=None):
        """Write a number by the pattern of the register."""
        self.ensure_one()
        local = thai.local_date(at or fields.Datetime.now())
        company = company or self.company_id or self.env.company
        text = str(number).zfill(self.padding) + (f".{point}" if point else "")
        values = {
            "number": text,
            "year": period[:4] or str(thai.buddhist_year(local)),
            "month": period[5:] or f"{local.month:02d}",
            "unit": self._unit_code(unit),
            "suffix": self._unit_suffix(unit),
            "key": key,
            "org": self._organisation_code(company),
        }
        name = PLACEHOLDER.sub(lambda match: values.get(match[1]) or "", self.pattern or "")
        return thai.to_thai_digits(name) if self.thai_digits else name

    @api.model
    def _unit_code(self, unit):
        """Return what {unit} stands for: the code of the unit, else its name."""
        if not unit:
            return ""
        unit = unit.sudo()
        return unit.lgo_code or unit.name

    @api.model
    def _unit_suffix(self, unit):
        """Return what {suffix} stands for: .2 in ชม 52301.2/17; nothing for the central office."""
        suffix = unit.sudo().lgo_suffix if unit else ""
        return f".{suffix}" if suffix else ""

    @api.model
    def _organisation_code(self, company):
        """Return what {org} stands for: the letter and number code of the organisation."""
        company = company.sudo()
        return " ".join(filter(None, (company.lgo_letter_code, company.lgo_number_code)))

    @api.model
    def _normalise(self, text):
        """Make numbers comparable: Arabic digits, no spaces ("ว ๑๒๓/ ๒๕๖๙" → "ว123/2569").

        Text that was copied from a page or a PDF brings characters along that nobody sees.
        """
        text = thai_search.INVISIBLE.sub("", thai.to_arabic_digits(text or ""))
        return re.sub(r"\s+", "", text)

    def action_open_book(self):
        """Open the book of this register."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_register_entry_action")
        action["domain"] = [("register_id", "=", self.id)]
        action["display_name"] = self.name
        return action

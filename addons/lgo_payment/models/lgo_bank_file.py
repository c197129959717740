# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai

from ..tools import bank_file, billpay256, camt053, mt940, table

MAX_BYTES = 10 * 1024 * 1024


class LgoBankFile(models.Model):
    """A file of a bank: looked at first, then taken in whole or not at all.

    The same file does nothing a second time, and neither does a line that came in another file.
    """

    _name = "lgo.bank.file"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Bank File"
    _order = "id desc"
    _action_only = frozenset(
        {
            "state", "sha256", "effective_date", "credit_total", "credit_count", "debit_total",
            "debit_count", "new_count", "repeated_count", "problem_ids", "purpose", "checked_at",
            "imported_at", "imported_by_id",
        }
    )  # fmt: skip

    name = fields.Char(string="File name", required=True)
    data = fields.Binary(string="File", required=True, attachment=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    biller_id = fields.Many2one(
        "lgo.payment.biller", string="Receiving account", required=True, check_company=True,
        default=lambda self: self.env["lgo.payment.biller"]._active(),
    )  # fmt: skip
    layout = fields.Selection(
        [
            ("billpay256", "Bill payment, 256 bytes"),
            ("table", "Table (CSV, xlsx)"),
            ("camt053", "camt.053"),
            ("mt940", "MT940"),
        ],
        required=True,
        default="billpay256",
    )
    mapping_id = fields.Many2one("lgo.bank.mapping", string="Layout of the table")
    purpose = fields.Selection(
        [("detail", "Payments line by line"), ("statement", "Bank statement")], readonly=True
    )
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    effective_date = fields.Date(readonly=True)
    credit_total = fields.Monetary(readonly=True)
    credit_count = fields.Integer(readonly=True, aggregator=None)
    debit_total = fields.Monetary(string="Total of reversals", readonly=True)
    debit_count = fields.Integer(string="Number of reversals", readonly=True, aggregator=None)
    new_count = fields.Integer(string="New lines", readonly=True, aggregator=None)
    repeated_count = fields.Integer(string="Lines that came before", readonly=True, aggregator=None)
    problem_ids = fields.One2many("lgo.bank.file.problem", "file_id", readonly=True)
    line_ids = fields.One2many("lgo.bank.line", "file_id", readonly=True)
    credit_ids = fields.One2many("lgo.bank.credit", "file_id", readonly=True)
    matched_count = fields.Integer(compute="_compute_counts")
    to_decide_count = fields.Integer(string="To decide", compute="_compute_counts")
    state = fields.Selection(
        [
            ("draft", "Loaded"),
            ("checked", "Checked"),
            ("refused", "Has errors"),
            ("imported", "Taken in"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    checked_at = fields.Datetime(readonly=True)
    imported_at = fields.Datetime(readonly=True)
    imported_by_id = fields.Many2one("res.users", string="Taken in by", readonly=True)

    _sha_uniq = models.UniqueIndex(
        "(sha256, company_id) WHERE state = 'imported'", "This file was taken in already."
    )

    def _compute_counts(self):
        groups = self.env["lgo.bank.line"]._read_group(
            [("file_id", "in", self.ids)], ["file_id", "state"], ["__count"]
        )
        counts = {(file.id, state): count for file, state, count in groups}
        for file in self:
            file.matched_count = counts.get((file.id, "posted"), 0)
            file.to_decide_count = sum(
                counts.get((file.id, state), 0) for state in ("waiting", "held")
            )

    @api.onchange("name")
    def _onchange_name(self):
        kinds = {"csv": "table", "xlsx": "table", "xml": "camt053", "sta": "mt940"}
        ending = (self.name or "").rpartition(".")[2].lower()
        if self.name:
            self.layout = kinds.get(ending, "billpay256")

    def _parse(self):
        """Read the file: ``tools.bank_file.BankFile`` with all its problems."""
        self.ensure_one()
        data = base64.b64decode(self.with_context(bin_size=False).data or b"")
        if len(data) > MAX_BYTES:
            return self._problem_only("TOO_BIG")
        if self.layout == "billpay256":
            accounts = {self.biller_id.bank_account[-10:].rjust(10, "0")}
            return billpay256.parse(data, self.biller_id.layout, accounts)
        if self.layout == "table":
            if not self.mapping_id:
                raise UserError(self.env._("Choose the layout of the table first."))
            parse = table.parse_xlsx if data[:2] == b"PK" else table.parse_csv
            return parse(data, self.mapping_id._as_table())
        return (camt053 if self.layout == "camt053" else mt940).parse(data)

    def _problem_only(self, code):
        problem = bank_file.Problem(0, code, {}, True)
        return bank_file.BankFile(self.layout, "detail", problems=[problem])

    def action_check(self):
        """Look at the file without taking it in: every problem, the totals, what is new."""
        for file in self:
            file._check_layout_allowed()
            file._check(file._parse())
        return True

    def _check_layout_allowed(self):
        self.check_access("write")
        if self.state == "imported":
            raise UserError(
                self.env._(
                    "This file was taken in on %(date)s by %(user)s.",
                    date=thai.format_datetime(self.imported_at, "abbr", "arabic"),
                    user=self.imported_by_id.name,
                )
            )

    def _check(self, parsed):
        data = base64.b64decode(self.with_context(bin_size=False).data or b"")
        sha = hashlib.sha256(data).hexdigest()
        fresh, repeated = self._split(parsed)
        problems = self.env["lgo.bank.file.problem"]
        found = [
            {
                "line": problem.line,
                "code": problem.code,
                "is_fatal": problem.fatal,
                "message": problems._message(problem),
            }
            for problem in parsed.problems
        ]
        credits = [line for line in parsed.lines if line.kind == "C" and line.status == "ok"]
        debits = [line for line in parsed.lines if line.kind == "D" and line.status == "ok"]
        self.sudo().write(
            {
                "sha256": sha,
                "purpose": parsed.purpose,
                "effective_date": parsed.effective,
                "credit_total": sum(line.amount for line in credits),
                "credit_count": len(credits),
                "debit_total": sum(line.amount for line in debits),
                "debit_count": len(debits),
                "new_count": len(fresh),
                "repeated_count": repeated,
                "problem_ids": [
                    fields.Command.clear(),
                    *(fields.Command.create(vals) for vals in found),
                ],
                "state": "checked" if parsed.ok else "refused",
                "checked_at": fields.Datetime.now(),
            }
        )
        return fresh

    def _split(self, parsed):
        """Return ([(key, line)] that never came, number of those that did)."""
        model = "lgo.bank.credit" if parsed.purpose == "statement" else "lgo.bank.line"
        prefix = f"{self.biller_id.bank_code}|{self.biller_id.bank_account}"
        keyed = [
            (hashlib.sha256(f"{prefix}|{key}".encode()).hexdigest(), line)
            for key, line in zip(bank_file.line_keys(parsed), parsed.lines, strict=True)
        ]
        rows = (
            self.env[model]
            .sudo()
            ._read_group(
                [
                    ("key", "in", [key for key, _line in keyed]),
                    ("company_id", "=", self.company_id.id),
                ],
                ["key"],
            )
        )
        known = {key for (key,) in rows}
        fresh = [(key, line) for key, line in keyed if key not in known]
        return fresh, len(keyed) - len(fresh)

    def action_import(self):
        """Take the file in and match its lines.

        :raise UserError: errors in the file, or it was taken in before
        """
        for file in self:
            file._check_layout_allowed()
            parsed = file._parse()
            fresh = file._check(parsed)
            if not parsed.ok:
                raise UserError(
                    self.env._(
                        "The file has errors and was not taken in: %(first)s",
                        first=file.problem_ids.filtered("is_fatal")[:1].message,
                    )
                )
            earlier = file.sudo().search(
                [
                    ("sha256", "=", file.sha256),
                    ("company_id", "=", file.company_id.id),
                    ("state", "=", "imported"),
                ],
                limit=1,
            )
            earlier._check_layout_allowed()
            file._take_in(parsed, fresh)
        self.env["lgo.bank.line"]._match_new(self.company_id)
        return True

    def _take_in(self, parsed, fresh):
        if parsed.purpose == "statement":
            model = self.env["lgo.bank.credit"].sudo()
        else:
            model = self.env["lgo.bank.line"].sudo()
        model.with_context(tracking_disable=True).create(
            [model._prepare_line_vals(self, parsed, key, line) for key, line in fresh]
        )
        self.sudo().write(
            {
                "state": "imported",
                "imported_at": fields.Datetime.now(),
                "imported_by_id": self.env.uid,
            }
        )
        self.env["lgo.audit.log"]._log("payment.bankfile.import", self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        if any(file.state == "imported" for file in self):
            raise UserError(self.env._("A file that was taken in is kept."))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai, workbook

#: Longest span that is printed at once.
MOST_DAYS = 366
#: Code of the register -> heading of the first column; the others have the columns of แบบที่ ๑๔.
RECEIVED = ("receive", "unit_receive", "secret_receive")
SECRET = ("secret_receive", "secret_send")
PRINTED = (
    *RECEIVED, "send", "secret_send", "circular", "memo", "order", "certificate",
    "announcement", "rule",
)  # fmt: skip
WIDTHS = (10, 20, 14, 26, 26, 40, 30, 24)


class LgoEofficeRegisterPrint(models.TransientModel):
    """A register as the regulation lays it out, for a span of days.

    Saraban Regulation B.E. 2526, forms 13 (ทะเบียนหนังสือรับ) and 14 (ทะเบียนหนังสือส่ง): eight columns
    each, headed by the day. Cancelled lines stay, corrected text stands beside the struck one.
    """

    _name = "lgo.eoffice.register.print"
    _description = "Print a Register"

    register_id = fields.Many2one(
        comodel_name="lgo.register", required=True, ondelete="cascade",
        domain=[("code", "in", PRINTED)], default=lambda self: self._default_register(),
    )  # fmt: skip
    per_unit = fields.Boolean(related="register_id.per_unit")
    unit_id = fields.Many2one(
        comodel_name="hr.department", ondelete="cascade",
        default=lambda self: self.env.user.employee_id.department_id,
    )  # fmt: skip
    date_from = fields.Date(required=True, default=lambda self: self._today())
    date_to = fields.Date(required=True, default=lambda self: self._today())

    @api.model
    def _default_register(self):
        return self.env["lgo.register"].search([("code", "=", "receive")], limit=1)

    @api.model
    def _today(self):
        return thai.local_date(fields.Datetime.now())

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            days = (wizard.date_to - wizard.date_from).days
            if not 0 <= days <= MOST_DAYS:
                raise ValidationError(
                    self.env._("Choose a span of days of one year at most, from early to late.")
                )

    def _is_received(self):
        return self.register_id.code in RECEIVED

    def _check_register(self):
        """Secret registers are for their registrar; a book of a unit wants the unit.

        :raises UserError: a unit is missing, or the register is not printed here
        """
        self.ensure_one()
        code = self.register_id.code
        secret = code in SECRET
        if code not in PRINTED or (secret and not self.env.user._lgo_is_secret_registrar()):
            raise UserError(self.env._("You may not print this register."))
        if self.register_id.per_unit and not self.unit_id:
            raise UserError(self.env._("Choose the unit whose register is printed."))

    def _entries(self):
        self._check_register()
        domain = (
            Domain("register_id", "=", self.register_id.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("date", ">=", self.date_from)
            & Domain("date", "<=", self.date_to)
        )
        if self.register_id.per_unit:
            domain &= Domain("unit_id", "=", self.unit_id.id)
        entries = self.env["lgo.register.entry"]
        return entries.search(domain, order="period, number, point, id")

    # ------------------------------------------------------------ lines
    def _lines(self):
        """Lines of the register in the columns of the form.

        :return: list of dicts: number, doc_no, doc_date, sender, addressee, subject, action, note
            (texts or :class:`workbook.Corrected`), void (bool)
        """
        entries = self._entries()
        letters = self._letters(entries)
        lines = []
        for entry in entries:
            letter = letters.get((entry.res_model, entry.res_id))
            lines.append(self._line(entry, letter))
        return lines

    def _letters(self, entries):
        """{(model, id): letter} of the entries, as far as the user may read them."""
        Letter = self.env["lgo.eoffice.letter"]
        Copy = self.env["lgo.eoffice.copy"]
        found = {}
        ids = [e.res_id for e in entries if e.res_model == Letter._name]
        letters = Letter.search([("id", "in", ids)])
        found.update({(Letter._name, letter.id): letter for letter in letters})
        ids = [e.res_id for e in entries if e.res_model == Copy._name]
        copies = Copy.search([("id", "in", ids)])
        found.update({(Copy._name, copy.id): copy.letter_id for copy in copies})
        everything = Letter.browse({letter.id for letter in found.values()})
        everything.fetch()
        everything.endorsement_ids.fetch()
        everything.version_ids.fetch()
        return found

    def _line(self, entry, letter):
        void = entry.state == "void"
        hidden = not letter and entry.res_model in ("lgo.eoffice.letter", "lgo.eoffice.copy")
        note = [self.env._("Cancelled: %s", "" if hidden else entry.void_reason)] if void else []
        line = {"number": str(entry.number) + (f".{entry.point}" if entry.point else "")}
        if not letter:
            return line | {
                "doc_no": "" if self._is_received() else entry.name,
                "doc_date": self._day(entry.date) if not self._is_received() else "",
                "sender": "",
                "addressee": "",
                "subject": self.env._("(secret)") if hidden else entry.label or "",
                "action": "",
                "note": "\n".join(note),
                "void": void,
            }
        old = letter._corrected_values()
        return line | {
            "doc_no": self._cell(old, letter, "doc_no"),
            "doc_date": self._cell(old, letter, "doc_date"),
            "sender": self._cell(old, letter, "from_text"),
            "addressee": self._cell(old, letter, "to_text"),
            "subject": self._cell(old, letter, "subject"),
            "action": letter._register_action(),
            "note": "\n".join(note + letter._register_notes()),
            "void": void,
        }

    def _cell(self, old, letter, name):
        """The text of a column, with what stood there before a correction."""

        def text(value):
            return self._day(value) if letter._fields[name].type == "date" else value or ""

        now = text(letter[name])
        before = text(old[name]) if name in old else now
        return workbook.Corrected(before, now) if before and before != now else now

    @api.model
    def _cell_parts(self, cell):
        """``(struck text, text)`` of a cell for the paper."""
        return cell if isinstance(cell, workbook.Corrected) else ("", cell)

    @api.model
    def _day(self, day):
        day = fields.Date.to_date(day)
        return thai.format_date(day, style="short") if day else ""

    def _columns(self):
        """Headings of the eight columns, as the form names them."""
        first = "เลขทะเบียนรับ" if self._is_received() else "เลขทะเบียนส่ง"
        if self.register_id.code in ("order", "certificate", "announcement", "rule"):
            first = "เลขที่"
        return (first, "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")

    def _heading(self):
        """The line above the columns: the register and its days."""
        self.ensure_one()
        name = self.register_id.name
        if self.register_id.per_unit:
            name = f"{name} {self.unit_id.name}"
        first, last = (self._long_day(day) for day in (self.date_from, self.date_to))
        return f"{name} {first}" if first == last else f"{name} {first} ถึง {last}"

    @api.model
    def _long_day(self, day):
        text = thai.format_date(day, style="long").split(" ")
        return f"วันที่ {text[0]} เดือน {text[1]} พ.ศ. {text[-1]}"

    # ------------------------------------------------------------ out
    def action_print(self):
        """Print the register as the form lays it out."""
        self._check_register()
        self._log_export("pdf")
        return self.env.ref("lgo_eoffice.action_report_register").report_action(self)

    def action_xlsx(self):
        """The same as a workbook."""
        self._check_register()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/eoffice/register/{self.id}.xlsx",
            "target": "download",
        }

    def _workbook(self):
        """The register as bytes of an XLSX file."""
        self._log_export("xlsx")
        keys = ("number", "doc_no", "doc_date", "sender", "addressee", "subject", "action", "note")
        return workbook.table(
            self.register_id.name,
            list(zip(self._columns(), WIDTHS, strict=True)),
            [[line[key] for key in keys] for line in self._lines()],
        )

    def _log_export(self, kind):
        self.env["lgo.audit.log"]._log(
            "register.export",
            self.register_id,
            detail={
                "as": kind,
                "from": fields.Date.to_string(self.date_from),
                "to": fields.Date.to_string(self.date_to),
                "unit": self.unit_id.name if self.register_id.per_unit else "",
            },
        )

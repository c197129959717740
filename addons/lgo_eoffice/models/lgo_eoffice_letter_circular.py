# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeLetter(models.Model):
    """Sending inside the office: recipients of ours get a copy in their inbox.

    Of a circular (ว) each officer of the unit takes note for himself; the list shows who has read
    it and who has not.
    """

    _inherit = "lgo.eoffice.letter"

    reader_ids = fields.One2many("lgo.eoffice.reader", "letter_id", string="Read and noted")
    reader_summary = fields.Char(compute="_compute_reader_summary")

    @api.depends("reader_ids.noted_at", "reader_ids.read_at")
    def _compute_reader_summary(self):
        for letter in self:
            rows = letter.reader_ids
            letter.reader_summary = bool(rows) and self.env._(
                "%(noted)s of %(all)s took note, %(read)s have read it",
                noted=len(rows.filtered("noted_at")),
                all=len(rows),
                read=len(rows.filtered("read_at")),
            )

    def _send_out(self):
        """Units of ours get the letter in their inbox; outside recipients stay recipients."""
        rows = self.sudo().recipient_ids.filtered(
            lambda row: row.state in ("draft", "failed") and row.unit_id
        )
        result = super()._send_out()
        for letter in self.sudo():
            inside = rows.filtered(lambda row, own=letter: row.letter_id == own)
            copies = inside.filtered(lambda row: row.role == "copy")
            info = (inside if letter.is_circular else copies).unit_id
            letter._spread(inside.unit_id - info)
            copies = letter._spread(info, role="info")
            if letter.is_circular:
                letter._list_readers(copies)
            letter._sync_from_copies()
        return result

    def _list_readers(self, copies):
        """A line for each officer of the units, once."""
        self.ensure_one()
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search([("department_id", "in", copies.unit_id.ids), ("user_id", "!=", False)])
        )
        by_unit = {copy.unit_id.id: copy for copy in copies}
        known = self.reader_ids.user_id
        values = {
            employee.user_id: {
                "letter_id": self.id,
                "copy_id": by_unit[employee.department_id.id].id,
                "unit_id": employee.department_id.id,
                "user_id": employee.user_id.id,
            }
            for employee in employees
            if employee.user_id.active and employee.user_id not in known
        }
        return self.env["lgo.eoffice.reader"].sudo().create(list(values.values()))

    def action_remind_readers(self):
        """Button: remind everybody who has not taken note of the circular yet."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.sudo().reader_ids.filtered(lambda row: not row.noted_at)
        self._remind_readers(waiting)
        return True

    def _remind_readers(self, rows):
        """One task for each who has not taken note; who has one already gets no second."""
        kind = "lgo_eoffice.mail_activity_type_circular"
        for row in rows.sudo():
            letter = row.letter_id
            has = letter.activity_ids.filtered(
                lambda task, u=row.user_id: (
                    task.user_id == u and task.activity_type_id == self.env.ref(kind)
                )
            )
            if not has:
                letter.activity_schedule(
                    kind, summary=self.env._("Take note of the circular"), user_id=row.user_id.id
                )
        rows.sudo().write({"reminded_at": fields.Datetime.now()})

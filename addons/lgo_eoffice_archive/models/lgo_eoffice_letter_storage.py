# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models

from odoo.addons.lgo_base.tools import thai


class LgoEofficeLetter(models.Model):
    """The lists with which a finished letter goes into the store.

    Saraban Regulation B.E. 2526, ข้อ ๕๔: the unit sends it with a list (form 19); ข้อ ๕๕: the
    keeper enters it in the register of stored letters (form 20).
    """

    _inherit = "lgo.eoffice.letter"

    stored_on = fields.Date(
        compute="_compute_stored_on", store=True, readonly=False, copy=False,
        help="The day it was entered in the register of stored letters (form 20).",
    )  # fmt: skip

    @api.depends("storage_stage")
    def _compute_stored_on(self):
        today = thai.local_date(fields.Datetime.now())
        for letter in self:
            in_work = letter.storage_stage in (False, "in_work")
            letter.stored_on = False if in_work else letter.stored_on or today

    # ------------------------------------------------------------ paper
    def _paper_storage(self, register=False):
        """The letters of form 19, or of form 20, in the order of the form.

        :param bool register: form 20: only what is in the store, in the order of its days
        """
        letters = self.filtered("stored_on") if register else self
        day = "stored_on" if register else "doc_date"
        return letters.sorted(lambda letter: (letter[day] or date.max, letter.id))

    @api.model
    def _paper_today(self):
        """The day on which a list is written."""
        return thai.format_date(thai.local_date(fields.Datetime.now()))

    @api.model
    def _paper_short_day(self, day):
        """A day in the columns of a form, empty when there is none."""
        return thai.format_date(day, style="short") if day else ""

    def _paper_storage_days(self):
        """Column อายุการเก็บหนังสือ of form 19."""
        self.ensure_one()
        retention = self.retention_id
        if self.medium == "electronic":
            return "ไม่มีอายุการเก็บ"
        if retention.keep_forever:
            return "ห้ามทำลาย"
        return f"{thai.to_thai_digits(str(retention.years))} ปี" if retention.years else ""

    def _paper_storage_until(self):
        """Column กำหนดเวลาเก็บ of form 20, as the stamp of keeping says (ข้อ ๕๖)."""
        self.ensure_one()
        return self.stamp_text or self._paper_storage_days()

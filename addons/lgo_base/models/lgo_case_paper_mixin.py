# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models

from ..tools import thai


class LgoCasePaperMixin(models.AbstractModel):
    """What the printed papers of a case ask for: Thai dates, limits, details, QR."""

    _name = "lgo.case.paper.mixin"
    _description = "Papers of a Case"

    def _paper_date(self, value):
        """A date as official papers write it: ๒๓ พฤศจิกายน ๒๕๖๙."""
        if not value:
            return "-"
        day = thai.local_date(value) if hasattr(value, "hour") else value
        return thai.format_date(day, style="long", digits="thai")

    def _paper_datetime(self, value):
        """A moment with Bangkok time: ๒๓ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๓๐ น."""
        return f"{self._paper_date(value)} เวลา {thai.format_time(value)}" if value else "-"

    def _paper_applicant(self):
        """The applicant, and who acts for them: both stand on the receipt."""
        agent = self._agent_display_name()
        if not agent:
            return self.applicant_name
        return f"{self.applicant_name} โดย {agent} ผู้รับมอบอำนาจ"

    def _received_later(self):
        """Whether the case counts as received at another time than it was sent.

        Electronic Administration Act B.E. 2565, s.10: what comes in outside office hours is
        received when the office opens next.
        """
        self.ensure_one()
        if not self.submitted_at or not self.deemed_received_at:
            return False
        return self.deemed_received_at - self.submitted_at >= timedelta(minutes=1)

    def _paper_limit(self):
        """The time of the manual in words: ๕ วันทำการ."""
        limit, unit, _duty = self._clock_limit("decision")
        units = {"minute": "นาที", "hour": "ชั่วโมง", "day": "วัน", "working_day": "วันทำการ"}
        return f"{thai.to_thai_digits(str(limit))} {units.get(unit, 'วัน')}"

    def _paper_details(self):
        """Rows (label, text) that the concrete model adds to the acknowledgement."""
        return []

    def _paper_notice(self):
        """The late notice that is being printed, else the newest."""
        notice_id = self.env.context.get("lgo_notice_id")
        notices = self.notice_ids
        return notices.filtered(lambda notice: notice.id == notice_id) or notices[-1:]

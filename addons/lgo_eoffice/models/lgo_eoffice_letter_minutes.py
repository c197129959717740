# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoEofficeLetter(models.Model):
    """Minutes of a meeting as a letter: who was there, from when to when, who wrote.

    Saraban Regulation B.E. 2526, ข้อ ๒๕ and form 11. The matters with their resolutions
    (มติที่ประชุม) are the text of the letter.
    """

    _inherit = "lgo.eoffice.letter"

    meeting_place = fields.Char()
    meeting_started_at = fields.Datetime(string="Meeting began")
    meeting_ended_at = fields.Datetime(string="Meeting ended")
    meeting_present = fields.Text(
        string="Who was present", help="ผู้มาประชุม, one a line with the post."
    )
    meeting_absent = fields.Text(
        string="Who was absent", help="ผู้ไม่มาประชุม, one a line with the post and the reason."
    )
    meeting_attending = fields.Text(string="Who attended", help="ผู้เข้าร่วมประชุม, one a line.")
    recorder_id = fields.Many2one(
        comodel_name="res.users", string="Minutes taken by", ondelete="restrict",
        index="btree_not_null", help="ผู้จดรายงานการประชุม; who signs the letter has checked them.",
    )  # fmt: skip

    @api.constrains("meeting_started_at", "meeting_ended_at")
    def _check_meeting_times(self):
        for letter in self:
            start, end = letter.meeting_started_at, letter.meeting_ended_at
            if start and end and end < start:
                raise ValidationError(
                    self.env._("The meeting cannot end before it began. Check the times.")
                )

    def _paper_meeting(self):
        """What the head of the minutes says; the add-on of meetings answers from its own rows.

        :return: dict with ``board``, ``place``, ``started``, ``ended``, ``recorder`` and
            ``people``: list of ``(heading, [line, …])``
        """
        self.ensure_one()
        groups = (
            ("ผู้มาประชุม", self.meeting_present),
            ("ผู้ไม่มาประชุม", self.meeting_absent),
            ("ผู้เข้าร่วมประชุม", self.meeting_attending),
        )
        return {
            "board": (self.subject or "").removeprefix("รายงานการประชุม").strip(),
            "place": self.meeting_place,
            "started": self.meeting_started_at,
            "ended": self.meeting_ended_at,
            "recorder": self.recorder_id.sudo().name,
            "people": [(heading, self._paper_lines(text)) for heading, text in groups if text],
        }

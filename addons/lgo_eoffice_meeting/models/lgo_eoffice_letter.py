# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: States of a letter that is signed, numbered and in force.
SIGNED = ("numbered", "sent", "closed")
PUBLISHERS = "lgo_base.group_publisher,lgo_eoffice.group_saraban"


class LgoEofficeLetter(models.Model):
    """Letters of meetings, and documents that stand on the public board."""

    _inherit = "lgo.eoffice.letter"

    meeting_id = fields.Many2one(
        comodel_name="lgo.eoffice.meeting", copy=False, index="btree_not_null", readonly=True,
        ondelete="restrict", help="The meeting that this letter calls or reports.",
    )  # fmt: skip
    publication_ids = fields.One2many(
        comodel_name="lgo.announcement", inverse_name="letter_id", string="Publications"
    )
    publication_id = fields.Many2one(
        comodel_name="lgo.announcement", string="On the website", compute="_compute_publication"
    )
    can_publish = fields.Boolean(compute="_compute_publication")

    @api.depends("publication_ids.state", "state", "secrecy", "document_id.state", "kind_id")
    def _compute_publication(self):
        for letter in self:
            letter.publication_id = letter.publication_ids.filtered(
                lambda one: one.state == "published"
            )[:1]
            letter.can_publish = not letter.publication_id and not letter._publish_problem()

    def _publish_problem(self):
        """Why the letter may not be shown to everyone, as a sentence; empty when it may."""
        self.ensure_one()
        letter = self.sudo()
        if letter.secrecy != "normal":
            return self.env._("A secret document is never published.")
        if letter.direction == "in" or not letter.kind_id.can_publish:
            return self.env._("A document of this kind is not published on the board.")
        document = letter.document_id
        if letter.state not in SIGNED or not document or document.state != "valid":
            return self.env._("Only a document that is signed, numbered and in force is published.")
        return ""

    def _check_publisher(self):
        """:raises AccessError: the user may not publish, or may not read the letter"""
        if not self.env.user.has_groups(PUBLISHERS):
            raise AccessError(
                self.env._("Only those who publish on the website or the registrar may do this.")
            )
        self.check_access("read")

    def action_publish_board(self):
        """Ask for how long and for the look at personal data."""
        self.ensure_one()
        self._check_publisher()
        problem = self._publish_problem()
        if problem:
            raise UserError(problem)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish on the website"),
            "res_model": "lgo.eoffice.publish",
            "view_mode": "form",
            "target": "new",
            "context": {"default_letter_id": self.id, "default_name": self.subject},
        }

    def action_withdraw_board(self):
        """Ask why it is taken from the website."""
        self.ensure_one()
        self._check_publisher()
        return self.publication_id._ask_reason()

    def _hide_traces(self):  # pylint: disable=missing-return
        """What stood on the website is taken from it, and from whoever reads the lists here."""
        super()._hide_traces()
        notices = self.sudo().publication_ids
        if notices:
            notices.with_context(tracking_disable=True).write(
                {"state": "withdrawn", "name": self.sudo().open_subject, "body": False}
            )
            self.env["lgo.audit.log"]._log("announcement.withdraw", notices)

    def _paper_meeting(self):
        """Head of the minutes: from the meeting when the letter is its minutes."""
        meeting = self.sudo().meeting_id
        return meeting._minutes_head() if self._is_minutes() else super()._paper_meeting()

    def _is_minutes(self):
        self.ensure_one()
        return bool(self.meeting_id) and self.sudo().meeting_id.minutes_id == self

    def write(self, vals):
        """A letter belongs to its meeting from the beginning.

        :raises AccessError: the meeting is changed
        """
        if "meeting_id" in vals and not self.env.su:
            raise AccessError(self.env._("A letter stays with the meeting it was made for."))
        return super().write(vals)

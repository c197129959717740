# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

#: States of a received letter in which there is nothing to answer yet, or no more.
UNANSWERED = ("new", "rejected", "cancelled")


class LgoEofficeLetter(models.Model):
    _inherit = "lgo.eoffice.letter"

    def action_answer(self):
        """Begin an answer: a new letter, not saved yet, with what the received one says of itself.

        :return: the action that opens its form
        :raises UserError: the letter is none that is answered
        """
        self.ensure_one()
        self.check_access("read")
        if not self._can_be_answered():
            raise UserError(self.env._("Register the letter first; then it can be answered."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "context": {
                f"default_{name}": value for name, value in self._answer_values().items() if value
            },
        }

    def _can_be_answered(self):
        return self.direction == "in" and self.state not in UNANSWERED

    def _answer_values(self):
        """Defaults of the answer; its references begin with this letter (อ้างถึง)."""
        inside = self.kind_id.group == "internal"
        kind = self.env["lgo.eoffice.kind"].search(
            [("code", "=", "INT" if inside else "EXT")], limit=1
        )
        return {
            "direction": kind.direction,
            "kind_id": kind.id,
            "subject": self.subject,
            "secrecy": self.secrecy,
            "agency_id": self.agency_id.id,
            "addressee": self.agency_id.head_title or self.from_text,
            "signer_post_id": False if inside else self._executive_post().id,
            "reply_to_id": self.id,
            "reference_ids": [
                fields.Command.create(
                    {
                        "ref_letter_id": self.id,
                        "org": self.from_text,
                        "urgency_text": self._paper_urgency(),
                        "doc_no": self.doc_no,
                        "doc_date": fields.Date.to_string(self.doc_date),
                    }
                )
            ],
            "recipient_ids": [fields.Command.create(self._answer_recipient())],
        }

    def _answer_recipient(self):
        """Values of the one to whom the answer goes."""
        if self.agency_id:
            return {"role": "to", "agency_id": self.agency_id.id}
        return {"role": "to", "name": self.from_text}

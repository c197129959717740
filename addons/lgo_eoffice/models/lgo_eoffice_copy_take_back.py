# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .lgo_eoffice_copy import Standing

#: Steps that no one takes back: they gave a number, or moved nothing.
FINAL_STEPS = ("sign", "comment", "take_back")


class LgoEofficeCopy(models.Model):
    """Undoing one's own last step while nobody has opened the letter."""

    _inherit = "lgo.eoffice.copy"

    def action_take_back(self):
        """Button: undo one's own last step while nobody has opened the letter.

        What was written stays; a second note says that it was taken back.

        :raises UserError: too late, opened, or moved on
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_rows()
        copy = self.sudo()
        note = copy._note_to_take_back()
        made = self.browse((note.undo or {}).get("made", [])).exists().sudo()
        if not note or any(row.opened_at or row.received_at or row.step for row in made):
            raise UserError(
                self.env._(
                    "The step can no longer be taken back: the time for it is over, or the letter "
                    "was opened. Write another note."
                )
            )
        made.unlink()
        copy._place(**note.undo["copy"])
        copy._shut_out(note.undo)
        standing = Standing(note.name, note.capacity, note.order_no, note.from_post_id)
        text = self.env._("Taken back: %(text)s", text=note.text)
        copy._write_note("take_back", text, standing, {})
        copy.letter_id._sync_from_copies()
        return True

    def action_can_take_back(self):
        """Whether the last step of the user may be undone, to offer it when the step was done.

        :return: ``False`` also for who sees the letter no more after the step
        """
        self.ensure_one()
        return self.has_access("read") and bool(self._note_to_take_back())

    def _shut_out(self, undo):
        """Whom a step let in that was taken back sees the letter no more, unless it is there."""
        letter = self.letter_id
        lying = letter.copy_ids.filtered(lambda row: row.state == "open")
        people = self.env["res.users"].union(*(row._people() for row in lying))
        units = self.env["hr.department"].browse(undo.get("units", []))
        users = self.env["res.users"].browse(undo.get("users", []))
        units = (units & letter.unit_ids) - letter.copy_ids.unit_id
        users = (users & letter.access_user_ids) - people - letter.endorsement_ids.user_id
        if units:
            letter._from_machine().write(
                {"unit_ids": [fields.Command.unlink(i) for i in units.ids]}
            )
        if users:
            letter.write({"access_user_ids": [fields.Command.unlink(i) for i in users.ids]})
            self.env["lgo.audit.log"]._log(
                "letter.access", letter, detail={"added": [], "removed": users.mapped("login")},
                severity="warning",
            )  # fmt: skip

    def _note_to_take_back(self):
        """The note of the user that may still be taken back, or an empty recordset."""
        self.ensure_one()
        copy = self.sudo()
        note = copy.letter_id.endorsement_ids.filtered(lambda row: row.copy_id == copy)[-1:]
        minutes = copy.company_id.lgo_take_back_minutes
        if (
            note
            and note.user_id.id == self.env.uid
            and note.action not in FINAL_STEPS
            and note.undo
            and not copy.reader_ids
            and not copy.opened_at
            and copy.letter_id.state in ("registered", "routed", "ordered", "in_progress", "done")
            and fields.Datetime.now() - note.at <= timedelta(minutes=minutes)
        ):
            return note
        return note.browse()

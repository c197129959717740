# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoEofficeLetter(models.Model):
    """What the register prints of a letter beside its own fields."""

    _inherit = "lgo.eoffice.letter"

    def _corrected_values(self):
        """{field: what it said at first} of a letter that was corrected."""
        self.ensure_one()
        old = {}
        corrections = self.version_ids.filtered(lambda version: version.kind == "correction")
        for version in corrections.sorted("number"):
            for name, value in (version.content or {}).items():
                old.setdefault(name, value)
        return old

    def _register_action(self):
        """Column การปฏิบัติ: what was done, or the last note and where the letter lies."""
        self.ensure_one()
        if self.result:
            return self.result
        last = self.endorsement_ids.sorted("sequence")[-1:]
        where = self.holder_unit_id.name or ""
        return " ".join(filter(None, (last.text, where)))

    def _register_notes(self):
        """Lines of the column หมายเหตุ: urgency, way of coming, copies, acknowledgements."""
        self.ensure_one()
        notes = []
        if self.deliver_by:
            notes.append(f"{self._paper_urgency()} {self._paper_deliver_by()}")
        elif self.urgency != "normal":
            notes.append(self._label_of("urgency"))
        if self.direction == "in" and self.receive_channel not in (False, "paper"):
            notes.append(self._label_of("receive_channel"))
        if self.duplicate_of_id:
            notes.append(self.env._("Received before as %s", self.duplicate_of_id.receive_no or ""))
        notes += [
            self.env._("%(name)s registered it as %(number)s", name=row.name, number=row.ack_no)
            for row in self.recipient_ids
            if row.ack_no
        ]
        return notes

    @api.model
    def _label_of(self, name):
        field = self._fields[name]
        return dict(field._description_selection(self.env)).get(self[name], "")

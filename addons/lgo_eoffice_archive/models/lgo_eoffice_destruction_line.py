# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lgo_base.tools import thai

#: State of the round -> fields that the committee and the keeper write then; all else is written
#: by the round. The archives may want a letter longer, so the year is written with their answer.
DECIDED = {
    "committee": frozenset({"decision", "extend_to_be", "chair_initialled", "note"}),
    "sent_archives": frozenset({"archives_answer", "extend_to_be"}),
}
_ROUND = object()


class LgoEofficeDestructionLine(models.Model):
    """A letter on the list of destruction (form 25), with what was decided and the proof."""

    _name = "lgo.eoffice.destruction.line"
    _description = "Letter on a List of Destruction"
    _order = "destruction_id, sequence, id"

    destruction_id = fields.Many2one(
        comodel_name="lgo.eoffice.destruction", required=True, readonly=True, index=True,
        ondelete="cascade",
    )  # fmt: skip
    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    state = fields.Selection(related="destruction_id.state")
    sequence = fields.Integer(string="No.", readonly=True, aggregator=None)
    folder_code = fields.Char(string="File", readonly=True)
    doc_no = fields.Char(string="Number", readonly=True)
    doc_date = fields.Date(string="Dated", readonly=True)
    receive_no = fields.Integer(string="Receive number", readonly=True, aggregator=None)
    subject = fields.Char(readonly=True)
    decision = fields.Selection([("destroy", "Destroy (×)"), ("keep", "Do not destroy")])
    extend_to_be = fields.Integer(string="Keep until (B.E.)", aggregator=None)
    chair_initialled = fields.Boolean(string="Initialled by the chair")
    archives_answer = fields.Selection(
        [
            ("agree", "Agree"),
            ("extend", "Keep longer"),
            ("forever", "Keep for ever"),
            ("hand_over", "Hand over"),
        ],
        string="Answer of the archives",
    )
    note = fields.Char()
    outcome = fields.Selection(
        [
            ("destroyed", "Destroyed"),
            ("spared", "Not destroyed: no longer allowed"),
            ("kept", "Kept"),
        ],
        readonly=True,
    )
    proof = fields.Json(readonly=True, help="Name, size and SHA-256 of every deleted file.")

    _letter_uniq = models.UniqueIndex("(destruction_id, letter_id)")
    _year_range = models.Constraint(
        "CHECK (COALESCE(extend_to_be, 0) = 0 OR extend_to_be BETWEEN 2500 AND 2700)",
        "Give the year in B.E., such as 2570.",
    )

    def _from_round(self):
        """``self`` allowed to write what the round writes; never handed to a caller."""
        return self.with_context(lgo_destruction=_ROUND).sudo()

    def write(self, vals):
        """Decisions are written while the committee has the list, the answer of the archives later.

        :raises UserError: too early or too late
        :raises AccessError: a field that the round writes itself
        """
        if self.env.context.get("lgo_destruction") is not _ROUND:
            if vals.keys() - frozenset().union(*DECIDED.values()):
                raise AccessError(self.env._("The list of destruction is written by the survey."))
            for line in self:
                state = line.destruction_id.state
                if "archives_answer" in vals and state != "sent_archives":
                    raise UserError(
                        self.env._("The archives have not been asked, or have answered.")
                    )
                kept = state == "sent_archives" and line.decision == "keep"
                if vals.keys() - DECIDED.get(state, set()) or (kept and "extend_to_be" in vals):
                    raise UserError(
                        self.env._("Lines are decided while the list is with the committee.")
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_in_survey(self):
        if any(line.destruction_id.state != "survey" for line in self):
            raise UserError(self.env._("A line stays on the list once a committee has it."))

    def _paper_decision(self):
        """Column การพิจารณา: a cross, or the year until which it is kept (ข้อ ๖๘)."""
        self.ensure_one()
        if self.decision == "destroy":
            return "×"
        if self.decision == "keep" and self.extend_to_be:
            return f"เก็บถึง พ.ศ. {thai.to_thai_digits(str(self.extend_to_be))}"
        return "ไม่ควรทำลาย" if self.decision == "keep" else ""

    def _record_destruction(self, proof):
        self._from_round().write({"outcome": "destroyed", "proof": proof})

    def _apply_keeping(self):
        """Letters that stay: the new year, or the class of lasting value."""
        lasting = self.filtered(lambda line: line.archives_answer in ("forever", "hand_over"))
        lasting.letter_id.write({"is_archival": True})
        longer = (self - lasting).filtered("extend_to_be").grouped("extend_to_be")
        for year, lines in longer.items():
            lines.letter_id._from_machine().write({"extended_until_be": year})
        self._from_round().write({"outcome": "kept"})

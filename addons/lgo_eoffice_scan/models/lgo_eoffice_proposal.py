# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.lgo_base.tools import thai

from ..tools import agency_match

#: Field of the letter that a proposal is for.
TARGETS = {
    "kind": "kind_id",
    "doc_no": "doc_no",
    "doc_date": "doc_date",
    "subject": "subject",
    "agency": "agency_id",
    "from_text": "from_text",
    "to_text": "to_text",
    "urgency": "urgency",
    "references": "reference_ids",
    "enclosures": "enclosure_ids",
}
PLAIN = ("doc_no", "subject", "from_text", "to_text", "signer")


class LgoEofficeProposal(models.Model):
    """What was read on a paper, for the clerk to take over field by field.

    Nothing is written to the letter unless a clerk says so; a field that somebody has filled is
    overwritten by the button of that very proposal only.
    """

    _name = "lgo.eoffice.proposal"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Proposal Read on a Paper"
    _order = "letter_id, sequence, id"

    sequence = fields.Integer()
    field = fields.Selection(
        [
            ("kind", "Kind"),
            ("doc_no", "Number"),
            ("doc_date", "Dated"),
            ("subject", "Subject"),
            ("agency", "Agency"),
            ("from_text", "From"),
            ("to_text", "To"),
            ("urgency", "Urgency"),
            ("references", "References"),
            ("enclosures", "Enclosures"),
            ("signer", "Signed by"),
        ],
        string="What",
        required=True,
    )
    value = fields.Text(string="Read on the paper", required=True)
    data = fields.Json(help="The value as it is written to the letter.")
    confidence = fields.Integer(
        string="Sure (%)", aggregator=None, help="How sure the reading is; below 60 look twice."
    )
    is_used = fields.Boolean(string="Taken over")
    can_use = fields.Boolean(compute="_compute_can_use")

    _field_uniq = models.UniqueIndex("(letter_id, field)", "This field has a proposal already.")

    # ------------------------------------------------------------ making
    @api.model
    def _propose(self, letter, found):
        """Store what the parser found of a letter.

        :param dict found: see ``letter_parser.parse``
        """
        letter.proposal_ids.unlink()
        found = self._with_agency(letter, found)
        rows = []
        for sequence, name in enumerate(dict(self._fields["field"].selection)):
            guess = found.get(name)
            value, data = self._stored(letter, name, guess.value) if guess else ("", None)
            if value:
                rows.append(
                    {
                        "letter_id": letter.id,
                        "sequence": sequence,
                        "field": name,
                        "value": value,
                        "data": data,
                        "confidence": guess.confidence,
                    }
                )
        return self.create(rows)

    @api.model
    def _with_agency(self, letter, found):
        """Add the agency of the directory that the sender names."""
        sender = found.get("from_text")
        if not sender:
            return found
        agencies = self.env["lgo.eoffice.agency"].search(
            Domain("company_id", "in", (False, letter.company_id.id))
        )
        agency, likeness = agency_match.best(
            sender.value, ((row.id, (row.name, row.short_name)) for row in agencies)
        )
        if not agency:
            return found
        return found | {
            "agency": sender._replace(value=agency, confidence=round(sender.confidence * likeness))
        }

    @api.model
    def _stored(self, letter, name, value):
        """``(text to show, value to write)`` of a guess."""
        if name in PLAIN:
            return value, value
        if name == "doc_date":
            return thai.format_date(value), fields.Date.to_string(value)
        if name == "agency":
            return self.env["lgo.eoffice.agency"].browse(value).name, value
        if name == "kind":
            kind = self.env["lgo.eoffice.kind"].search([("code", "=", value)], limit=1)
            return kind.is_received and kind.name, kind.id
        if name == "urgency":
            options = dict(letter._fields["urgency"]._description_selection(self.env))
            return options.get(value), value
        return self._stored_rows(name, value)

    @api.model
    def _stored_rows(self, name, rows):
        if name == "references":
            data = [
                {
                    "org": row.org or row.text,
                    "doc_no": row.doc_no,
                    "doc_date": fields.Date.to_string(row.doc_date) if row.doc_date else False,
                }
                for row in rows
            ]
            return "\n".join(row.text for row in rows), data
        data = [{"name": row.name, "qty": row.qty, "unit_name": row.unit} for row in rows]
        text = "\n".join(f"{row.name} {row.qty} {row.unit}".strip() for row in rows)
        return text, data

    # ------------------------------------------------------------ taking over
    @api.depends("field", "data", "is_used", *(f"letter_id.{name}" for name in TARGETS.values()))
    def _compute_can_use(self):
        for proposal in self:
            proposal.can_use = bool(
                proposal.field in TARGETS
                and not proposal.is_used
                and not proposal.letter_id.register_entry_id
                and not proposal._is_there()
            )

    def _is_there(self):
        """Whether the letter says the same already."""
        letter, target = self.letter_id, TARGETS.get(self.field)
        if not target:
            return False
        now = letter[target]
        if self.field in ("agency", "kind"):
            return now.id == self.data
        if self.field == "doc_date":
            return bool(now) and fields.Date.to_string(now) == self.data
        if self.field in ("references", "enclosures"):
            return False
        return now == self.data

    def _is_untouched(self):
        """Whether nobody has filled the field of the letter."""
        letter = self.letter_id
        if self.field == "urgency":
            return letter.urgency == "normal"
        if self.field == "kind":
            return letter.kind_id == letter._default_kind()
        if self.field == "to_text":
            return letter.to_text in (False, letter._executive_title())
        if self.field == "subject":
            name = letter.main_attachment_id.sudo().name or ""
            return letter.subject in (False, name, name.rpartition(".")[0])
        return not letter[TARGETS[self.field]]

    def _letter_values(self):
        """What is written to the letter."""
        self.ensure_one()
        target = TARGETS[self.field]
        if self.field == "references":
            return {target: [Command.create(self._linked(row)) for row in self.data]}
        if self.field == "enclosures":
            return {
                target: [
                    Command.create({name: value for name, value in row.items() if value})
                    for row in self.data
                ]
            }
        return {target: self.data}

    def _linked(self, row):
        """A reference with the letter in the system, when the clerk may see it."""
        letters = self.env["lgo.eoffice.letter"]
        key = letters._normalise_no(row["doc_no"])
        earlier = key and letters.search(
            [
                ("doc_no_key", "=", key),
                ("id", "!=", self.letter_id.id),
                ("company_id", "=", self.letter_id.company_id.id),
            ],
            limit=1,
        )
        return {**row, "ref_letter_id": earlier.id if earlier else False}

    def action_use(self):
        """Button: write these proposals to their letters.

        :raises UserError: the letter is registered (it is corrected then, with a reason)
        """
        for letter, proposals in self.grouped("letter_id").items():
            letter.check_access("write")
            if letter.register_entry_id:
                raise UserError(
                    self.env._(
                        "The letter is registered. Use “Correct” and give the reason: the old "
                        "text stays readable."
                    )
                )
            usable = proposals.filtered(lambda row: row.field in TARGETS and not row.is_used)
            values = {}
            for proposal in usable:
                values |= proposal._letter_values()
            if values:
                letter.write(values)
                usable.sudo().is_used = True
        return True

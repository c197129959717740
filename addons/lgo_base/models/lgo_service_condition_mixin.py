# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoServiceConditionMixin(models.AbstractModel):
    """What a form asks for only when an earlier question was answered in a certain way."""

    _name = "lgo.service.condition.mixin"
    _description = "Asked Only If"

    condition_code = fields.Char(
        string="Code of the question",
        help="Code of the question on which this hangs; kept instead of the question itself, so"
        " that data files and duplicates need no second step.",
    )
    condition_question_id = fields.Many2one(
        comodel_name="lgo.service.question",
        string="Only if the question",
        compute="_compute_condition_question_id",
        inverse="_inverse_condition_question_id",
        help="Asked only when this earlier question was answered as said here.",
    )
    condition_operator = fields.Selection(
        selection=[
            ("is", "is answered with"),
            ("is_not", "is answered otherwise than"),
            ("contains", "contains the words"),
            ("yes", "is ticked"),
            ("no", "is not ticked"),
        ],
        string="Condition",
        default="is",
    )
    condition_values = fields.Text(
        string="Answers of the condition",
        help="The answers or words that count, one a line, as they stand in that question.",
    )
    condition_text = fields.Char(compute="_compute_condition_text", string="Asked only if")

    @api.depends("condition_code", "service_id.all_question_ids.code")
    def _compute_condition_question_id(self):
        for record in self:
            code = record.condition_code
            record.condition_question_id = (
                code
                and record.service_id.all_question_ids.filtered(
                    lambda question, code=code: question.code == code
                )[:1]
            )

    def _inverse_condition_question_id(self):
        for record in self:
            record.condition_code = record.condition_question_id.code

    @api.depends("condition_question_id", "condition_operator", "condition_values")
    @api.depends_context("lang")
    def _compute_condition_text(self):
        operators = dict(
            self.env["lgo.service.question"]
            ._fields["condition_operator"]
            ._description_selection(self.env)
        )
        for record in self:
            if not record.condition_question_id:
                record.condition_text = False
                continue
            parts = [
                f"“{record.condition_question_id.name}”",
                operators.get(record.condition_operator or "is"),
            ]
            if record.condition_operator not in ("yes", "no"):
                parts.append(", ".join(record._condition_lines()))
            record.condition_text = " ".join(filter(None, parts))

    def _condition_lines(self):
        self.ensure_one()
        return [line.strip() for line in (self.condition_values or "").splitlines() if line.strip()]

    def _condition(self, definitions, before=None):
        """The condition as it is kept in definitions and versions, or ``None``.

        :param dict definitions: code -> definition of the questions that stand before
        :param dict before: the same as they were until now: an answer that got other words is
            found by its code
        :raises ValidationError: the question does not stand before, or has no such answer
        """
        self.ensure_one()
        code = self.condition_code
        if not code:
            return None
        definition = definitions.get(code)
        if not definition or definition["type"] == "separator":
            raise ValidationError(
                self.env._(
                    "“%(name)s” hangs on “%(question)s”: that question must stand before it and"
                    " must have an answer.",
                    name=self.name,
                    question=self.condition_question_id.name or code,
                )
            )
        label = definition["string"].rstrip(" *")
        operator = self.condition_operator or "is"
        if operator in ("yes", "no"):
            return {"question": code, "operator": operator, "values": []}
        lines = self._condition_lines()
        if not lines:
            raise ValidationError(
                self.env._(
                    "Write with which answers to “%(question)s” “%(name)s” is asked.",
                    name=self.name,
                    question=label,
                )
            )
        options = definition.get("selection") or definition.get("tags") or []
        if options and operator != "contains":
            lines = self._condition_codes(lines, options, (before or {}).get(code) or {}, label)
        return {"question": code, "operator": operator, "values": lines}

    def _condition_codes(self, lines, options, before, label):
        codes = {option[1]: option[0] for option in options}
        labels = {option[0]: option[1] for option in options}
        old = {
            option[1]: option[0] for option in before.get("selection") or before.get("tags") or []
        }
        found = [codes.get(line) or old.get(line) for line in lines]
        unknown = [line for line, code in zip(lines, found, strict=True) if code not in labels]
        if unknown:
            raise ValidationError(
                self.env._(
                    "“%(question)s” has no answer “%(answer)s”, on which “%(name)s” hangs.",
                    question=label,
                    answer=", ".join(unknown),
                    name=self.name,
                )
            )
        words = "\n".join(labels[code] for code in found)
        if words != "\n".join(lines):
            self.condition_values = words
        return found

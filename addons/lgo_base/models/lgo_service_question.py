# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import uuid

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What a required question shows in forms that know nothing of ``required``.
REQUIRED_MARK = " *"


class LgoServiceQuestion(models.Model):
    """A question of a service, as the catalogue manager edits it.

    The answers of a case are Properties whose definition stands on the service; these rows are
    the editor of that definition. A change of a row writes the definition, a definition
    written as a whole (data file, copy) writes the rows: see ``lgo.service``.
    """

    _name = "lgo.service.question"
    _description = "Service Question"
    _order = "service_id, sequence, id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True)
    code = fields.Char(
        required=True,
        default=lambda self: f"q_{uuid.uuid4().hex[:8]}",
        help="Under this name the answers are kept. It never changes.",
    )
    kind = fields.Selection(
        selection=[
            ("char", "Short text"),
            ("text", "Long text"),
            ("selection", "One of several answers"),
            ("tags", "Several answers"),
            ("boolean", "Yes or no"),
            ("integer", "Whole number"),
            ("float", "Number with decimals"),
            ("date", "Date"),
            ("separator", "Heading"),
        ],
        string="Type of answer",
        required=True,
        default="char",
    )
    required = fields.Boolean(
        help="The citizen cannot file the request without an answer; “yes or no” must be ticked."
    )
    help = fields.Char(
        string="Hint", help="A line under the question: what to write and where to find it."
    )
    options = fields.Text(
        string="Answers", help="One answer a line, for a question with answers to choose from."
    )

    _code_uniq = models.Constraint(
        "UNIQUE (service_id, code)", "Two questions of a service cannot have the same code."
    )

    # ------------------------------------------------------------ constraints
    @api.constrains("code", "kind", "options")
    def _check_question(self):
        for question in self:
            if not CODE.fullmatch(question.code) or question.code.endswith("_html"):
                raise ValidationError(
                    self.env._(
                        "The code of a question needs small Latin letters, digits and"
                        " underscores, and begins with a letter."
                    )
                )
            lines = question._option_lines()
            if question.kind in ("selection", "tags") and not lines:
                raise ValidationError(
                    self.env._(
                        "Write the answers of “%(question)s”, one a line.", question=question.name
                    )
                )
            if len(set(lines)) != len(lines):
                raise ValidationError(
                    self.env._(
                        "An answer of “%(question)s” is written twice.", question=question.name
                    )
                )

    # ------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.service_id._write_question_definition()
        return questions

    def write(self, vals):
        if "code" in vals and any(question.code != vals["code"] for question in self):
            raise ValidationError(
                self.env._("The code of a question never changes: answers are kept under it.")
            )
        services = self.service_id
        result = super().write(vals)
        (services | self.service_id)._write_question_definition()
        return result

    def unlink(self):
        services = self.service_id
        result = super().unlink()
        services.exists()._write_question_definition()
        return result

    # ------------------------------------------------------------ definition
    def _option_lines(self):
        self.ensure_one()
        return [line.strip() for line in (self.options or "").splitlines() if line.strip()]

    def _property(self, before):
        """The property definition of this question.

        :param dict before: the definition it had until now, ``{}`` for a new question; the
            codes of its answers are kept, so that stored answers keep their meaning
        :rtype: dict
        """
        self.ensure_one()
        label = self.name.strip()
        mark = REQUIRED_MARK if self.required and self.kind != "separator" else ""
        values = {"name": self.code, "type": self.kind, "string": label + mark}
        if mark:
            values["required"] = True
        if self.help:
            values["help"] = self.help.strip()
        if self.kind in ("selection", "tags"):
            values[self.kind] = self._property_options(before.get(self.kind) or [])
        return values

    def _property_options(self, before):
        lines = self._option_lines()
        codes = {option[1]: option[0] for option in before}
        colours = {option[0]: option[2] for option in before if len(option) > 2}
        result = []
        for index, line in enumerate(lines):
            code = codes.get(line)
            if not code and len(before) == len(lines) and before[index][1] not in lines:
                code = before[index][0]  # the same answer in other words
            code = code or uuid.uuid4().hex[:8]
            option = [code, line]
            if self.kind == "tags":
                option.append(colours.get(code, index % 12))
            result.append(option)
        return result

    @api.model
    def _vals_of_property(self, definition, sequence):
        """The values of the row that edits a property ``definition``."""
        label = (definition.get("string") or definition["name"]).rstrip()
        options = definition.get("selection") or definition.get("tags") or []
        return {
            "sequence": sequence,
            "code": definition["name"],
            "name": label.rstrip(" *") or label,
            "kind": definition["type"],
            "required": bool(definition.get("required") or label.endswith("*")),
            "help": definition.get("help") or False,
            "options": "\n".join(option[1] for option in options) or False,
        }

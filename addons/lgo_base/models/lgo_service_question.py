# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import uuid

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.form_answers import MAX_ROWS

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
    _inherit = ["lgo.service.condition.mixin"]
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
            ("group", "Group that is repeated"),
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

    parent_id = fields.Many2one(
        comodel_name="lgo.service.question",
        string="Group",
        ondelete="cascade",
        index="btree_not_null",
    )
    child_ids = fields.One2many(
        comodel_name="lgo.service.question",
        inverse_name="parent_id",
        string="Questions of the group",
        help="Asked once for every line, such as every household of a list.",
    )
    min_rows = fields.Integer(string="At least", default=0, help="Lines that must be filled in.")
    max_rows = fields.Integer(string="At most", default=10, help="Lines that may be filled in.")

    _rows_range = models.Constraint(
        f"CHECK (min_rows >= 0 AND max_rows BETWEEN 1 AND {MAX_ROWS} AND min_rows <= max_rows)",
        "A group has between 1 and 50 lines, and not fewer at most than at least.",
    )
    _code_uniq = models.Constraint(
        "UNIQUE (service_id, code)", "Two questions of a service cannot have the same code."
    )

    # ------------------------------------------------------------ constraints
    @api.constrains("parent_id", "kind")
    def _check_group(self):
        for question in self:
            if question.parent_id and (
                question.kind in ("group", "separator") or question.parent_id.kind != "group"
            ):
                raise ValidationError(
                    self.env._("A group holds questions only, no headings and no other groups.")
                )
            if question.child_ids and question.kind != "group":
                raise ValidationError(
                    self.env._("“%(question)s” has questions of a group.", question=question.name)
                )

    @api.constrains("code", "kind", "options")
    def _check_question(self):
        for question in self:
            code = question.code
            if not CODE.fullmatch(code) or code.endswith(("_html", "_")) or "__" in code:
                raise ValidationError(
                    self.env._(
                        "The code of a question needs small Latin letters, digits and single"
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
        for vals in vals_list:
            if vals.get("parent_id") and not vals.get("service_id"):
                vals["service_id"] = self.browse(vals["parent_id"]).service_id.id
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_condition(self):
        """What hangs on a question would otherwise be asked of everybody."""
        gone = self | self.child_ids
        hanging = [
            ("condition_code", "in", gone.mapped("code")),
            ("service_id", "in", gone.service_id.ids),
        ]
        names = self.search([*hanging, ("id", "not in", gone.ids)]).mapped("name")
        names += self.env["lgo.service.document"].search(hanging).mapped("name")
        if names and not self.env["lgo.service"]._in_question_sync():
            raise ValidationError(
                self.env._("These hang on the question: %(names)s.", names=", ".join(names))
            )

    def unlink(self):
        services = self.service_id
        result = super().unlink()
        services.exists()._write_question_definition()
        return result

    # ------------------------------------------------------------ definition
    def _option_lines(self):
        self.ensure_one()
        return [line.strip() for line in (self.options or "").splitlines() if line.strip()]

    def _property(self, before, earlier=None):
        """The property definition of this question.

        :param dict before: code -> definition it had until now; the codes of its answers are
            kept, so that stored answers keep their meaning
        :param dict earlier: code -> new definition of the questions that stand before
        :rtype: dict
        """
        self.ensure_one()
        earlier = {} if earlier is None else earlier
        mine = before.get(self.code, {})
        is_group = self.kind == "group"
        label = self.name.strip()
        answered = self.kind not in ("separator", "group")
        mark = REQUIRED_MARK if self.required and answered else ""
        kind = "separator" if is_group else self.kind
        values = {"name": self.code, "type": kind, "string": label + mark}
        if mark:
            values["required"] = True
        if self.help:
            values["help"] = self.help.strip()
        condition = self._condition(earlier, before)
        if condition:
            values["condition"] = condition
        if self.kind in ("selection", "tags"):
            values[self.kind] = self._property_options(mine.get(self.kind) or [])
        if is_group:
            inside = dict(earlier)
            questions = []
            for child in self.child_ids.sorted():
                questions.append(child._property(before, inside))
                inside[child.code] = questions[-1]
            values["group"] = {"min": self.min_rows, "max": self.max_rows, "questions": questions}
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
    def _vals_of_property(self, definition, sequence, definitions):
        """The values of the row that edits a property ``definition``.

        :param dict definitions: code -> definition of all questions, for the words of answers
        """
        label = (definition.get("string") or definition["name"]).rstrip()
        options = definition.get("selection") or definition.get("tags") or []
        group = definition.get("group")
        return {
            "sequence": sequence,
            "code": definition["name"],
            "name": label.rstrip(" *") or label,
            "kind": "group" if group else definition["type"],
            "required": bool(definition.get("required") or label.endswith("*")),
            "help": definition.get("help") or False,
            "options": "\n".join(option[1] for option in options) or False,
            "min_rows": group["min"] if group else 0,
            "max_rows": group["max"] if group else 10,
            **self._condition_vals(definition.get("condition"), definitions),
        }

    @api.model
    def _condition_vals(self, condition, definitions):
        if not condition:
            return {"condition_code": False, "condition_values": False}
        source = definitions.get(condition["question"], {})
        labels = {
            option[0]: option[1] for option in source.get("selection") or source.get("tags") or []
        }
        lines = [labels.get(value, value) for value in condition.get("values") or []]
        return {
            "condition_code": condition["question"],
            "condition_operator": condition["operator"],
            "condition_values": "\n".join(lines) or False,
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import form_answers


class LgoCaseAnswersMixin(models.AbstractModel):
    """The answers of a case to the questions of its service.

    They are Properties of the *version* of the service under which the case was begun, so that
    a later change of the questions touches no answer; ``answers`` also takes the rows of
    repeated groups ({group code: [row, …]}), which are kept as ``lgo.case.answer.row``.
    """

    _name = "lgo.case.answers.mixin"
    _description = "Answers of a Case"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="restrict", index=True
    )
    service_version_id = fields.Many2one(
        comodel_name="lgo.service.version", readonly=True, copy=False, ondelete="restrict"
    )
    answers = fields.Properties(definition="service_version_id.question_definition", copy=True)
    answer_row_ids = fields.One2many(
        comodel_name="lgo.case.answer.row",
        inverse_name="res_id",
        string="Lines of lists",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    answer_group_ids = fields.One2many(
        related="service_version_id.group_ids", string="Lists of the form"
    )

    @api.onchange("service_id")
    def _onchange_service_version(self):
        self.service_version_id = self.service_id.sudo().published_version_id

    def onchange(self, values, field_names, fields_spec):
        """Show the questions of a service as soon as it is chosen.

        The definition follows from the version, which the method above sets: Odoo compares the
        answers before and after through the same record and finds no difference. What was typed
        under a code that the new service asks too stays, as :meth:`_begin_version` keeps it.
        """
        asked = "service_id" in field_names and "answers" in fields_spec
        typed = {}
        if asked:
            for answer in values.get("answers") or []:
                typed[answer["name"], answer["type"]] = answer.get("value")
        result = super().onchange(values, field_names, fields_spec)
        if asked:
            service = self.env["lgo.service"].browse(values["service_id"])
            service = service._filtered_access("read")  # the id comes from outside
            case = self.new({"service_version_id": service.sudo().published_version_id.id})
            [shown] = case.web_read({"answers": fields_spec["answers"]})
            for question in shown["answers"]:
                key = question["name"], question["type"]
                if key in typed:
                    question["value"] = typed[key]
            result.setdefault("value", {})["answers"] = shown["answers"]
        return result

    # ------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        groups = []
        for vals in vals_list:
            service = self.env["lgo.service"].browse(vals.get("service_id"))
            vals["service_version_id"] = service.sudo().published_version_id.id
            groups.append(self._take_groups(vals))
        cases = super().create(vals_list)
        for case, rows in zip(cases, groups, strict=True):
            if rows:
                self.env["lgo.case.answer.row"]._replace_rows(case, rows)
        return cases

    def write(self, vals):
        vals = dict(vals)
        rows = self._take_groups(vals)
        if vals.get("service_id") and "service_version_id" not in vals:
            service = self.env["lgo.service"].browse(vals["service_id"])
            # answered are the questions of the new service: its version comes first
            answers = {name: vals.pop(name) for name in ("answers",) if name in vals}
            result = super().write(vals)
            self.filtered(lambda case: not case.name)._begin_version(service)
            if answers:
                super().write(answers)
        else:
            result = super().write(vals)
        if rows:
            for case in self:
                self.env["lgo.case.answer.row"]._replace_rows(case, rows)
        return result

    def _begin_version(self, service):
        """Ask the questions of another service or version; matching answers stay."""
        version = service.sudo().published_version_id
        for case in self:
            if case.service_version_id != version:
                codes = {q["name"] for q in (version.content or {}).get("questions") or []}
                values = case._answer_values()
                kept = {code: value for code, value in values.items() if code in codes}
                self.env["lgo.case.answer.row"].sudo().search(
                    [("res_model", "=", case._name), ("res_id", "=", case.id)]
                ).unlink()
                case._from_machine().write({"service_version_id": version.id, "answers": kept})

    def _take_groups(self, vals):
        """Take the rows of repeated groups out of ``vals["answers"]``.

        Rows of a new line on the form get the model of the case.
        """
        for command in vals.get("answer_row_ids") or []:
            if command[0] == 0:
                command[2]["res_model"] = self._name
        answers = vals.get("answers")
        if not isinstance(answers, dict):
            return {}
        groups = {
            code: rows
            for code, rows in answers.items()
            if isinstance(rows, list) and any(isinstance(row, dict) for row in rows) or rows == []
        }
        vals["answers"] = {code: value for code, value in answers.items() if code not in groups}
        return groups

    # ------------------------------------------------------------ reading
    def _case_questions(self):
        """The questions under which the case was filed, repeated groups with theirs."""
        self.ensure_one()
        version = self.sudo().service_version_id
        if version:
            return version.content.get("questions") or []
        return self.service_id.sudo().question_definition or []

    def _answer_values(self):
        """The answers as a dict; a repeated group is a list of such dicts."""
        self.ensure_one()
        stored = self.env["lgo.service"]._stored_answers
        values = stored(self)
        for row in self.sudo().answer_row_ids:
            values.setdefault(row.group_id.code, []).append(stored(row))
        return values

    def _answer_lines(self):
        """The answers as a person reads them: list of (question, answer), empty ones left out."""
        self.ensure_one()
        values = self._answer_values()
        text_of = self.env["lgo.service"]._answer_text
        lines = []
        for question in self._case_questions():
            label, value = question["string"].rstrip(" *"), values.get(question["name"])
            if not form_answers.is_group(question):
                lines.append((label, text_of(question, value)))
                continue
            for number, row in enumerate(value or [], start=1):
                parts = [
                    f"{child['string'].rstrip(' *')} {text}"
                    for child in question["group"]["questions"]
                    if (text := text_of(child, row.get(child["name"])))
                ]
                lines.append((f"{label} ({number})", ", ".join(parts)))
        return [line for line in lines if line[1]]

    def _answers_as_form(self):
        """The answers as values of the form's fields, to show the form again.

        :return: {field: text}, or a list of codes for a question with several answers
        """
        self.ensure_one()
        service = self.env["lgo.service"]
        values, result = self._answer_values(), {}
        for question in self._case_questions():
            name = question["name"]
            if form_answers.is_group(question):
                for index, row in enumerate(values.get(name) or []):
                    for child in question["group"]["questions"]:
                        field = form_answers.row_field(name, index, child["name"])
                        result[f"answer_{field}"] = service._form_value(
                            child, row.get(child["name"])
                        )
            elif question["type"] != "separator":
                result[f"answer_{name}"] = service._form_value(question, values.get(name))
        return result

    def _erase_answers(self):
        """Forget what was answered, with the lines of lists.

        For whoever makes cases anonymous when their time of keeping is over (PDPA B.E. 2562,
        s. 37 (3)): the lines hold the same personal data as the answers.
        """
        rows = self.sudo().answer_row_ids
        rows.unlink()
        self._from_machine().sudo().write({"answers": {}})

    # ------------------------------------------------------------ filing
    def _check_answers(self):
        """The rules of the website's form, for a case that an officer files.

        Answers to questions that do not apply are dropped.

        :raises UserError: naming each question that is not answered as it must be
        """
        self.ensure_one()
        service, questions = self.service_id, self._case_questions()
        typed = service._as_typed(questions, self._answer_values())
        cleaned, errors = service._clean_questions(questions, typed, {})
        if errors:
            labels = {
                question["name"]: question["string"].rstrip(" *")
                for question in service._flat(questions)
            }
            raise UserError(
                "\n".join(
                    f"{labels.get(code.rpartition('__')[2], '')}: {text}".removeprefix(": ")
                    for code, text in errors.items()
                )
            )
        self._from_machine().write({"answers": cleaned})

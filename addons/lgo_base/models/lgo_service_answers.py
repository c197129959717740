# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import form_answers, thai
from .lgo_service import QUESTION_TYPES

#: Marks, as the very object, that rows and definition are being matched; RPC cannot forge it.
SYNC = object()
SYNC_KEY = "lgo_question_sync"
#: Control characters and marks that turn the direction of a text: no part of an answer.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class LgoService(models.Model):
    """The questions of a service: their definition, and the answers of citizens."""

    _inherit = "lgo.service"

    @api.constrains("question_definition")
    def _check_question_definition(self):
        for service in self:
            for question in self._flat(service.question_definition):
                if question["type"] not in (*QUESTION_TYPES, "separator"):
                    raise ValidationError(
                        self.env._(
                            "The question “%(question)s” has a type that a form cannot ask.",
                            question=question.get("string") or question["name"],
                        )
                    )

    @api.model
    def _flat(self, definition):
        """All questions of a definition, those of repeated groups behind their group."""
        for question in definition or []:
            yield question
            yield from (question.get("group") or {}).get("questions") or []

    @api.model_create_multi
    def create(self, vals_list):
        services = super().create(vals_list)
        services.filtered("question_definition")._write_question_rows()
        return services

    def write(self, vals):
        result = super().write(vals)
        if "question_definition" in vals and not self._in_question_sync():
            self._write_question_rows()
        return result

    @api.model
    def _in_question_sync(self):
        """Whether one side (rows or definition) is just being written from the other."""
        return self.env.context.get(SYNC_KEY) is SYNC

    def _write_question_definition(self):
        """Write the definition that the rows describe."""
        if self._in_question_sync():
            return
        for service in self.with_context(**{SYNC_KEY: SYNC}):
            before = {
                question["name"]: question for question in self._flat(service.question_definition)
            }
            definition, earlier = [], {}
            for row in service.question_ids.sorted():
                definition.append(row._property(before, earlier))
                earlier[row.code] = definition[-1]
            service.question_definition = definition

    def _write_question_rows(self):
        """Make the rows say what the definition says, and mark what is required in both."""
        for service in self.with_context(**{SYNC_KEY: SYNC}):
            definitions = {
                question["name"]: question for question in self._flat(service.question_definition)
            }
            all_rows = service.all_question_ids
            all_rows.filtered(lambda row, codes=set(definitions): row.code not in codes).unlink()
            rows = {row.code: row for row in all_rows.exists()}
            self._sync_rows(service, service.question_definition or [], rows, definitions)
            for question in service.question_definition or []:
                if form_answers.is_group(question):
                    parent = rows[question["name"]]
                    children = question["group"]["questions"]
                    self._sync_rows(service, children, rows, definitions, parent)
        self.invalidate_recordset(["question_ids", "all_question_ids"])
        self._write_question_definition()

    @api.model
    def _sync_rows(self, service, questions, rows, definitions, parent=None):
        """Write or create the rows of ``questions``; ``rows`` (code -> row) gains the new ones."""
        Question = service.env["lgo.service.question"]
        new = []
        for index, question in enumerate(questions, start=1):
            vals = Question._vals_of_property(question, index * 10, definitions)
            vals["parent_id"] = parent.id if parent else False
            if vals["code"] in rows:
                rows[vals["code"]].write(vals)
            else:
                new.append({**vals, "service_id": service.id})
        rows.update({row.code: row for row in Question.create(new)})

    # ------------------------------------------------------------ the form of the website
    def _form_definition(self, draft=False):
        """The questions that a citizen is asked: those of the published version.

        :param bool draft: the questions as they stand now, for the preview
        """
        self.ensure_one()
        version = self.sudo().published_version_id
        if draft or not version:
            return self.question_definition or []
        return version.content.get("questions") or []

    def _questions(self, draft=False):
        """The questions for a form of the website.

        :return: list of dict with ``name``, ``type``, ``string`` (without the mark of required
            ones), ``required``, ``help``, ``selection`` or ``tags``, ``condition`` and, for a
            repeated group, ``group`` with its ``questions``
        """
        self.ensure_one()
        definition = self._form_definition(draft)
        known = {question["name"]: question for question in self._flat(definition)}
        return [self._form_question(question, known) for question in definition]

    @api.model
    def _form_question(self, question, known):
        result = {
            **question,
            "string": question["string"].rstrip(" *"),
            "required": self._is_required(question),
            "help": question.get("help") or "",
            "condition": question.get("condition"),
            "condition_text": self._condition_sentence(question.get("condition"), known),
        }
        if form_answers.is_group(question):
            group = question["group"]
            inside = [self._form_question(child, known) for child in group["questions"]]
            names = {child["name"] for child in inside}
            for child in inside:
                condition = child["condition"]
                child["condition_in_row"] = bool(condition and condition["question"] in names)
            result["group"] = {**group, "questions": inside}
        return result

    @api.model
    def _condition_sentence(self, condition, known):
        """When a question or document is asked for, for a page without scripts."""
        if not condition:
            return ""
        source = known[condition["question"]]
        labels = {
            option[0]: option[1] for option in source.get("selection") or source.get("tags") or []
        }
        names = {
            "question": source["string"].rstrip(" *"),
            "answers": ", ".join(labels.get(value, value) for value in condition["values"]),
        }
        sentences = {
            "is": self.env._("Only if “%(question)s” is “%(answers)s”.", **names),
            "is_not": self.env._("Only if “%(question)s” is not “%(answers)s”.", **names),
            "contains": self.env._("Only if “%(question)s” contains “%(answers)s”.", **names),
            "yes": self.env._("Only if “%(question)s” is ticked.", **names),
            "no": self.env._("Only if “%(question)s” is not ticked.", **names),
        }
        return sentences[condition["operator"]]

    @api.model
    def _is_required(self, question):
        return bool(question.get("required") or question["string"].rstrip().endswith("*"))

    def _raw_answers(self, form):
        """What was typed, from the fields of a posted form.

        :param form: multi-dict of the request; the fields of answers begin with ``answer_``
        :return: dict for :meth:`_clean_answers`; fields that the form does not have stay in it,
            so that they are refused
        """
        flat = {
            name.removeprefix("answer_"): form.getlist(name)
            for name in form
            if name.startswith("answer_")
        }
        return form_answers.nest(flat, self._form_definition())

    def _clean_answers(self, raw, draft=False):
        """Check and convert answers typed by a citizen.

        Questions that do not apply (their condition is not met) are neither demanded nor kept,
        whatever was sent for them. A repeated group answers with a list of rows.

        :param dict raw: property name -> text of the form (list for tags); group code ->
            {number of the row: {property name: text}} or a list of such rows
        :param bool draft: by the questions as they stand now, for the preview
        :return: (values for the case's ``answers``, {property name: error sentence}); an error
            in a row is named ``group__number__question``, one of the whole form ``""``
        """
        self.ensure_one()
        definition = self._form_definition(draft)
        values, errors = self._clean_questions(definition, raw, {})
        unknown = set(raw) - {question["name"] for question in definition}
        if unknown:
            errors[""] = self.env._(
                "The form has changed in the meantime. Please check your answers and send it again."
            )
        return values, errors

    def _clean_questions(self, questions, raw, outer):
        """Answers to ``questions``; conditions also see the answers in ``outer``."""
        values, errors = {}, {}
        for question in questions:
            name = question["name"]
            if not form_answers.is_met(question.get("condition"), {**outer, **values}):
                continue
            if form_answers.is_group(question):
                values[name], wrong = self._clean_group(question, raw.get(name), values)
                errors.update(wrong)
            elif question["type"] != "separator":
                try:
                    values[name] = self._clean_answer(question, self._one(question, raw.get(name)))
                except ValueError as error:
                    errors[name] = str(error)
                    values[name] = False  # it was asked: what hangs on it is judged by that
        return values, errors

    def _clean_group(self, question, raw, outer):
        """Rows of a repeated group, empty ones left out, and error sentences by field."""
        name, group = question["name"], question["group"]
        codes = {child["name"] for child in group["questions"]}
        rows, errors = [], {}
        filled = {
            index: row
            for index, row in form_answers.rows_of(raw).items()
            if isinstance(row, dict) and not form_answers.is_blank(row)
        }
        if len(filled) > group["max"]:
            return [], {
                name: self.env._("Please fill in at most %(number)s lines.", number=group["max"])
            }
        for index, row in filled.items():
            if set(row) - codes:
                errors[""] = self.env._(
                    "The form has changed in the meantime. Please check your answers and send it"
                    " again."
                )
                continue
            values, wrong = self._clean_questions(group["questions"], row, outer)
            rows.append(values)
            errors.update(
                {form_answers.row_field(name, index, code): text for code, text in wrong.items()}
            )
        if len(filled) < group["min"]:
            errors[name] = self.env._(
                "Please fill in at least %(number)s lines.", number=group["min"]
            )
        return rows, errors

    @api.model
    def _one(self, question, value):
        """A posted list as the one text it holds, except where several answers are asked."""
        if isinstance(value, (list, tuple)) and question["type"] != "tags":
            return value[-1] if value else None
        return value

    def _clean_answer(self, question, text):  # noqa: C901
        """One answer; raises ``ValueError`` with a sentence for the citizen."""
        kind = question["type"]
        required = self._is_required(question)
        if kind == "boolean":
            ticked = text in (True, "1", "on", "true")
            if required and not ticked:
                raise ValueError(self.env._("Please tick this box."))
            return ticked
        text = CONTROL.sub("", text).strip() if isinstance(text, str) else text
        if not text:
            if required:
                raise ValueError(self.env._("Please answer this question."))
            return False
        if kind in ("char", "text"):
            limit = 200 if kind == "char" else 4000
            if len(text) > limit:
                raise ValueError(
                    self.env._("Please shorten the answer to %(limit)s characters.", limit=limit)
                )
            return text
        if kind == "selection":
            if text not in [option[0] for option in question.get("selection") or []]:
                raise ValueError(self.env._("Please choose one of the answers."))
            return text
        if kind == "tags":
            chosen = list(dict.fromkeys(text if isinstance(text, list) else [text]))
            allowed = [tag[0] for tag in question.get("tags") or []]
            if not set(chosen) <= set(allowed):
                raise ValueError(self.env._("Please choose from the answers given."))
            return chosen
        if kind == "date":
            try:
                return fields.Date.to_string(thai.parse_date(text))
            except ValueError:
                raise ValueError(self.env._("Please write the date like 23/11/2569.")) from None
        try:
            number = (
                int(thai.to_arabic_digits(text).replace(",", ""))
                if kind == "integer"
                else (float(thai.to_arabic_digits(text).replace(",", "")))
            )
        except ValueError:
            raise ValueError(self.env._("Please write a number.")) from None
        if not -1e12 < number < 1e12:  # also refuses what is no number (nan)
            raise ValueError(self.env._("This number is too large."))
        return number

    # ------------------------------------------------------------ reading answers
    @api.model
    def _stored_answers(self, record):
        """The ``answers`` (Properties) of a record as {code: stored value}."""
        field = record._fields["answers"]
        return {
            item["name"]: item["value"]
            for item in field.convert_to_read(record["answers"], record, use_display_name=False)
            if item["type"] != "separator" and item.get("value") is not None
        }

    @api.model
    def _answer_text(self, question, value):
        """A stored answer as a person reads it; ``""`` when there is none.

        :param dict question: its definition
        """
        if value is None or value is False:
            return ""
        kind = question["type"]
        if kind in ("selection", "tags"):
            options = {
                option[0]: option[1]
                for option in question.get("selection") or question.get("tags") or []
            }
            chosen = value if isinstance(value, (list, tuple)) else [value]
            return ", ".join(options[code] for code in chosen if code in options)
        if kind == "boolean":
            return "ใช่" if value else ""
        if kind == "date":
            return thai.format_date(fields.Date.to_date(value), style="long")
        if kind in ("integer", "float"):
            return f"{value:,}"
        return str(value)

    @api.model
    def _form_value(self, question, value):
        """A stored answer as it is typed in the form."""
        kind = question["type"]
        if kind == "tags":
            return list(value or [])
        if value is None or value is False:
            return ""
        if kind == "boolean":
            return "1"
        if kind == "date":
            day = fields.Date.to_date(value)
            return f"{day.day}/{day.month}/{day.year + 543}"
        return str(value)

    @api.model
    def _as_typed(self, questions, values):
        """Stored answers, groups as lists of dicts, as :meth:`_clean_answers` takes them."""
        typed = {}
        for question in questions:
            name = question["name"]
            if form_answers.is_group(question):
                children = question["group"]["questions"]
                typed[name] = [self._as_typed(children, row) for row in values.get(name) or []]
            elif question["type"] != "separator":
                typed[name] = self._form_value(question, values.get(name))
        return typed

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import thai
from .lgo_service import QUESTION_TYPES

#: Marks, as the very object, that rows and definition are being matched; RPC cannot forge it.
SYNC = object()
SYNC_KEY = "lgo_question_sync"


class LgoService(models.Model):
    """The questions of a service: their definition, and the answers of citizens."""

    _inherit = "lgo.service"

    @api.constrains("question_definition")
    def _check_question_definition(self):
        for service in self:
            for question in service.question_definition or []:
                if question["type"] not in (*QUESTION_TYPES, "separator"):
                    raise ValidationError(
                        self.env._(
                            "The question “%(question)s” has a type that a form cannot ask.",
                            question=question.get("string") or question["name"],
                        )
                    )

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
            before = {question["name"]: question for question in service.question_definition or []}
            service.question_definition = [
                row._property(before.get(row.code, {})) for row in service.question_ids.sorted()
            ]

    def _write_question_rows(self):
        """Make the rows say what the definition says, and mark what is required in both."""
        for service in self.with_context(**{SYNC_KEY: SYNC}):
            wanted = [
                service.question_ids._vals_of_property(question, index * 10)
                for index, question in enumerate(service.question_definition or [], start=1)
            ]
            codes = {vals["code"] for vals in wanted}
            rows = {row.code: row for row in service.question_ids}
            service.question_ids.filtered(lambda row, codes=codes: row.code not in codes).unlink()
            for vals in wanted:
                if vals["code"] in rows:
                    rows[vals["code"]].write(vals)
            service.question_ids.create(
                [{**vals, "service_id": service.id} for vals in wanted if vals["code"] not in rows]
            )
        self.invalidate_recordset(["question_ids"])
        self._write_question_definition()

    def _questions(self):
        """The questions for a form of the website.

        :return: list of dict with ``name``, ``type``, ``string`` (without the mark of required
            ones), ``required``, ``help`` and ``selection`` or ``tags``
        """
        self.ensure_one()
        return [
            {
                **question,
                "string": question["string"].rstrip(" *"),
                "required": bool(
                    question.get("required") or question["string"].rstrip().endswith("*")
                ),
                "help": question.get("help") or "",
            }
            for question in self.question_definition or []
        ]

    def _clean_answers(self, raw):
        """Check and convert answers typed by a citizen.

        :param dict raw: property name -> text of the form (list for tags)
        :return: (values for the Properties field, {property name: error sentence})
        """
        self.ensure_one()
        values, errors = {}, {}
        for question in self.question_definition or []:
            name, kind = question["name"], question["type"]
            if kind == "separator":
                continue
            try:
                values[name] = self._clean_answer(question, raw.get(name))
            except ValueError as error:
                errors[name] = str(error)
        return values, errors

    def _clean_answer(self, question, text):  # noqa: C901
        """One answer; raises ``ValueError`` with a sentence for the citizen."""
        kind = question["type"]
        required = question.get("required") or question["string"].rstrip().endswith("*")
        if kind == "boolean":
            ticked = text in (True, "1", "on", "true")
            if required and not ticked:
                raise ValueError(self.env._("Please tick this box."))
            return ticked
        text = (text or "").strip() if isinstance(text, str) else text
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
            chosen = text if isinstance(text, list) else [text]
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
        if not -1e12 < number < 1e12:
            raise ValueError(self.env._("This number is too large."))
        return number

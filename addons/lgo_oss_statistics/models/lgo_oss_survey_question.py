# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class LgoOssSurveyQuestion(models.Model):
    """A question of the satisfaction survey, answered with one to five points.

    The four parts are those of the usual form of Thai local government; the wording is data
    with dates, because the external assessor changes it from year to year.
    """

    _name = "lgo.oss.survey.question"
    _description = "Survey Question"
    _order = "part, sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    part = fields.Selection(selection="_selection_part", required=True, default="process")
    sequence = fields.Integer(default=10)
    date_from = fields.Date(string="Asked from", help="Empty: since ever.")
    date_to = fields.Date(string="Asked until", help="Empty: until further notice.")
    company_id = fields.Many2one(
        "res.company", string="Organisation", index=True, help="Empty: for every organisation."
    )
    answer_ids = fields.One2many("lgo.oss.survey.answer", "question_id", string="Answers")

    @api.model
    def _selection_part(self):
        """The four parts of the form, in their order (the codes sort as they are printed)."""
        labels = {
            "process": self.env._("1. Steps of the service"),
            "staff": self.env._("2. Officers"),
            "venue": self.env._("3. Facilities"),
            "way": self.env._("4. Channels and result"),
        }
        return list(labels.items())

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for question in self:
            if question.date_from and question.date_to and question.date_to < question.date_from:
                raise ValidationError(self.env._("The last day lies before the first day."))

    def write(self, vals):
        """A question that was answered keeps its words and part: the answers mean them.

        :raises ValidationError: end it by a date and add a new one
        """
        if {"name", "part"} & vals.keys() and not self.env.context.get("install_mode"):
            answered = self.env["lgo.oss.survey.answer"].sudo()
            if answered.search_count([("question_id", "in", self.ids)], limit=1):
                raise ValidationError(
                    self.env._(
                        "This question has answers: set its last day and add a new question."
                    )
                )
        return super().write(vals)

    @api.model
    def _current(self, company, day):
        """Questions asked on a day, by part in the order of the form.

        :return: list of ``(part, label, questions)``
        """
        domain = (
            Domain("company_id", "in", (False, company.id))
            & (Domain("date_from", "=", False) | Domain("date_from", "<=", day))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        questions = self.sudo().search(domain)
        parts = questions.grouped("part")
        return [
            (part, label, parts[part].with_env(questions.env))
            for part, label in self._selection_part()
            if part in parts
        ]

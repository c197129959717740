# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssSurveyAnswer(models.Model):
    """The points given to one question. Month and organisation are kept for fast sums."""

    _name = "lgo.oss.survey.answer"
    _description = "Survey Answer"
    _log_access = False
    _rec_name = "question_id"

    response_id = fields.Many2one(
        "lgo.oss.survey.response", required=True, readonly=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "lgo.oss.survey.question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    month = fields.Date(required=True, readonly=True)
    score = fields.Integer(string="Points", required=True, readonly=True, aggregator="avg")

    _score_range = models.Constraint("CHECK (score BETWEEN 1 AND 5)", "Points run from 1 to 5.")
    _month_idx = models.Index("(company_id, month, question_id)")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import period


class LgoOssSurveyResponse(models.Model):
    """One filled-in form of the satisfaction survey.

    Anonymous: it names service, unit, channel and month, and neither case, ticket, person nor
    moment. That a case or ticket has answered is kept apart, see :class:`LgoOssSurveySpent`.
    """

    _name = "lgo.oss.survey.response"
    _description = "Survey Response"
    _log_access = False
    _order = "month desc, service_id, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    month = fields.Date(required=True, readonly=True)
    service_id = fields.Many2one("lgo.service", readonly=True, index="btree_not_null")
    unit_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null")
    channel = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_channel(), readonly=True
    )
    gender = fields.Selection(selection="_selection_gender", readonly=True)
    age_band = fields.Selection(selection="_selection_age_band", string="Age", readonly=True)
    comment = fields.Text(string="Suggestion", readonly=True)
    score_sum = fields.Integer(string="Points in all", readonly=True)
    score_count = fields.Integer(string="Questions answered", readonly=True)
    answer_ids = fields.One2many("lgo.oss.survey.answer", "response_id", readonly=True)

    _month_idx = models.Index("(company_id, month)")

    @api.model
    def _selection_gender(self):
        labels = {
            "female": self.env._("Female"),
            "male": self.env._("Male"),
            "other": self.env._("Other"),
        }
        return list(labels.items())

    @api.model
    def _selection_age_band(self):
        labels = {
            "under_20": self.env._("Under 20"),
            "20_39": self.env._("20 to 39"),
            "40_59": self.env._("40 to 59"),
            "60_up": self.env._("60 and over"),
        }
        return list(labels.items())

    @api.model
    def _clean_form(self, form, parts):
        """Read a form that came from the web.

        :param dict form: what was sent
        :param parts: as of :meth:`LgoOssSurveyQuestion._current`
        :return: ``(values, scores, errors)``; scores is question id -> points, errors is
            name of the field -> text
        """
        scores, errors = {}, {}
        for _part, _label, questions in parts:
            for question in questions:
                name = f"q{question.id}"
                value = form.get(name) or ""
                if value in ("1", "2", "3", "4", "5"):
                    scores[question.id] = int(value)
                elif value:
                    errors[name] = self.env._("Please choose one of the five answers.")
        if not scores and not errors:
            errors[""] = self.env._("Please answer at least one question.")
        values = {"comment": (form.get("comment") or "").replace("\x00", "").strip()[:2000]}
        for name, allowed in (
            ("gender", self._selection_gender()),
            ("age_band", self._selection_age_band()),
        ):
            value = form.get(name) or False
            values[name] = value if value in dict(allowed) else False
        return values, scores, errors

    @api.model
    def _submit(self, source, values, scores):
        """Store a response of the holder of a case or ticket, once.

        :param source: one case or one ``lgo.oss.ticket``
        :param dict values: general part and comment
        :param dict scores: question id -> points
        :raises UserError: it was answered before
        """
        if not self.env["lgo.oss.survey.spent"]._spend(source):
            raise UserError(self.env._("This survey was answered already. Thank you."))
        facts = source.sudo()._survey_facts()
        facts["month"] = period.month_of(fields.Datetime.now())
        response = self.sudo().create(
            {
                **facts,
                **values,
                "score_sum": sum(scores.values()),
                "score_count": len(scores),
            }
        )
        self.env["lgo.oss.survey.answer"].sudo().create(
            [
                {
                    "response_id": response.id,
                    "question_id": question,
                    "company_id": facts["company_id"],
                    "month": facts["month"],
                    "score": score,
                }
                for question, score in scores.items()
            ]
        )
        return response

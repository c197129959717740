# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class LgoCaseAnswerRow(models.Model):
    """A line of a repeated group in the answers of a case, such as one household of a list.

    Properties hold no list of records, and a JSON list beside them could be neither searched
    nor exported by column nor edited on the form. So each line is a row of its own whose
    ``answers`` are Properties of the frozen group: the standard search (``answers.name``),
    export and form work on it. It belongs to its case as documents and events do: it is read
    by whom may read the case, and goes, or is made anonymous, with it.
    """

    _name = "lgo.case.answer.row"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Line of a Repeated Group"
    _order = "res_id, group_id, sequence, id"
    _rec_name = "summary"

    group_id = fields.Many2one(
        comodel_name="lgo.service.version.group",
        string="List",
        required=True,
        ondelete="restrict",
        index=True,
    )
    sequence = fields.Integer(default=10)
    answers = fields.Properties(definition="group_id.row_definition", copy=True)
    summary = fields.Char(
        string="Answers of the line",
        compute="_compute_summary",
        store=True,
        index="trigram",
        help="The answers in one line, for lists and the search.",
    )

    @api.depends("answers", "group_id")
    def _compute_summary(self):
        service = self.env["lgo.service"]
        for row in self:
            values = service._stored_answers(row)
            row.summary = " · ".join(
                text
                for question in row.group_id.sudo().row_definition or []
                if (text := service._answer_text(question, values.get(question["name"])))
            )

    @api.constrains("group_id", "res_id")
    def _check_group(self):
        for row in self:
            version = row.sudo()._case().service_version_id
            if row.group_id.sudo().version_id != version:
                raise ValidationError(
                    self.env._("This list does not belong to the service of the case.")
                )

    # ------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._correct_filed()
        return rows

    def write(self, vals):
        self._correct_filed()
        return super().write(vals)

    def unlink(self):
        self._correct_filed()
        return super().unlink()

    def _correct_filed(self):
        """What was filed is corrected by the service centre only, with an audit row.

        :raises AccessError: the case is filed and the user is no clerk
        """
        if self.env.su:
            return
        for model, cases in self._cases_by_model().items():
            filed = self.env[model].browse(cases).filtered("name")
            if not filed:
                continue
            if not self.env.user.has_group("lgo_base.group_clerk"):
                raise AccessError(
                    self.env._("What the applicant filed is corrected by the service centre only.")
                )
            self.env["lgo.audit.log"]._log(
                "case.correct", filed, detail={"fields": ["answers"]}, severity="warning"
            )

    # ------------------------------------------------------------ for the case
    @api.model
    def _replace_rows(self, case, groups):
        """Put the rows of ``groups`` ({code: [answers of a row]}) in place of the old ones."""
        old = self.search([("res_model", "=", case._name), ("res_id", "=", case.id)])
        old.filtered(lambda row: row.group_id.sudo().code in groups).unlink()
        frozen = {group.code: group for group in case.sudo().service_version_id.group_ids}
        self.create(
            [
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "group_id": frozen[code].id,
                    "sequence": index * 10,
                    "answers": answers,
                }
                for code, rows in groups.items()
                if code in frozen
                for index, answers in enumerate(rows, start=1)
            ]
        )

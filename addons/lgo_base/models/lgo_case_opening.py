# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import thai
from ..tools.personal_data import Holding
from .lgo_audit_seal import RETENTION_DEFAULT_DAYS, RETENTION_MINIMUM_DAYS


class LgoCaseOpening(models.Model):
    """Which officer opened which case on which day, so that the citizen may learn it.

    PDPA B.E. 2562, s. 30 and s. 37(1); the audit trail says what was *done*, this says what was
    *looked at*. One row a case, officer and day: cheap enough to write each time a form opens.
    """

    _name = "lgo.case.opening"
    _description = "Case Opened"
    _order = "day desc, id desc"
    _log_access = False

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Case", model_field="res_model", required=True, readonly=True, aggregator=None
    )
    user_id = fields.Many2one(
        "res.users", string="Officer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    day = fields.Date(required=True, readonly=True)

    _case_day_uniq = models.UniqueIndex("(res_model, res_id, user_id, day)")

    @api.model
    def _note(self, case):
        """Note that the user opened ``case``; one statement, the second time a day does nothing."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO lgo_case_opening (res_model, res_id, user_id, day)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                case._name,
                case.id,
                self.env.uid,
                thai.local_date(fields.Datetime.now()),
            )
        )

    @api.model
    def _of_person(self, partner, limit=100):
        """Who looked at the data of ``partner``: openings of own cases and shown ID numbers.

        An officer is named by unit; the name only when the organisation has decided so.

        :return: list of dicts ``day``, ``who``, ``what``, newest first
        """
        found = []
        for model in self.env["lgo.case.register"]._case_models():
            cases = model.sudo().search([("partner_id", "=", partner.id)])
            numbers = {case.id: case.name for case in cases}
            rows = self.sudo().search(
                [("res_model", "=", model._name), ("res_id", "in", cases.ids)], limit=limit
            )
            found += [
                (
                    row.day,
                    row.user_id,
                    self.env._("Opened case %(number)s", number=numbers[row.res_id] or ""),
                )
                for row in rows
            ]
        unmasked = (
            self.env["lgo.audit.log"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", partner.id),
                    ("action", "=", "citizen.unmask"),
                ],
                limit=limit,
            )
        )
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found += [
            (thai.local_date(row.at), users.browse(row.uid), self.env._("Saw the whole ID number"))
            for row in unmasked
        ]
        found.sort(key=lambda entry: (entry[0], entry[1].id), reverse=True)
        return [
            {
                "day": thai.format_date(day, style="short", digits="arabic"),
                "who": self._who(user),
                "what": what,
            }
            for day, user, what in found[:limit]
        ]

    @api.model
    def _who(self, user):
        company = self.env.company.sudo()
        unit = user.employee_ids[:1].department_id.name
        if company.lgo_openings_named:
            return " · ".join(filter(None, (user.name, unit)))
        return unit or self.env._("Officer of %(office)s", office=company.name)

    @api.model
    def _lgo_personal_data(self, partner):
        """Who looked at the data of the person."""
        seen = self._of_person(partner, limit=1000)
        labels = {
            "day": self.env._("Day"),
            "who": self.env._("Opened by"),
            "what": self.env._("What was seen"),
        }
        return Holding(
            self.env._("Who looked at my data"),
            [[(labels[key], entry[key]) for key in labels] for entry in seen],
            seen,
        )

    @api.autovacuum
    def _gc_old(self):
        """Openings live as long as the audit trail."""
        parameter = self.env["ir.config_parameter"].sudo()
        days = int(parameter.get_param("lgo_base.audit_retention_days", RETENTION_DEFAULT_DAYS))
        before = fields.Date.today() - timedelta(days=max(days, RETENTION_MINIMUM_DAYS))
        self.sudo().search([("day", "<", before)], limit=10000).unlink()

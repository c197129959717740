# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoLaw(models.Model):
    """A law on which services and clocks rest; what it says is in its dated versions."""

    _name = "lgo.law"
    _description = "Law"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True, help="Official short title of the law.")
    code = fields.Char(required=True, help="Short code used by data and tests.")
    sequence = fields.Integer(default=10)
    version_ids = fields.One2many(comodel_name="lgo.law.version", inverse_name="law_id")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code of a law is already used.")

    def _version_at(self, date):
        """The version in force on ``date`` (``datetime.date``); empty recordset when none."""
        self.ensure_one()
        versions = self.version_ids.filtered(
            lambda version: (
                version.date_from <= date and (not version.date_to or version.date_to >= date)
            )
        )
        return versions.sorted("date_from", reverse=True)[:1]

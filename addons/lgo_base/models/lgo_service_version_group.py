# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoServiceVersionGroup(models.Model):
    """A repeated group of questions as a version of a service froze it.

    It holds the definition of the rows of the cases that were filed under that version, see
    ``lgo.case.answer.row``.
    """

    _name = "lgo.service.version.group"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Repeated Group of a Service Version"
    _order = "version_id, sequence, id"

    _append_only_key = "lgo_publish"

    version_id = fields.Many2one(
        comodel_name="lgo.service.version", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    min_rows = fields.Integer()
    max_rows = fields.Integer()
    row_definition = fields.PropertiesDefinition()

    _code_uniq = models.UniqueIndex(
        "(version_id, code)", "This group of the version exists already."
    )

    def _append_only_message(self):
        return self.env._("A published version of a service never changes.")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoServiceVersion(models.Model):
    """What a service promised from a moment on: a frozen copy made by publishing.

    A case keeps the version under which it was filed, so that a later change of documents,
    time or fee does not touch it (Act B.E. 2558, s. 8: nothing may be added later).
    """

    _name = "lgo.service.version"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Service Version"
    _order = "service_id, number desc"

    _append_only_key = "lgo_publish"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="restrict", index=True
    )
    number = fields.Integer(required=True)
    name = fields.Char(required=True)
    published_at = fields.Datetime(required=True, default=fields.Datetime.now)
    published_by_id = fields.Many2one(
        comodel_name="res.users", required=True, default=lambda self: self.env.uid
    )
    law_version_id = fields.Many2one(comodel_name="lgo.law.version", required=True)
    time_limit = fields.Integer()
    time_unit = fields.Selection(
        selection=lambda self: self.env["lgo.service"]._selection_time_unit()
    )
    content = fields.Json(help="Frozen copy of the manual: documents, steps, fees, questions.")

    _number_uniq = models.UniqueIndex(
        "(service_id, number)", "This version of the service exists already."
    )

    def _append_only_message(self):
        return self.env._("A published version of a service never changes.")

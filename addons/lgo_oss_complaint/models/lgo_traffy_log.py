# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoTraffyLog(models.Model):
    """One run of the import: what came, what was taken, what was wrong."""

    _name = "lgo.traffy.log"
    _description = "Traffy Fondue Import"
    _order = "id desc"
    _rec_name = "create_date"

    source_id = fields.Many2one(
        comodel_name="lgo.traffy.source",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True, index=True)
    origin = fields.Selection(
        selection=[("feed", "Feed"), ("file", "File")], required=True, readonly=True
    )
    dry_run = fields.Boolean(string="Trial", readonly=True, help="Nothing was stored.")
    date_from = fields.Datetime(readonly=True)
    date_to = fields.Datetime(readonly=True)
    state = fields.Selection(
        selection=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        default="running",
        required=True,
        readonly=True,
    )
    received = fields.Integer(string="Reports", readonly=True)
    foreign = fields.Integer(
        string="Of others", readonly=True, help="Reports that do not name our organisation."
    )
    created = fields.Integer(string="New", readonly=True)
    updated = fields.Integer(string="Changed", readonly=True)
    unchanged = fields.Integer(readonly=True)
    wrong = fields.Integer(string="Left out", readonly=True)
    message = fields.Text(readonly=True)

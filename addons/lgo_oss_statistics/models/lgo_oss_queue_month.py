# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssQueueMonth(models.Model):
    """Queue tickets of a closed month: how many waited how many minutes."""

    _name = "lgo.oss.queue.month"
    _description = "Queue of a Closed Month"
    _log_access = False
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    month = fields.Date(required=True, readonly=True)
    group_id = fields.Many2one(
        "lgo.oss.counter.group", readonly=True, ondelete="cascade", index=True
    )
    wait = fields.Integer(string="Wait (minutes)", readonly=True, aggregator=None)
    tickets = fields.Integer(readonly=True)
    called = fields.Integer(readonly=True)
    late = fields.Integer(readonly=True)
    absent = fields.Integer(readonly=True)

    _month_idx = models.Index("(company_id, month)")

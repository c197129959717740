# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssSpanMonth(models.Model):
    """Decisions of a closed month: how many took how many days.

    A histogram of whole days adds up over months and units, and its percentiles are exact.
    """

    _name = "lgo.oss.span.month"
    _description = "Durations of a Closed Month"
    _log_access = False
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    month = fields.Date(required=True, readonly=True)
    case_model = fields.Char(readonly=True)
    service_id = fields.Many2one("lgo.service", readonly=True, ondelete="cascade", index=True)
    unit_id = fields.Many2one("hr.department", readonly=True, ondelete="set null", index=True)
    channel = fields.Char(readonly=True)
    days = fields.Integer(readonly=True, aggregator=None)
    number = fields.Integer(string="Cases", readonly=True)

    _month_idx = models.Index("(company_id, month)")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoCaseWaiting(models.Model):
    """A time in which a case waits for another agency, for material or for budget.

    The decision clock stands still only when the law version of the case says so; the legal
    reference is kept with the pause, so that the due day can be explained later.
    """

    _name = "lgo.case.waiting"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Waiting of a Case"
    _order = "since, id"
    _rec_name = "agency"

    _forgotten = ("reference",)

    agency = fields.Char(string="Waits for", required=True, readonly=True)
    is_agency = fields.Boolean(string="Another agency", readonly=True)
    reference = fields.Char(
        string="Our letter", readonly=True, help="Number of the letter that asked the agency."
    )
    since = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    date_expected = fields.Date(string="Answer expected", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    paused = fields.Boolean(string="Time stood still", readonly=True)
    legal_reference = fields.Char(readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Noted by", readonly=True)

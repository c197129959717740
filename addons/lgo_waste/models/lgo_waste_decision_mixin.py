# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import thai


class LgoWasteDecisionMixin(models.AbstractModel):
    """What one officer enters for a service point and another one decides (dossier, appendix C)."""

    _name = "lgo.waste.decision.mixin"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Decision on a Service Point"
    _order = "date_from desc, id desc"
    _action_only = frozenset({"state", "decided_by_id"})

    #: Fields that stay as they were decided.
    _decided_fields = frozenset({"point_id", "date_from"})

    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, index=True, check_company=True,
        ondelete="restrict",
    )  # fmt: skip
    company_id = fields.Many2one(related="point_id.company_id", store=True, index=True)
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(string="Until", tracking=True, help="Empty: until further notice.")
    document_ids = fields.Many2many("ir.attachment", string="Photos and documents")
    state = fields.Selection(
        [("requested", "Requested"), ("approved", "In force"), ("rejected", "Rejected")],
        default="requested",
        required=True,
        tracking=True,
        index=True,
        copy=False,
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False)

    @api.depends("point_id", "date_from")
    def _compute_display_name(self):
        for record in self:
            name = record.point_id.display_name or ""
            date = thai.format_date(record.date_from, "abbr", "arabic") if record.date_from else ""
            record.display_name = f"{name} ({date})" if date else name

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for record in self:
            if record.date_to and record.date_to < record.date_from:
                raise ValidationError(self.env._("The last day comes before the first."))

    def write(self, vals):
        if (
            self._decided_fields & vals.keys()
            and not self.env.su
            and self.filtered(lambda record: record.state != "requested")
        ):
            raise UserError(
                self.env._("What was decided does not change; only its last day may be set.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if self.filtered(lambda record: record.state != "requested"):
            raise UserError(self.env._("What was decided stays; set its last day."))

    def action_approve(self):
        """Grant it; by another officer than the one who entered it."""
        self._decide("approved")
        return True

    def action_reject(self):
        """Refuse it; by another officer than the one who entered it."""
        self._decide("rejected")
        return True

    def _decide(self, state):
        for record in self:
            record.check_access("write")
            if not self.env.su and not self.env.user.has_group("lgo_waste.group_manager"):
                raise UserError(self.env._("The manager of the waste fee decides on it."))
            if record.state != "requested":
                raise UserError(self.env._("It was decided already."))
            if record.create_uid == self.env.user and not self.env.su:
                raise UserError(self.env._("Somebody else than who entered it decides on it."))
            record.sudo().write({"state": state, "decided_by_id": self.env.uid})

    def _covers(self, day):
        """True when it is in force on ``day``; what ended early counts until its last day."""
        self.ensure_one()
        return self.date_from <= day and (not self.date_to or day <= self.date_to)

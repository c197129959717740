# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import thai

from ..tools.tariff import Incentive
from .lgo_waste_tariff_line import decimal


class LgoWasteEnrolment(models.Model):
    """A service point takes part in an incentive programme, from a day on.

    The discount counts for a month when the enrolment is in force on its first day; what was
    billed before is never priced again (dossier section 1.5).
    """

    _name = "lgo.waste.enrolment"
    _inherit = "lgo.waste.decision.mixin"
    _description = "Enrolment in an Incentive"
    _action_only = frozenset({"state", "decided_by_id", "lost_until"})
    _decided_fields = frozenset({"point_id", "date_from", "incentive_id"})

    incentive_id = fields.Many2one(
        "lgo.waste.incentive", required=True, index=True, check_company=True, ondelete="restrict"
    )
    state = fields.Selection(
        selection_add=[("revoked", "Lost"), ("ended", "Ended")],
        ondelete={"revoked": "set default", "ended": "set default"},
    )
    inspection = fields.Char(tracking=True, help="What the officer found, and when.")
    lost_until = fields.Date(
        readonly=True, copy=False, tracking=True, help="A new enrolment may begin after this day."
    )

    _open_uniq = models.UniqueIndex(
        "(point_id, incentive_id) WHERE state IN ('requested', 'approved')",
        "The service point takes part in this programme already.",
    )

    @api.constrains("point_id", "incentive_id", "date_from")
    def _check_allowed(self):
        for enrolment in self:
            classes = enrolment.incentive_id.tariff_ids
            if classes and enrolment.point_id.tariff_id not in classes:
                raise ValidationError(
                    self.env._("The programme is not for the class of this service point.")
                )
            lost = self.search(
                [
                    ("point_id", "=", enrolment.point_id.id),
                    ("incentive_id", "=", enrolment.incentive_id.id),
                    ("lost_until", ">=", enrolment.date_from),
                    ("id", "!=", enrolment.id),
                ],
                limit=1,
            )
            if lost:
                raise ValidationError(
                    self.env._(
                        "The discount was lost until %(date)s; a new enrolment begins later.",
                        date=thai.format_date(lost.lost_until, "abbr", "arabic"),
                    )
                )

    def action_revoke(self):
        """The inspection failed: the discount is lost from today and for the months of penalty."""
        today = fields.Date.context_today(self)
        for enrolment in self:
            if not (enrolment.inspection or "").strip():
                raise UserError(self.env._("Enter under “Inspection” what was found."))
            months = enrolment.incentive_id.penalty_months
            enrolment._stop("revoked", fields.Date.add(today, months=months))
        return True

    def action_end(self):
        """The payer does not take part any longer."""
        for enrolment in self:
            enrolment._stop("ended", False)
        return True

    def _stop(self, state, lost_until):
        self.check_access("write")
        if self.state != "approved":
            raise UserError(self.env._("The enrolment is not in force."))
        last = max(fields.Date.context_today(self), self.date_from)
        self.sudo().write({"state": state, "date_to": last, "lost_until": lost_until})

    def _as_incentive(self, month):
        """The enrolment as ``tools.tariff`` takes it, for the month that begins on ``month``."""
        self.ensure_one()
        incentive = self.incentive_id
        months = (month.year - self.date_from.year) * 12 + month.month - self.date_from.month
        value = incentive.amount if incentive.kind == "fixed" else incentive.percent
        return Incentive(
            kind=incentive.kind,
            value=decimal(value, 2),
            rates=(
                ("collect", decimal(incentive.collect_rate, 2)),
                ("dispose", decimal(incentive.dispose_rate, 2)),
            ),
            free=incentive.free_months,
            every=incentive.every_months,
            months_since=max(months, 0),
        )

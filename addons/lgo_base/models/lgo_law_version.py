# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoLawVersion(models.Model):
    """The rules of a law from a day on: what the clocks obey.

    The Licensing Facilitation Act B.E. 2558 (ss. 7-10) is the seed; its successor was before
    parliament when this was written, hence every rule is a dated switch, never a constant.
    """

    _name = "lgo.law.version"
    _description = "Law Version"
    _order = "law_id, date_from desc"

    name = fields.Char(required=True, translate=True)
    law_id = fields.Many2one(comodel_name="lgo.law", required=True, ondelete="restrict", index=True)
    date_from = fields.Date(string="In force from", required=True)
    date_to = fields.Date(string="In force until")
    covers_services = fields.Boolean(
        help="The law also binds services that are no licence.",
    )
    check_limit = fields.Integer(
        string="Time to check the documents",
        default=1,
        help="Target for telling the applicant whether the request is complete (s. 8: at once; "
        "for online requests the office sets it).",
    )
    check_unit = fields.Selection(selection="_selection_time_unit", default="working_day")
    cure_days = fields.Integer(
        string="Days to cure defects",
        default=15,
        help="Proposed time for the applicant to correct or add documents, in days.",
    )
    default_limit_days = fields.Integer(
        string="Days when no time is set",
        default=30,
        help="Limit when neither law nor manual sets one (B.E. 2539 Act, s. 39/1: 30 days).",
    )
    notice_after_decision_days = fields.Integer(
        string="Days to tell the decision",
        default=7,
        help="The applicant is told within so many days after the decision (s. 10: 7).",
    )
    late_notice_interval_days = fields.Integer(
        string="Late notice every (days)",
        default=7,
        help="While the decision is late the applicant gets a notice every so many days "
        "(s. 10: 7).",
    )
    late_notice_offset_days = fields.Integer(
        string="First late notice after (days)",
        default=0,
        help="The wording is read in two ways: the first notice on the due day (0) or up to "
        "7 days later.",
    )
    copy_to_opdc = fields.Boolean(
        string="Copy late notices to OPDC",
        default=True,
        help="Each late notice goes in copy to the Office of the Public Sector Development "
        "Commission (s. 10).",
    )
    single_defect_record = fields.Boolean(
        default=True,
        help="Defects are recorded once and nothing may be asked for later (s. 8).",
    )
    post_received_days = fields.Integer(
        string="Registered post counts as received after (days)",
        default=7,
        help="Days from posting within Thailand (B.E. 2539 Act, s. 71: 7; abroad 15).",
    )
    auto_approve_on_timeout = fields.Boolean(
        help="A request that is not decided in time counts as approved (only where a law says so).",
    )

    _limits_positive = models.Constraint(
        "CHECK (check_limit >= 0 AND cure_days > 0 AND default_limit_days > 0"
        " AND notice_after_decision_days >= 0 AND late_notice_interval_days > 0"
        " AND late_notice_offset_days BETWEEN 0 AND 7 AND post_received_days >= 0)",
        "Time limits of a law must be positive, and the first late notice comes within 7 days.",
    )

    @api.model
    def _selection_time_unit(self):
        return self.env["lgo.service"]._selection_time_unit()

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for version in self:
            if version.date_to and version.date_to < version.date_from:
                raise ValidationError(self.env._("The law version must not end before it begins."))

    def _late_notice_dates(self, due, until):
        """Days on which late notices are owed, first to last.

        Worked example: due 13 Oct 2569, offset 0, interval 7: 13, 20, 27 Oct …

        :param datetime.date due: last day for the decision
        :param datetime.date until: no notice after this day
        :rtype: list[datetime.date]
        """
        self.ensure_one()
        day = due + timedelta(days=self.late_notice_offset_days)
        days = []
        while day <= until:
            days.append(day)
            day += timedelta(days=self.late_notice_interval_days)
        return days

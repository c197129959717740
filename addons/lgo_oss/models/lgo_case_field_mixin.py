# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.models.lgo_case_mixin import LgoCaseMixin
from odoo.addons.lgo_base.tools.upload import clean_attachments

_logger = logging.getLogger(__name__)


class LgoCaseFieldMixin(models.AbstractModel):
    """What repairs and complaints out in the field share: a place, photos, doubles, cost.

    What a concrete model declares for its doubles is said in ``lgo.case.double.mixin``.
    """

    _name = "lgo.case.field.mixin"
    _inherit = [
        "lgo.case.double.mixin",
        "lgo.case.map.mixin",
        "lgo.oss.follow.mixin",
        "lgo.oss.mail.mixin",
        "lgo.case.mixin",
    ]
    _description = "Case in the Field"

    _case_frozen = LgoCaseMixin._case_frozen | {"resolved_at", "duplicate_of_id"}
    _case_as_filed = LgoCaseMixin._case_as_filed | {"description"}
    _case_written_later = frozenset({"resolved_at", "duplicate_of_id"})

    _case_personal = (
        "description", "location_text", "village_number", "community", "latitude", "longitude",
        "asset_number",
    )  # fmt: skip

    _case_forgotten = (
        "description", "location_text", "latitude", "longitude", "after_attachment_ids",
        "photos_released",
    )  # fmt: skip

    #: Transition by which the job closes what the reporter neither confirmed nor reopened.
    _auto_close_step = "complete"

    description = fields.Text(
        string="What happened", help="In the words of the citizen.", copy=False
    )
    latitude = fields.Float(digits=(10, 7), copy=False)
    longitude = fields.Float(digits=(10, 7), copy=False)
    location_text = fields.Char(
        string="Place", copy=False, help="Landmark, house number or name of the road."
    )
    village_number = fields.Char(string="Village number", copy=False, help="หมู่ที่")
    community = fields.Char(copy=False, help="Name of the community, where there is one.")
    asset_number = fields.Char(
        string="Pole or asset number", copy=False, help="Number written on the lamp post."
    )
    urgency = fields.Selection(selection="_selection_urgency", default="normal", required=True)
    after_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Photos after the work",
        copy=False,
        bypass_search_access=True,
        groups="base.group_user",
    )
    photos_released = fields.Boolean(
        string="Photos may be shown",
        copy=False,
        groups="base.group_user",
        help="An officer has looked: no face, number plate or house number of a person can be "
        "recognised. Only then everybody sees the photos before and after the work.",
    )
    resolved_at = fields.Datetime(readonly=True, copy=False)
    cost_ids = fields.One2many(
        comodel_name="lgo.case.cost",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_total = fields.Monetary(
        string="Total cost", compute="_compute_cost_total", groups="base.group_user"
    )

    _latitude_range = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "The place is not on the map.",
    )

    # ------------------------------------------------------------ personal data
    def _forget_messages(self):
        """Those who followed the case are forgotten with it."""
        count = super()._forget_messages()
        where = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        self.env["lgo.oss.follower"].sudo().search(where).unlink()
        return count

    # ------------------------------------------------------------ computes, constraints
    @api.model
    def _selection_urgency(self):
        labels = {
            "normal": self.env._("Normal"),
            "urgent": self.env._("Urgent"),
            "danger": self.env._("Danger to life"),
        }
        return list(labels.items())

    @api.depends("cost_ids.amount")
    def _compute_cost_total(self):
        totals = dict(
            self.env["lgo.case.cost"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["amount:sum"],
            )
        )
        for case in self:
            case.cost_total = totals.get(case._origin.id, 0)

    @api.constrains("description")
    def _check_description(self):
        for case in self:
            if len(case.description or "") > 4000:
                raise ValidationError(
                    self.env._("Please shorten the description to 4,000 characters.")
                )

    @api.model
    def _setting_days(self, name, default):
        """A number of days from the settings; nonsense counts as the default.

        :param str name: key of ``ir.config_parameter`` below ``lgo_oss.``
        """
        value = self.env["ir.config_parameter"].sudo().get_param(f"lgo_oss.{name}") or ""
        return int(value) if str(value).strip().isdigit() else default

    # ------------------------------------------------------------ files
    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        if not self.env.su:
            clean_attachments(cases.after_attachment_ids)
        return cases

    def write(self, vals):
        """Photos after the work may be shown to everybody: they are judged like those of citizens.

        :raises ValidationError: a file is neither picture nor PDF, or can act
        """
        if "after_attachment_ids" not in vals or self.env.su:
            return super().write(vals)
        before = self.after_attachment_ids
        result = super().write(vals)
        clean_attachments(self.after_attachment_ids - before)
        return result

    # ------------------------------------------------------------ guards shared by the machines
    def _check_described(self):
        """What happened and, when the service wants it, where.

        :raises UserError: one of them is missing
        """
        self.ensure_one()
        if not (self.description or "").strip():
            raise UserError(self.env._("Please describe what happened."))
        if self.service_id.needs_location and not (
            self.latitude or (self.location_text or "").strip()
        ):
            raise UserError(self.env._("Please mark the place on the map or describe it."))

    def _guard_assigned(self):
        if not self.unit_id:
            raise UserError(self.env._("Choose the unit that does the work first."))
        if not self.user_id:
            self.user_id = self.env.user

    def _guard_resolve(self):
        if not (self.outcome or "").strip():
            raise UserError(
                self.env._("Write what was done: the citizen will read it as the result.")
            )

    def _guard_reopen(self):
        """A matter comes up again for some weeks only; later it is a new one."""
        days = self._setting_days("reopen_days", 30)
        if self.resolved_at and self.resolved_at < fields.Datetime.now() - timedelta(days=days):
            raise UserError(self.env._("The case was closed long ago. Please file a new request."))

    def _guard_forward(self):
        if not (self.forwarded_to or "").strip():
            raise UserError(self.env._("Write the agency to which the case is forwarded."))

    def _after_resolve(self):
        self._from_machine().resolved_at = fields.Datetime.now()
        self._notify_followers("case_resolved")
        self._write_result_letter()

    def _after_final(self):
        self._notify_followers("case_closed")

    # ------------------------------------------------------------ citizen's view
    def _citizen_result_photos(self):
        """Photos after the work that the citizen may see: once the work is said to be done."""
        self.ensure_one()
        done = self._citizen_sees_result()
        return self.sudo().after_attachment_ids if done else self.env["ir.attachment"]

    def _citizen_attachments(self):
        return super()._citizen_attachments() | self._citizen_result_photos()

    def _photos_before(self):
        """Photos that came with the report."""
        self.ensure_one()
        return self.sudo().document_ids.attachment_ids.filtered(
            lambda file: (file.mimetype or "").startswith("image/")
        )

    # ------------------------------------------------------------ papers
    def _paper_details(self):
        rows = [("รายละเอียด", self.description)]
        rows += self._answer_lines()
        rows += [
            ("สถานที่", self.location_text),
            ("หมู่ที่", self.village_number),
            ("ชุมชน", self.community),
            ("หมายเลขเสาไฟ", self.asset_number),
            ("พิกัด", self.latitude and f"{self.latitude:.6f}, {self.longitude:.6f}"),
        ]
        return [row for row in rows if row[1]]

    # ------------------------------------------------------------ job
    @api.model
    def _cron_close_resolved(self):
        """Close what the citizen neither confirmed nor reopened within the set days.

        :return: whether all of it was done; else the job goes on at its next run
        """
        before = fields.Datetime.now() - timedelta(days=self._setting_days("auto_close_days", 7))
        cases = self.search([("state", "=", "resolved"), ("resolved_at", "<", before)], order="id")
        return cases._move_one_by_one(self._auto_close_step)

    def _move_one_by_one(self, step):
        """Do ``step`` for each case in a transaction of its own; for jobs.

        Killed in between, the next run goes on where this one stopped; a case that fails is
        logged and does not keep the others.

        :param str step: code of a transition
        :return: whether there was time for all of them
        """
        progress = self.env["ir.cron"]._commit_progress
        states = self._case_transition(step).source
        left = len(self)
        progress(remaining=left)
        for case in self:
            try:
                with self.env.cr.savepoint():
                    case._lock_case()
                    if case.state in states:  # somebody may have been faster
                        case._transition(step)
            except Exception:
                _logger.exception("%s of %s failed", step, case.display_name)
            left -= 1
            if not progress(1, remaining=left):
                return not left
        return True

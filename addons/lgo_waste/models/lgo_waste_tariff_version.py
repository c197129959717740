# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import thai


class LgoWasteTariffVersion(models.Model):
    """The rate table of an ordinance: from a day on, for every class it names.

    It is drafted, approved by the council, then put in force by another officer than the one who
    drafted it. A rate outside the limits of the law is refused, unless the law is suspended on
    that day (then a reason is asked for).
    """

    _name = "lgo.waste.tariff.version"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Rate Table"
    _order = "date_from desc, id desc"
    _action_only = frozenset({"state", "published_by_id", "published_at"})

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    basis_id = fields.Many2one(
        "lgo.waste.legal.basis", string="Ordinance", required=True, check_company=True,
        ondelete="restrict", tracking=True,
    )  # fmt: skip
    limit_basis_ids = fields.Many2many(
        "lgo.waste.legal.basis",
        string="Laws that limit the rates",
        help="Their floors and ceilings are checked when the table is put in force.",
    )
    date_from = fields.Date(string="In force from", required=True, tracking=True)
    date_to = fields.Date(string="In force until", tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved by the council"),
            ("published", "In force"),
            ("retired", "Withdrawn"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
        copy=False,
    )
    line_ids = fields.One2many("lgo.waste.tariff.line", "version_id", copy=True)
    exception_reason = fields.Char(
        help="Why the table is put in force although a limit is suspended on that day."
    )
    published_by_id = fields.Many2one(
        "res.users", string="Put in force by", readonly=True, copy=False
    )
    published_at = fields.Datetime(string="Put in force at", readonly=True, copy=False)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for version in self:
            if version.date_to and version.date_to < version.date_from:
                raise ValidationError(self.env._("The last day comes before the first."))

    @api.constrains("state", "date_from", "date_to", "line_ids")
    def _check_overlap(self):
        for version in self.filtered(lambda one: one.state == "published"):
            others = self.search(
                [
                    ("id", "!=", version.id),
                    ("company_id", "=", version.company_id.id),
                    ("state", "=", "published"),
                    ("date_from", "<=", version.date_to or fields.Date.to_date("9999-12-31")),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", version.date_from),
                ]
            )
            for other in others:
                common = version.line_ids.tariff_id & other.line_ids.tariff_id
                if common:
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” is in force for %(classes)s on the same days. Enter the "
                            "last day of that table first.",
                            name=other.name,
                            classes=", ".join(common.mapped("name")),
                        )
                    )

    def write(self, vals):
        fixed = {"date_from", "line_ids", "basis_id", "company_id"} & vals.keys()
        if fixed and self.filtered(lambda version: version.state in ("published", "retired")):
            raise UserError(
                self.env._("A rate table in force does not change; only its last day may be set.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        if self.filtered(lambda version: version.state != "draft"):
            raise UserError(self.env._("Only a draft of a rate table can be deleted."))

    # -- states ----------------------------------------------------------------------------

    def action_approve(self):
        """The council has approved the table."""
        for version in self:
            version._require("draft")
            if not version.line_ids:
                raise UserError(self.env._("The rate table has no rates yet."))
            version.sudo().state = "approved"
        return True

    def action_draft(self):
        """Back to the draft, before it was put in force."""
        for version in self:
            version._require("approved")
            version.sudo().state = "draft"
        return True

    def action_publish(self):
        """Put the table in force.

        :raise UserError: a gap or an overlap inside a class, a rate outside the limits, the same
            officer as the one who drafted it
        """
        for version in self:
            version._require("approved")
            if version.create_uid == self.env.user and not self.env.su:
                raise UserError(
                    self.env._("Somebody else than who drafted the rate table puts it in force.")
                )
            version._check_brackets()
            version._check_limits()
            version.sudo().write(
                {
                    "state": "published",
                    "published_by_id": self.env.uid,
                    "published_at": fields.Datetime.now(),
                }
            )
        return True

    def action_retire(self):
        """Withdraw a table that never came to be used."""
        for version in self:
            version._require("published")
            if (
                self.env["lgo.waste.charge"]
                .sudo()
                .search_count([("version_id", "=", version.id)], limit=1)
            ):
                raise UserError(
                    self.env._("Bills were made by this rate table. Enter its last day instead.")
                )
            version.sudo().state = "retired"
        return True

    def _require(self, state):
        self.ensure_one()
        self.check_access("write")
        if self.state != state:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The rate table “%(name)s” is in the state “%(state)s”.",
                    name=self.name,
                    state=labels[self.state],
                )
            )

    def _check_brackets(self):
        """No quantity has two rates of one component."""
        for (tariff, _component), lines in self.line_ids.grouped(
            lambda line: (line.tariff_id, line.component)
        ).items():
            ordered = lines.sorted("above")
            for line, following in zip(ordered, ordered[1:], strict=False):
                if not line.up_to or line.up_to > following.above:
                    raise UserError(
                        self.env._(
                            "Class %(name)s: two rates for quantities above %(quantity)s.",
                            name=tariff.name,
                            quantity=f"{following.above:g}",
                        )
                    )

    def _check_limits(self):
        """Refuse rates outside the limits of the law on the first day of the table."""
        self.ensure_one()
        date = self.date_from
        suspended = self.limit_basis_ids.filtered(lambda basis: basis._is_suspended(date))
        if suspended and not self.exception_reason:
            raise UserError(
                self.env._(
                    "The limits of %(name)s are suspended on %(date)s. Enter the reason why the "
                    "rate table is put in force all the same.",
                    name=", ".join(suspended.mapped("name")),
                    date=thai.format_date(date, "abbr", "arabic"),
                )
            )
        limits = self.limit_basis_ids.limit_ids
        wrong = []
        for line in self.line_ids:
            for limit in limits.filtered(lambda one, line=line: one._applies(line, date)):
                if limit.ceiling and line.rate > limit.ceiling:
                    wrong.append((line, "≤", limit.ceiling, limit.basis_id))
                elif limit.floor and line.rate < limit.floor:
                    wrong.append((line, "≥", limit.floor, limit.basis_id))
        if wrong:
            raise UserError(
                self.env._("These rates are outside the limits of the law:")
                + "".join(
                    f"\n- {line.tariff_id.name}: {line.rate:,.2f} ({sign} {value:,.2f}, "
                    f"{basis.name})"
                    for line, sign, value, basis in wrong
                )
            )

    @api.model
    def _in_force(self, company, date):
        """Rate tables of an organisation that are in force on ``date``."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "published"),
                ("date_from", "<=", date),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", date),
            ]
        )

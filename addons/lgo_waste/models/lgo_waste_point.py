# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import thai


class Change(NamedTuple):
    """From when and why the fee changes. An object, so that a remote call cannot send one."""

    effective: date
    reason: str


#: What the fee depends on: changes only with the day from which the change counts.
BILLING = ("tariff_id", "volume", "unit_count")
#: What else is written into the history.
HISTORY = ("zone_id", "route_id", "house", "house_code", "date_start", "date_stop", "state")
SERVED = ("active", "terminating", "terminated")


class LgoWastePoint(models.Model):
    """A service point (จุดเก็บขน): a house, a shop, a condominium whose waste is collected.

    It has a payment account, whose number is reference 1 of every payment and stays the same when
    the payer changes (dossier sections 2.1 and 2.2).
    """

    _name = "lgo.waste.point"
    _inherits = {"lgo.payment.account": "account_id"}
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Service Point"
    _order = "route_id, route_sequence, id"
    _rec_names_search = ["number", "name", "house", "old_number", "partner_id.name"]

    account_id = fields.Many2one(
        "lgo.payment.account", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("inspecting", "To be inspected"),
            ("active", "Served"),
            ("terminating", "To be ended"),
            ("terminated", "Ended"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    house_code = fields.Char(
        string="House code",
        copy=False,
        help="Eleven digits of the house register (รหัสประจำบ้าน).",
    )
    house_part = fields.Char(
        string="Part of the house", help="Where one house code has several service points."
    )
    village_number = fields.Char(string="Moo")
    lane = fields.Char(string="Soi")
    road = fields.Char()
    community_id = fields.Many2one(
        "lgo.waste.community", check_company=True, index="btree_not_null"
    )
    zone_id = fields.Many2one(
        "lgo.waste.zone", required=True, check_company=True, index=True, ondelete="restrict"
    )
    route_id = fields.Many2one(
        "lgo.waste.route", check_company=True, index=True, ondelete="restrict",
        domain="[('zone_id', '=', zone_id)]",
    )  # fmt: skip
    route_sequence = fields.Integer(string="Place on the route", aggregator=None)
    latitude = fields.Float(digits=(10, 7), aggregator=None)
    longitude = fields.Float(digits=(10, 7), aggregator=None)
    tariff_id = fields.Many2one(
        "lgo.waste.tariff", string="Class", required=True, check_company=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    unit = fields.Selection(related="tariff_id.unit")
    volume = fields.Float(
        string="Quantity", digits=(12, 3), default=20.0, required=True, aggregator=None,
        help="In the unit of the class, e.g. litres a day.",
    )  # fmt: skip
    unit_count = fields.Integer(
        string="Rooms or households", default=1, required=True, aggregator="sum"
    )
    date_start = fields.Date(string="Served from", copy=False)
    date_stop = fields.Date(string="Served until", copy=False)
    is_paused = fields.Boolean(
        string="Paused", compute="_compute_is_paused", search="_search_is_paused"
    )
    note = fields.Text()
    payer_ids = fields.One2many("lgo.waste.payer", "point_id", string="Payers")
    pause_ids = fields.One2many("lgo.waste.pause", "point_id", string="Pauses")
    exemption_ids = fields.One2many("lgo.waste.exemption", "point_id", string="Exemptions")
    enrolment_ids = fields.One2many("lgo.waste.enrolment", "point_id", string="Incentives")
    bin_ids = fields.One2many("lgo.waste.bin", "point_id", string="Bins")
    charge_ids = fields.One2many("lgo.waste.charge", "point_id", string="Months")
    change_ids = fields.One2many("lgo.waste.change", "point_id", string="History")

    _account_uniq = models.UniqueIndex(
        "(account_id)", "The payment account belongs to another service point."
    )
    _house_uniq = models.UniqueIndex(
        "(house_code, COALESCE(house_part, ''), company_id)"
        " WHERE house_code IS NOT NULL AND state != 'terminated'",
        "Another service point has this house code already. Tell them apart by the part of the "
        "house.",
    )
    _run_idx = models.Index(
        "(company_id, id) WHERE state IN ('active', 'terminating', 'terminated')"
    )
    _values_positive = models.Constraint(
        "CHECK (volume > 0 AND unit_count > 0 AND unit_count <= 100000)",
        "The quantity and the number of rooms or households are above zero.",
    )
    _place = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "This is no place on the earth.",
    )

    # -- computed --------------------------------------------------------------------------

    @api.depends("pause_ids.state", "pause_ids.date_from", "pause_ids.date_to")
    def _compute_is_paused(self):
        today = fields.Date.context_today(self)
        for point in self:
            point.is_paused = any(
                pause.state == "approved" and pause._covers(today) for pause in point.pause_ids
            )

    def _search_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        pauses = self.env["lgo.waste.pause"]._search(
            [
                ("state", "=", "approved"),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
        return [("pause_ids", "in" if True in value else "not in", pauses)]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for point in self:
            point.display_name = f"{point.number or ''} {point.name or ''}".strip()

    # -- constraints -----------------------------------------------------------------------

    @api.constrains("house_code")
    def _check_house_code(self):
        for point in self:
            if point.house_code and not (
                len(point.house_code) == 11
                and point.house_code.isascii()
                and point.house_code.isdigit()
            ):
                raise ValidationError(
                    self.env._(
                        "A house code has eleven digits; “%(code)s” has not.",
                        code=point.house_code,
                    )
                )

    @api.constrains("date_start", "date_stop", "state")
    def _check_dates(self):
        for point in self:
            if point.state in SERVED and not point.date_start:
                raise ValidationError(self.env._("Enter from which day the point is served."))
            if point.date_stop and (not point.date_start or point.date_stop < point.date_start):
                raise ValidationError(self.env._("The last day comes before the first."))

    @api.constrains("zone_id", "route_id")
    def _check_route(self):
        for point in self:
            if point.route_id and point.route_id.zone_id != point.zone_id:
                raise ValidationError(
                    self.env._(
                        "Route “%(route)s” belongs to zone “%(zone)s”.",
                        route=point.route_id.name,
                        zone=point.route_id.zone_id.name,
                    )
                )

    @api.onchange("zone_id")
    def _onchange_zone_id(self):
        if self.route_id.zone_id != self.zone_id:
            self.route_id = False

    @api.onchange("house", "village_number")
    def _onchange_house(self):
        if self.house and self.state == "draft":
            self.name = self._title(self.house, self.village_number)

    @api.model
    def _title(self, house, village_number):
        """What the bill calls the point."""
        moo = f" หมู่ {village_number}" if village_number else ""
        return f"บ้านเลขที่ {house}{moo}"

    # -- create and write ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._complete_vals(vals_list)
        points = super().create(vals_list)
        payers = self.env["lgo.waste.payer"]
        payers.create(
            [
                {
                    "point_id": point.id,
                    "partner_id": point.partner_id.id,
                    "date_from": point.date_start or fields.Date.context_today(self),
                }
                for point, vals in zip(points, vals_list, strict=True)
                if not vals.get("payer_ids")
            ]
        )
        return points

    def _complete_vals(self, vals_list):
        """Give numbers to new points of each organisation, clean house codes, names."""
        wanting = {}
        for vals in vals_list:
            if vals.get("house_code"):
                vals["house_code"] = self._clean_code(vals["house_code"])
            if not vals.get("name") and vals.get("house"):
                vals["name"] = self._title(vals["house"], vals.get("village_number"))
            if not vals.get("number") and not vals.get("account_id"):
                company = vals.get("company_id") or self.env.company.id
                wanting.setdefault(company, []).append(vals)
        for company, rows in wanting.items():
            accounts = self.env["lgo.payment.account"]
            company = self.env["res.company"].browse(company)
            for vals, number in zip(
                rows, accounts.with_company(company)._next_numbers(len(rows)), strict=True
            ):
                vals["number"] = number

    @api.model
    def _clean_code(self, text):
        return "".join(thai.to_arabic_digits(text).replace("-", "").split()) or False

    def write(self, vals):
        if vals.get("house_code"):
            vals = {**vals, "house_code": self._clean_code(vals["house_code"])}
        change = self.env.context.get("lgo_waste_change")
        if not isinstance(change, Change):
            change = Change(fields.Date.context_today(self), "")
            if set(BILLING) & vals.keys():
                self._refuse_billing()
        if "partner_id" in vals:
            self._refuse_payer()
        before = self._history_values(vals)
        result = super().write(vals)
        self._note_history(before, change)
        return result

    def _refuse_billing(self):
        if self.filtered(lambda point: point.state in SERVED):
            raise UserError(
                self.env._(
                    "The fee depends on it. Use the button “Change”, with the day from which the "
                    "change counts."
                )
            )

    def _refuse_payer(self):
        if self.filtered(lambda point: point.state in SERVED):
            raise UserError(
                self.env._("Add the new payer on the page “Payers”, with the day it begins.")
            )

    def _history_values(self, vals):
        names = [name for name in (*BILLING, *HISTORY) if name in vals]
        return {
            point: {name: (point[name], point._history_text(name)) for name in names}
            for point in self
            if names and point.state != "draft"
        }

    def _history_text(self, name):
        value = self[name]
        field = self._fields[name]
        if field.type == "many2one":
            return value.sudo().display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "date":
            return thai.format_date(value, "abbr", "arabic") if value else ""
        return f"{value:g}" if field.type == "float" else str(value or "")

    def _note_history(self, before, change):
        rows = []
        for point, values in before.items():
            for name, (old, old_text) in values.items():
                if point[name] == old:
                    continue
                rows.append(
                    {
                        "point_id": point.id,
                        "field_name": name,
                        "old_value": str(old.id if isinstance(old, models.BaseModel) else old),
                        "old_text": old_text,
                        "new_text": point._history_text(name),
                        "date_effective": change.effective,
                        "reason": change.reason,
                        "user_id": self.env.uid,
                    }
                )
        self.env["lgo.waste.change"].sudo()._append_only_permitted().create(rows)

    def _change(self, values, effective, reason):
        """Change what the fee depends on, from a day on.

        :param dict values: of the fields ``BILLING``
        :param effective: ``datetime.date``; months that begin on it or later cost the new fee
        :param str reason: why, for the history
        :raise UserError: a change of the same from a later day on is recorded already
        """
        self.check_access("write")
        for point in self:
            later = point.change_ids.filtered(
                lambda change: change.field_name in values and change.date_effective > effective
            )
            if later:
                raise UserError(
                    self.env._(
                        "A change from %(date)s on is recorded already; this one cannot begin "
                        "before it.",
                        date=thai.format_date(max(later.mapped("date_effective")), "abbr"),
                    )
                )
        self.with_context(lgo_waste_change=Change(effective, reason)).write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda point: point.state != "draft" or point.bill_ids):
            raise UserError(
                self.env._("A service point is never deleted; end its service instead.")
            )

    # -- payers ----------------------------------------------------------------------------

    def _apply_payer(self):
        """The payer of today is the payer of the account."""
        today = fields.Date.context_today(self)
        for point in self:
            begun = point.payer_ids.filtered(lambda payer: payer.date_from <= today)
            payer = begun.sorted("date_from")[-1:] or point.payer_ids.sorted("date_from")[:1]
            if payer and payer.partner_id != point.partner_id:
                point.account_id.sudo().partner_id = payer.partner_id

    @api.model
    def _cron_apply_payers(self):
        """Payers that begin today (or since the last run) become payers of their accounts."""
        today = fields.Date.context_today(self)
        payers = self.env["lgo.waste.payer"].search(
            [("date_from", "<=", today), ("date_from", ">=", fields.Date.subtract(today, days=7))]
        )
        payers.point_id._apply_payer()

    # -- states ----------------------------------------------------------------------------

    def action_inspect(self):
        """Ask the health officer to look at the point."""
        self._move("draft", "inspecting")
        return True

    def action_activate(self):
        """The point was inspected and is served."""
        for point in self:
            if not point.date_start:
                raise UserError(self.env._("Enter from which day the point is served."))
        self._move("inspecting", "active", "lgo_waste.group_health_officer")
        return True

    def action_end(self):
        """The service is to end; the last day is entered, the inspection follows."""
        for point in self:
            if not point.date_stop:
                raise UserError(self.env._("Enter the last day of the service first."))
        self._move("active", "terminating")
        return True

    def action_confirm_end(self):
        """The inspection confirms the end: no new bills, the debts stay."""
        self._move("terminating", "terminated", "lgo_waste.group_health_officer")
        self.account_id.sudo().is_closed = True
        return True

    def action_resume(self):
        """The end is taken back: the point is served on."""
        self._move("terminating", "active")
        self.date_stop = False
        return True

    def _move(self, before, after, group=None):
        self.check_access("write")
        if group and not (
            self.env.su
            or self.env.user.has_group(group)
            or self.env.user.has_group("lgo_waste.group_manager")
        ):
            raise UserError(
                self.env._("A health officer inspects the service point and presses this.")
            )
        for point in self:
            if point.state != before:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is in the state “%(state)s”.",
                        name=point.display_name,
                        state=labels[point.state],
                    )
                )
        self.sudo().write({"state": after})

    # -- screens ---------------------------------------------------------------------------

    def action_open_bills(self):
        """The bills of the point."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_payment.lgo_payment_bill_action"
        )
        return {**action, "domain": [("account_id", "=", self.account_id.id)], "context": {}}

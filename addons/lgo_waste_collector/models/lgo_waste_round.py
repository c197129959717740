# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_payment.models.lgo_receipt import REGISTER

#: How long a phone may take money without having asked the server (dossier appendix I).
VALID = timedelta(hours=24)
GROUP = "lgo_waste.group_collector"
OFFICE = ("lgo_base.group_finance", "lgo_waste.group_manager")


class LgoWasteRound(models.Model):
    """The round of a collector with one phone: a till, receipt numbers, what was taken.

    The phone gets numbers of the receipt register in advance, so that a receipt can be given where
    there is no signal. Numbers that were not used are voided when the round ends: the register
    accounts for each (dossier sections 2.3 and appendix I).
    """

    _name = "lgo.waste.round"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Round of a Collector"
    _order = "opened_at desc, id desc"
    _action_only = frozenset(
        {
            "state", "company_id", "user_id", "device", "token", "session_id", "entry_ids",
            "opened_at", "valid_until", "closed_at",
        }
    )  # fmt: skip

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Collector", required=True, readonly=True,
                              index=True, ondelete="restrict")  # fmt: skip
    device = fields.Char(
        required=True, readonly=True, groups="base.group_system",
        help="Random mark of the phone: one round is on one phone only.",
    )  # fmt: skip
    token = fields.Char(
        required=True, readonly=True, groups="base.group_system",
        help="Beginning of the chain of check sums of what the phone writes.",
    )  # fmt: skip
    session_id = fields.Many2one(
        "lgo.cash.session", string="Till", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    entry_ids = fields.Many2many("lgo.register.entry", string="Receipt numbers", readonly=True)
    collection_ids = fields.One2many("lgo.waste.collection", "round_id", readonly=True)
    opened_at = fields.Datetime(string="Begun", required=True, readonly=True)
    valid_until = fields.Datetime(string="May take money until", required=True, readonly=True)
    closed_at = fields.Datetime(string="Ended", readonly=True)
    state = fields.Selection(
        [("open", "On the way"), ("closed", "Ended"), ("lost", "Phone lost")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    receipt_count = fields.Integer(string="Receipts", compute="_compute_figures")
    amount = fields.Monetary(string="Taken", compute="_compute_figures")
    problem_count = fields.Integer(string="To decide", compute="_compute_figures")
    visit_count = fields.Integer(string="Visits in vain", compute="_compute_figures")
    unused_count = fields.Integer(string="Numbers left", compute="_compute_unused_count")

    _one_open = models.UniqueIndex(
        "(user_id, company_id) WHERE state = 'open'", "This collector has an open round already."
    )

    @api.depends("user_id", "opened_at")
    def _compute_display_name(self):
        for round_ in self:
            day = thai.format_date(round_.opened_at, "abbr", "arabic")
            round_.display_name = f"{round_.user_id.sudo().name} {day}"

    @api.depends("collection_ids.state")
    def _compute_figures(self):
        groups = self.env["lgo.waste.collection"]._read_group(
            [("round_id", "in", self.ids)],
            ["round_id", "kind", "state"],
            ["__count", "amount:sum"],
        )
        figures = {}
        for round_, kind, state, count, amount in groups:
            row = figures.setdefault(round_.id, {"payment": 0, "visit": 0, "amount": 0, "open": 0})
            row[kind] += count
            row["amount"] += amount if state in ("done", "conflict", "decided") else 0
            row["open"] += count if state in ("conflict", "held") else 0
        for round_ in self:
            row = figures.get(round_.id, {})
            round_.receipt_count = row.get("payment", 0)
            round_.visit_count = row.get("visit", 0)
            round_.amount = row.get("amount", 0.0)
            round_.problem_count = row.get("open", 0)

    def _compute_unused_count(self):
        for round_ in self:
            round_.unused_count = len(round_.sudo()._unused_entries())

    # -- the phone -------------------------------------------------------------------------

    @api.model
    def _open(self, device):
        """Begin a round on a phone, or go on with the one that is on it.

        :param str device: mark of the phone, made by it at random
        :return: ``lgo.waste.round`` (in sudo)
        :raise AccessError: no collector
        :raise UserError: the round is on another phone, or money of an earlier day waits
        """
        user = self.env.user
        if not user.has_group(GROUP):
            raise AccessError(self.env._("Only collectors go on rounds."))
        company = self.env.company
        round_ = self.sudo().search(
            [("user_id", "=", user.id), ("company_id", "=", company.id), ("state", "=", "open")]
        )
        if round_ and round_.device != device:
            raise UserError(
                self.env._(
                    "Your round is on another phone. End it there; if that phone is lost, finance "
                    "reports it."
                )
            )
        session = self._till(company)
        if not round_:
            round_ = round_.create(
                {
                    "company_id": company.id,
                    "user_id": user.id,
                    "device": device,
                    "token": secrets.token_hex(16),
                    "opened_at": fields.Datetime.now(),
                    "valid_until": fields.Datetime.now(),
                }
            )
            self.env["lgo.audit.log"]._log("waste.round.open", round_)
        round_.write({"session_id": session.id, "valid_until": self._valid_until()})
        round_._fill_numbers()
        return round_

    @api.model
    def _till(self, company):
        """The open till of the collector; one of an earlier day must be handed over first."""
        sessions = self.env["lgo.cash.session"]
        session = sessions._current()
        today = thai.local_date(fields.Datetime.now())
        may_keep = company.sudo().lgo_collector_overnight
        if session and thai.local_date(session.opened_at) < today and not may_keep:
            raise UserError(
                self.env._(
                    "Your till of %(day)s is still open. Count the money and hand it over before "
                    "you begin a new round.",
                    day=thai.format_date(session.opened_at, "abbr", "arabic"),
                )
            )
        return session or sessions.create({})

    @api.model
    def _valid_until(self):
        """24 hours, but no number is used after its fiscal year."""
        now = fields.Datetime.now()
        today = thai.local_date(now)
        year = today.year + (1 if today.month >= 10 else 0)
        end = fields.Datetime.to_datetime(f"{year}-09-30 17:00:00")  # midnight in Bangkok
        return min(now + VALID, end)

    def _unused_entries(self):
        """Numbers that no receipt has and nobody voided, in their order."""
        used = self.collection_ids.receipt_id.register_entry_id
        return (self.entry_ids - used).filtered(lambda one: one.state == "used").sorted("number")

    def _fill_numbers(self):
        """Give the phone as many unused numbers as the office sets; old years' are voided."""
        self.ensure_one()
        unused = self._unused_entries()
        period = self.env["lgo.register"]._find(REGISTER, self.company_id)._period_text()
        old = unused.filtered(lambda one: one.period != period)
        if old:
            old._void(self.env._("Not used in its fiscal year (phone of a collector)"))
            unused -= old
        wanted = self.company_id.lgo_collector_numbers - len(unused)
        if wanted > 0:
            label = f"เครื่องผู้เก็บเงิน {self.user_id.name}"
            self.entry_ids += self.env["lgo.register"]._take_numbers(
                REGISTER, self.company_id, [label] * wanted
            )

    def _close_round(self):
        """End the round: numbers that were not used are voided."""
        self.ensure_one()
        if self.state != "open":
            return
        unused = self._unused_entries()
        if unused:
            unused._void(self.env._("Not used (phone of a collector)"))
        self.write({"state": "closed", "closed_at": fields.Datetime.now()})
        self.env["lgo.audit.log"]._log("waste.round.close", self)

    def _lock(self):
        """Two deliveries of one phone wait for each other."""
        self.env.execute_query(
            SQL("SELECT id FROM lgo_waste_round WHERE id = %s FOR UPDATE", self.id)
        )

    # -- buttons of the office -------------------------------------------------------------

    def _check_office(self):
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in OFFICE):
            raise AccessError(self.env._("Only finance or a manager of the waste fee does that."))

    def action_lost(self):
        """The phone is lost: it takes and sends nothing more; its numbers wait to be voided."""
        for round_ in self:
            round_._check_office()
            if round_.state != "open":
                raise UserError(self.env._("This round has ended already."))
            round_.sudo().write({"state": "lost", "closed_at": fields.Datetime.now()})
            self.env["lgo.audit.log"]._log("waste.round.lost", round_, severity="warning")
        return True

    def action_void_numbers(self):
        """Void the numbers of a lost phone once it is clear that it does not come back."""
        for round_ in self:
            round_._check_office()
            if round_.state == "open":
                raise UserError(self.env._("The collector ends the round on the phone."))
            unused = round_.sudo()._unused_entries()
            if unused:
                unused._void(self.env._("Phone of a collector lost"))
        return True

    def action_open_collections(self):
        """What the phone has written."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_waste_collector.lgo_waste_collection_action"
        )
        return {**action, "domain": [("round_id", "=", self.id)], "context": {}}

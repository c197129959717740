# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from .lgo_waste_point_fees import months_from

#: Service points that are billed in one transaction: large enough for few queries a bill, small
#: enough that a killed run loses a second of work.
BATCH = 500
#: Key of the advisory lock of billing, beside the number of the organisation.
LOCK = 0x7761737465


class LgoWasteRun(models.Model):
    """A billing run (การออกใบแจ้ง): every month of every service point once.

    A run goes on by batches in the background. Each batch is one transaction with its bills, their
    invoices, the charged months and the place where the run goes on: killed at any moment it goes
    on from there, nothing is half and nothing twice.
    """

    _name = "lgo.waste.run"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Billing Run"
    _order = "period_from desc, id desc"
    _action_only = frozenset(
        {
            "state", "cursor", "total_count", "done_count", "bill_count", "free_count",
            "amount_total", "started_by_id", "started_at", "ended_at", "problem_ids", "preview_ids",
        }
    )  # fmt: skip

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_from = fields.Date(
        string="First month", required=True, default=lambda self: self._default_period(),
        help="Any day of the first month that is billed.",
    )  # fmt: skip
    month_count = fields.Integer(
        string="Number of months",
        required=True,
        default=lambda self: int(self.env.company.lgo_waste_cycle),
        aggregator=None,
    )
    zone_ids = fields.Many2many("lgo.waste.zone", string="Zones", help="Empty: all zones.")
    tariff_ids = fields.Many2many("lgo.waste.tariff", string="Classes", help="Empty: all classes.")
    date = fields.Date(string="Bill date", required=True, default=fields.Date.context_today)
    date_due = fields.Date(string="Due date", help="Empty: by the days of the organisation.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("preview", "Preview"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        copy=False,
    )
    cursor = fields.Integer(readonly=True, copy=False, aggregator=None)
    total_count = fields.Integer(string="Service points", readonly=True, copy=False)
    done_count = fields.Integer(string="Done", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress", aggregator=None)
    bill_count = fields.Integer(string="Bills", readonly=True, copy=False)
    free_count = fields.Integer(string="Without a fee", readonly=True, copy=False)
    amount_total = fields.Monetary(string="Total", readonly=True, copy=False)
    started_by_id = fields.Many2one("res.users", string="Started by", readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    problem_ids = fields.One2many("lgo.waste.run.problem", "run_id", readonly=True)
    problem_count = fields.Integer(string="Not billed", compute="_compute_problem_count")
    preview_ids = fields.One2many("lgo.waste.run.preview", "run_id", readonly=True)

    @api.model
    def _default_period(self):
        return fields.Date.start_of(fields.Date.context_today(self), "month")

    @api.depends("period_from", "month_count")
    def _compute_name(self):
        for run in self:
            run.name = run._period_text() if run.period_from else ""

    @api.depends("done_count", "total_count", "state")
    def _compute_progress(self):
        for run in self:
            total = run.total_count or 1
            run.progress = 100.0 if run.state == "done" else 100.0 * run.done_count / total

    def _compute_problem_count(self):
        groups = self.env["lgo.waste.run.problem"]._read_group(
            [("run_id", "in", self.ids)], ["run_id"], ["__count"]
        )
        counts = {run.id: count for run, count in groups}
        for run in self:
            run.problem_count = counts.get(run.id, 0)

    @api.constrains("period_from", "month_count", "date", "date_due")
    def _check_period(self):
        for run in self:
            if not 1 <= run.month_count <= 24:
                raise ValidationError(self.env._("A run bills from 1 to 24 months."))
            if run.date_due and run.date_due < run.date:
                raise ValidationError(self.env._("The due date comes before the bill date."))

    def write(self, vals):
        plan = {"period_from", "month_count", "zone_ids", "tariff_ids", "date", "date_due"}
        if (plan | {"company_id"}) & vals.keys() and self.filtered(
            lambda run: run.state not in ("draft", "preview")
        ):
            raise UserError(self.env._("The run was started; make a new one instead."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if self.filtered(lambda run: run.state not in ("draft", "preview")):
            raise UserError(self.env._("A run that was started stays, for the auditors."))

    # -- what is billed --------------------------------------------------------------------

    def _months(self):
        return months_from(self.period_from, self.month_count)

    def _period_text(self, months=None):
        """The months in Thai: ต.ค. 2569, or ต.ค.–ธ.ค. 2569."""
        months = months or self._months()
        first, last = (
            thai.format_date(month, "abbr", "arabic").partition(" ")[2]
            for month in (months[0], months[-1])
        )
        if months[0] == months[-1]:
            return first
        if first[-4:] == last[-4:]:
            first = first[:-5]
        return f"{first}–{last}"

    def _scope(self):
        """Condition of the service points of the run, as SQL on ``lgo_waste_point``."""
        months = self._months()
        last = fields.Date.end_of(months[-1], "month")
        parts = [
            SQL("company_id = %s", self.company_id.id),
            SQL("state IN ('active', 'terminating', 'terminated')"),
            SQL("date_start <= %s", last),
            SQL("(date_stop IS NULL OR date_stop >= %s)", months[0]),
        ]
        if self.zone_ids:
            parts.append(SQL("zone_id IN %s", tuple(self.zone_ids.ids)))
        if self.tariff_ids:
            parts.append(SQL("tariff_id IN %s", tuple(self.tariff_ids.ids)))
        return SQL(" AND ").join(parts)

    def _next_points(self, limit):
        """The next service points of the run, by id."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM lgo_waste_point WHERE %s AND id > %s ORDER BY id LIMIT %s",
                self._scope(),
                self.cursor,
                limit,
            )
        )
        return self.env["lgo.waste.point"].browse([row[0] for row in rows])

    def _count_points(self):
        self.env.flush_all()
        query = SQL("SELECT count(*) FROM lgo_waste_point WHERE %s", self._scope())
        return self.env.execute_query(query)[0][0]

    def _open_fees(self, points):
        """Fees of the months that were not charged yet."""
        months = self._months()
        groups = self.env["lgo.waste.charge"]._read_group(
            [
                ("point_id", "in", points.ids),
                ("period", "in", months),
                ("state", "!=", "cancelled"),
            ],
            ["point_id", "period:day"],
        )
        done = {(point.id, fields.Date.to_date(period)) for point, period in groups}
        fees = points._month_fees(months)
        return [fee for fee in fees if (fee.point.id, fee.month) not in done]

    # -- preview ---------------------------------------------------------------------------

    def action_preview(self):
        """Count what would be billed, without billing anything."""
        for run in self:
            run.check_access("write")
            if run.state not in ("draft", "preview"):
                raise UserError(self.env._("The run was started already."))
            run.sudo()._preview()
        return True

    def _preview(self):
        self.preview_ids.unlink()
        self.problem_ids.unlink()
        classes, problems = {}, []
        self.cursor = 0
        while points := self._next_points(2000):
            for fee in self._open_fees(points):
                if fee.error:
                    problems.append((fee.point, fee.error))
                    continue
                row = classes.setdefault((fee.point.zone_id, fee.tariff), [set(), 0, 0, 0])
                row[0].add(fee.point.id)
                row[1] += fee.full
                row[2] += fee.due
                row[3] += not fee.due
            self.cursor = points[-1].id
            points.invalidate_recordset()
        self.cursor = 0
        self.write(
            {
                "state": "preview",
                "total_count": self._count_points(),
                "preview_ids": [
                    fields.Command.create(
                        {
                            "zone_id": zone.id,
                            "tariff_id": class_.id,
                            "point_count": len(ids),
                            "free_count": free,
                            "amount_full": float(full),
                            "amount": float(due),
                        }
                    )
                    for (zone, class_), (ids, full, due, free) in sorted(
                        classes.items(), key=lambda row: (row[0][0].code, row[0][1].code)
                    )
                ],
            }
        )
        self._note_problems(problems)

    def _note_problems(self, problems):
        self.env["lgo.waste.run.problem"].create(
            [
                {"run_id": self.id, "point_id": point.id, "message": message}
                for point, message in dict.fromkeys(problems)
            ]
        )

    # -- running ---------------------------------------------------------------------------

    def action_start(self):
        """Start the run, or go on with one that was stopped; the bills come in the background."""
        for run in self:
            run.check_access("write")
            if run.state not in ("preview", "stopped"):
                raise UserError(self.env._("Look at the preview first."))
            values = {"state": "running"}
            if run.state == "preview":
                run.sudo().problem_ids.unlink()
                values |= {
                    "started_by_id": self.env.uid,
                    "started_at": fields.Datetime.now(),
                    "total_count": run._count_points(),
                }
            run.sudo().write(values)
        self.env.ref("lgo_waste.ir_cron_run").sudo()._trigger()
        return True

    def action_print(self):
        """Print the bills of the run by route, in the background; open the list of papers."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(self.env._("The bills are printed when the run is done."))
        jobs = self.env["lgo.waste.print"]._plan(self)
        if "waiting" in jobs.mapped("state"):
            self.env.ref("lgo_waste.ir_cron_print").sudo()._trigger()
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_waste.lgo_waste_print_action")
        return {**action, "domain": [("run_id", "=", self.id)]}

    def action_stop(self):
        """Stop after the batch that is being billed; what was billed stays."""
        for run in self:
            run.check_access("write")
            if run.state != "running":
                raise UserError(self.env._("The run is not running."))
            run.sudo().state = "stopped"
        return True

    @api.model
    def _cron_run(self):
        """Bill batch after batch, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        for run in self.search([("state", "=", "running")], order="id"):
            left = run.total_count - run.done_count
            cron._commit_progress(remaining=max(left, 1))
            while run.exists().state == "running":
                done = run._step()
                left = max(left - done, 0)
                running = run.state == "running"
                if not cron._commit_progress(done, remaining=left if running else 0):
                    return

    def _step(self, limit=BATCH):
        """Bill the next batch; the caller commits.

        :param int limit: service points
        :return: how many service points were looked at; 0 at the end
        """
        self.ensure_one()
        # first of all, so that the snapshot of this transaction is younger than the other's commit
        self.env.execute_query(
            SQL(
                "SELECT 1 FROM (SELECT pg_advisory_xact_lock(%s)) AS lock",
                LOCK + self.company_id.id,
            )
        )
        run = self.sudo()
        run.invalidate_recordset()
        if run.state != "running":
            return 0
        points = run._next_points(limit)
        if not points:
            run.write({"state": "done", "ended_at": fields.Datetime.now()})
            return 0
        self._bill(run, run._open_fees(points))
        run.write({"cursor": points[-1].id, "done_count": run.done_count + len(points)})
        self.env.flush_all()
        return len(points)

    def _bill(self, run, fees):
        """Issue the bills of a batch and write down its months."""
        run._note_problems([(fee.point, fee.error) for fee in fees if fee.error])
        by_point = {}
        for fee in fees:
            if not fee.error:
                by_point.setdefault(fee.point, []).append(fee)
        owing = {
            point: due
            for point, rows in by_point.items()
            if (due := [fee for fee in rows if fee.due])
        }
        components = {name for rows in owing.values() for fee in rows for name in fee.parts}
        revenues = {name: run._revenue(name) for name in sorted(components)}
        bills = self.env["lgo.payment.bill"]._issue(
            run.company_id,
            [run._bill_spec(point, rows, revenues) for point, rows in owing.items()],
        )
        bill_of = dict(zip((point.id for point in owing), bills, strict=True))
        run._note_charges(by_point, bill_of)
        free = sum(not fee.due for rows in by_point.values() for fee in rows)
        run.write(
            {
                "bill_count": run.bill_count + len(bills),
                "free_count": run.free_count + free,
                "amount_total": run.amount_total + sum(bills.mapped("amount")),
            }
        )

    def _bill_spec(self, point, fees, revenues):
        """The bill of one service point as ``lgo.payment.bill._issue`` takes it.

        :param dict revenues: component -> kind of revenue
        """
        months = [fee.month for fee in fees]
        text = self._period_text(months)
        sums = {}
        for fee in fees:
            for component, (_full, due) in fee.parts.items():
                sums[component] = sums.get(component, Decimal(0)) + due
        return {
            "account": point.account_id,
            "date": self.date,
            "date_due": self.date_due
            or fields.Date.add(self.date, days=self.company_id.lgo_waste_due_days),
            "period_from": months[0],
            "period_to": fields.Date.end_of(months[-1], "month"),
            "title": f"ค่าธรรมเนียมเก็บและกำจัดมูลฝอย {text}",
            "key": f"waste/{point.id}/{months[0]:%Y-%m}",
            "lines": [
                {
                    "revenue": revenues[component],
                    "name": f"{revenues[component].name} {text}",
                    "amount": amount,
                }
                for component, amount in sorted(sums.items())
                if amount
            ],
        }

    def _revenue(self, component):
        """The kind of revenue of a component of the fee.

        :raise UserError: the organisation has none
        """
        revenue = self.env["lgo.payment.revenue"].search(
            [("code", "=", f"waste_{component}"), ("company_id", "=", self.company_id.id)], limit=1
        )
        if not revenue:
            raise UserError(
                self.env._(
                    "The kind of revenue “%(code)s” is missing. Finance adds it under "
                    "Configuration, Kinds of Revenue.",
                    code=f"waste_{component}",
                )
            )
        return revenue

    def _note_charges(self, by_point, bill_of):
        charges = self.env["lgo.waste.charge"]._append_only_permitted()
        charges.with_context(tracking_disable=True).create(
            [
                {
                    "point_id": point.id,
                    "company_id": self.company_id.id,
                    "period": fee.month,
                    "fiscal_year": thai.fiscal_year(fee.month),
                    "zone_id": point.zone_id.id,
                    "tariff_id": fee.tariff.id,
                    "version_id": fee.version.id,
                    "quantity": float(fee.quantity),
                    "unit_count": fee.units,
                    "amount_full": float(fee.full),
                    "amount": float(fee.due),
                    "incentive_id": fee.enrolment.incentive_id.id,
                    "exemption_id": fee.exemption.id,
                    "pause_id": fee.pause.id,
                    "bill_id": bill_of[point.id].id if fee.due else False,
                    "run_id": self.id,
                    "state": "billed" if fee.due else "free",
                }
                for point, fees in by_point.items()
                for fee in fees
            ]
        )

    # -- screens ---------------------------------------------------------------------------

    def action_open_bills(self):
        """The bills of the run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_payment.lgo_payment_bill_action"
        )
        return {
            **action,
            "domain": [("waste_charge_ids.run_id", "=", self.id)],
            "context": {},
        }

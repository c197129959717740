# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import gc

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.report_weasyprint.tools import engine

#: Bills that are printed in one transaction: a few seconds of work, lost at most when it is killed.
BATCH = 50
REPORT = "lgo_payment.action_report_bill"


class LgoWastePrint(models.Model):
    """The bills of a run along one route, printed in the background (งานพิมพ์ใบแจ้ง).

    Each batch is one transaction that keeps its part of the paper and counts on; at the end the
    parts are put together in the order of the route.
    """

    _name = "lgo.waste.print"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Printing of Bills"
    _order = "run_id desc, route_id, id"
    _action_only = frozenset(
        {"run_id", "route_id", "bill_ids", "total_count", "done_count", "state", "file"}
    )

    run_id = fields.Many2one("lgo.waste.run", required=True, readonly=True, index=True)
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    route_id = fields.Many2one("lgo.waste.route", readonly=True, index="btree_not_null")
    bill_ids = fields.Json(string="Bills in order", readonly=True)
    total_count = fields.Integer(string="Bills", readonly=True)
    done_count = fields.Integer(string="Printed", readonly=True)
    progress = fields.Float(compute="_compute_progress", aggregator=None)
    state = fields.Selection(
        [("waiting", "Printing"), ("done", "Done")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    file = fields.Binary(string="Paper", readonly=True, attachment=True)
    file_name = fields.Char(compute="_compute_file_name")

    @api.depends("total_count", "done_count")
    def _compute_progress(self):
        for job in self:
            job.progress = 100.0 * job.done_count / (job.total_count or 1)

    @api.depends("run_id.name", "route_id.name")
    def _compute_file_name(self):
        for job in self:
            job.file_name = f"{job.display_name}.pdf"

    @api.depends("run_id.name", "route_id.name")
    def _compute_display_name(self):
        for job in self:
            route = job.route_id.name or self.env._("Without a route")
            job.display_name = f"{job.run_id.name} {route}"

    @api.model
    def _plan(self, run):
        """Make the jobs of a run, one a route; those that exist are kept.

        :param run: ``lgo.waste.run`` that is done
        :raise UserError: it has no bills
        """
        jobs = self.sudo().search([("run_id", "=", run.id)])
        if jobs:
            return jobs
        rows = self.env.execute_query_dict(self.env["lgo.waste.charge"].sudo()._print_query(run))
        if not rows:
            raise UserError(self.env._("There is no bill to print."))
        routes = {}
        for row in rows:
            routes.setdefault(row["route_id"], []).append(row["bill_id"])
        return self.sudo().create(
            [
                {
                    "run_id": run.id,
                    "route_id": route,
                    "bill_ids": bills,
                    "total_count": len(bills),
                }
                for route, bills in routes.items()
            ]
        )

    @api.model
    def _cron_print(self):
        """Print batch after batch, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        jobs = self.search([("state", "=", "waiting")], order="id")
        left = sum(job.total_count - job.done_count for job in jobs)
        cron._commit_progress(remaining=left)
        for job in jobs:
            while job.state == "waiting":
                done = job._step()
                left -= done
                if not cron._commit_progress(done, remaining=left):
                    return

    def _step(self, limit=BATCH):
        """Print the next bills; the caller commits.

        :param int limit: bills
        :return: how many were printed
        :raise LockError: another worker prints the same job
        """
        self.ensure_one()
        self.lock_for_update()
        if self.state != "waiting":
            return 0
        ids = self.bill_ids[self.done_count : self.done_count + limit]
        bills = self.env["lgo.payment.bill"].browse(ids).exists()
        printed = bills.filtered(lambda bill: not bill.closing)
        if printed:
            self._keep_part(self._render(printed))
            # page trees point at themselves: without it 1,000 bills hold 1 GiB until the end
            gc.collect()
        self.done_count += len(ids)
        if self.done_count >= self.total_count:
            self._finish()
        return len(ids)

    @api.model
    def _render(self, bills):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True, lang="th_TH"
        )
        return reports._render_weasyprint(REPORT, bills.ids)

    def _keep_part(self, content):
        self.env["ir.attachment"].create(
            {
                "name": f"{self.done_count:08d}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _finish(self):
        """Put the parts together; they are in the order in which they were printed."""
        parts = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)],
            order="name",
        )
        values = {"state": "done"}
        if parts:
            values["file"] = base64.b64encode(engine.join([part.raw for part in parts]))
        self.write(values)
        parts.unlink()

    def action_download(self):
        """Open the paper."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
            "target": "self",
        }

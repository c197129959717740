# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import thai

_logger = logging.getLogger(__name__)

BATCH = 20


class LgoPrivacyRun(models.Model):
    """One run of erasing what was kept long enough: preview, approval, work, proof.

    PDPA B.E. 2562, s. 37(3). The preview says what would go and what stays and why; the personal
    data officer approves it; a job works through it in batches, looks at each case once more and
    can be killed and started again at any time. The lines stay as proof.
    """

    _name = "lgo.privacy.run"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Anonymisation Run"
    _order = "id desc"

    _action_only = frozenset(
        {"state", "company_id", "previewed_at", "approved_at", "approved_by_id", "done_at"}
    )

    name = fields.Char(required=True, default=lambda self: self._default_name())
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("preview", "To be approved"),
            ("approved", "Approved"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="preview",
        readonly=True,
    )
    previewed_at = fields.Datetime(string="Looked through on", readonly=True)
    approved_at = fields.Datetime(string="Approved on", readonly=True)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True)
    done_at = fields.Datetime(string="Done on", readonly=True)
    line_ids = fields.One2many("lgo.privacy.run.line", "run_id", readonly=True)
    due_count = fields.Integer(string="To be erased", compute="_compute_counts")
    kept_count = fields.Integer(string="Kept", compute="_compute_counts")
    done_count = fields.Integer(string="Erased", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")

    def _default_name(self):
        today = thai.local_date(fields.Datetime.now())
        return self.env._("Run of %(day)s", day=thai.format_date(today, digits="arabic"))

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {
            (run, state): count
            for run, state, count in self.env["lgo.privacy.run.line"]._read_group(
                [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
            )
        }
        for run in self:
            for state in ("due", "kept", "done", "failed"):
                run[f"{state}_count"] = counts.get((run._origin, state), 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The proof of what was erased is kept."))

    def _check_officer(self):
        self.check_access("write")
        if not self.env.user.has_group("lgo_base.group_privacy_officer"):
            raise AccessError(self.env._("Only the personal data officer decides what is erased."))

    # ------------------------------------------------------------ preview
    def action_preview(self):
        """Look through all closed cases and papers of the organisation."""
        self.ensure_one()
        self._check_officer()
        if self.state != "preview":
            raise UserError(self.env._("This run was approved or cancelled already."))
        run = self.sudo()
        run.line_ids.unlink()
        lines = [*self._due_cases(), *self._due_papers()]
        self.env["lgo.privacy.run.line"].sudo().create(
            [{"run_id": self.id, **line} for line in lines]
        )
        run.previewed_at = fields.Datetime.now()
        self.env["lgo.audit.log"]._log("privacy.run.preview", self, detail={"lines": len(lines)})

    def _due_cases(self):
        """Values of lines for the cases whose time is over."""
        today = thai.local_date(fields.Datetime.now())
        services = self.env["lgo.service"].sudo().with_context(active_test=False)
        services = services.search([("company_id", "=", self.company_id.id)])
        for service in services:
            months = service._retention()
            if not months:
                continue
            before = fields.Datetime.now() - relativedelta(months=months)
            for model in self.env["lgo.case.register"]._case_models():
                cases = model.sudo().search(
                    Domain("service_id", "=", service.id)
                    & Domain("company_id", "=", self.company_id.id)
                    & Domain("closed_at", "<", before)
                    & Domain("anonymised_at", "=", False),
                    order="id",
                )
                for case in cases:
                    until = case._kept_until(months)
                    if until >= today:
                        continue
                    blockers = case._retention_blockers()
                    yield {
                        "res_model": model._name,
                        "res_id": case.id,
                        "name": case.name,
                        "service_id": service.id,
                        "kept_until": until,
                        "state": "kept" if blockers else "due",
                        "reason": "\n".join(blockers),
                    }

    def _due_papers(self):
        """Values of lines for papers that outlived their anonymous case, until now."""
        today = thai.local_date(fields.Datetime.now())
        Paper = self.env["lgo.issued.document"].sudo()
        for model in self.env["lgo.case.register"]._case_models():
            gone = model.sudo()._search(
                [("anonymised_at", "!=", False), ("company_id", "=", self.company_id.id)]
            )
            papers = Paper.search(
                [
                    ("res_model", "=", model._name),
                    ("res_id", "in", gone),
                    ("erased_at", "=", False),
                ],
                order="id",
            )
            for paper in papers:
                until = paper._kept_until()
                if not until or until < today:
                    yield {
                        "res_model": paper._name,
                        "res_id": paper.id,
                        "name": paper.display_name,
                        "kept_until": until or today,
                        "state": "due",
                    }

    # ------------------------------------------------------------ work
    def action_approve(self):
        """Let the job erase what the preview shows as due; this cannot be undone."""
        self.ensure_one()
        self._check_officer()
        if self.state != "preview" or not self.previewed_at:
            raise UserError(self.env._("Look through the preview first."))
        if not self.due_count:
            raise UserError(self.env._("There is nothing to erase."))
        self.sudo().write(
            {
                "state": "approved",
                "approved_at": fields.Datetime.now(),
                "approved_by_id": self.env.uid,
            }
        )
        self.env["lgo.audit.log"]._log(
            "privacy.run.approve", self, detail={"due": self.due_count}, severity="warning"
        )
        self.env.ref("lgo_base.ir_cron_privacy_run").sudo()._trigger()

    def action_cancel(self):
        """Drop a preview."""
        self._check_officer()
        if any(run.state != "preview" for run in self):
            raise UserError(self.env._("This run was approved or cancelled already."))
        self.sudo().write({"state": "cancelled"})

    @api.model
    def _cron_work(self):
        """Go on with the approved runs, a batch a transaction."""
        cron = self.env["ir.cron"]
        Line = self.env["lgo.privacy.run.line"].sudo()
        domain = [("run_id.state", "=", "approved"), ("state", "=", "due")]
        cron._commit_progress(remaining=Line.search_count(domain))
        while lines := Line.search(domain, limit=BATCH, order="id"):
            for line in lines:
                line._erase()
            if not cron._commit_progress(len(lines)):
                return
        self._finish()

    @api.model
    def _finish(self):
        for run in self.sudo().search([("state", "=", "approved")]):
            if not run.due_count:
                run.write({"state": "done", "done_at": fields.Datetime.now()})
                self.env["lgo.audit.log"]._log(
                    "privacy.run.done",
                    run,
                    detail={
                        "erased": run.done_count,
                        "kept": run.kept_count,
                        "failed": run.failed_count,
                    },
                    severity="warning",
                )


class LgoPrivacyRunLine(models.Model):
    """What was, or would be, erased: number, day and counts, no personal data."""

    _name = "lgo.privacy.run.line"
    _description = "Line of an Anonymisation Run"
    _order = "run_id, id"

    run_id = fields.Many2one(
        "lgo.privacy.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True, aggregator=None
    )
    name = fields.Char(string="Number", readonly=True)
    service_id = fields.Many2one("lgo.service", readonly=True, index="btree_not_null")
    kept_until = fields.Date(readonly=True)
    state = fields.Selection(
        [("due", "To be erased"), ("kept", "Kept"), ("done", "Erased"), ("failed", "Failed")],
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(readonly=True)
    proof = fields.Json(readonly=True)
    done_at = fields.Datetime(string="Erased on", readonly=True)

    def action_keep(self):
        """Take a case out of the run and keep it for a dispute."""
        self.run_id._check_officer()
        for line in self.sudo():
            if line.state != "due":
                raise UserError(self.env._("This line is not waiting any more."))
            record = self.env[line.res_model].sudo().browse(line.res_id)
            if "legal_hold" in record._fields:
                record.legal_hold = True
            line.write({"state": "kept", "reason": self.env._("It is kept for a dispute.")})

    def _erase(self):
        """Look once more, then erase; a failure stays with its line."""
        self.ensure_one()
        record = self.env[self.res_model].sudo().browse(self.res_id)
        try:
            with self.env.cr.savepoint():
                locked = record.try_lock_for_update()
                if not locked:
                    raise UserError(self.env._("Somebody is working on it, or it is gone."))
                if self.res_model == "lgo.issued.document":
                    proof = {"papers": record._forget()}
                else:
                    blockers = self._blockers(record)
                    if blockers:
                        self.write({"state": "kept", "reason": "\n".join(blockers)})
                        return
                    person = record.partner_id
                    proof = record._anonymise()
                    if person and person._lgo_is_left_over():
                        person._lgo_anonymise_person()
                        proof["persons"] = 1
        except Exception as error:  # noqa: BLE001 - the next case goes on
            _logger.warning("anonymising %s,%s", self.res_model, self.res_id, exc_info=True)
            self.write({"state": "failed", "reason": str(error)[:300]})
            return
        self.write({"state": "done", "proof": proof, "done_at": fields.Datetime.now()})

    def _blockers(self, case):
        until = case._kept_until()
        if case.anonymised_at:
            return [self.env._("It was made anonymous already.")]
        if not until or until >= thai.local_date(fields.Datetime.now()):
            return [self.env._("Its time of keeping is not over.")]
        return case._retention_blockers()

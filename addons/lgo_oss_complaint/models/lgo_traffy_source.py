# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools import safe_http, traffy

PAGE = 500
MAX_PAGES = 40
#: Arbitrary number that tells our lock from those of others.
LOCK = 569_2146


class LgoTraffySource(models.Model):
    """From where reports of Traffy Fondue come; switched off until the office agrees.

    Reading only. The address of the feed is a setting: it is public, but neither its terms of
    reuse nor its future are known.
    """

    _name = "lgo.traffy.source"
    _description = "Traffy Fondue Source"

    name = fields.Char(required=True)
    active = fields.Boolean(
        string="Fetch every day", default=False, help="Off: only by the button or by a file."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    url = fields.Char(string="Address of the feed", help="The GeoJSON feed, https.")
    organisation = fields.Char(
        string="Name of our organisation",
        required=True,
        help="Only reports that name this organisation are taken, written as Traffy Fondue does.",
    )
    type_id = fields.Many2one(
        comodel_name="lgo.oss.complaint.type",
        string="Type of the others",
        required=True,
        ondelete="restrict",
        domain="[('service_id.case_model', '=', 'lgo.oss.complaint'), ('restricted', '=', False)]",
        help="For reports whose kind no type of complaint names.",
    )
    days = fields.Integer(
        string="Days to look back", default=7, help="The daily fetch asks for so many days."
    )
    log_ids = fields.One2many(comodel_name="lgo.traffy.log", inverse_name="source_id")

    _days_positive = models.Constraint(
        "CHECK (days BETWEEN 1 AND 366)", "Look back between 1 and 366 days."
    )

    @api.constrains("url")
    def _check_url(self):
        for source in self:
            if source.url and not source.url.startswith("https://"):
                raise ValidationError(self.env._("The address of the feed begins with https://"))

    @api.constrains("type_id")
    def _check_type(self):
        for source in self:
            if source.type_id.restricted:
                raise ValidationError(self.env._("A restricted type cannot be imported into."))

    # ------------------------------------------------------------ fetching
    def action_fetch(self):
        """Fetch the last days now and show what became of it."""
        self.ensure_one()
        self.check_access("write")
        now = fields.Datetime.now()
        log = self._run_window(now - timedelta(days=self.days), now)
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.traffy.log",
            "res_id": log.id,
            "view_mode": "form",
        }

    @api.model
    def _cron_fetch(self):
        """Fetch of every day, for the sources that are switched on."""
        now = fields.Datetime.now()
        for source in self.search([("active", "=", True)]):
            source._run_window(now - timedelta(days=source.days), now)

    def _run_window(self, start, end, dry_run=False):
        """Fetch the reports of a time, all pages, and take them over: all, or none on a failure.

        :param start: ``datetime`` (UTC)
        :param end: ``datetime`` (UTC)
        :returns: the ``lgo.traffy.log`` of the run
        """
        self.ensure_one()

        def read():
            reports, errors = {}, []
            for number in range(MAX_PAGES):
                data, content_type = safe_http.fetch(
                    self.url,
                    {
                        "limit": str(PAGE),
                        "offset": str(number * PAGE),
                        "start": fields.Date.to_string(start.date()),
                        "end": fields.Date.to_string(end.date()),
                        "output_format": "geojson",
                    },
                )
                found, wrong, count = traffy.parse_geojson(data, content_type)
                reports.update({report.ticket: report for report in found})
                errors += wrong
                if count < PAGE:
                    break
            return list(reports.values()), errors

        return self._run(read, origin="feed", start=start, end=end, dry_run=dry_run)

    def _run_csv(self, data, dry_run=False):
        """Take over the reports of a CSV file (bytes); see :meth:`_run_window`."""
        self.ensure_one()
        return self._run(lambda: traffy.parse_csv(data)[:2], origin="file", dry_run=dry_run)

    def _run(self, read, origin, start=None, end=None, dry_run=False):
        log = (
            self.env["lgo.traffy.log"]
            .sudo()
            .create(
                {
                    "source_id": self.id,
                    "origin": origin,
                    "date_from": start,
                    "date_to": end,
                    "dry_run": dry_run,
                }
            )
        )
        try:
            self._lock_source()
            reports, errors = read()
            with self.env.cr.savepoint():
                counts, refused = self.sudo()._take_over(reports, dry_run=dry_run)
        except (safe_http.FetchError, traffy.TraffyError) as error:
            log.write({"state": "failed", "message": self._sentence(error)})
            return log
        except UserError as error:
            log.write({"state": "failed", "message": str(error)})
            return log
        sentences = [self._sentence(error) for error in errors] + refused
        log.write(
            {**counts, "state": "done", "message": "\n".join(sentences), "wrong": len(sentences)}
        )
        return log

    def _lock_source(self):
        """One run at a time.

        :raises UserError: another one is on its way
        """
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id))
        if not self.env.cr.fetchone()[0]:
            raise UserError(self.env._("Reports are being fetched at this moment."))

    def _sentence(self, error):
        """What went wrong, in words for the officer."""
        env = self.env
        texts = {
            "bad_address": env._("The address of the feed is not valid."),
            "unknown_host": env._("The server of the feed was not found."),
            "private_host": env._("The address of the feed leads into a private network."),
            "redirect": env._("The feed has moved: it leads to another address."),
            "status": env._("The server of the feed reports a failure."),
            "too_big": env._("The answer is too long."),
            "no_answer": env._("The server of the feed did not answer in time."),
            "html": env._("The answer is a web page, not a list of reports."),
            "json": env._("The answer is cut off or damaged."),
            "shape": env._("The answer is no list of reports (GeoJSON)."),
            "csv": env._("The file is no CSV with a column “ticket_id” in UTF-8."),
            "ticket": env._("A report without a valid number was left out."),
            "place": env._("Its place is not in Thailand: left out."),
            "state": env._("Its state is not known: left out."),
            "time": env._("Its time is not valid: left out."),
            "text": env._("It has no description: left out."),
        }
        about = " ".join(filter(None, (getattr(error, "ticket", ""), error.detail)))
        return f"{about}: {texts[error.code]}" if about else texts[error.code]

    # ------------------------------------------------------------ taking over
    def _ours(self, report):
        wanted = "".join(self.organisation.split())
        return any("".join(name.split()) == wanted for name in report.organisations)

    def _type_of(self, report, by_name):
        return next((by_name[kind] for kind in report.kinds if kind in by_name), self.type_id)

    def _take_over(self, reports, dry_run):
        """Create what is new, move what has changed; idempotent by the ticket.

        :returns: ``(counts, sentences)``: what was done, and which reports could not be taken
        """
        ours = [report for report in reports if self._ours(report)]
        counts = {"received": len(reports), "created": 0, "updated": 0, "unchanged": 0}
        counts["foreign"] = len(reports) - len(ours)
        Complaint = self.env["lgo.oss.complaint"].with_company(self.company_id)
        known = Complaint.search(
            [
                ("company_id", "=", self.company_id.id),
                ("traffy_ticket", "in", [report.ticket for report in ours]),
            ]
        )
        by_ticket = {complaint.traffy_ticket: complaint for complaint in known}
        types = self.env["lgo.oss.complaint.type"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("traffy_names", "!=", False),
                ("restricted", "=", False),
                ("service_id.case_model", "=", Complaint._name),
            ]
        )
        by_name = {name.strip(): kind for kind in types for name in kind.traffy_names.split(",")}
        refused = []
        for report in ours:
            complaint = by_ticket.get(report.ticket)
            if complaint and complaint.traffy_state == report.state:
                counts["unchanged"] += 1
                continue
            counts["updated" if complaint else "created"] += 1
            if dry_run:
                continue
            try:
                with self.env.cr.savepoint():
                    if not complaint:
                        complaint = Complaint._traffy_create(
                            report, self._type_of(report, by_name), self.company_id
                        )
                    complaint._traffy_move(report)
            except (UserError, ValidationError) as error:
                counts["updated" if report.ticket in by_ticket else "created"] -= 1
                refused.append(f"{report.ticket}: {error}")
        return counts, refused

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import kpi, period, suppression
from .lgo_oss_statistic_source import KEYS, MEASURES

#: Ids of rows that are counted when asked for: this bit and 52 more of a hash of their keys, so
#: that a row keeps its id however many others come or go; the others are those of the table. A
#: browser counts exactly up to 2**53.
LIVE_ID = 2**52
#: Before the first run of the job nothing older is counted on a page.
LIVE_YEARS = 2
#: These see the figures of every unit, see the record rules.
ALL_UNITS = (
    "lgo_base.group_clerk,lgo_base.group_executive,lgo_base.group_auditor,"
    "lgo_base.group_service_manager"
)
READS_SURVEY = "lgo_base.group_executive,lgo_base.group_auditor,lgo_base.group_service_manager"


class LgoOssStatistic(models.Model):
    """Statistics by month, service, unit and channel, up to this moment.

    Closed months come from :class:`LgoOssStatisticMonth`, the current one is counted when it is
    asked for. Record rules give an officer the own units and the service centre all of them.
    """

    _name = "lgo.oss.statistic"
    _description = "Service Statistics"
    _auto = False
    _order = "month desc, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date(readonly=True)
    case_model = fields.Selection(selection="_selection_case_model", string="Kind", readonly=True)
    service_id = fields.Many2one("lgo.service", readonly=True)
    unit_id = fields.Many2one("hr.department", readonly=True)
    channel = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_channel(), readonly=True
    )
    received = fields.Integer(readonly=True)
    online = fields.Integer(string="Filed online", readonly=True)
    checked = fields.Integer(string="Checked at the counter", readonly=True)
    first_visit = fields.Integer(string="Complete at the first visit", readonly=True)
    defects = fields.Integer(string="With a record of defects", readonly=True)
    documents = fields.Integer(string="Documents on the checklists", readonly=True)
    documents_spared = fields.Integer(string="Documents not asked for", readonly=True)
    decided = fields.Integer(readonly=True)
    with_due = fields.Integer(string="Decided with a last day", readonly=True)
    on_time = fields.Integer(string="Decided in time", readonly=True)
    notices = fields.Integer(string="Late notices owed", readonly=True)
    notices_on_time = fields.Integer(string="Late notices sent in time", readonly=True)
    answers = fields.Integer(string="First answers owed", readonly=True)
    answers_on_time = fields.Integer(string="First answers in time", readonly=True)
    responses = fields.Integer(string="Survey responses", readonly=True)
    score_sum = fields.Integer(string="Survey points", readonly=True, groups=READS_SURVEY)
    score_count = fields.Integer(string="Survey answers", readonly=True, groups=READS_SURVEY)

    @api.model
    def _selection_case_model(self):
        names = [model._name for model in self.env["lgo.case.register"]._case_models()]
        labels = [(name, self.env["ir.model"]._get(name).sudo().name or name) for name in names]
        return [*labels, ("lgo.oss.survey.response", self.env._("Survey Response"))]

    @property
    def _table_query(self):
        months = self.env["lgo.oss.statistic.month"]
        today = thai.local_date(fields.Datetime.now())
        stop = period.next_month(today)
        built = months._built_until() or today.replace(year=today.year - LIVE_YEARS, day=1)
        names = SQL(", ").join(SQL.identifier(name) for name in KEYS + MEASURES)
        keys = SQL(", ").join(SQL.identifier(name) for name in KEYS)
        return SQL(
            "SELECT id, %s FROM lgo_oss_statistic_month WHERE month < %s"
            " UNION ALL SELECT ('x' || left(md5(ROW(%s)::text), 13))::bit(52)::bigint | %s::bigint"
            " AS id, %s FROM (%s) AS live",
            names,
            built,
            keys,
            LIVE_ID,
            names,
            self.env["lgo.oss.statistic.source"]._facts(min(built, stop), stop),
        )

    # ------------------------------------------------------------ sums
    @api.model
    def _span_domain(self, start, stop, company=None):
        company = company or self.env.company
        return (
            Domain("company_id", "=", company.id)
            & Domain("month", ">=", start)
            & Domain("month", "<", stop)
        )

    @api.model
    def _sees_all(self):
        """Whether the user sees the figures of every unit, as the record rules say."""
        return self.env.su or self.env.user.has_groups(ALL_UNITS)

    @api.model
    def _allowed_domain(self):
        """The rows that the user may add up.

        :raises AccessError: no officer
        """
        if self.env.su:
            return Domain.TRUE
        self.check_access("read")
        domain = Domain("company_id", "in", self.env.companies.ids)
        if not self._sees_all():
            domain &= Domain("unit_id", "in", self.env.user.lgo_unit_ids.ids)
        return domain

    @api.model
    def _sums(self, domain, groupby=()):
        """Sums of all measures over the rows that the user may see.

        Points of the survey are left out where fewer than five people answered, unless the user
        may read the responses: an officer would know who was there.

        :param groupby: names of fields (``month`` by month)
        :return: dict of measure -> sum, or for ``groupby`` a list of ``(values, sums)``
        """
        names = [f"{name}:sum" for name in MEASURES]
        by = ["month:month" if name == "month" else name for name in groupby]
        # the complaints of a group are needed for two of the key figures
        rows = self.sudo()._read_group(
            Domain(domain) & self._allowed_domain(), [*by, "case_model"], names
        )
        found = {}
        for row in rows:
            values, model, sums = row[: len(by)], row[len(by)], row[len(by) + 1 :]
            total = found.setdefault(values, self._no_sums())
            for name, value in zip(MEASURES, sums, strict=True):
                total[name] += value or 0
            if model == "lgo.oss.complaint":
                total["complaints_with_due"] += sums[MEASURES.index("with_due")] or 0
                total["complaints_on_time"] += sums[MEASURES.index("on_time")] or 0
        if not self.env.su and not self.env["lgo.oss.survey.response"].has_access("read"):
            for total in found.values():
                if total["responses"] < suppression.THRESHOLD:
                    total.update(score_sum=0, score_count=0)
        if not by:
            return found.get((), self._no_sums())
        return list(found.items())

    @api.model
    def _no_sums(self):
        return dict.fromkeys((*MEASURES, "complaints_with_due", "complaints_on_time"), 0)

    @api.model
    def _kpis(self, sums):
        """Key figures of some sums: code -> percentage (``Decimal``) or ``None``."""
        figures = {
            row.code: kpi.percent(sums[row.numerator], sums[row.denominator]) for row in kpi.KPIS
        }
        figures["satisfaction"] = kpi.satisfaction(sums["score_sum"], sums["score_count"])
        return figures

    def action_open_cases(self):
        """The cases behind a row, as far as the user may see them."""
        self.ensure_one()
        start, stop = self.month, period.next_month(self.month)
        domain = [
            ("service_id", "=", self.service_id.id),
            ("unit_id", "=", self.unit_id.id),
            ("channel", "=", self.channel),
        ]
        return self._open_cases(domain, start, stop)

    @api.model
    def _open_cases(self, domain, start, stop):
        """Open the register on what was received in a span of days."""
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_case_register_action")
        span = [
            ("submitted_at", ">=", fields.Datetime.to_string(period.begin_utc(start))),
            ("submitted_at", "<", fields.Datetime.to_string(period.begin_utc(stop))),
        ]
        return {**action, "path": False, "domain": [*domain, *span], "context": {}}

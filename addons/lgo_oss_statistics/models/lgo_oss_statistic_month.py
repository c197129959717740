# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import period
from .lgo_oss_statistic_source import KEYS, MEASURES

#: First month that is not in the tables yet, ISO date.
BUILT_UNTIL = "lgo_oss_statistics.built_until"
#: Begin of the last complete run, UTC.
BUILT_AT = "lgo_oss_statistics.built_at"
#: A transaction that was open while the job ran is seen by the next run.
MARGIN = timedelta(hours=1)

QUEUE_COLUMNS = ("company_id", "month", "group_id", "wait", "tickets", "called", "late", "absent")
SPAN_COLUMNS = (
    "company_id", "month", "case_model", "service_id", "unit_id", "channel", "days", "number",
)  # fmt: skip


class LgoOssStatisticMonth(models.Model):
    """Sums of closed months, kept so that no page reads all cases.

    The nightly job adds the month that has ended and counts anew every month from the oldest
    one that a changed case can touch (a reopened case leaves the month of its decision). A
    month is deleted and written in one transaction: killed in between, the job begins there
    again. Months that are not in the table are counted when they are asked for, see
    :class:`LgoOssStatistic`.
    """

    _name = "lgo.oss.statistic.month"
    _description = "Statistics of a Closed Month"
    _log_access = False
    _order = "month desc, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    month = fields.Date(required=True, readonly=True)
    case_model = fields.Char(readonly=True)
    service_id = fields.Many2one("lgo.service", readonly=True, ondelete="cascade", index=True)
    unit_id = fields.Many2one("hr.department", readonly=True, ondelete="set null", index=True)
    channel = fields.Char(readonly=True)
    received = fields.Integer(readonly=True)
    online = fields.Integer(readonly=True)
    checked = fields.Integer(readonly=True)
    first_visit = fields.Integer(readonly=True)
    defects = fields.Integer(readonly=True)
    documents = fields.Integer(readonly=True)
    documents_spared = fields.Integer(readonly=True)
    decided = fields.Integer(readonly=True)
    with_due = fields.Integer(readonly=True)
    on_time = fields.Integer(readonly=True)
    notices = fields.Integer(readonly=True)
    notices_on_time = fields.Integer(readonly=True)
    answers = fields.Integer(readonly=True)
    answers_on_time = fields.Integer(readonly=True)
    responses = fields.Integer(readonly=True)
    score_sum = fields.Integer(readonly=True)
    score_count = fields.Integer(readonly=True)

    _month_idx = models.Index("(company_id, month)")

    # ------------------------------------------------------------ job
    @api.model
    def _cron_build(self):
        """Nightly: bring the closed months up to date, one transaction a month."""
        begun = fields.Datetime.now()
        months = self._months_to_build(begun)
        self.env["ir.cron"]._commit_progress(remaining=len(months))
        for done, month in enumerate(months, start=1):
            self._build_month(month)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(months) - done):
                return
        self._set(BUILT_AT, fields.Datetime.to_string(begun))

    @api.model
    def _months_to_build(self, now):
        """Months that are missing or that something has touched since the last complete run."""
        stop = period.month_of(now)
        since = self.env["ir.config_parameter"].sudo().get_param(BUILT_AT)
        first = self._oldest_touched(fields.Datetime.to_datetime(since) - MARGIN if since else None)
        built = self._built_until()
        starts = [month for month in (first, built if since else None) if month]
        return period.months(min(starts), stop) if starts else []

    @api.model
    def _oldest_touched(self, since):
        """Oldest month that a change since then can have changed; of all when ``None``."""
        self.env.flush_all()
        changed = SQL("x.write_date >= %s", since) if since else SQL("TRUE")
        parts = [
            SQL("SELECT min(x.day) AS at FROM lgo_oss_ticket x WHERE %s", changed),
            SQL("SELECT min(x.month) FROM lgo_oss_survey_response x WHERE %s", SQL("TRUE"))
            if not since
            else SQL("SELECT NULL::date"),
        ]
        if since:
            parts.append(
                SQL(
                    "SELECT min(x.date) FROM lgo_holiday x WHERE %s AND x.date < CURRENT_DATE",
                    changed,
                )
            )
        source = self.env["lgo.oss.statistic.source"]
        for model in self.env["lgo.case.register"]._case_models():
            table = SQL.identifier(model._table)
            parts.append(
                SQL(
                    "SELECT min(%s) FROM %s x WHERE %s",
                    source._local_day(SQL("x.submitted_at")),
                    table,
                    changed,
                )
            )
            if not since:
                continue
            for child in ("lgo_case_notice", "lgo_case_defect"):
                parts.append(
                    SQL(
                        "SELECT min(%s) FROM %s x JOIN %s c ON c.id = x.res_id"
                        " WHERE x.res_model = %s AND %s",
                        source._local_day(SQL("c.submitted_at")),
                        SQL.identifier(child),
                        table,
                        model._name,
                        changed,
                    )
                )
        [[first]] = self.env.execute_query(
            SQL("SELECT min(at) FROM (%s) AS touched", SQL(" UNION ALL ").join(parts))
        )
        return period.month_of(first) if first else None

    @api.model
    def _build_month(self, month):
        """Count one month anew."""
        stop = period.next_month(month)
        source = self.env["lgo.oss.statistic.source"]
        for table, columns, select in (
            ("lgo_oss_statistic_month", KEYS + MEASURES, source._facts(month, stop)),
            ("lgo_oss_span_month", SPAN_COLUMNS, source._spans(month, stop)),
            ("lgo_oss_queue_month", QUEUE_COLUMNS, source._queue(month, stop)),
        ):
            names = SQL(", ").join(SQL.identifier(name) for name in columns)
            self.env.execute_query(
                SQL(
                    "WITH old AS (DELETE FROM %s WHERE month = %s RETURNING id)"
                    " SELECT count(*) FROM old",
                    SQL.identifier(table),
                    month,
                )
            )
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s) SELECT %s FROM (%s) AS fresh",
                    SQL.identifier(table),
                    names,
                    names,
                    select,
                )
            )
        for model in ("lgo.oss.statistic", self._name, "lgo.oss.span.month", "lgo.oss.queue.month"):
            self.env[model].invalidate_model(flush=False)
        built = self._built_until()
        if not built or stop > built:
            self._set(BUILT_UNTIL, stop.isoformat())

    @api.model
    def _built_until(self):
        """First month that the tables do not hold; ``None`` before the first run."""
        value = self.env["ir.config_parameter"].sudo().get_param(BUILT_UNTIL)
        return fields.Date.to_date(value) if value else None

    @api.model
    def _set(self, key, value):
        self.env["ir.config_parameter"].sudo().set_param(key, value)

    # ------------------------------------------------------------ reading
    @api.model
    def _read_table(self, table, columns, live, start, stop):
        """Rows of a span of months: closed ones from the table, the others counted now.

        :param str table: name of the table of closed months
        :param live: method of ``lgo.oss.statistic.source``
        :rtype: SQL
        """
        names = SQL(", ").join(SQL.identifier(name) for name in columns)
        built = min(max(self._built_until() or start, start), stop)
        stored = SQL(
            "SELECT %s FROM %s WHERE month >= %s AND month < %s",
            names,
            SQL.identifier(table),
            start,
            built,
        )
        if built >= stop:
            return stored
        return SQL("%s UNION ALL SELECT %s FROM (%s) AS live", stored, names, live(built, stop))

    @api.model
    def _read_spans(self, start, stop, company, service=None, units=None, case_model=None):
        """Histogram of the days to the decision: days -> number of cases."""
        source = self._read_table(
            "lgo_oss_span_month",
            SPAN_COLUMNS,
            self.env["lgo.oss.statistic.source"]._spans,
            start,
            stop,
        )
        where = [SQL("company_id = %s", company.id)]
        if service:
            where.append(SQL("service_id = %s", service.id))
        if units is not None:
            where.append(SQL("unit_id = ANY(%s)", list(units.ids)))
        if case_model:
            where.append(SQL("case_model = %s", case_model))
        rows = self.env.execute_query(
            SQL(
                "SELECT days, sum(number)::int FROM (%s) AS span WHERE %s GROUP BY days",
                source,
                SQL(" AND ").join(where),
            )
        )
        return dict(rows)

    @api.model
    def _read_spans_by(self, start, stop, company, key, units=None):
        """The same for each value of a column: value -> histogram."""
        source = self._read_table(
            "lgo_oss_span_month",
            SPAN_COLUMNS,
            self.env["lgo.oss.statistic.source"]._spans,
            start,
            stop,
        )
        where = SQL("company_id = %s", company.id)
        if units is not None:
            where = SQL("%s AND unit_id = ANY(%s)", where, list(units.ids))
        found = {}
        for value, days, number in self.env.execute_query(
            SQL(
                "SELECT %s, days, sum(number)::int FROM (%s) AS span WHERE %s GROUP BY 1, 2",
                SQL.identifier(key),
                source,
                where,
            )
        ):
            found.setdefault(value, {})[days] = number
        return found

    @api.model
    def _read_queue(self, start, stop, company):
        """Queue by month and counter group.

        :return: list of dicts ``month, group_id, tickets, called, late, absent, waits``; waits is
            the histogram minutes -> number
        """
        source = self._read_table(
            "lgo_oss_queue_month",
            QUEUE_COLUMNS,
            self.env["lgo.oss.statistic.source"]._queue,
            start,
            stop,
        )
        rows = {}
        for month, group, wait, tickets, called, late, absent in self.env.execute_query(
            SQL(
                "SELECT month, group_id, wait, tickets, called, late, absent FROM (%s) AS queue"
                " WHERE company_id = %s ORDER BY 1, 2, 3",
                source,
                company.id,
            )
        ):
            row = rows.setdefault(
                (month, group),
                {
                    "month": month, "group_id": group, "tickets": 0, "called": 0, "late": 0,
                    "absent": 0, "waits": {},
                },
            )  # fmt: skip
            row["tickets"] += tickets
            row["called"] += called
            row["late"] += late
            row["absent"] += absent
            if wait is not None:
                row["waits"][wait] = row["waits"].get(wait, 0) + called
        return list(rows.values())

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import period

#: What one row of facts is about.
KEYS = ("company_id", "month", "case_model", "service_id", "unit_id", "channel")
#: Sums of one row of facts; every key figure is a quotient of two of them, see ``tools/kpi.py``.
MEASURES = (
    "received", "online", "checked", "first_visit", "defects", "documents", "documents_spared",
    "decided", "with_due", "on_time", "notices", "notices_on_time", "answers",
    "answers_on_time", "responses", "score_sum", "score_count",
)  # fmt: skip
ONLINE = ("web", "email", "line")
#: Ended without a decision of the office on the matter.
NOT_DECIDED = ("draft", "withdrawn", "returned", "merged")
#: Clocks that run while the office has not decided.
BEFORE_DECISION = {"check", "citizen", "decision"}
#: No case is older than this when its working days are counted.
OLDEST_YEARS = 12


class LgoOssStatisticSource(models.AbstractModel):
    """The questions to the case tables, for any span of months.

    The same SQL fills the table of closed months and answers for the months since then. A month
    is one of Bangkok. Restricted complaints are left out at the source, so no sum holds them.
    """

    _name = "lgo.oss.statistic.source"
    _description = "Source of the Statistics"

    @api.model
    def _local_month(self, moment):
        return SQL(
            "date_trunc('month', (%s AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Bangkok')::date", moment
        )

    @api.model
    def _local_day(self, moment):
        return SQL("((%s AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Bangkok')::date", moment)

    @api.model
    def _between(self, column, start, stop):
        """Half-open span of a moment, from two Bangkok days."""
        return SQL(
            "%s >= %s AND %s < %s",
            column,
            period.begin_utc(start),
            column,
            period.begin_utc(stop),
        )

    @api.model
    def _column(self, model, name):
        return SQL.identifier("c", name, to_flush=model._fields[name])

    @api.model
    def _decided_states(self, model):
        """States of a concrete case model in which the matter has been decided."""
        return tuple(
            state.code
            for state in model._case_states
            if state.code not in NOT_DECIDED and not BEFORE_DECISION & set(state.clocks)
        )

    @api.model
    def _counted(self, model):
        """Condition of the cases of a table that statistics may count."""
        counted = SQL("%s IS NOT NULL", self._column(model, "name"))
        if model._name == "lgo.oss.complaint":
            restricted = self._column(model, "restricted")
            counted = SQL("%s AND %s IS NOT TRUE", counted, restricted)
        return counted

    # ------------------------------------------------------------ facts
    @api.model
    def _facts(self, start, stop):
        """Rows of ``KEYS`` and ``MEASURES`` of the months from ``start`` up to ``stop``.

        :param date start: first day of the first month
        :param date stop: first day after the last month
        :rtype: SQL
        """
        parts = []
        for model in self.env["lgo.case.register"]._case_models():
            parts += [
                self._facts_received(model, start, stop),
                self._facts_decided(model, start, stop),
                self._facts_notices(model, start, stop),
            ]
        parts += [self._facts_answers(start, stop), self._facts_survey(start, stop)]
        sums = SQL(", ").join(
            SQL("sum(%s)::int AS %s", SQL.identifier(name), SQL.identifier(name))
            for name in MEASURES
        )
        keys = SQL(", ").join(SQL.identifier(name) for name in KEYS)
        union = SQL(" UNION ALL ").join(parts)
        return SQL("SELECT %s, %s FROM (%s) AS part GROUP BY %s", keys, sums, union, keys)

    @api.model
    def _part(self, model, month, source, **measures):
        """One SELECT with all columns; what is not named is zero."""
        columns = SQL(", ").join(
            SQL("%s AS %s", measures.get(name, SQL("0")), SQL.identifier(name)) for name in MEASURES
        )
        keys = [self._column(model, name) for name in ("service_id", "unit_id", "channel")]
        return SQL(
            "SELECT %s AS company_id, %s AS month, %s::varchar AS case_model, %s, %s, %s, %s"
            " FROM %s GROUP BY 1, 2, 3, 4, 5, 6",
            self._column(model, "company_id"),
            month,
            model._name,
            *keys,
            columns,
            source,
        )

    @api.model
    def _facts_received(self, model, start, stop):
        """Cases by the month in which they were received, with their check and documents."""
        submitted = self._column(model, "submitted_at")
        defect = self.env["lgo.case.defect"]._fields["number"]
        document = self.env["lgo.case.document"]._fields
        obtainable = self.env["lgo.service.document"]._fields["obtainable_by_state"]
        source = SQL(
            """%s AS c
               CROSS JOIN LATERAL (
                   SELECT EXISTS (SELECT 1 FROM lgo_case_defect d
                                   WHERE d.res_model = %s AND d.res_id = c.id
                                     AND %s > 0) AS found) AS defect
               CROSS JOIN LATERAL (
                   SELECT count(*) AS listed,
                          count(*) FILTER (
                              WHERE %s AND (%s = 'waived' OR NOT %s)
                          ) AS spared
                     FROM lgo_case_document d
                     LEFT JOIN lgo_service_document s ON s.id = d.service_document_id
                    WHERE d.res_model = %s AND d.res_id = c.id) AS paper
               WHERE %s AND %s""",
            SQL.identifier(model._table),
            model._name,
            SQL.identifier("d", "number", to_flush=defect),
            SQL.identifier("s", "obtainable_by_state", to_flush=obtainable),
            SQL.identifier("d", "state", to_flush=document["state"]),
            SQL(
                "COALESCE(%s, FALSE)",
                SQL.identifier("d", "required", to_flush=document["required"]),
            ),
            model._name,
            self._counted(model),
            self._between(submitted, start, stop),
        )
        channel = self._column(model, "channel")
        completed = self._column(model, "completed_at")
        return self._part(
            model,
            self._local_month(submitted),
            source,
            received=SQL("count(*)"),
            online=SQL("count(*) FILTER (WHERE %s IN %s)", channel, ONLINE),
            checked=SQL(
                "count(*) FILTER (WHERE %s = 'counter' AND (%s IS NOT NULL OR defect.found))",
                channel,
                completed,
            ),
            first_visit=SQL(
                "count(*) FILTER (WHERE %s = 'counter' AND %s IS NOT NULL AND NOT defect.found)",
                channel,
                completed,
            ),
            defects=SQL("count(*) FILTER (WHERE defect.found)"),
            documents=SQL("sum(paper.listed)"),
            documents_spared=SQL("sum(paper.spared)"),
        )

    @api.model
    def _finished(self, model):
        """Moment of the decision; of a case closed without one, when it was closed."""
        return SQL(
            "COALESCE(%s, %s)", self._column(model, "decided_at"), self._column(model, "closed_at")
        )

    @api.model
    def _decided_source(self, model, start, stop):
        return SQL(
            "%s AND %s IN %s AND %s",
            self._counted(model),
            self._column(model, "state"),
            self._decided_states(model),
            self._between(self._finished(model), start, stop),
        )

    @api.model
    def _facts_decided(self, model, start, stop):
        """Decisions by their month. The last day itself is in time (B.E. 2539 Act, s. 64)."""
        finished = self._finished(model)
        due = self._column(model, "date_due")
        return self._part(
            model,
            self._local_month(finished),
            SQL(
                "%s AS c WHERE %s",
                SQL.identifier(model._table),
                self._decided_source(model, start, stop),
            ),
            decided=SQL("count(*)"),
            with_due=SQL("count(%s)", due),
            on_time=SQL("count(*) FILTER (WHERE %s <= %s)", self._local_day(finished), due),
        )

    @api.model
    def _facts_notices(self, model, start, stop):
        """Late notices by the month in which they were owed (B.E. 2558 Act, s. 10).

        One that waits for its signature today is not missed yet; one that was dropped counts
        when the decision came after the day it was owed.
        """
        notice = self.env["lgo.case.notice"]._fields
        sent = SQL.identifier("n", "sent_at", to_flush=notice["sent_at"])
        state = SQL.identifier("n", "state", to_flush=notice["state"])
        owed = SQL.identifier("n", "date_owed", to_flush=notice["date_owed"])
        today = thai.local_date(fields.Datetime.now())
        source = SQL(
            """%s AS c JOIN lgo_case_notice n ON n.res_model = %s AND n.res_id = c.id
               WHERE %s AND %s >= %s AND %s < %s
                 AND (%s = 'signed' OR (%s = 'to_sign' AND %s < %s)
                      OR (%s = 'dropped' AND %s > %s))""",
            SQL.identifier(model._table),
            model._name,
            self._counted(model),
            owed, start, owed, stop,
            state, state, owed, today,
            state, self._local_day(self._finished(model)), owed,
        )  # fmt: skip
        return self._part(
            model,
            SQL("date_trunc('month', %s)::date", owed),
            source,
            notices=SQL("count(*)"),
            notices_on_time=SQL(
                "count(*) FILTER (WHERE %s = 'signed' AND %s <= %s)",
                state,
                self._local_day(sent),
                owed,
            ),
        )

    @api.model
    def _facts_answers(self, start, stop):
        """First answers to complaints, by the month of receipt (Royal Decree B.E. 2546, s. 38)."""
        model = self.env["lgo.oss.complaint"]
        submitted = self._column(model, "submitted_at")
        answered = self._column(model, "answered_at")
        due = SQL.identifier(
            "k", "date_due", to_flush=self.env["lgo.case.clock"]._fields["date_due"]
        )
        today = thai.local_date(fields.Datetime.now())
        source = SQL(
            """lgo_oss_complaint AS c JOIN lgo_case_clock k
                 ON k.res_model = %s AND k.res_id = c.id AND k.kind = 'answer'
               WHERE %s AND %s AND (%s IS NOT NULL OR %s < %s)""",
            model._name,
            self._counted(model),
            self._between(submitted, start, stop),
            answered,
            due,
            today,
        )
        return self._part(
            model,
            self._local_month(submitted),
            source,
            answers=SQL("count(*)"),
            answers_on_time=SQL("count(*) FILTER (WHERE %s <= %s)", self._local_day(answered), due),
        )

    @api.model
    def _facts_survey(self, start, stop):
        """Points of the satisfaction survey by month."""
        model = self.env["lgo.oss.survey.response"]
        month = self._column(model, "month")
        return self._part(
            model,
            month,
            SQL(
                "lgo_oss_survey_response AS c WHERE %s >= %s AND %s < %s", month, start, month, stop
            ),
            responses=SQL("count(*)"),
            score_sum=SQL("sum(%s)", self._column(model, "score_sum")),
            score_count=SQL("sum(%s)", self._column(model, "score_count")),
        )

    # ------------------------------------------------------------ how long it took
    @api.model
    def _spans(self, start, stop):
        """How many cases took how many days, by month of the decision.

        From the moment the request was complete (else received) to the decision; the first day is
        not counted (B.E. 2539 Act, s. 64). Working days where the manual counts in working days
        or in office hours, calendar days elsewhere. Holidays are those confirmed; waiting for
        other agencies is not taken off, because the citizen waited as well.
        """
        parts = [
            self._spans_of(model, start, stop)
            for model in self.env["lgo.case.register"]._case_models()
        ]
        first = start.replace(year=start.year - OLDEST_YEARS, day=1)
        holiday = self.env["lgo.holiday"]._fields["date"]
        return SQL(
            """WITH calendar AS MATERIALIZED (
                   SELECT company.id AS company_id, day::date AS day,
                          count(*) FILTER (
                              WHERE extract(isodow FROM day) < 6 AND NOT EXISTS (
                                  SELECT 1 FROM lgo_holiday h
                                   WHERE %s = day::date AND h.state = 'confirmed'
                                     AND COALESCE(h.company_id, company.id) = company.id)
                          ) OVER (PARTITION BY company.id ORDER BY day) AS passed
                     FROM res_company company
                     CROSS JOIN generate_series(%s::date, %s::date, interval '1 day') AS day)
               SELECT company_id, month, case_model, service_id, unit_id, channel, days,
                      count(*)::int AS number
                 FROM (%s) AS part
                GROUP BY 1, 2, 3, 4, 5, 6, 7""",
            SQL.identifier("h", "date", to_flush=holiday),
            first,
            stop,
            SQL(" UNION ALL ").join(parts),
        )

    @api.model
    def _spans_of(self, model, start, stop):
        finished = self._finished(model)
        begun = SQL(
            "COALESCE(%s, %s, %s)",
            *(
                self._column(model, name)
                for name in ("completed_at", "deemed_received_at", "submitted_at")
            ),
        )
        return SQL(
            """SELECT c.company_id, %s AS month, %s::varchar AS case_model, c.service_id, c.unit_id,
                      c.channel,
                      greatest(CASE WHEN version.time_unit = 'day' OR version.time_unit IS NULL
                           THEN %s - %s
                           ELSE COALESCE(last.passed - first.passed, %s - %s) END, 0)::int AS days
                 FROM %s AS c
                 LEFT JOIN lgo_service_version version ON version.id = %s
                 LEFT JOIN calendar first ON first.company_id = c.company_id AND first.day = %s
                 LEFT JOIN calendar last ON last.company_id = c.company_id AND last.day = %s
                WHERE %s""",
            self._local_month(finished),
            model._name,
            self._local_day(finished), self._local_day(begun),
            self._local_day(finished), self._local_day(begun),
            SQL.identifier(model._table),
            self._column(model, "service_version_id"),
            self._local_day(begun),
            self._local_day(finished),
            self._decided_source(model, start, stop),
        )  # fmt: skip

    # ------------------------------------------------------------ queue
    @api.model
    def _queue(self, start, stop):
        """Tickets by month and counter group; waits are those up to the first call.

        A transfer goes on with the same number and is not counted again.
        """
        ticket = self.env["lgo.oss.ticket"]._fields
        return SQL(
            """SELECT company_id, date_trunc('month', day)::date AS month, group_id,
                      wait AS wait, count(*)::int AS tickets,
                      count(*) FILTER (WHERE called)::int AS called,
                      count(*) FILTER (WHERE late)::int AS late,
                      count(*) FILTER (WHERE absent)::int AS absent
                 FROM (SELECT t.company_id, %s AS day, t.group_id,
                              CASE WHEN %s IS NOT NULL THEN round(%s::numeric)::int END AS wait,
                              t.first_called_at IS NOT NULL AS called,
                              t.first_called_at IS NOT NULL AND %s AS late,
                              %s = 'no_show' AS absent
                         FROM lgo_oss_ticket t
                        WHERE t.hop = 0 AND t.day >= %s AND t.day < %s) AS ticket
                GROUP BY 1, 2, 3, 4""",
            SQL.identifier("t", "day", to_flush=ticket["day"]),
            SQL.identifier("t", "first_called_at", to_flush=ticket["first_called_at"]),
            SQL.identifier("t", "wait_minutes", to_flush=ticket["wait_minutes"]),
            SQL.identifier("t", "is_late", to_flush=ticket["is_late"]),
            SQL.identifier("t", "state", to_flush=ticket["state"]),
            start,
            stop,
        )

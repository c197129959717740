# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import kpi
from .common import TODAY, StatisticCase

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)

#: received, decided, due, values: the sums that March 2026 must show are counted by hand below
MARCH_CASES = [
    ("2026-03-02", "2026-03-05", "2026-03-07", {"channel": "web"}),  # in time
    ("2026-03-03", "2026-03-08", "2026-03-08", {"channel": "counter"}),  # on the last day
    ("2026-03-03", "2026-03-09", "2026-03-08", {"channel": "counter"}),  # a day late
    ("2026-03-04", "2026-04-01", "2026-03-09", {"channel": "phone"}),  # decided in April, late
    ("2026-03-05", None, "2026-03-10", {"channel": "counter"}),  # open, not checked
    ("2026-03-06", "2026-03-07", None, {"channel": "counter", "defect": True}),  # no last day
    ("2026-03-09", "2026-03-10", "2026-03-14", {"channel": "counter", "state": "withdrawn"}),
    ("2026-03-09", "2026-03-10", "2026-03-14", {"channel": "line", "state": "merged"}),
]
WANTED = {
    "received": 8,
    "online": 2,  # web, LINE
    "checked": 4,  # of five at the counter one was not checked yet
    "first_visit": 3,
    "defects": 1,
    "decided": 4,  # not the one of April, the withdrawn and the joined
    "with_due": 3,
    "on_time": 2,
}
KPIS = {
    "on_time": "66.7",
    "first_visit": "75.0",
    "online": "25.0",
    "defects": "12.5",
    "notices": None,
    "complaints": None,
    "answers": None,
    "satisfaction": None,
}
#: begun, decided, days by the unit of the manual: (calendar days, working days)
SPANS = [
    ("2026-04-10", "2026-04-10", 0, 0),
    ("2026-04-10", "2026-04-11", 1, 0),  # a Saturday
    ("2026-04-10", "2026-04-16", 6, 1),  # after three days of Songkran
    ("2026-04-10", "2026-04-24", 14, 7),
]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatistic(StatisticCase):
    """Key figures from cases, live and from the table of closed months."""

    def _make_march(self):
        for received, decided, due, values in MARCH_CASES:
            self._case_of(received, decided, due, **values)

    def _check_march(self):
        sums = self._sums_of(MARCH, service_id=self.service.id)
        self.assertEqual({name: sums[name] for name in WANTED}, WANTED)
        figures = self.Statistic._kpis(sums)
        self.assertEqual(
            {code: figures[code] for code in KPIS},
            {code: value and Decimal(value) for code, value in KPIS.items()},
        )
        self.assertEqual(self._sums_of(APRIL, service_id=self.service.id)["decided"], 1)
        self.assertEqual(self._sums_of(APRIL, service_id=self.service.id)["on_time"], 0)

    def test_live_and_built_are_the_same(self):
        self._make_march()
        self._check_march()
        for month in (MARCH, APRIL):
            self.months._build_month(month)
        self._check_march()

    def test_decided_late_at_night(self):
        """23:59 of the last day in Bangkok is in time, a minute later is not."""
        case = self._case_of("2026-03-02", "2026-03-05", "2026-03-05")
        for moment, wanted in (("2026-03-05 16:59:59", 1), ("2026-03-05 17:00:00", 0)):
            case._from_machine().sudo().write({"decided_at": moment})
            self.assertEqual(self._sums_of(MARCH, service_id=self.service.id)["on_time"], wanted)

    def test_reopened_is_not_decided(self):
        case = self._case_of("2026-03-02", "2026-03-05", "2026-03-05", state="resolved")
        self.assertEqual(self._sums_of(MARCH, service_id=self.service.id)["decided"], 1)
        case._from_machine().sudo().write({"state": "processing"})
        self.assertEqual(self._sums_of(MARCH, service_id=self.service.id)["decided"], 0)

    def test_days(self):
        for service, place in ((self.service, 0), (self.working_service, 1)):
            wanted = {}
            for begun, decided, *days in SPANS:
                self._case_of(begun, decided, service_id=service.id, answers={"kind": "off"})
                wanted[days[place]] = wanted.get(days[place], 0) + 1
            spans = self.months._read_spans(APRIL, MAY, self.company, service=service)
            self.assertEqual(spans, wanted, service.time_unit)
        self.months._build_month(APRIL)
        stored = self.months._read_spans(APRIL, MAY, self.company, service=self.working_service)
        self.assertEqual(stored, wanted)
        self.assertEqual((kpi.percentile(stored, 50), kpi.percentile(stored, 90)), (0, 7))

    def test_late_notices(self):
        case = self._case_of("2026-03-02", "2026-03-20", "2026-03-09")
        Notice = self.env["lgo.case.notice"].sudo()
        for number, owed, state, sent in (
            (1, "2026-03-09", "signed", "2026-03-09 16:00:00"),  # the same evening
            (2, "2026-03-16", "signed", "2026-03-16 17:30:00"),  # after midnight
            (3, "2026-03-19", "dropped", False),  # decided a day after it was owed
            (4, "2026-03-20", "dropped", False),  # decided on that day: not missed
        ):
            Notice.create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "number": number,
                    "date_owed": owed,
                    "state": state,
                    "sent_at": sent,
                }
            )
        sums = self._sums_of(MARCH, service_id=self.service.id)
        self.assertEqual((sums["notices"], sums["notices_on_time"]), (3, 1))

    def test_complaints(self):
        self._case_of("2026-03-02", "2026-03-05", "2026-03-09", model="lgo.oss.complaint")
        self._case_of("2026-03-02", "2026-03-10", "2026-03-09", model="lgo.oss.complaint")
        self._case_of("2026-03-02", "2026-03-05", "2026-03-09")
        sums = self._sums_of(MARCH)
        self.assertEqual((sums["complaints_with_due"], sums["complaints_on_time"]), (2, 1))
        self.assertEqual(sums["on_time"], 2)

    def test_first_answers(self):
        for answered, due in (
            ("2026-03-10", "2026-03-17"),
            ("2026-03-18", "2026-03-17"),
            (None, "2026-03-17"),
            (None, "2027-01-01"),  # still has time
        ):
            case = self._case_of("2026-03-02", model="lgo.oss.complaint")
            case.clock_ids.filtered(lambda clock: clock.kind == "answer").sudo().write(
                {"date_due": due}
            )
            case._from_machine().sudo().write({"answered_at": answered and self._noon(answered)})
        sums = self._sums_of(MARCH)
        self.assertEqual((sums["answers"], sums["answers_on_time"]), (3, 1))

    def test_restricted_complaints_are_in_no_sum(self):
        secret = self._secret()
        secret._from_machine().sudo().write(
            {
                "submitted_at": self._noon("2026-03-02"),
                "decided_at": self._noon("2026-03-05"),
                "closed_at": self._noon("2026-03-05"),
                "state": "closed",
            }
        )
        for _way in range(2):
            sums = self._sums_of(MARCH)
            self.assertEqual((sums["received"], sums["decided"]), (0, 0))
            self.assertFalse(self.months._read_spans(MARCH, APRIL, self.company))
            self.months._build_month(MARCH)

    def test_documents_not_asked_for(self):
        case = self._case_of("2026-03-02")
        line = case.document_ids[:1]
        line.service_document_id.obtainable_by_state = True
        line.write({"required": False})
        sums = self._sums_of(MARCH, service_id=self.service.id)
        self.assertEqual((sums["documents"], sums["documents_spared"]), (1, 1))
        line.write({"required": True})
        self.assertEqual(self._sums_of(MARCH, service_id=self.service.id)["documents_spared"], 0)

    # ------------------------------------------------------------ job
    def test_job_builds_and_counts_anew_what_changed(self):
        self._make_march()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_oss_statistics.ir_cron_build_statistics").method_direct_trigger()
        self.assertEqual(self.months._built_until(), date(2026, 11, 1))
        self._check_march()
        late = self.env["lgo.oss.request"].search(
            [("submitted_at", "<", "2026-04-01"), ("state", "=", "completed")], limit=1
        )
        # nothing was touched: only what is missing is built
        with freeze_time("2026-12-02 05:00:00"):
            for table in ("oss_request", "oss_complaint", "oss_ticket", "holiday", "case_defect"):
                self.env.cr.execute(
                    SQL("UPDATE %s SET write_date = '2026-01-01'", SQL.identifier(f"lgo_{table}"))
                )
            todo = self.months._months_to_build(fields.Datetime.now())
            self.assertNotIn(MARCH, todo)
            late._from_machine().sudo().write({"state": "processing"})
            late.flush_recordset()
            todo = self.months._months_to_build(fields.Datetime.now())
            self.assertEqual((todo[0], todo[-1]), (MARCH, date(2026, 11, 1)))

    # ------------------------------------------------------------ rights and speed
    def test_who_sees_what(self):
        self._case_of("2026-03-02")  # of the unit of the head
        rows = [("month", "=", MARCH), ("service_id", "=", self.service.id)]
        for user, wanted in (
            (self.head, 1),
            (self.officer, 1),
            (self.stranger, 0),
            (self.clerk, 1),
            (self.mayor, 1),
            (self.auditor, 1),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.Statistic.with_user(user).search_count(rows), wanted)

    def test_drill_down(self):
        case = self._case_of("2026-03-02", channel="phone")
        row = self.Statistic.with_user(self.clerk).search(
            [("month", "=", MARCH), ("service_id", "=", self.service.id)]
        )
        action = row.action_open_cases()
        found = self.env["lgo.case.register"].with_user(self.clerk).search(action["domain"])
        self.assertEqual(found.mapped("case_id"), case.ids)

    def test_a_row_stays_itself_when_others_come(self):
        """Between the list and the click on a row other cases are filed."""
        self._case_of("2026-03-02", channel="phone")
        domain = [("month", "=", MARCH), ("service_id", "=", self.service.id)]
        row = self.Statistic.search(domain)
        other = self._make_service("STAT2")
        for channel in ("web", "counter", "post", "email"):
            self._case_of("2026-03-03", channel=channel, service_id=other.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.Statistic.search(domain), row)
        self.assertEqual((row.service_id, row.channel), (self.service, "phone"))
        self.assertLess(row.id, 2**53)

    def test_query_count(self):
        self._make_march()
        domain = self.Statistic._span_domain(MARCH, MAY)
        self.Statistic._sums(domain, ["month", "channel"])
        with self.assertQueryCount(1):
            self.Statistic._sums(domain, ["month", "channel"])

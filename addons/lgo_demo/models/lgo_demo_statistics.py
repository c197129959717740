# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_oss_statistics.models.lgo_oss_statistic_month import BUILT_AT
from odoo.addons.lgo_oss_statistics.tools import period

#: Months that have ended and for which there are figures.
MONTHS = 13
#: channel, cases a month of a service of the first rank
CHANNELS = (("web", 22), ("counter", 31), ("phone", 9), ("line", 6))
SERVICES = ("street_light", "road_repair", "bin_request", "water_truck", "tree", "elderly")
RESPONSES = 5
#: The year's items that this system answers; the numbers are made up.
ITA = (
    ("O12", "คู่มือหรือมาตรฐานการให้บริการประชาชน", "manuals"),
    ("O13", "ข้อมูลเชิงสถิติการให้บริการ", "statistics"),
    ("O14", "รายงานผลการสำรวจความพึงพอใจการให้บริการ", "satisfaction"),
    ("O15", "ระบบการให้บริการผ่านช่องทางออนไลน์ (E-Service)", "e_services"),
    ("O22", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและข้อมูลสถิติ", "corruption"),
    ("O23", "การเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วมและรับฟังความคิดเห็น", "opinions"),
)


class LgoDemo(models.AbstractModel):
    """Figures of the months before, made by rule: no cases stand behind them."""

    _inherit = "lgo.demo"

    @api.model
    def _make_statistics(self):
        """Sums of the last months, survey responses and the items of the assessment."""
        months = self.env["lgo.oss.statistic.month"]
        now = fields.Datetime.now()
        month = period.month_of(now)
        past = []
        for _count in range(MONTHS):
            month = (month - timedelta(days=1)).replace(day=1)
            past.insert(0, month)
        services = [self.env.ref(f"lgo_oss.service_{name}") for name in SERVICES]
        for place, month in enumerate(past):
            self._make_responses(month, services, place)
        self.env.flush_all()
        for place, month in enumerate(past):
            months._build_month(month)
            months.create(self._fact_rows(month, services, place))
            self.env["lgo.oss.span.month"].create(self._span_rows(month, services, place))
            self.env["lgo.oss.queue.month"].create(self._queue_rows(month, place))
        self.env.flush_all()
        months._set(BUILT_AT, fields.Datetime.to_string(now))
        year = thai.fiscal_year(now)
        self.env["lgo.ita.item"].create(
            [
                {"year": year, "code": code, "name": name, "page": page, "sequence": place * 10}
                for place, (code, name, page) in enumerate(ITA, start=1)
            ]
        )

    @api.model
    def _number(self, base, rank, place):
        """More from month to month, more in the rainy season, fewer of a lower rank."""
        season = (0, 2, 5, 3, 0, -2)[place % 6]
        return max(base * (10 + place) // (12 + 5 * rank) + season, 1)

    @api.model
    def _fact_rows(self, month, services, place):
        rows = []
        for rank, service in enumerate(services):
            for channel, base in CHANNELS:
                received = self._number(base, rank, place)
                decided = received - received // 20
                rows.append(
                    {
                        "company_id": self.env.company.id,
                        "month": month,
                        "case_model": "lgo.oss.request",
                        "service_id": service.id,
                        "unit_id": service.unit_id.id,
                        "channel": channel,
                        "received": received,
                        "online": received if channel in ("web", "line") else 0,
                        "checked": received if channel == "counter" else 0,
                        "first_visit": received - received // 8 if channel == "counter" else 0,
                        "defects": received // 8,
                        "documents": received * 2,
                        "documents_spared": received // 2,
                        "decided": decided,
                        "with_due": decided,
                        "on_time": decided - decided // (9 + place % 4),
                        "notices": decided // 15,
                        "notices_on_time": decided // 17,
                    }
                )
        return rows

    @api.model
    def _span_rows(self, month, services, place):
        """A few days for most, three weeks for some."""
        return [
            {
                "company_id": self.env.company.id,
                "month": month,
                "case_model": "lgo.oss.request",
                "service_id": service.id,
                "unit_id": service.unit_id.id,
                "channel": "counter",
                "days": days,
                "number": self._number(number, rank, place),
            }
            for rank, service in enumerate(services)
            for days, number in ((1, 14), (2, 22), (4, 15), (7, 9), (21, 3))
        ]

    @api.model
    def _queue_rows(self, month, place):
        groups = self.env["lgo.oss.counter.group"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return [
            {
                "company_id": self.env.company.id,
                "month": month,
                "group_id": group.id,
                "wait": wait,
                "tickets": tickets,
                "called": tickets,
                "late": tickets if wait > 15 else 0,
                "absent": 0,
            }
            for rank, group in enumerate(groups)
            for wait, number in ((3, 60), (7, 45), (12, 25), (22, 8))
            if (tickets := self._number(number, rank, place))
        ]

    @api.model
    def _make_responses(self, month, services, place):
        """Five people a month and service, mostly satisfied."""
        questions = self.env["lgo.oss.survey.question"].search([("company_id", "=", False)])
        facts = {"company_id": self.env.company.id, "month": month}
        scores = [
            [5 - ((person + number + place) % 4 == 0) - (number % 5 == 3) for number in
             range(len(questions))]
            for person in range(RESPONSES)
        ]  # fmt: skip
        responses = self.env["lgo.oss.survey.response"].create(
            [
                {
                    **facts,
                    "service_id": service.id,
                    "unit_id": service.unit_id.id,
                    "channel": CHANNELS[person % len(CHANNELS)][0],
                    "gender": ("female", "male")[person % 2],
                    "age_band": ("20_39", "40_59", "60_up")[person % 3],
                    "score_sum": sum(scores[person]),
                    "score_count": len(questions),
                }
                for service in services
                for person in range(RESPONSES)
            ]
        )
        self.env["lgo.oss.survey.answer"].create(
            [
                {
                    **facts,
                    "response_id": response.id,
                    "question_id": question.id,
                    "score": scores[number % RESPONSES][place_],
                }
                for number, response in enumerate(responses)
                for place_, question in enumerate(questions)
            ]
        )

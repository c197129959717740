# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import TransactionCase

from odoo.addons.lgo_oss_complaint.tests.common import ComplaintCommon

from ..models.lgo_oss_statistic_month import BUILT_AT, BUILT_UNTIL

#: The tests ask in this month about the ones before.
TODAY = "2026-11-25 05:00:00"


class StatisticCommon(ComplaintCommon):
    """Cases of 2026 whose moments are written as a table says."""

    @classmethod
    def _set_up_statistics(cls):
        cls._set_up_complaint()
        cls.Statistic = cls.env["lgo.oss.statistic"]
        cls.months = cls.env["lgo.oss.statistic.month"]
        cls._not_built()
        cls.working_service = cls._make_service("TWORK", time_unit="working_day", time_limit=5)
        if not cls.env["lgo.holiday"].search_count([("date", "=", "2026-04-13")]):
            cls.env["lgo.holiday"].create(
                [
                    {"name": "สงกรานต์", "date": f"2026-04-{day}", "state": "confirmed"}
                    for day in (13, 14, 15)
                ]
            )

    @classmethod
    def _not_built(cls):
        """As if the nightly job had never run."""
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.search([("key", "in", (BUILT_AT, BUILT_UNTIL))]).unlink()
        for model in (
            "lgo.oss.statistic.month",
            "lgo.oss.span.month",
            "lgo.oss.queue.month",
            "lgo.oss.survey.response",
        ):
            cls.env[model].sudo().search([]).unlink()  # pylint: disable=no-search-all

    @classmethod
    def _case_of(cls, received, decided=None, due=None, state=None, defect=False, **values):
        """A filed case with these moments (Bangkok days at noon)."""
        model = values.pop("model", "lgo.oss.request")
        channel = values.pop("channel", None)
        maker = cls._complaint if model == "lgo.oss.complaint" else cls._make_case
        case = maker(**values)
        vals = {"submitted_at": cls._noon(received), "deemed_received_at": cls._noon(received)}
        if decided:
            vals |= {
                "completed_at": cls._noon(received),
                "decided_at": cls._noon(decided),
                "closed_at": cls._noon(decided),
                "state": state or ("closed" if model == "lgo.oss.complaint" else "completed"),
            }
        elif state:
            vals["state"] = state
        vals["date_due"] = due
        if channel:
            vals["channel"] = channel
        case._from_machine().sudo().write(vals)
        if defect:
            cls.env["lgo.case.defect"].sudo().create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "date_cure": received,
                    "officer_id": cls.clerk.id,
                }
            )
        return case

    @classmethod
    def _noon(cls, day):
        return fields.Datetime.to_datetime(f"{day} 05:00:00")

    def _sums_of(self, month, **domain):
        rows = [(name, "=", value) for name, value in domain.items()]
        return self.Statistic._sums(
            [("month", "=", month), ("company_id", "=", self.company.id), *rows]
        )


class StatisticCase(StatisticCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_statistics()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai, workbook

#: Columns of the counted letters, in their order.
DIRECTIONS = ("in", "out", "internal", "order", "announce")
#: Days after which an unfinished letter is counted as old.
OLD_DAYS = 30


class LgoEofficeMonthReport(models.TransientModel):
    """Report of a month to the head: letters by unit, what is unfinished, and the time taken."""

    _name = "lgo.eoffice.month.report"
    _description = "Monthly Report of Letters"

    month = fields.Selection(
        [(str(number), name) for number, name in enumerate(thai.MONTHS, start=1)],
        required=True,
        default=lambda self: str(self._today().month),
    )
    year_be = fields.Integer(
        string="Year (B.E.)", required=True, aggregator=None,
        default=lambda self: thai.buddhist_year(self._today()),
    )  # fmt: skip

    @api.model
    def _today(self):
        return thai.local_date(fields.Datetime.now())

    @api.constrains("year_be")
    def _check_year_be(self):
        for wizard in self:
            if not 2500 <= wizard.year_be <= 2700:
                raise ValidationError(self.env._("Give the year in B.E., such as 2570."))

    def _span(self):
        """First day of the month, and first day of the next."""
        year, month = self.year_be - thai.BUDDHIST_OFFSET, int(self.month)
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)

    def _title(self):
        return f"รายงานงานสารบรรณ {thai.MONTHS[int(self.month) - 1]} {self.year_be}"

    def _rows(self):
        """Lines of the report as texts: a unit each, then the sum.

        Counts only what the reader may read.
        """
        self.ensure_one()
        first, stop = self._span()
        Report = self.env["lgo.eoffice.letter.report"].with_context(active_test=False)
        own = Domain("company_id", "=", self.env.company.id)
        month = own & Domain("register_date", ">=", first) & Domain("register_date", "<", stop)
        counts = {
            (unit, direction): number
            for unit, direction, number in Report._read_group(
                month, ["unit_id", "direction"], ["__count"]
            )
        }
        finished = dict(
            Report._read_group(
                month & Domain("direction", "=", "in") & Domain("is_open", "=", False),
                ["unit_id"], ["__count"],
            )
        )  # fmt: skip
        unfinished = own & Domain("is_open", "=", True)
        waiting = dict(Report._read_group(unfinished, ["unit_id"], ["__count"]))
        old = dict(
            Report._read_group(
                unfinished & Domain("age_days", ">", OLD_DAYS), ["unit_id"], ["__count"]
            )
        )
        times = {
            unit: (seconds, number)
            for unit, seconds, number in Report._read_group(
                month & Domain("ordered_at", "!=", False),
                ["unit_id"], ["order_hours:sum", "__count"],
            )
        }  # fmt: skip
        units = {unit for unit, _direction in counts} | waiting.keys() | times.keys()
        lines = []
        for unit in sorted(units, key=lambda unit: thai.sort_key(unit.name or "")):
            lines.append(
                [
                    unit.name or self.env._("No unit yet"),
                    *(counts.get((unit, direction), 0) for direction in DIRECTIONS),
                    finished.get(unit, 0),
                    waiting.get(unit, 0),
                    old.get(unit, 0),
                    times.get(unit, (0, 0)),
                ]
            )
        total = [sum(line[place] for line in lines) for place in range(1, 9)]
        hours = tuple(sum(line[9][place] for line in lines) for place in (0, 1))
        lines.append([self.env._("Together"), *total, hours])
        return [[line[0], *map(str, line[1:9]), self._mean(*line[9])] for line in lines]

    @api.model
    def _mean(self, hours, number):
        return f"{hours / number:.1f}" if number else "-"

    def _columns(self):
        return [
            (self.env._("Unit of the office"), 34),
            (self.env._("Received letters"), 11),
            (self.env._("Letters sent"), 11),
            (self.env._("Internal letters"), 11),
            (self.env._("Orders and rules"), 11),
            (self.env._("Announcements of the office"), 11),
            (self.env._("Received in the month and finished"), 14),
            (self.env._("Unfinished today"), 13),
            (self.env._("Unfinished for more than %s days", OLD_DAYS), 16),
            (self.env._("Average office hours to the first order"), 18),
        ]

    def _workbook(self):
        """The report as bytes of an XLSX file; leaves a row in the trail."""
        self.ensure_one()
        self.env["lgo.audit.log"]._log(
            "report.export", None, detail={"report": self._title(), "as": "xlsx"}
        )
        return workbook.table(self._title(), self._columns(), self._rows())

    def action_xlsx(self):
        """Button: download the workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/eoffice/month/{self.id}.xlsx",
            "target": "download",
        }

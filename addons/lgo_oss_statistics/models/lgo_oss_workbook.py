# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.lgo_base.tools import thai

from ..tools import kpi, period, workbook

NOTE = (
    "จำนวนวันนับตามหน่วยเวลาในคู่มือสำหรับประชาชน (วันทำการหรือวัน) "
    "ร้อยละความพึงพอใจ = ค่าเฉลี่ย/5×100 แสดงเมื่อมีผู้ตอบตั้งแต่ 5 คน ไม่รวมเรื่องร้องเรียนลับ"
)


class LgoOssWorkbook(models.AbstractModel):
    """Monthly and yearly reports for heads and up; each download is in the audit trail."""

    _name = "lgo.oss.workbook"
    _description = "Statistics Workbook"

    @api.model
    def _make(self, year, month=None):
        """The workbook of a fiscal year or of one month, by the rights of the user.

        :param int year: fiscal year (B.E.)
        :param date month: first day of a month, or None
        :return: ``(file name, bytes)``
        :raises AccessError: below a head of unit
        """
        if not self.env["lgo.oss.dashboard"]._may_download():
            raise AccessError(self.env._("Reports are for heads of units and above."))
        start, stop = (month, period.next_month(month)) if month else period.fiscal_span(year)
        if month:
            when = f"ประจำเดือน{thai.MONTHS[month.month - 1]} พ.ศ. {thai.buddhist_year(month)}"
            name = f"statistics-{thai.buddhist_year(month)}-{month.month:02d}.xlsx"
        else:
            first, last = period.label(start), period.label(period.months(start, stop)[-1])
            when = f"ปีงบประมาณ พ.ศ. {year} ({first} ถึง {last})"
            name = f"statistics-{year}.xlsx"
        content = workbook.build(
            self.env.company.name,
            f"รายงานสถิติการให้บริการ {when}",
            self._sheets(start, stop, with_months=not month),
            NOTE,
        )
        self.env["lgo.audit.log"]._log(
            "export", self.env["lgo.oss.statistic"], detail={"file": name}
        )
        return name, content

    @api.model
    def _sheets(self, start, stop, with_months):
        Statistic = self.env["lgo.oss.statistic"]
        domain = Statistic._span_domain(start, stop)
        total = self._row("รวม", Statistic._sums(domain), self._spans(start, stop))
        kinds = [
            ("จำแนกตามบริการ", "service_id"),
            ("จำแนกตามหน่วยงาน", "unit_id"),
            ("จำแนกตามช่องทาง", "channel"),
        ]
        if with_months:
            kinds.insert(0, ("จำแนกตามเดือน", "month"))
        return [
            (name, self._rows(Statistic, domain, field, start, stop), total)
            for name, field in kinds
        ]

    @api.model
    def _units(self):
        """Units to which the user is limited; None for all."""
        sees_all = self.env["lgo.oss.statistic"]._sees_all()
        return None if sees_all else self.env.user.lgo_unit_ids

    @api.model
    def _spans(self, start, stop):
        return self.env["lgo.oss.statistic.month"]._read_spans(
            start, stop, self.env.company, units=self._units()
        )

    @api.model
    def _rows(self, Statistic, domain, field, start, stop):
        """Rows of one sheet, in the order that people expect."""
        spans = self.env["lgo.oss.statistic.month"]._read_spans_by(
            start, stop, self.env.company, field, units=self._units()
        )
        found = {values[0]: sums for values, sums in Statistic._sums(domain, [field])}
        if field == "month":
            keys = [
                (month, period.label(month, short=False)) for month in period.months(start, stop)
            ]
        elif field == "channel":
            labels = dict(self.env["lgo.case.mixin"]._selection_channel())
            keys = [(key, label) for key, label in labels.items() if key in found]
        else:
            records = sorted(
                (record.sudo() for record in found if record),
                key=lambda record: record.display_name,
            )
            keys = [(record, record.name) for record in records]
        missing = [key for key in found if not key]
        keys += [(key, "ไม่ระบุ") for key in missing]
        return [
            self._row(
                label,
                found.get(key, Statistic._no_sums()),
                spans.get(key.id or None if hasattr(key, "id") else key, {}),
            )
            for key, label in keys
        ]

    @api.model
    def _row(self, label, sums, spans):
        figures = self.env["lgo.oss.statistic"]._kpis(sums)
        few = sums["responses"] < 5
        return [
            label,
            sums["received"],
            sums["online"],
            figures["online"],
            sums["defects"],
            sums["decided"],
            sums["with_due"],
            sums["on_time"],
            figures["on_time"],
            kpi.percentile(spans, 50),
            kpi.percentile(spans, 90),
            sums["responses"],
            None if few else figures["satisfaction"],
        ]

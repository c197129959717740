# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import thai, workbook

#: The columns in the order of PDPA B.E. 2562 s.39, with the width of each in characters.
COLUMNS = (
    ("name", 24),
    ("unit_id", 18),
    ("data_items", 32),
    ("subjects", 18),
    ("purpose", 32),
    ("legal_basis", 22),
    ("law", 22),
    ("sensitive_basis", 18),
    ("retention", 18),
    ("access_rights", 24),
    ("recipients", 24),
    ("processors", 20),
    ("refusals", 20),
    ("security", 28),
    ("reviewed_on", 14),
)


class LgoProcessingRecord(models.AbstractModel):
    """The record of processing as a whole (PDPA B.E. 2562 s.39), on paper and as a workbook.

    The record is shown to the data subject and to the office of the commission (s.39); who took
    it out of the system, and when, stands in the audit trail.
    """

    _name = "report.lgo_base.report_processing_record"
    _description = "Record of Processing, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        activities = self._activities(docids)
        self._log_export(activities, "pdf")
        return {
            "doc_ids": activities.ids,
            "doc_model": activities._name,
            "docs": activities,
            "companies": activities.company_id,
            "labels": self._labels(),
            "text": self._text,
            "printed_on": thai.format_date(
                thai.local_date(fields.Datetime.now()), style="long", digits="thai"
            ),
        }

    @api.model
    def _activities(self, ids):
        """The activities with these ids that the user may read; all when there are none."""
        if not self.env.user.has_groups("lgo_base.group_privacy_officer,lgo_base.group_auditor"):
            raise AccessError(
                self.env._("The record of processing is printed by the personal data officer.")
            )
        domain = [("id", "in", ids)] if ids else []
        return self.env["lgo.processing.activity"].search(domain, order="company_id, name, id")

    @api.model
    def _log_export(self, activities, kind):
        self.env["lgo.audit.log"]._log(
            "export",
            activities.browse(),
            detail={"format": kind, "rows": len(activities)},
        )

    @api.model
    def _labels(self):
        names = [name for name, _width in COLUMNS]
        fields_ = self.env["lgo.processing.activity"].fields_get(names, ["string"])
        return {name: fields_[name]["string"] for name in names}

    @api.model
    def _text(self, activity, name):
        """The value of a column as a person reads it."""
        field = activity._fields[name]
        value = activity[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "many2one":
            return value.display_name or ""
        if field.type == "date":
            return thai.format_date(value, style="short") if value else ""
        return value or ""

    @api.model
    def _workbook(self, ids=None):
        """The record as bytes of an XLSX file; text stays text, whatever it begins with."""
        activities = self._activities(ids)
        self._log_export(activities, "xlsx")
        labels = self._labels()
        return workbook.table(
            "ROPA",
            [(labels[name], width) for name, width in COLUMNS],
            [[self._text(activity, name) for name, _width in COLUMNS] for activity in activities],
        )

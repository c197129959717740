# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models
from odoo.tools.misc import get_lang

from ..buddhist_era import is_thai, to_buddhist_year

WEEK_LABEL = re.compile(r"(W\d+) (\d{4})")


def _buddhist_week_label(label):
    """Turn the label that Odoo writes for a week, ``W48 2026``, into ``W48 2569``."""
    match = WEEK_LABEL.fullmatch(label) if isinstance(label, str) else None
    return f"{match[1]} {to_buddhist_year(int(match[2]))}" if match else label


class Base(models.AbstractModel):
    """Groups by week carry a label that Odoo writes without Babel."""

    _inherit = "base"

    def _is_thai_week(self, groupby_spec):
        """Tell whether a group such as ``date:week`` is labelled for a Thai reader.

        A path (``partner_id.date:week``) comes back here for its last field, a property has
        its label from Babel.
        """
        path, _colon, granularity = groupby_spec.partition(":")
        if granularity != "week" or "." in path:
            return False
        field = self._fields.get(path)
        return bool(
            field and field.type in ("date", "datetime") and is_thai(get_lang(self.env).code)
        )

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if not self._is_thai_week(groupby_spec):
            return formatter

        def formatter_buddhist_week(value):
            result, domain = formatter(value)
            if isinstance(result, tuple):
                result = (result[0], _buddhist_week_label(result[1]))
            return result, domain

        return formatter_buddhist_week

    def _read_group_format_result(self, rows_dict, lazy_groupby):
        result = super()._read_group_format_result(rows_dict, lazy_groupby)
        for group in lazy_groupby:
            if self._is_thai_week(group):
                for row in rows_dict:
                    row[group] = _buddhist_week_label(row[group])
        return result

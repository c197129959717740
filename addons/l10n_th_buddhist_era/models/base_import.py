# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools.misc import get_lang

from ..buddhist_era import is_thai, to_gregorian_text, to_long_year


class BaseImport(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """A file of a Thai office has its dates in the Buddhist era, often with Thai digits."""

    _inherit = "base_import.import"

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if not is_thai(get_lang(self.env).code):
            return super()._parse_date_from_data(data, index, name, field_type, options)
        keys = [
            key for key in ("date_format", "datetime_format") if "%y" in (options.get(key) or "")
        ]
        for line in data:
            if isinstance(line[index], str):
                text = line[index].strip()
                for key in keys:
                    text = to_long_year(text, options[key])
                line[index] = to_gregorian_text(text)
        options = {**options, **{key: options[key].replace("%y", "%Y") for key in keys}}
        return super()._parse_date_from_data(data, index, name, field_type, options)

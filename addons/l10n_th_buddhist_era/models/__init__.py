# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import base, base_import, ir_qweb_field_date, ir_qweb_field_datetime

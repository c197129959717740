# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_fees,
    test_import,
    test_kill,
    test_points,
    test_print,
    test_report,
    test_run,
    test_tool_point_table,
    test_tool_tariff,
)

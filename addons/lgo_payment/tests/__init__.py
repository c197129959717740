# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_bill_clone,
    test_bank_files,
    test_cash,
    test_company,
    test_conservation,
    test_dunning,
    test_kill,
    test_papers,
    test_period,
    test_plan,
    test_requests,
    test_screens,
    test_tool_references,
    test_tool_thai_qr,
)

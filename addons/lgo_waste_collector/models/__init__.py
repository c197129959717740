# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    lgo_cash_session,
    lgo_waste_collection,
    lgo_waste_round,
    lgo_waste_round_day,
    res_company_collector,
)

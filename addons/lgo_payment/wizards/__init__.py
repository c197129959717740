# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_cash_deposit_create, lgo_cash_take, lgo_payment_decide, lgo_payment_report

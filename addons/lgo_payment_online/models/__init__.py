# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    lgo_payment_account,
    lgo_payment_bill,
    lgo_payment_biller,
    lgo_payment_claim,
    lgo_payment_group,
    lgo_payment_notice,
    res_partner,
    website,
)

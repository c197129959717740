# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import res_company_waste
from . import lgo_waste_zone
from . import lgo_waste_community
from . import lgo_waste_route
from . import lgo_waste_legal_basis
from . import lgo_waste_fee_limit
from . import lgo_waste_tariff
from . import lgo_waste_tariff_line
from . import lgo_waste_tariff_version
from . import lgo_waste_incentive
from . import lgo_waste_point
from . import lgo_waste_point_fees
from . import lgo_waste_payer
from . import lgo_waste_decision_mixin
from . import lgo_waste_pause
from . import lgo_waste_exemption
from . import lgo_waste_enrolment
from . import lgo_waste_bin
from . import lgo_waste_change
from . import lgo_waste_charge
from . import lgo_waste_run
from . import lgo_waste_run_problem
from . import lgo_waste_run_preview
from . import lgo_waste_print
from . import lgo_payment_account
from . import lgo_payment_bill

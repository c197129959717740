from . import lgo_holiday_propose
from . import lgo_issued_revoke
from . import lgo_register_correction
from . import base_partner_merge
from . import lgo_identity_unmask
from . import lgo_case_defect_wizard, lgo_case_transition_wizard
from . import lgo_case_defect_sign
from . import lgo_case_notice_sign
from . import lgo_case_agency_wizard
from . import lgo_case_route_simulation
from . import lgo_case_work_wizard

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_eoffice_endorse_wizard
from . import lgo_eoffice_correction
from . import lgo_eoffice_register_print
from . import lgo_eoffice_route_wizard
from . import lgo_eoffice_break_glass
from . import lgo_eoffice_month_report
from . import lgo_eoffice_secrecy_change

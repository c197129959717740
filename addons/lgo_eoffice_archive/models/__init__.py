# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_eoffice_paper_mixin
from . import lgo_eoffice_retention
from . import lgo_eoffice_letter
from . import lgo_eoffice_letter_destruction
from . import lgo_eoffice_letter_storage
from . import lgo_eoffice_destruction
from . import lgo_eoffice_destruction_line
from . import lgo_eoffice_destruction_member
from . import lgo_eoffice_loan
from . import lgo_eoffice_transfer
from . import lgo_eoffice_transfer_line
from . import res_company

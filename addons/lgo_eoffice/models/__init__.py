# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_eoffice_child_mixin
from . import lgo_eoffice_agency
from . import lgo_eoffice_folder
from . import lgo_eoffice_kind
from . import lgo_eoffice_phrase
from . import lgo_eoffice_salutation
from . import lgo_eoffice_letter
from . import lgo_eoffice_letter_keeping
from . import lgo_eoffice_letter_numbers
from . import lgo_eoffice_letter_register
from . import lgo_eoffice_letter_search
from . import lgo_eoffice_letter_secrecy
from . import lgo_eoffice_letter_signing
from . import lgo_eoffice_reference
from . import lgo_eoffice_enclosure
from . import lgo_eoffice_recipient
from . import lgo_eoffice_copy
from . import lgo_eoffice_endorsement
from . import lgo_eoffice_version
from . import res_company

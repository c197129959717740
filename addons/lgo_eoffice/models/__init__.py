# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_eoffice_trail_mixin
from . import lgo_eoffice_child_mixin
from . import lgo_eoffice_agency
from . import lgo_eoffice_folder
from . import lgo_eoffice_kind
from . import lgo_eoffice_kind_paper
from . import lgo_eoffice_phrase
from . import lgo_eoffice_salutation
from . import lgo_eoffice_letter
from . import lgo_eoffice_letter_keeping
from . import lgo_eoffice_letter_minutes
from . import lgo_eoffice_letter_numbers
from . import lgo_eoffice_letter_register
from . import lgo_eoffice_letter_search
from . import lgo_eoffice_letter_paper
from . import lgo_eoffice_letter_answer
from . import lgo_eoffice_letter_preview
from . import lgo_eoffice_letter_stamp
from . import lgo_eoffice_letter_copy_paper
from . import lgo_eoffice_letter_signing
from . import lgo_eoffice_reference
from . import lgo_eoffice_enclosure
from . import lgo_eoffice_recipient
from . import lgo_eoffice_copy
from . import lgo_eoffice_copy_inbox
from . import lgo_eoffice_copy_moves
from . import lgo_eoffice_copy_take_back
from . import lgo_eoffice_reader
from . import lgo_eoffice_reminder
from . import lgo_eoffice_endorsement
from . import lgo_eoffice_version
from . import lgo_eoffice_version_difference
from . import lgo_eoffice_letter_routing
from . import lgo_eoffice_letter_review
from . import lgo_eoffice_letter_circular
from . import lgo_eoffice_signer
from . import lgo_eoffice_letter_signers
from . import lgo_post
from . import ir_actions_report
from . import ir_code
from . import lgo_issued_document
from . import res_company
from . import res_company_letter_time
from . import res_company_paper
from . import res_users

from . import lgo_eoffice_letter_report

# after the models whose rights they close
from . import lgo_eoffice_letter_secrecy
from . import lgo_eoffice_letter_trail
from . import lgo_eoffice_letter_chatter
from . import lgo_eoffice_letter_files
from . import lgo_eoffice_letter_book

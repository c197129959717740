# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import ir_attachment
from . import ir_rule
from . import lgo_eoffice_agency
from . import lgo_eoffice_dispatch
from . import lgo_eoffice_ecms
from . import lgo_eoffice_ecms_code
from . import lgo_eoffice_ecms_item
from . import lgo_eoffice_exchange_key
from . import lgo_eoffice_letter_answering
from . import lgo_eoffice_letter_arrival
from . import lgo_eoffice_letter_ecms
from . import lgo_eoffice_letter_exchange
from . import lgo_eoffice_letter_receiving
from . import lgo_eoffice_letter_sending
from . import lgo_eoffice_mail
from . import lgo_eoffice_nonce
from . import lgo_eoffice_peer
from . import lgo_eoffice_recipient
from . import mail_mail
from . import mail_thread
from . import res_company

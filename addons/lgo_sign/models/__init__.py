# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_sign_paper_mixin
from . import lgo_sign_certificate
from . import lgo_sign_trust
from . import res_company
from . import lgo_document_kind
from . import lgo_sign_signature
from . import lgo_sign_archive
from . import lgo_sign_maker
from . import lgo_issued_signature
from . import lgo_issued_document
from . import lgo_sign_round
from . import lgo_sign_round_line
from . import lgo_sign_validation

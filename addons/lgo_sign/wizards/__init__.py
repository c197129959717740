# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import lgo_sign_confirm
from . import lgo_sign_revoke
from . import lgo_sign_cancel
from . import lgo_sign_check

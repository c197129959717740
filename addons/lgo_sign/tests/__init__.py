# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_certificate
from . import test_round
from . import test_sign
from . import test_sign_http

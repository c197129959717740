# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_arrival
from . import test_ecms
from . import test_exchange
from . import test_mail_in
from . import test_mail_out
from . import test_tools

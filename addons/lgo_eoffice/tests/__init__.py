# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_answer
from . import test_leak_code
from . import test_leak_openings
from . import test_leak_ways
from . import test_letter
from . import test_register_print
from . import test_search
from . import test_routing
from . import test_routing_http
from . import test_routing_sign
from . import test_text_diff
from . import test_letter_body
from . import test_papers
from . import test_stamps
from . import test_secrecy
from . import test_signers
from . import test_letter_report

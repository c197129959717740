# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_archive
from . import test_continuation
from . import test_fetcher
from . import test_layout
from . import test_report
from . import test_text_layer

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import log
from . import digits
from . import qr
from . import words
from . import thai_text
from . import thai_justify
from . import thai_break
from . import fetcher
from . import styles
from . import pages
from . import continuation
from . import engine

# One line a file, so that merges stay simple.
from . import test_citizen_pages
from . import test_draft
from . import test_field
from . import test_filing_http
from . import test_late_notice
from . import test_leaks
from . import test_mail_in
from . import test_nearby
from . import test_office
from . import test_papers
from . import test_recount
from . import test_request
from . import test_rights
from . import test_speed
from . import test_tracking_limit

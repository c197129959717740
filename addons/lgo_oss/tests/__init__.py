from . import (
    test_citizen_pages,
    test_field,
    test_filing_http,
    test_leaks,
    test_office,
    test_recount,
    test_request,
    test_rights,
    test_speed,
    test_tracking_limit,
)

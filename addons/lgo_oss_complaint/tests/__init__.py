from . import (
    test_complaint,
    test_filing_http,
    test_group,
    test_js,
    test_leaks,
    test_map,
    test_reporter,
    test_restricted,
    test_restricted_http,
    test_traffy,
    test_work,
)

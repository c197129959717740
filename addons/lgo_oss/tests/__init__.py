from . import test_filing_http, test_leaks, test_request, test_rights, test_speed

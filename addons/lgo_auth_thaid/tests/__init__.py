from . import test_claims, test_provider, test_thaid_http

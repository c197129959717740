from . import test_code_http

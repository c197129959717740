from . import test_gateway, test_line_http, test_short_messages

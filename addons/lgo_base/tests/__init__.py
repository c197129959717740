from . import test_audit
from . import test_js
from . import test_register
from . import test_register_concurrency
from . import test_tools
from . import test_upload
from . import test_web_shell

from . import test_web_shell

from . import claim, code, filing, signup

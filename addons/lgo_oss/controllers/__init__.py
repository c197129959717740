from . import cases, filing, services, tracking

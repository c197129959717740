from . import cases, filing, preview, services, tracking

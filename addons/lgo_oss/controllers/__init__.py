from . import cases, drafts, filing, preview, services, tracking

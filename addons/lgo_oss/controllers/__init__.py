from . import cases, documents, drafts, filing, preview, services, tracking

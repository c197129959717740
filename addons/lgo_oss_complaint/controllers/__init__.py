from . import complaints, filing, public_map

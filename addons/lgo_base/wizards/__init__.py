from . import lgo_register_correction

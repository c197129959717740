from . import lgo_demo

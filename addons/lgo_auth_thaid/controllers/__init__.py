from . import thaid

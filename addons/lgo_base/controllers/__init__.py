from . import privacy
from . import website

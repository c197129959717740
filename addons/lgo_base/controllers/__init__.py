from . import export
from . import privacy
from . import website
from . import verify

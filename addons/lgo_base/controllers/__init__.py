from . import export
from . import privacy
from . import processing
from . import website
from . import verify

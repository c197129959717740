from . import announcements
from . import export
from . import my
from . import privacy
from . import processing
from . import pwa
from . import website
from . import verify

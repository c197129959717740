from . import models
from . import translations

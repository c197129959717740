from . import test_thai_pages
from . import test_translations

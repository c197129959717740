from . import test_booking
from . import test_http
from . import test_load
from . import test_my_bookings
from . import test_queue
from . import test_rights

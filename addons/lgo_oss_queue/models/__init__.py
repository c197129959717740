from . import ir_websocket
from . import lgo_case_mixin
from . import lgo_oss_counter
from . import lgo_oss_counter_group
from . import lgo_oss_device
from . import lgo_oss_priority
from . import lgo_oss_ticket
from . import lgo_oss_ticket_line

from . import lgo_line_link
from . import lgo_notification
from . import lgo_notification_channel
from . import res_partner

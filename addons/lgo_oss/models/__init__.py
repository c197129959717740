# One line a model, so that merges stay simple.
from . import lgo_oss_follow_mixin
from . import lgo_oss_mail_mixin
from . import lgo_case_cost
from . import lgo_case_double_mixin
from . import lgo_case_map_mixin
from . import lgo_case_field_mixin
from . import lgo_notification
from . import lgo_oss_draft
from . import lgo_oss_follower
from . import lgo_oss_request
from . import lgo_service
from . import mail_thread
from . import res_company
from . import website

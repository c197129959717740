from . import lgo_auth_code
from . import lgo_oss_request
from . import res_users

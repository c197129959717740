from . import lgo_thaid_provider
from . import res_users

from . import res_company_web
from . import res_partner_web
from . import website

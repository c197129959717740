from . import ir_http
from . import res_company_web
from . import res_partner_web
from . import website
from . import lgo_audit_log
from . import lgo_audit_seal
from . import lgo_register
from . import lgo_register_entry

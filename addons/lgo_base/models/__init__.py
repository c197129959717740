from . import hr_department
from . import ir_attachment
from . import ir_http
from . import lgo_area_mixin
from . import lgo_audit_log
from . import lgo_audit_seal
from . import lgo_consent
from . import lgo_consent_purpose
from . import lgo_delegation
from . import lgo_district
from . import lgo_document_kind
from . import lgo_holiday
from . import lgo_holiday_exclusion
from . import lgo_issued_document
from . import lgo_issued_signature
from . import lgo_name_prefix
from . import lgo_organisation_kind
from . import lgo_post
from . import lgo_post_absence
from . import lgo_post_holder
from . import lgo_power_attorney
from . import lgo_privacy_acknowledgement
from . import lgo_privacy_breach
from . import lgo_privacy_notice
from . import lgo_privacy_request
from . import lgo_processing_activity
from . import lgo_province
from . import lgo_register
from . import lgo_register_entry
from . import lgo_subdistrict
from . import res_company_organisation
from . import res_company_privacy
from . import res_company_time
from . import res_company_web
from . import res_partner
from . import res_partner_address
from . import res_partner_identity
from . import res_partner_web
from . import website
from . import lgo_notification
from . import lgo_notification_channel
from . import lgo_notification_template
from . import mail_mail
from . import website_privacy
from . import resource_calendar_leaves
from . import (
    lgo_law,
    lgo_law_version,
    lgo_service,
    lgo_service_document,
    lgo_service_fee,
    lgo_service_step,
    lgo_service_version,
)
    lgo_case_child_mixin,
    lgo_case_clock,
    lgo_case_defect,
    lgo_case_document,
    lgo_case_event,
    lgo_case_notice,
    lgo_case_machine_mixin,
    lgo_case_clock_mixin,
    lgo_case_paper_mixin,
    lgo_case_portal_mixin,
    lgo_case_mixin,
    lgo_case_register,
)
from . import hr_employee, res_users
from . import res_company_clock

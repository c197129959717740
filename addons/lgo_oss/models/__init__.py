from . import (
    lgo_case_cost,
    lgo_case_field_mixin,
    lgo_oss_request,
    lgo_service,
    website,
)

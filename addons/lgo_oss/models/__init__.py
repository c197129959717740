from . import lgo_oss_attempt, lgo_oss_request, lgo_service, website

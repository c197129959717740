# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Demo Municipality",
    "summary": "A made-up municipality with a user for every role; never for production",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": [
        "lgo_eoffice",
        "lgo_oss",
        "lgo_oss_complaint",
        "lgo_oss_queue",
        "lgo_oss_statistics",
        "lgo_payment",
    ],
    "data": [
        "data/res_company_data.xml",
        "data/hr_data.xml",
        "data/res_users_data.xml",
        "data/lgo_post_data.xml",
        "data/lgo_service_data.xml",
        "data/lgo_case_data.xml",
        "data/lgo_complaint_data.xml",
        "data/lgo_work_data.xml",
        "data/lgo_oss_queue_data.xml",
        "data/lgo_oss_statistics_data.xml",
        "data/lgo_eoffice_data.xml",
        "data/lgo_payment_data.xml",
    ],
}

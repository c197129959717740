# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO One-Stop Service",
    "summary": "Requests of citizens by website and counter, followed to the end",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_oss_rules.xml",
        "data/ir_cron_data.xml",
        "data/lgo_case_merged_data.xml",
        "data/lgo_service_data.xml",
        "data/lgo_oss_notification_data.xml",
        "report/lgo_oss_reports.xml",
        "views/lgo_case_register_views.xml",
        "views/lgo_oss_request_views.xml",
        "views/service_templates.xml",
        "views/filing_templates.xml",
        "views/request_templates.xml",
        "views/case_templates.xml",
        "views/lgo_service_views.xml",
        "views/res_company_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "lgo_oss/static/src/scss/lgo_oss.scss",
            "lgo_oss/static/src/interactions/*",
        ],
    },
}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Complaints",
    "summary": "Complaints and grievances: anonymous and restricted reporters, map, Traffy Fondue",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_oss"],
    "data": [
        "security/lgo_oss_complaint_groups.xml",
        "security/ir.model.access.csv",
        "security/lgo_oss_complaint_rules.xml",
        "data/lgo_law_data.xml",
        "data/lgo_service_data.xml",
        "data/lgo_oss_complaint_type_data.xml",
        "data/lgo_notification_data.xml",
        "data/ir_cron_data.xml",
        "report/lgo_oss_complaint_reports.xml",
        "wizards/lgo_oss_complaint_wizard_views.xml",
        "views/lgo_oss_complaint_type_views.xml",
        "views/lgo_oss_complaint_views.xml",
        "views/lgo_law_views.xml",
        "views/lgo_traffy_views.xml",
        "views/complaint_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "lgo_oss_complaint/static/src/scss/lgo_oss_complaint.scss",
            "lgo_oss_complaint/static/src/interactions/*",
        ],
    },
}

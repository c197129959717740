# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO One-Stop Service: Queue",
    "summary": "Queue tickets, kiosk, counter panel, display board and appointments",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_oss", "resource_booking"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_oss_queue_rules.xml",
        "data/lgo_oss_priority_data.xml",
        "data/lgo_notification_data.xml",
        "data/ir_cron_data.xml",
        "report/lgo_oss_ticket_report.xml",
        "views/lgo_oss_counter_views.xml",
        "views/lgo_oss_counter_group_views.xml",
        "views/lgo_oss_device_views.xml",
        "views/lgo_oss_priority_views.xml",
        "views/lgo_oss_ticket_views.xml",
        "views/res_company_views.xml",
        "views/resource_booking_views.xml",
        "views/queue_templates.xml",
        "views/booking_templates.xml",
        "views/portal_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lgo_oss_queue/static/src/panel/*",
        ],
        "web.assets_frontend": [
            "lgo_oss_queue/static/src/scss/lgo_queue.scss",
            "lgo_oss_queue/static/src/interactions/*",
        ],
    },
}

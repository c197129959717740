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
        "views/map_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lgo_base/static/src/interactions/map_base.js",
            "lgo_base/static/src/interactions/map_geometry.js",
            "lgo_oss_complaint/static/src/map/*",
        ],
        "web.assets_frontend": [
            "lgo_oss_complaint/static/src/scss/lgo_oss_complaint.scss",
            "lgo_oss_complaint/static/src/map/heat.js",
            "lgo_oss_complaint/static/src/map/point_map.js",
            "lgo_oss_complaint/static/src/map/point_map.scss",
            "lgo_oss_complaint/static/src/interactions/*",
        ],
        # clusters of Leaflet, fetched only by pages with such a map
        "lgo_oss_complaint.assets_map": [
            "web_leaflet_lib/static/lib/leaflet_markercluster/MarkerCluster.css",
            "web_leaflet_lib/static/lib/leaflet_markercluster/MarkerCluster.Default.css",
            "web_leaflet_lib/static/lib/leaflet_markercluster/leaflet.markercluster.js",
        ],
        "web.assets_unit_tests": [
            "lgo_oss_complaint/static/tests/*.test.js",
        ],
    },
}

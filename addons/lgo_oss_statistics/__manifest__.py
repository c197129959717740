# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO One-Stop Service: Statistics",
    "summary": "Satisfaction survey, key figures, dashboards, workbooks, open data, ITA pages",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_oss_complaint", "lgo_oss_queue"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_oss_statistics_rules.xml",
        "data/lgo_oss_survey_question_data.xml",
        "data/lgo_open_dataset_data.xml",
        "data/ir_cron_data.xml",
        "views/lgo_oss_statistic_views.xml",
        "views/survey_templates.xml",
        "views/public_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lgo_oss_statistics/static/src/scss/lgo_statistics.scss",
            "lgo_oss_statistics/static/src/charts/chart.js",
            "lgo_oss_statistics/static/src/dashboard/*",
        ],
        "web.assets_frontend": [
            "lgo_oss_statistics/static/src/scss/lgo_statistics.scss",
            "lgo_oss_statistics/static/src/charts/chart.js",
            "lgo_oss_statistics/static/src/interactions/*",
        ],
    },
}

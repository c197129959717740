# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Base",
    "summary": "Organisation, citizens, service catalogue, cases, registers and issued documents "
    "of a Thai local government",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "application": True,
    "depends": [
        "hr",
        "mail",
        "portal",
        "rating",
        "resource",
        "website",
        "auth_totp_portal",
        "disable_odoo_online",
        "l10n_th_amount_to_text",
        "l10n_th_buddhist_era",
        "lgo_i18n",
        "mail_debranding",
        "portal_debranding",
        "report_weasyprint",
        "web_leaflet_lib",
        "website_debranding",
    ],
    "data": [
        # security: groups first, then rows, then rules
        "security/lgo_groups.xml",
        "security/ir.model.access.csv",
        "security/lgo_people_security.xml",
        "security/lgo_register_security.xml",
        "security/lgo_organisation_security.xml",
        # data
        "data/lgo_audit_data.xml",
        "data/lgo_name_prefix_data.xml",
        "data/lgo_privacy_data.xml",
        "data/lgo_register_data.xml",
        "data/lgo_holiday_data.xml",
        # views: one file a model
        "views/lgo_consent_views.xml",
        "views/lgo_identity_unmask_views.xml",
        "views/lgo_name_prefix_views.xml",
        "views/lgo_power_attorney_views.xml",
        "views/lgo_privacy_breach_views.xml",
        "views/lgo_privacy_notice_views.xml",
        "views/lgo_privacy_request_views.xml",
        "views/lgo_processing_activity_views.xml",
        "views/res_company_privacy_views.xml",
        "views/res_company_web_views.xml",
        "views/res_partner_views.xml",
        "views/web_error_templates.xml",
        "views/web_layout_templates.xml",
        "views/web_login_templates.xml",
        "views/web_page_templates.xml",
        "views/web_portal_templates.xml",
        "views/portal_privacy_templates.xml",
        "data/website_setup.xml",
        "views/lgo_audit_views.xml",
        "views/lgo_register_entry_views.xml",
        "views/lgo_register_views.xml",
        "wizards/lgo_register_correction_views.xml",
        "views/lgo_holiday_views.xml",
        "wizards/lgo_holiday_propose_views.xml",
        "views/lgo_post_views.xml",
        # menus last
        "views/menus.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            (
                "before",
                "website/static/src/scss/primary_variables.scss",
                "lgo_base/static/src/scss/lgo_website_defaults.scss",
            ),
            (
                "after",
                "website/static/src/scss/primary_variables.scss",
                "lgo_base/static/src/scss/lgo_website_palette.scss",
            ),
        ],
        "web.assets_frontend": [
            "lgo_base/static/src/scss/lgo_fonts.scss",
            "lgo_base/static/src/scss/lgo_frontend.scss",
            "lgo_base/static/src/interactions/*",
        ],
        # Leaflet, fetched only by pages with a map
        "lgo_base.assets_map": [
            "web_leaflet_lib/static/lib/leaflet/leaflet.css",
            "web_leaflet_lib/static/lib/leaflet/leaflet.js",
        ],
        "web.assets_unit_tests_setup": [
            "lgo_base/static/src/interactions/*",
        ],
        "web.assets_unit_tests": [
            "lgo_base/static/tests/*.test.js",
        ],
    },
}

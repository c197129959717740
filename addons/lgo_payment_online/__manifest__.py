# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Payment Online",
    "summary": "Citizens see their bills and pay them by Thai QR, with an account or without",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_payment"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_payment_online_rules.xml",
        "data/ir_cron_data.xml",
        "views/lgo_payment_notice_views.xml",
        "views/lgo_payment_claim_views.xml",
        "views/pay_templates.xml",
        "views/my_bills_templates.xml",
        "data/website_data.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "lgo_payment_online/static/src/interactions/*",
            "lgo_payment_online/static/src/scss/*",
        ],
    },
}

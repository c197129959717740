# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Saraban Exchange",
    "summary": "Letters by saraban e-mail, between two offices and by e-CMS, with acknowledgement",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_eoffice"],
    "external_dependencies": {"python": ["http_message_signatures", "tnefparse"]},
    "data": [
        "security/lgo_eoffice_exchange_rules.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "data/mail_texts.xml",
        "data/res_company_data.xml",
        "views/lgo_eoffice_mail_views.xml",
        "views/lgo_eoffice_dispatch_views.xml",
        "views/lgo_eoffice_recipient_views.xml",
        "views/lgo_eoffice_letter_views.xml",
        "views/lgo_eoffice_agency_views.xml",
        "views/res_company_views.xml",
        "views/menus.xml",
    ],
}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO One-Time Codes",
    "summary": "Citizens sign up and sign in with a code by e-mail or SMS, without a password",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_oss", "auth_passkey_portal"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_auth_code_rules.xml",
        "data/lgo_notification_data.xml",
        "views/code_templates.xml",
    ],
}

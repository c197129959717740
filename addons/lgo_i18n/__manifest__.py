# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Thai Terms Missing in Odoo",
    "summary": "Thai for what a citizen or clerk would else read in English",
    "version": "19.0.1.0.0",
    "category": "Localization",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": [
        "auth_passkey_portal",
        "auth_password_policy_portal",
        "auth_password_policy_signup",
        "auth_totp_portal",
        "hr",
        "portal_rating",
        "website",
    ],
    "auto_install": True,
}

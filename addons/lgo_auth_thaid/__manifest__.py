# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO ThaID",
    "summary": "Citizens sign in with ThaID, the digital identity of the Department of Provincial "
    "Administration, through OpenID Connect",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_oss"],
    "external_dependencies": {"python": ["pyjwt", "cryptography"]},
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_thaid_rules.xml",
        "views/lgo_thaid_provider_views.xml",
        "views/thaid_templates.xml",
        "views/menus.xml",
        "data/lgo_thaid_provider_data.xml",
    ],
}

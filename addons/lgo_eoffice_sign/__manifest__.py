# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO e-Office: Certificates of Several Signers",
    "summary": "Letters that several people sign in turn, each with a certificate",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_eoffice", "lgo_sign"],
    "auto_install": True,
}

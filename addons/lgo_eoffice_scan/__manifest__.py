# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO e-Office: Scanned Letters",
    "summary": "Received letters read themselves: text, number, date, subject and sender proposed",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_eoffice"],
    "external_dependencies": {"python": ["pypdfium2", "pytesseract"]},
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/lgo_eoffice_letter_views.xml",
        "views/res_company_views.xml",
    ],
}

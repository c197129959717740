# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Electronic Signatures",
    "summary": "Seal of the organisation and certificates of officers on what is issued (PAdES), "
    "time stamps, signatures in turn, and a check of received PDF files",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_base"],
    "external_dependencies": {"python": ["pyhanko", "cryptography"]},
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_sign_rules.xml",
        "data/ir_cron_data.xml",
        "wizards/lgo_sign_views.xml",
        "views/lgo_sign_certificate_views.xml",
        "views/lgo_sign_trust_views.xml",
        "views/lgo_sign_round_views.xml",
        "views/lgo_issued_document_views.xml",
        "views/res_company_views.xml",
        "views/signature_report_templates.xml",
        "views/verify_templates.xml",
        "views/menus.xml",
    ],
}

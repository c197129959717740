# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO e-Office: Keeping and Destruction",
    "summary": "Retention, storage, lending, transfer after 20 years and destruction of letters",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_eoffice"],
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/lgo_eoffice_archive_rules.xml",
        # data
        "data/lgo_eoffice_retention_data.xml",
        "data/ir_cron_data.xml",
        # paper
        "report/lgo_eoffice_archive_papers.xml",
        "report/lgo_eoffice_storage_forms.xml",
        # views: one file a model
        "views/lgo_eoffice_destruction_views.xml",
        "views/lgo_eoffice_letter_views.xml",
        "views/lgo_eoffice_loan_views.xml",
        "views/lgo_eoffice_retention_views.xml",
        "views/lgo_eoffice_transfer_views.xml",
        "views/res_company_views.xml",
        "views/menus.xml",
    ],
}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO e-Office",
    "summary": "Electronic saraban: letters, registers, endorsements, signing and sending",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_base"],
    "data": [
        # security: groups first, then rows, then rules
        "security/lgo_eoffice_groups.xml",
        "security/ir.model.access.csv",
        "security/lgo_eoffice_rules.xml",
        # data
        "data/lgo_register_data.xml",
        "data/lgo_document_kind_data.xml",
        "data/lgo_eoffice_kind_data.xml",
        "data/lgo_eoffice_phrase_data.xml",
        "data/lgo_eoffice_routing_data.xml",
        "data/lgo_eoffice_salutation_data.xml",
        # views: one file a model
        "views/lgo_eoffice_agency_views.xml",
        "views/lgo_eoffice_folder_views.xml",
        "views/lgo_eoffice_kind_views.xml",
        "views/lgo_eoffice_letter_views.xml",
        "views/lgo_eoffice_phrase_views.xml",
        "views/lgo_eoffice_salutation_views.xml",
        "views/res_company_views.xml",
        "wizards/lgo_eoffice_register_print_views.xml",
        "report/lgo_eoffice_register.xml",
        "views/menus.xml",
        # routing; its menus stand below those of menus.xml
        "wizards/lgo_eoffice_wizard_views.xml",
        "views/lgo_eoffice_letter_routing_views.xml",
        "views/lgo_eoffice_copy_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lgo_eoffice/static/src/inbox/*",
        ],
    },
}

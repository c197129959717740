# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Waste Fee Collectors",
    "summary": "Collectors take the waste fee at the houses, on a phone that works without signal",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_waste"],
    "data": [
        "security/ir.model.access.csv",
        "security/lgo_waste_collector_rules.xml",
        "views/collect_templates.xml",
        "views/lgo_cash_session_views.xml",
        "views/lgo_waste_collection_views.xml",
        "views/lgo_waste_round_views.xml",
        "views/res_company_collector_views.xml",
        "views/menus.xml",
    ],
}

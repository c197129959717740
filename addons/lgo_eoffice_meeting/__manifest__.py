# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO e-Office: Meetings and Publication",
    "summary": "Meetings with invitations and minutes; orders and announcements on the website",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_eoffice"],
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/lgo_eoffice_meeting_rules.xml",
        # data
        "data/lgo_eoffice_agenda_heading_data.xml",
        "data/lgo_eoffice_kind_data.xml",
        # wizards
        "wizards/lgo_eoffice_publish_views.xml",
        "wizards/lgo_eoffice_withdraw_views.xml",
        # views: one file a model
        "views/lgo_announcement_views.xml",
        "views/lgo_eoffice_agenda_heading_views.xml",
        "views/lgo_eoffice_board_views.xml",
        "views/lgo_eoffice_kind_views.xml",
        "views/lgo_eoffice_meeting_views.xml",
        "views/lgo_eoffice_letter_views.xml",
        "views/menus.xml",
        # pages
        "views/board_templates.xml",
    ],
}

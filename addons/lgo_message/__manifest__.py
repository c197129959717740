# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Short Messages",
    "summary": "Messages to citizens by SMS (any HTTP gateway) and LINE (Messaging API)",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["lgo_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/lgo_message_data.xml",
        "views/lgo_notification_channel_views.xml",
        "views/line_templates.xml",
    ],
}

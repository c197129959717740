# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Report WeasyPrint",
    "summary": "Print QWeb reports with WeasyPrint: correct Thai shaping and line breaking, PDF/A",
    "version": "19.0.1.0.0",
    "category": "Technical",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["web", "l10n_th_base_utils"],
    "external_dependencies": {"python": ["weasyprint", "segno", "pikepdf"]},
    "data": [
        "views/report_templates.xml",
        "views/ir_actions_report_views.xml",
    ],
}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Thailand - Buddhist Era dates",
    "summary": "Dates shown and typed in the Buddhist era for users with the Thai language",
    "version": "19.0.1.0.0",
    "category": "Localization",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["base_import", "html_editor", "web"],
    "post_load": "post_load",
    "assets": {
        "web.assets_backend": [
            "l10n_th_buddhist_era/static/src/core/**/*",
            "l10n_th_buddhist_era/static/src/views/**/*",
        ],
        "web.assets_frontend": [
            "l10n_th_buddhist_era/static/src/core/**/*",
        ],
        "web.assets_unit_tests": [
            "l10n_th_buddhist_era/static/tests/**/*",
        ],
    },
}

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "LGO Payment",
    "summary": "Bills, Thai QR payment, receipts, cash and bank reconciliation "
    "of a Thai local government",
    "version": "19.0.1.0.0",
    "category": "Services/Local Government",
    "author": "LGO",
    "website": "https://github.com/lgo-th/lgo",
    "license": "AGPL-3",
    "depends": ["account", "l10n_th", "lgo_base"],
    "data": [
        "security/lgo_payment_groups.xml",
        "security/ir.model.access.csv",
        "security/lgo_payment_rules.xml",
        "data/lgo_payment_data.xml",
        "data/ir_cron_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}

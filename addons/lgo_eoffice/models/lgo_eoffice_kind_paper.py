# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

#: The forms of the annex of the Saraban Regulation B.E. 2526 by code of the kind.
PAPERS = {
    "EXT": "external", "INT": "memo", "STP": "stamped", "ORD": "order", "RUL": "rule",
    "REG": "regulation", "ANN": "announcement", "STM": "statement", "NEWS": "news",
    "CRT": "certificate", "MIN": "minutes", "NOTE": "memo", "OTH": "memo",
}  # fmt: skip


class LgoEofficeKind(models.Model):
    """Which paper prints a kind."""

    _inherit = "lgo.eoffice.kind"

    @api.model
    def _link_papers(self):
        """Give every kind without a paper that of the regulation; a choice of the office stays."""
        for kind in self.with_context(active_test=False).search([("report_id", "=", False)]):
            if kind.code in PAPERS:
                kind.report_id = self.env.ref(f"lgo_eoffice.action_report_{PAPERS[kind.code]}")

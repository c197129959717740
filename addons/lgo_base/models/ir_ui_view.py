# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def get_website_meta(self):
        """Read what stands in the head of a page, and not the text of its view with it."""
        self.fetch(["name", "website_meta_og_img"])
        return super().get_website_meta()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoService(models.Model):
    _inherit = "lgo.service"

    def _form_url(self):
        """Address below which the blank forms of a published service are; else ``""``."""
        self.ensure_one()
        return f"/services/{self.code}/form" if self.state == "published" else ""

    def _blank_forms(self):
        """Blank forms that citizens may download, as published.

        :return: {id of the document: {``url``, ``text``}}
        """
        base, content = self._form_url(), self.sudo().published_version_id.content or {}
        return {
            row["id"]: {"url": f"{base}/{row['id']}", "text": self._form_text(row)}
            for row in content.get("documents") or []
            if base and row.get("template_sum")
        }

    def action_preview(self):
        """Show the page of this service as citizens will see it, published or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/services/{self.code}/preview",
            "target": "new",
        }

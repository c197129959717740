# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..tools.text_diff import difference


class LgoEofficeVersion(models.Model):
    """What changed since this version: against the next one, or what the letter says now."""

    _inherit = "lgo.eoffice.version"

    difference = fields.Html(compute="_compute_difference", sanitize=False)

    @api.depends("content")
    def _compute_difference(self):
        for version in self:
            version.difference = version._difference()

    def _difference(self):
        self.ensure_one()
        following = self.letter_id.version_ids.filtered(
            lambda row: row.kind == self.kind and row.number == self.number + 1
        )
        letter = self.letter_id
        lines = []
        for name, old in (self.content or {}).items():
            field = letter._fields.get(name)
            if not field or field.type not in ("char", "text", "html"):
                continue
            new = (following.content or {}).get(name) if following else letter[name]
            text = [
                html2plaintext(value or "") if field.type == "html" else value or ""
                for value in (old, new)
            ]
            changed = difference(*text)
            if changed:
                label = field._description_string(self.env)
                lines.append(
                    Markup("<p><strong>%s</strong><br/>%s</p>")
                    % (label, changed.replace("\n", Markup("<br/>")))
                )
        return Markup("").join(lines)


class LgoEofficeLetter(models.Model):
    """The last change of a draft under review, for who reads it again."""

    _inherit = "lgo.eoffice.letter"

    def _last_difference(self):
        """Markup of what changed since the round of review before the last one."""
        self.ensure_one()
        rounds = self.sudo().version_ids.filtered(lambda row: row.kind == "review")
        if self.direction == "in" or len(rounds) < 2:
            return Markup("")
        return rounds.sorted("number")[-2]._difference()

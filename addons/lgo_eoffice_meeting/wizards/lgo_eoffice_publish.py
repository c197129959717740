# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.lgo_base.tools import thai


class LgoEofficePublish(models.TransientModel):
    """Put a signed order, rule or announcement on the public board."""

    _name = "lgo.eoffice.publish"
    _description = "Publish on the Website"

    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, ondelete="cascade", readonly=True
    )
    # the letter comes from outside: who may not read it reads nothing of it here
    doc_no = fields.Char(related="letter_id.doc_no", related_sudo=False)
    document_id = fields.Many2one(related="letter_id.document_id", related_sudo=False)
    name = fields.Char(string="Title", required=True)
    date_from = fields.Date(
        string="From", required=True,
        default=lambda self: thai.local_date(fields.Datetime.now()),
        help="First day on which everyone sees it.",
    )  # fmt: skip
    date_to = fields.Date(string="Until", help="Last day. Empty: it stays.")
    pinned = fields.Boolean(
        string="Pin to the top", help="Stands above the others on the home page."
    )
    no_personal_data = fields.Boolean(
        string="I have read the document: no personal data stands in it that must not be shown"
    )

    def action_publish(self):
        """Publish it and show the page."""
        self.ensure_one()
        announcement = self.env["lgo.announcement"]._publish_letter(
            self.letter_id,
            name=self.name,
            first_day=self.date_from,
            last_day=self.date_to,
            pinned=self.pinned,
            no_personal_data=self.no_personal_data,
        )
        return announcement.action_open_page()

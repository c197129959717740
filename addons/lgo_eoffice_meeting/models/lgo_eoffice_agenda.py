# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeAgenda(models.Model):
    """A matter on the agenda, what was said about it and what the meeting resolved."""

    _name = "lgo.eoffice.agenda"
    _inherit = ["lgo.eoffice.meeting.child.mixin"]
    _description = "Matter of a Meeting"
    _order = "meeting_id, heading_sequence, sequence, id"

    heading_id = fields.Many2one(
        comodel_name="lgo.eoffice.agenda.heading", string="Agenda", required=True,
        ondelete="restrict",
    )  # fmt: skip
    heading_sequence = fields.Integer(
        related="heading_id.sequence", string="Order of the heading", store=True
    )
    name = fields.Char(string="Matter", required=True)
    presenter = fields.Char(string="Presented by")
    discussion = fields.Text(help="What was reported and said, a paragraph a line.")
    resolution = fields.Text(help="มติที่ประชุม, such as รับทราบ or เห็นชอบ.")
    attachment_ids = fields.Many2many(comodel_name="ir.attachment", string="Files")

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._bind_files()
        return items

    def write(self, vals):
        done = super().write(vals)
        if "attachment_ids" in vals:
            self._bind_files()
        return done

    def _bind_files(self):
        """Files that the writer just uploaded belong to the matter: who reads it opens them."""
        for item in self:
            new = item.sudo().attachment_ids.filtered(
                lambda file: (
                    file.res_model == self._name
                    and not file.res_id
                    and file.create_uid == self.env.user
                )
            )
            if new:
                new.write({"res_id": item.id})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.anonymous import RESTRICTED_GROUP


class LgoOssComplaintType(models.Model):
    """A kind of complaint: decides the service, the unit, the urgency and who may see it."""

    _name = "lgo.oss.complaint.type"
    _description = "Type of Complaint"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short word in Latin letters; part of addresses.")
    description = fields.Char(translate=True, help="What belongs here, in everyday words.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = fields.Char(default="fa-comment-o", help="Font Awesome class of the tile.")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    service_id = fields.Many2one(
        comodel_name="lgo.service",
        required=True,
        ondelete="restrict",
        index=True,
        help="The service by which it is filed. A repair service keeps its own form.",
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department",
        string="Responsible unit",
        index="btree_not_null",
        help="Gets the case first; empty: the unit of the service.",
    )
    urgency = fields.Selection(
        selection=lambda self: self.env["lgo.case.field.mixin"]._selection_urgency(),
        default="normal",
        required=True,
    )
    restricted = fields.Boolean(
        help="Seen by the group for restricted complaints only, not by administrators; the "
        "reporter's identity is sealed.",
    )

    traffy_names = fields.Char(
        string="Kinds of Traffy Fondue",
        help="Names of the kinds that are imported as this type, separated by commas.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (company_id, code)", "This code of a type is already used."
    )

    @api.constrains("code")
    def _check_code(self):
        for kind in self:
            if not (kind.code or "").isascii() or not (kind.code or "").isalnum():
                raise ValidationError(
                    self.env._("The code needs Latin letters or digits, without spaces.")
                )

    def write(self, vals):
        """Only who handles restricted complaints opens a type to everybody.

        :raises AccessError: somebody else takes the mark away
        """
        opened = "restricted" in vals and not vals["restricted"] and self.filtered("restricted")
        if opened and not self.env.su and not self.env.user.has_group(RESTRICTED_GROUP):
            raise AccessError(
                self.env._("Only who handles restricted complaints may open this type.")
            )
        return super().write(vals)

    @api.model
    def _public_types(self):
        """Types that citizens can choose, with an open service."""
        return self.sudo().search(
            [("company_id", "=", self.env.company.id), ("service_id.state", "=", "published")]
        )

    def _tile(self):
        """What the portal shows of this type."""
        self.ensure_one()
        own_form = self.service_id.case_model == "lgo.oss.complaint"
        query = f"?type={self.code}" if own_form else ""
        return {
            "title": self.name,
            "text": self.description or "",
            "icon": self.icon,
            "url": f"/services/{self.service_id.code}/request{query}",
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.upload import check_upload

#: What is known of a blank form; follows from the file.
TEMPLATE_FACTS = ("template_sum", "template_size")


class LgoServiceDocument(models.Model):
    """A document that an applicant must hand in for a service (Act B.E. 2558, s. 7)."""

    _name = "lgo.service.document"
    _inherit = ["lgo.service.condition.mixin"]
    _description = "Service Document"
    _order = "service_id, sequence, id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(string="Help", translate=True)
    form = fields.Selection(
        selection=[("original", "Original"), ("copy", "Copy"), ("electronic", "Electronic file")],
        default="electronic",
        required=True,
    )
    issuer = fields.Char(help="Agency that issues the document.", translate=True)
    government_issued = fields.Boolean(
        help="Proof that a state agency issues; the manual lists it apart from other documents."
    )
    required = fields.Boolean(default=True)
    required_if = fields.Char(
        string="Only if",
        translate=True,
        help="In words: the case in which the document is needed.",
    )
    obtainable_by_state = fields.Boolean(
        help="A state agency holds it already: it must not be asked for online "
        "(Act on electronic performance of official duties B.E. 2565).",
    )
    template_file = fields.Binary(
        string="Blank form",
        attachment=True,
        groups="base.group_user",
        help="The form to fill in, a PDF. Citizens download it beside the document once the "
        "service is published.",
    )
    template_name = fields.Char(string="Name of the blank form", groups="base.group_user")
    template_sum = fields.Char(
        string="Checksum of the blank form", readonly=True, groups="base.group_user"
    )
    template_size = fields.Integer(
        string="Bytes of the blank form", readonly=True, groups="base.group_user"
    )
    is_photo = fields.Boolean(string="Photo", help="One or several photos taken by the citizen.")
    max_files = fields.Integer(default=1)

    _max_files_positive = models.Constraint(
        "CHECK (max_files BETWEEN 1 AND 20)", "Between 1 and 20 files may be asked for."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_template(vals) for vals in vals_list])

    def write(self, vals):
        """See the base method.

        :raises ValidationError: the blank form is neither PDF nor picture, or can act
        """
        return super().write(self._clean_template(vals))

    @api.model
    def _clean_template(self, vals):
        """``vals`` with the blank form judged by its content, as everything that is handed on."""
        vals = {name: value for name, value in vals.items() if name not in TEMPLATE_FACTS}
        if "template_file" not in vals:
            return vals
        if not vals["template_file"]:
            return {**vals, "template_name": False, **dict.fromkeys(TEMPLATE_FACTS, False)}
        try:
            data = base64.b64decode(vals["template_file"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(
                self.env._("The blank form did not arrive whole. Please choose it again.")
            ) from None
        name, data, _mimetype = check_upload(
            vals.get("template_name") or "form.pdf", data, kind="document", env=self.env
        )
        return {
            **vals,
            "template_file": base64.b64encode(data),
            "template_name": name,
            "template_sum": hashlib.sha256(data).hexdigest(),
            "template_size": len(data),
        }

    @api.constrains("condition_code", "condition_operator", "condition_values")
    def _check_condition(self):
        for document in self:
            document._condition_data()

    def _condition_data(self):
        """The condition with the codes of the answers; ``None``: always asked for."""
        self.ensure_one()
        if not self.condition_code:
            return None
        questions = self.service_id.question_definition or []
        return self._condition({question["name"]: question for question in questions})

    def _is_demanded(self):
        """Whether a request without it is incomplete, once its condition is met.

        A condition only in words cannot be judged by the form: the officer decides.
        """
        self.ensure_one()
        return self.required and (bool(self.condition_code) or not self.required_if)

    def _content(self):
        """The document as the frozen manual keeps it."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "form": self.form,
            "issuer": self.issuer,
            "government_issued": self.government_issued,
            "obtainable_by_state": self.obtainable_by_state,
            "required": self.required,
            "required_if": self.required_if,
            "condition": self._condition_data(),
            "is_photo": self.is_photo,
            "template": self.template_sum and self.template_name,
            "template_sum": self.template_sum,
            "template_size": self.template_size,
        }

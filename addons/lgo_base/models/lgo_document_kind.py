# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


class LgoDocumentKind(models.Model):
    """A kind of paper that the office hands out, with its register and what is public of it."""

    _name = "lgo.document.kind"
    _description = "Kind of Document"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    register_id = fields.Many2one(
        "lgo.register",
        required=True,
        index=True,
        ondelete="restrict",
        help="The book that gives these documents their number.",
    )
    signer = fields.Selection(
        [
            ("none", "Nobody"),
            ("officer", "The officer who issues it"),
            ("unit_head", "Head of the unit, or who acts for the executive"),
            ("executive", "The executive, or who acts for them"),
        ],
        string="Signed by",
        required=True,
        default="none",
        help="Whose power the signature needs. Who may use it follows from the posts and the "
        "delegations in force.",
    )
    paper_head = fields.Selection(
        [
            ("seal", "Seal of the organisation"),
            ("garuda", "Garuda; without a picture its place stays free"),
            ("none", "Nothing"),
        ],
        string="Head of the paper",
        required=True,
        default="seal",
        help="Letters to the outside carry the Garuda (Saraban Regulation B.E. 2526, annex).",
    )
    public_fields = fields.Char(
        string="Public fields",
        help="Fields of the record that the verification page shows, separated by commas, such "
        "as service_id. Never name a field with personal data here unless the law makes it "
        "public (Personal Data Protection Act B.E. 2562, section 27).",
    )
    validity = fields.Integer(default=0, help="How long the document is valid; 0 for ever.")
    validity_unit = fields.Selection(
        [("days", "Days"), ("months", "Months"), ("years", "Years")],
        required=True,
        default="years",
    )

    retention_months = fields.Integer(
        string="Months to keep the paper",
        help="From the day of issue, beyond the time of its case. 0: it goes with the case.",
    )

    _retention_months_positive = models.Constraint(
        "CHECK (retention_months >= 0)", "The months to keep a paper cannot be negative."
    )
    _code_uniq = models.UniqueIndex("(code)", "A kind of document with this code exists already.")

    @api.constrains("public_fields")
    def _check_public_fields(self):
        for kind in self:
            for name in kind._public_field_names():
                if not FIELD_NAME.fullmatch(name):
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” is no field. Write field names separated by commas, such "
                            "as service_id, unit_id.",
                            name=name,
                        )
                    )

    @api.constrains("validity")
    def _check_validity(self):
        for kind in self:
            if not 0 <= kind.validity <= 36500:
                raise ValidationError(self.env._("The validity must be 0 or a positive number."))

    @api.model
    def _find(self, code):
        """Return the kind with this code.

        :raise UserError: unknown or archived
        """
        kind = self.sudo().search([("code", "=", code)], limit=1)
        if not kind:
            raise UserError(self.env._("There is no kind of document “%(code)s”.", code=code))
        return kind

    def _public_field_names(self):
        return [name.strip() for name in (self.public_fields or "").split(",") if name.strip()]

    def _public_values(self, record):
        """Return what the public may see of ``record``: list of ``[label, text]``."""
        self.ensure_one()
        blank = self.env["lgo.audit.log"]._blank_id_numbers
        values = []
        for path in self._public_field_names():
            target, label = record.sudo(), ""
            for name in path.split("."):
                if name not in target._fields or target._fields[name].groups:
                    target = False
                    break
                field = target._fields[name]
                label = field._description_string(self.env)
                text = field.convert_to_display_name(target[name], target)
                target = target[name] if field.relational else target
            if target is not False and text:
                values.append([label, blank(str(text))])
        return values

    def _valid_until(self, day):
        """Return the last day of validity of a document issued on ``day``, or False."""
        self.ensure_one()
        if not self.validity:
            return False
        end = day + relativedelta(**{self.validity_unit: self.validity})
        return end - relativedelta(days=1)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: ``::word`` in a text that is being typed; Thai vowels and tone marks are no ``\\w``.
TOKEN = re.compile(r"::([^\s:,.{}]+)")
SHORTCUT = re.compile(r"[^\s:,.{}]{1,30}")
PLACEHOLDER = re.compile(r"\{(\w*)\}")


class LgoCaseAnswer(models.Model):
    """A ready text for citizens, with a short word by which it is inserted.

    Only the placeholders of :meth:`_placeholders` are filled in; they give what the citizen
    knows or may know anyway, never a note of the office.
    """

    _name = "lgo.case.answer"
    _description = "Canned Answer"
    _order = "shortcut, id"
    _rec_names_search = ["shortcut", "name"]

    name = fields.Char(required=True)
    shortcut = fields.Char(
        required=True, help="Short word; two colons before it insert the text: ::word"
    )
    text = fields.Text(
        required=True,
        help="Placeholders: {name} applicant, {number} number of the case, {service}, {due} due"
        " day, {unit}, {officer}, {office} name of the organisation, {phone} its phone.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    unit_ids = fields.Many2many(
        comodel_name="hr.department", string="Units", help="Empty: for every unit."
    )
    service_ids = fields.Many2many(
        comodel_name="lgo.service", string="Services", help="Empty: for every service."
    )

    _shortcut_uniq = models.UniqueIndex(
        "(company_id, lower(shortcut)) WHERE active IS TRUE",
        "Another answer has this short word already.",
    )

    @api.depends("name", "shortcut")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = f"::{answer.shortcut} {answer.name}"

    @api.constrains("shortcut", "text")
    def _check_text(self):
        allowed = self._placeholders()
        for answer in self:
            if not SHORTCUT.fullmatch(answer.shortcut or ""):
                raise ValidationError(
                    self.env._("The short word has at most 30 signs and neither space nor :,.{}")
                )
            unknown = {name for name in PLACEHOLDER.findall(answer.text) if name not in allowed}
            if unknown:
                raise ValidationError(
                    self.env._(
                        "There is no placeholder %(unknown)s. Allowed: %(allowed)s",
                        unknown=", ".join(f"{{{name}}}" for name in sorted(unknown)),
                        allowed=", ".join(f"{{{name}}}" for name in allowed),
                    )
                )

    @api.model
    def _placeholders(self):
        """Placeholder -> function of the case (in sudo) that gives its text."""
        return {
            "name": lambda case: case.applicant_name,
            "number": lambda case: case.name,
            "service": lambda case: case.service_id.name,
            "due": lambda case: case.date_due and case._paper_date(case.date_due),
            "unit": lambda case: case.unit_id.name,
            "officer": lambda case: case.user_id.name,
            "office": lambda case: case.company_id.name,
            "phone": lambda case: case.company_id.phone,
        }

    def _render_for(self, case):
        """The text for ``case``; what is not known becomes a dash."""
        self.ensure_one()
        values = self._placeholders()
        case = case.sudo()

        def fill(match):
            return values[match[1]](case) or "-" if match[1] in values else match[0]

        return PLACEHOLDER.sub(fill, self.text)

    @api.model
    def _expand(self, text, case):
        """``text`` with each ``::word`` replaced; unknown words stay as they are."""
        words = {word.lower() for word in TOKEN.findall(text or "")}
        if not words:
            return text
        found = {}
        for answer in self.search([("company_id", "=", case.company_id.id)]):
            if answer.shortcut.lower() in words and answer._is_for(case):
                found[answer.shortcut.lower()] = answer._render_for(case)
        return TOKEN.sub(lambda match: found.get(match[1].lower(), match[0]), text)

    def _is_for(self, case):
        self.ensure_one()
        return (not self.unit_ids or case.unit_id in self.unit_ids) and (
            not self.service_ids or case.service_id in self.service_ids
        )

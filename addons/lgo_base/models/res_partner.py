# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import sort_key
from .res_partner_identity import PERSONAL_GROUPS

NAME_PARTS = (
    "lgo_prefix_id",
    "lgo_prefix_text",
    "lgo_first_name",
    "lgo_middle_name",
    "lgo_last_name",
)


class ResPartner(models.Model):
    """Citizens, foreigners and juristic persons whom the organisation serves.

    A contact is a citizen as soon as ``lgo_kind`` is set; every other contact stays as Odoo
    makes it.
    """

    _inherit = "res.partner"

    name = fields.Char(
        compute="_compute_name",
        inverse="_inverse_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    lgo_kind = fields.Selection(
        [
            ("citizen", "Thai national"),
            ("foreigner", "Foreigner"),
            ("juristic", "Juristic person"),
        ],
        string="Kind of person",
        index="btree_not_null",
    )
    lgo_prefix_id = fields.Many2one(
        "lgo.name.prefix", string="Prefix", ondelete="restrict", index="btree_not_null"
    )
    lgo_prefix_text = fields.Char(
        string="Other prefix", help="Used when the prefix is not in the list."
    )
    lgo_first_name = fields.Char(
        string="First name", help="Of a juristic person: the name without prefix and suffix."
    )
    lgo_middle_name = fields.Char(string="Middle name")
    lgo_last_name = fields.Char(string="Last name")
    lgo_sort_key = fields.Char(
        compute="_compute_lgo_sort_key", store=True, index=True, exportable=False
    )
    lgo_birth_date = fields.Date(string="Date of birth", groups=PERSONAL_GROUPS)
    lgo_birth_partial = fields.Char(
        string="Date of birth, as far as known",
        groups=PERSONAL_GROUPS,
        help="When the card names the year, or the year and month only.",
    )
    lgo_nationality_id = fields.Many2one("res.country", string="Nationality")

    @api.depends(*NAME_PARTS)
    def _compute_name(self):
        for partner in self:
            names = [partner.lgo_first_name, partner.lgo_middle_name, partner.lgo_last_name]
            if any(names):
                partner.name = partner.lgo_prefix_id._join(partner.lgo_prefix_text, names)
            else:
                partner.name = partner.name

    def _inverse_name(self):
        """Keep the parts in step with a full name that was typed, for citizens only."""
        for partner in self.filtered("lgo_kind"):
            parts = partner._lgo_name_parts()
            if partner.lgo_prefix_id._join(partner.lgo_prefix_text, parts) == partner.name:
                continue
            if partner.lgo_kind == "juristic":
                prefix, first, middle, last = None, sort_key.clean(partner.name), "", ""
            else:
                prefix, first, middle, last = self.env["lgo.name.prefix"]._split(partner.name)
            partner.update(
                {
                    "lgo_prefix_id": prefix.id if prefix else False,
                    "lgo_prefix_text": False,
                    "lgo_first_name": first,
                    "lgo_middle_name": middle,
                    "lgo_last_name": last,
                }
            )

    def _lgo_name_parts(self):
        return [self.lgo_first_name, self.lgo_middle_name, self.lgo_last_name]

    @api.depends("name", "lgo_first_name", "lgo_middle_name", "lgo_last_name")
    def _compute_lgo_sort_key(self):
        """Thai lists run by first name, without the prefix."""
        for partner in self:
            text = " ".join(filter(None, partner._lgo_name_parts())) or partner.name
            partner.lgo_sort_key = sort_key.sort_key(text)

    @api.onchange("lgo_kind")
    def _onchange_lgo_kind(self):
        if self.lgo_kind:
            self.is_company = self.lgo_kind == "juristic"

    @api.constrains("lgo_birth_date")
    def _check_lgo_birth_date(self):
        today = fields.Date.context_today(self)
        for partner in self.sudo():
            born = partner.lgo_birth_date
            if born and not 1850 < born.year <= today.year or born and born > today:
                raise ValidationError(
                    self.env._(
                        "The date of birth of %(name)s is not possible. Check the year: "
                        "%(year)s B.E. was entered.",
                        name=partner.display_name,
                        year=born.year + 543,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("lgo_kind"):
                vals.setdefault("is_company", vals["lgo_kind"] == "juristic")
            self._lgo_clean_names(vals)
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("lgo_kind"):
            vals = dict(vals, is_company=vals["lgo_kind"] == "juristic")
        vals = self._lgo_clean_names(dict(vals))
        return super().write(vals)

    @api.model
    def _lgo_clean_names(self, vals):
        for name in ("lgo_prefix_text", "lgo_first_name", "lgo_middle_name", "lgo_last_name"):
            if vals.get(name):
                vals[name] = sort_key.clean(vals[name])
        return vals

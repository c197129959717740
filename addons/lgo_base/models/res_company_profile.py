# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError

#: What the administrator of the organisation may set beside the fields of LGO itself: name and
#: contact, which Odoo keeps on the partner of the company.
CONTACT_FIELDS = frozenset(
    {
        "name", "logo", "phone", "email", "website", "vat", "street", "street2", "zip", "city",
        "state_id", "country_id",
    }
)  # fmt: skip


class ResCompany(models.Model):
    """The profile: the part of a company that the organisation's administrator keeps.

    The access row lets ``group_admin`` write companies, but ``res.company`` also holds what is
    no business of theirs (currency, parent, mail servers, users, calendars, the fields of every
    other add-on). So a write by them passes field by field; the inverse fields of the
    partner are then written with the rights of the system.
    """

    _inherit = "res.company"

    lgo_office_ids = fields.One2many(
        comodel_name="lgo.office", inverse_name="company_id", string="Offices"
    )

    def _lgo_profile_fields(self):
        """Names of the fields that the organisation's administrator may write."""
        own = {name for name in self._fields if name.startswith("lgo_")}
        # built from the office hours; another calendar is the work of a system administrator
        return (own - {"lgo_office_calendar_id"}) | CONTACT_FIELDS

    def _lgo_is_profile_only(self):
        """Whether the user may write companies only because of ``group_admin``."""
        return not self.env.su and not self.env.user.has_groups(
            "base.group_erp_manager,base.group_system"
        )

    def write(self, vals):
        if not self._lgo_is_profile_only() or not self.has_access("write"):
            return super().write(vals)
        self._lgo_refuse_outside_profile(vals)
        return super(ResCompany, self.sudo()).write(vals)

    def _lgo_refuse_outside_profile(self, vals):
        outside = sorted(vals.keys() - self._lgo_profile_fields())
        if outside:
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be set in the profile of the organisation; ask a system"
                    " administrator.",
                    fields=", ".join(outside),
                )
            )

    def _lgo_action_profile(self):
        """Open the profile of the organisation; with several, the one chosen above."""
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.res_company_lgo_action")
        view = self.env.ref("lgo_base.res_company_view_form_profile")
        return {**action, "res_id": self.env.company.id, "views": [(view.id, "form")]}

    def _lgo_public_offices(self):
        """Offices for the citizens' pages, the main one first."""
        self.ensure_one()
        return self.sudo().lgo_office_ids

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import escape_psql

from odoo.addons.lgo_base.tools import thai, thai_search


class LgoEofficeAgency(models.Model):
    """An agency that letters come from and go to, with its saraban addresses.

    Saraban Regulation (No. 4) B.E. 2564: every agency has a central e-mail address that begins
    with saraban and is published; letters go there first.
    """

    _name = "lgo.eoffice.agency"
    _description = "Agency"
    _order = "lgo_sort_key, id"
    _rec_names_search = ["name", "short_name", "saraban_email"]

    name = fields.Char(required=True, help="As letters name it, for example ที่ว่าการอำเภอสันทราย.")
    short_name = fields.Char()
    head_title = fields.Char(
        string="Addressed to", help="Whom letters to it address, for example นายอำเภอสันทราย."
    )
    salutation_id = fields.Many2one(comodel_name="lgo.eoffice.salutation")
    letter_code = fields.Char(help="How its letters begin, for example ชม ๐๐๑๘; helps to find it.")
    saraban_email = fields.Char(string="Saraban e-mail", index="btree_not_null")
    phone = fields.Char()
    address = fields.Text()
    parent_id = fields.Many2one(
        comodel_name="lgo.eoffice.agency", string="Part of", index="btree_not_null"
    )
    dla_code = fields.Char(string="DLA code", help="8 digits of a local government, TTPPAANN.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", index=True,
        help="Empty: known to every organisation of this database.",
    )  # fmt: skip
    lgo_sort_key = fields.Char(compute="_compute_keys", store=True, index=True)
    search_key = fields.Char(compute="_compute_keys", store=True, index="trigram")

    _email_uniq = models.UniqueIndex(
        "(lower(saraban_email), COALESCE(company_id, 0))"
        " WHERE saraban_email IS NOT NULL AND active",
        "Another agency has this saraban address already.",
    )

    @api.depends("name", "short_name", "letter_code")
    def _compute_keys(self):
        for agency in self:
            agency.lgo_sort_key = thai.sort_key(agency.name)
            words = (agency.name, agency.short_name, agency.letter_code)
            agency.search_key = thai_search.normalise(" ".join(filter(None, words)))

    @api.model
    def _find_by_email(self, email):
        """The agency with this saraban address, or an empty recordset."""
        email = (email or "").strip().lower()
        if not email:
            return self.browse()
        return self.search([("saraban_email", "=ilike", escape_psql(email))], limit=1)

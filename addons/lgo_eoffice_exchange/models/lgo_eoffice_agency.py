# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeAgency(models.Model):
    """Addresses of an agency for the electronic ways."""

    _inherit = "lgo.eoffice.agency"

    exchange_url = fields.Char(
        string="Address of its system",
        help="Web address of an office that runs the same system, such as "
        "https://saraban.example.go.th. Letters go there directly once its key is confirmed.",
    )

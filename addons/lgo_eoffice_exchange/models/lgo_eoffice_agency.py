# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.lgo_base.tools import api_client


class LgoEofficeAgency(models.Model):
    """Addresses of an agency for the electronic ways."""

    _inherit = "lgo.eoffice.agency"

    exchange_url = fields.Char(
        string="Address of its system",
        help="Web address of an office that runs the same system, such as "
        "https://saraban.example.go.th. Letters go there directly once its key is confirmed.",
    )
    ecms_ministry = fields.Char(string="e-CMS ministry", help="Code of 2 digits, such as 11.")
    ecms_department = fields.Char(
        string="e-CMS department", index="btree_not_null", help="Code of 5 digits, such as 11008."
    )
    peer_ids = fields.One2many(
        "lgo.eoffice.peer", "agency_id", string="Keys", readonly=True,
        groups="lgo_eoffice.group_saraban,lgo_base.group_admin,lgo_base.group_auditor",
    )  # fmt: skip

    @api.constrains("exchange_url")
    def _check_exchange_url(self):
        for agency in self:
            if agency.exchange_url and not api_client.is_address(agency.exchange_url):
                raise ValidationError(
                    self.env._(
                        "The address must begin with https://: %(url)s", url=agency.exchange_url
                    )
                )

    def action_fetch_keys(self):
        """Button: ask the system of the office for its keys, to be compared then."""
        self.ensure_one()
        self.check_access("write")
        Peer = self.env["lgo.eoffice.peer"]
        Peer._check_keeper()
        peers = Peer._fetch(self, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Keys of %(name)s", name=self.name),
            "res_model": "lgo.eoffice.peer",
            "domain": [("id", "in", peers.ids)],
            "views": [[False, "list"], [False, "form"]],
        }

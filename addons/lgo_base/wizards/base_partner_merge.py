# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge persons, the one stored identity number going with them.

        :raises UserError: when two of them carry an ID number: those are two persons
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        holders = partners.sudo().filtered("lgo_identity_hash")
        if len(partners) < 2 or not holders:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        if len(holders) > 1:
            raise UserError(
                self.env._(
                    "%(names)s have different ID numbers. They are different persons and cannot "
                    "be merged.",
                    names=", ".join(holders.mapped("display_name")),
                )
            )
        if dst_partner is None or dst_partner not in partners:
            dst_partner = self._get_ordered_partner(partners.ids)[-1]
        columns = self.env["res.partner"]._lgo_identity_columns()
        # the unique index does not allow both to hold it, not for a moment
        values = holders._convert_to_write({name: holders[name] for name in columns})
        if holders != dst_partner:
            holders.write(dict.fromkeys(columns, False))
            holders.flush_recordset()
            dst_partner.sudo().write(values)
        gone = (partners - dst_partner).ids
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        self.env["lgo.audit.log"]._log("citizen.merge", dst_partner, detail={"merged_ids": gone})
        return result

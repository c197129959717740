# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, models
from odoo.tools import email_normalize

from ..tools import mask, moment

#: Field, how two values are compared, how it is shown in the audit trail.
CONTACTS = {
    "email": (lambda value: email_normalize(value or "") or (value or "").strip(), mask.email),
    "phone": (moment.phone_digits, mask.phone),
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Tell a citizen at the old address that an officer changed where messages go.

        Who changes the address of a citizen gets the messages, and with them the links to the
        cases (PDPA B.E. 2562, s. 37(1): measures against unlawful change).
        """
        watched = CONTACTS.keys() & vals.keys()
        if not watched or self.env.uid == SUPERUSER_ID or not self.env.user._is_internal():
            return super().write(vals)
        before = {
            partner: {name: partner[name] for name in ("email", "phone")}
            for partner in self.sudo()
            if partner._lgo_is_citizen()
        }
        result = super().write(vals)
        for partner, old in before.items():
            changed = {
                name
                for name in watched
                if CONTACTS[name][0](old[name]) != CONTACTS[name][0](partner[name])
            }
            if changed:
                partner._lgo_tell_contact_change(old, changed)
        return result

    def _lgo_is_citizen(self):
        """Whether this is a person or body that the office serves, not one of the office."""
        self.ensure_one()
        return bool(self.lgo_kind or (self.partner_share and not self.is_company))

    def _lgo_tell_contact_change(self, old, changed):
        """Audit row with masked values, and a message to the address that was known before.

        :param dict old: values before the change
        :param set changed: names of the fields that changed
        """
        self.ensure_one()
        shown = {
            name: {"old": CONTACTS[name][1](old[name]), "new": CONTACTS[name][1](self[name])}
            for name in sorted(changed)
        }
        self.env["lgo.audit.log"]._log("citizen.contact", self, detail=shown, severity="warning")
        if old["email"]:
            self.env["lgo.notification"]._notify(
                self,
                "citizen_contact_changed",
                partner=self,
                email=old["email"],
                values={"changed": changed, "office": self.company_id or self.env.company},
            )

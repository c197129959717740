# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, models

from .res_partner_contact import CONTACTS

FIELDS = {"applicant_email": "email", "applicant_phone": "phone"}


class LgoCaseContactMixin(models.AbstractModel):
    """Where the messages of a case go, and who is told when an officer changes it.

    Who changes the address of a case gets its messages, and with them the link with which the
    applicant acts (PDPA B.E. 2562, s. 37(1): measures against unlawful change).
    """

    _name = "lgo.case.contact.mixin"
    _description = "Contact of a Case"

    def write(self, vals):
        watched = FIELDS.keys() & vals.keys()
        by_officer = self.env.uid != SUPERUSER_ID and self.env.user._is_internal()
        if not watched or not by_officer or self._is_from_machine():
            return super().write(vals)
        before = {case: {name: case[name] for name in FIELDS} for case in self.sudo() if case.name}
        result = super().write(vals)
        for case, old in before.items():
            changed = {name for name in watched if self._contact_differs(name, old, case)}
            if changed:
                case._tell_contact_change(old, changed)
        return result

    def _contact_differs(self, name, old, new):
        compared, _masked = CONTACTS[FIELDS[name]]
        return compared(old[name]) != compared(new[name])

    def _tell_contact_change(self, old, changed):
        """Audit row with masked values, and a message to the address that was known before.

        :param dict old: values before the change
        :param set changed: names of the fields that changed
        """
        self.ensure_one()
        shown = {}
        for name in sorted(changed):
            masked = CONTACTS[FIELDS[name]][1]
            shown[name] = {"old": masked(old[name]), "new": masked(self[name])}
        self.env["lgo.audit.log"]._log("case.contact", self, detail=shown, severity="warning")
        if old["applicant_email"]:
            self.env["lgo.notification"]._notify(
                self,
                "case_contact_changed",
                email=old["applicant_email"],
                values={"changed": changed, "office": self.company_id},
            )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import Command, api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    """Which account belongs to a person whom ThaID names."""

    _inherit = "res.users"

    def _lgo_provable(self):
        levels = super()._lgo_provable()
        return levels | {"thaid"} if self.env["lgo.thaid.provider"]._current() else levels

    @api.model
    def _lgo_thaid_user(self, person, signed_in):
        """The citizen's account of a person, made when there is none.

        An account is found by the keyed hash of the ID number, never by an e-mail address. The
        account of somebody who is signed in becomes that person's account.

        :param person: :class:`~..tools.claims.Person`
        :param signed_in: ``res.users`` of the session, empty when nobody is signed in
        :return: ``res.users`` in sudo
        :raises UserError: in words for the citizen
        """
        Partner = self.env["res.partner"].sudo()
        partner = Partner._lgo_find_by_identity("citizen", person.pid)
        own = signed_in.sudo().partner_id
        if signed_in and signed_in._is_internal():
            raise UserError(
                self.env._(
                    "You are signed in as an officer. Log out first to sign in as a citizen."
                )
            )
        if signed_in and partner != own:
            if partner or own.lgo_identity_hash:
                raise UserError(
                    self.env._(
                        "The account that you are signed in to belongs to another ID number, or "
                        "you have another account. Log out and sign in with ThaID, or ask our "
                        "counter to join the two."
                    )
                )
            partner = own
        if len(partner) > 1 or (partner and not partner.active):
            raise UserError(
                self.env._("Your record needs an officer's attention. Please come to our counter.")
            )
        if not partner:
            partner = Partner.create({"lgo_kind": "citizen", **self._lgo_thaid_values(person)})
        else:
            self._lgo_thaid_refresh(partner, person)
        if not partner.lgo_identity_hash:
            partner._lgo_set_identity("citizen", person.pid)
        users = partner.with_context(active_test=False).user_ids
        if any(user._is_internal() for user in users if user.active):
            raise UserError(
                self.env._("Officers sign in with the account that the office gave them.")
            )
        user = signed_in.sudo() or users.filtered("active")[:1]
        if users and not user:
            raise UserError(self.env._("Your account was closed. Please come to our counter."))
        return user or self._lgo_thaid_create(partner)

    @api.model
    def _lgo_thaid_create(self, partner):
        return (
            self.sudo()
            .with_context(no_reset_password=True)
            .create(
                {
                    "partner_id": partner.id,
                    # opaque: the login is shown and logged, the ID number must not be
                    "login": f"thaid-{secrets.token_hex(8)}",
                    "lang": partner.lang or self.env.lang,
                    "company_id": self.env.company.id,
                    "company_ids": [Command.set(self.env.company.ids)],
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                }
            )
        )

    @api.model
    def _lgo_thaid_values(self, person):
        """Values of a contact: names and date of birth as the registration has them."""
        Prefix = self.env["lgo.name.prefix"].sudo()
        prefix = person.title and Prefix.search(
            ["|", ("name", "=", person.title), ("abbreviation", "=", person.title)], limit=1
        )
        values = {}
        if person.first_name:
            values.update(
                lgo_prefix_id=prefix.id if prefix else False,
                lgo_prefix_text=False if prefix else person.title,
                lgo_first_name=person.first_name,
                lgo_middle_name=person.middle_name or False,
                lgo_last_name=person.last_name or False,
            )
        else:
            values["name"] = self.env._("Citizen")
        if person.birth_date:
            values["lgo_birth_date"] = person.birth_date
        elif person.birth_partial:
            values["lgo_birth_partial"] = person.birth_partial
        return {**values, **self._lgo_thaid_address(person.address)}

    @api.model
    def _lgo_thaid_address(self, address):
        """Values of the address; the subdistrict only when it is found without doubt."""
        if not address.get("house_no"):
            return {}
        subdistrict = self.env["lgo.subdistrict"].sudo()
        if address.get("subdistrict"):
            subdistrict = subdistrict.search(
                [
                    ("name", "=", address["subdistrict"]),
                    ("district_id.name", "=", address.get("district")),
                    ("province_id.name", "=", address.get("province")),
                ],
                limit=2,
            )
        soi = address.get("soi") or (address.get("trok") and f"ตรอก{address['trok']}")
        return {
            "lgo_house_no": address["house_no"],
            "lgo_moo": address.get("moo") or False,
            "lgo_soi": soi or False,
            "lgo_road": address.get("road") or False,
            "lgo_subdistrict_id": subdistrict.id if len(subdistrict) == 1 else False,
        }

    @api.model
    def _lgo_thaid_refresh(self, partner, person):
        """The civil registration knows name and birth best; an address that is there stays."""
        values = self._lgo_thaid_values(person)
        values.pop("name", None)
        if partner.lgo_house_no or partner.street:
            for name in self._lgo_thaid_address(person.address):
                values.pop(name, None)
        values = {
            name: value
            for name, value in values.items()
            if (partner[name].id if name.endswith("_id") else partner[name]) != value
        }
        if not partner.lgo_kind:
            values["lgo_kind"] = "citizen"
        if values:
            partner.write(values)
            self.env["lgo.audit.log"]._log(
                "citizen.thaid", partner, detail=", ".join(sorted(values))
            )

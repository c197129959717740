# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import thai
from .lgo_privacy_request import OPEN_STATES

#: Everything a citizen's entry says about the person.
EMPTIED = (
    "lgo_prefix_id", "lgo_prefix_text", "lgo_first_name", "lgo_middle_name", "lgo_last_name",
    "lgo_birth_date", "lgo_birth_partial", "lgo_nationality_id", "lgo_house_code",
    "lgo_house_no", "lgo_moo", "lgo_village", "lgo_soi", "lgo_road", "lgo_subdistrict_id",
    "street", "street2", "city", "zip", "state_id", "country_id", "phone", "email", "vat", "ref",
    "website", "function", "comment", "image_1920", "company_registry", "barcode",
)  # fmt: skip


#: Second factors and keys of an account.
CREDENTIALS = ("auth_passkey_key_ids", "api_key_ids", "totp_trusted_device_ids")


class ResPartner(models.Model):
    _inherit = "res.partner"

    lgo_restricted_at = fields.Datetime(
        string="Use restricted since",
        readonly=True,
        copy=False,
        help="The person asked that the data are kept and not used (PDPA B.E. 2562, s. 34).",
    )
    lgo_anonymised_at = fields.Datetime(string="Made anonymous on", readonly=True, copy=False)

    # ------------------------------------------------------------ restriction
    def write(self, vals):
        """Data whose use is restricted are kept as they are (s. 34).

        :raises UserError: an officer other than the personal data officer changes them
        """
        self._lgo_check_unrestricted()
        return super().write(vals)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self._lgo_check_unrestricted()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _lgo_check_unrestricted(self):
        if self.env.su or self.env.user.has_group("lgo_base.group_privacy_officer"):
            return
        for person in self.sudo():
            if person.lgo_restricted_at:
                raise UserError(
                    self.env._(
                        "%(name)s has asked that these data are kept and not used. Ask the"
                        " personal data officer.",
                        name=person.display_name,
                    )
                )

    # ------------------------------------------------------------ erasing
    def _lgo_erase(self):
        """Erase on request what no law keeps; the caller has checked who asks.

        :return: (number of cases made anonymous, sentences about what stays and why)
        """
        self.ensure_one()
        today = thai.local_date(fields.Datetime.now())
        erased, kept = 0, []
        for cases in self._lgo_cases().values():
            for case in cases:
                reasons = case._retention_blockers()
                until = case._kept_until()
                if case.partner_id != self:
                    reasons = [self.env._("It is the case of another person.")]
                elif not until:
                    reasons.append(self.env._("The time of keeping is not decided yet."))
                elif until >= today:
                    day = thai.format_date(until, style="long", digits="arabic")
                    reasons.append(self.env._("It is kept until %(day)s.", day=day))
                if reasons:
                    kept.append(f"{case.display_name}: {' '.join(reasons)}")
                else:
                    case._anonymise()
                    erased += 1
        if not kept:
            self._lgo_anonymise_person()
        return erased, kept

    def _lgo_case_domain(self):
        return Domain("partner_id", "in", self.ids) | Domain("agent_partner_id", "in", self.ids)

    def _lgo_cases(self):
        """Cases of this person, in sudo: {model name: recordset}."""
        return {
            model._name: model.sudo().search(self._lgo_case_domain())
            for model in self.env["lgo.case.register"]._case_models()
        }

    def _lgo_is_left_over(self):
        """Whether nothing holds this entry any more: no account, case, power or request."""
        self.ensure_one()
        person = self.sudo()
        if not person._lgo_is_citizen() or person.lgo_anonymised_at or person.is_company:
            return False
        if person.with_context(active_test=False).user_ids or any(self._lgo_cases().values()):
            return False
        powers = self.env["lgo.power.attorney"].sudo()
        held = Domain("principal_id", "=", self.id) | Domain("agent_id", "=", self.id)
        return not powers.search_count(held & Domain("state", "!=", "revoked"), limit=1) and not (
            self.env["lgo.privacy.request"]
            .sudo()
            .search_count([("partner_id", "=", self.id), ("state", "in", OPEN_STATES)], limit=1)
        )

    def _lgo_anonymise_person(self):
        """Erase the person from the register; what must stay points to an empty entry.

        :return: dict of what was emptied, for the proof
        """
        self.ensure_one()
        person = self.sudo().with_context(tracking_disable=True)
        proof = {}
        for model in self.env["lgo.privacy.export"]._declaring_models():
            count = model.sudo()._lgo_forget_person(self)
            if count:
                proof[model._name] = count
        where = [("res_model", "=", "res.partner"), ("res_id", "=", self.id)]
        messages = self.env["mail.message"].sudo()
        messages.search([("model", "=", "res.partner"), ("res_id", "=", self.id)]).unlink()
        messages.search([("author_id", "=", self.id)]).write(
            {"author_id": False, "email_from": False}
        )
        for model in ("mail.activity", "mail.followers"):
            self.env[model].sudo().search(where).unlink()
        self.env["ir.attachment"].sudo().search(
            [*where, ("res_field", "in", [False, *self._fields])]
        ).unlink()
        self.env["lgo.privacy.export"].sudo().search([("partner_id", "=", self.id)]).unlink()
        self._lgo_close_accounts()
        person.write(dict.fromkeys(self._lgo_identity_columns(), False))
        person.write(
            {
                **{name: False for name in EMPTIED if name in self._fields},
                "name": self.env._("Erased person %(number)s", number=self.id),
                "active": False,
                "lgo_anonymised_at": fields.Datetime.now(),
            }
        )
        self.env.flush_all()
        self.env["lgo.audit.log"]._log(
            "citizen.anonymise", person, detail=proof, severity="warning"
        )
        return proof

    def _lgo_close_accounts(self):
        """Nobody signs in any more; the login is free again."""
        accounts = self.sudo().with_context(active_test=False).user_ids.filtered("share")
        for name in CREDENTIALS:
            if name in accounts._fields:
                accounts[name].unlink()
        self.env["res.device.log"].sudo().search([("user_id", "in", accounts.ids)]).unlink()
        for account in accounts:
            account.write(
                {
                    "active": False,
                    "login": f"erased-{account.id}",
                    "password": secrets.token_urlsafe(32),
                    "signature": False,
                    "totp_secret": False,
                }
            )

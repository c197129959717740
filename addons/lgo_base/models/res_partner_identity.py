# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import citizen_id, identity_vault

_logger = logging.getLogger(__name__)

# need to know: who checks an identity in daily work; not every officer, not the administrator
PERSONAL_GROUPS = ",".join(
    f"lgo_base.group_{role}"
    for role in (
        "clerk",
        "unit_head",
        "executive",
        "registrar",
        "cashier",
        "finance",
        "privacy_officer",
        "unmask",
        "auditor",
    )
)
IDENTITY_GROUPS = "lgo_base.group_clerk,lgo_base.group_registrar,lgo_base.group_unmask"
NO_ACCESS = fields.NO_ACCESS
IDENTITY_KINDS = [
    ("citizen", "Thai ID number"),
    ("passport", "Passport"),
    ("juristic", "Juristic person number"),
]
PASSPORT_MIN, PASSPORT_MAX = 5, 20


class ResPartner(models.Model):
    """Identity number of a citizen: sealed, hashed for look-up, shown masked.

    The clear number never leaves by read, search, export or copy. Only
    :meth:`action_unmask_identity` shows it, to a member of ``group_unmask``, and leaves an audit
    row. Source: PDPA B.E. 2562 s.22 (no more than necessary) and s.37(1) (security).
    """

    _inherit = "res.partner"

    lgo_identity_kind = fields.Selection(
        IDENTITY_KINDS,
        string="Identity document",
        readonly=True,
        copy=False,
        groups=PERSONAL_GROUPS,
    )
    lgo_identity_country_id = fields.Many2one(
        "res.country",
        string="Passport of",
        readonly=True,
        copy=False,
        groups=PERSONAL_GROUPS,
    )
    lgo_identity_masked = fields.Char(
        string="ID number",
        readonly=True,
        copy=False,
        groups=PERSONAL_GROUPS,
        help="Only the last digits are shown. The whole number can be seen by officers with that "
        "right; each time is recorded.",
    )
    lgo_identity_cipher = fields.Text(
        copy=False, readonly=True, prefetch=False, exportable=False, groups=NO_ACCESS
    )
    lgo_identity_hash = fields.Char(
        copy=False, readonly=True, prefetch=False, exportable=False, groups=NO_ACCESS
    )
    lgo_identity_key = fields.Char(
        string="Key id",
        copy=False,
        readonly=True,
        prefetch=False,
        exportable=False,
        groups=NO_ACCESS,
    )
    lgo_identity_number = fields.Char(
        string="New ID number",
        compute="_compute_lgo_identity_number",
        inverse="_inverse_lgo_identity_number",
        search="_search_lgo_identity_number",
        exportable=False,
        copy=False,
        groups=IDENTITY_GROUPS,
        help="Type the 13 digits or the passport number; it is stored encrypted and never shown "
        "again here.",
    )
    lgo_identity_entry_kind = fields.Selection(
        IDENTITY_KINDS,
        string="Kind of number",
        compute="_compute_lgo_identity_entry_kind",
        inverse="_inverse_lgo_identity_number",
        exportable=False,
        groups=IDENTITY_GROUPS,
    )
    lgo_identity_entry_country_id = fields.Many2one(
        "res.country",
        string="Issuing country",
        compute="_compute_lgo_identity_entry_country_id",
        inverse="_inverse_lgo_identity_number",
        exportable=False,
        groups=IDENTITY_GROUPS,
    )
    lgo_house_code = fields.Char(
        string="House code",
        copy=False,
        groups=PERSONAL_GROUPS,
        help="รหัสประจำบ้าน, 11 digits, from the house registration book.",
    )

    _lgo_identity_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), lgo_identity_kind, COALESCE(lgo_identity_country_id, 0),"
        " lgo_identity_hash) WHERE lgo_identity_hash IS NOT NULL",
        "This ID number belongs to another person in the register already.",
    )
    _lgo_identity_hash_idx = models.Index("(lgo_identity_hash) WHERE lgo_identity_hash IS NOT NULL")
    _lgo_identity_key_idx = models.Index(
        "(lgo_identity_key, id) WHERE lgo_identity_key IS NOT NULL"
    )
    _lgo_identity_whole = models.Constraint(
        "CHECK (num_nulls(lgo_identity_kind, lgo_identity_cipher, lgo_identity_hash,"
        " lgo_identity_key, lgo_identity_masked) IN (0, 5))",
        "An ID number is stored whole or not at all.",
    )

    def _compute_lgo_identity_number(self):
        """Write-only: what was typed is never read back."""
        self.lgo_identity_number = False

    def _compute_lgo_identity_entry_country_id(self):
        self.lgo_identity_entry_country_id = False

    @api.depends("lgo_kind")
    def _compute_lgo_identity_entry_kind(self):
        kinds = {"foreigner": "passport", "juristic": "juristic"}
        for partner in self:
            partner.lgo_identity_entry_kind = kinds.get(partner.lgo_kind, "citizen")

    def _inverse_lgo_identity_number(self):
        for partner in self:
            number = partner.lgo_identity_number
            if number:
                partner._lgo_set_identity(
                    partner.lgo_identity_entry_kind or "citizen",
                    number,
                    partner.lgo_identity_entry_country_id,
                )

    @api.model
    def _search_lgo_identity_number(self, operator, value):
        """Find by the whole number; a part of a number finds nobody."""
        # the ORM checks the groups of a field only when it builds SQL for a column
        self._check_field_access(self._fields["lgo_identity_number"], "read")
        if operator not in ("in", "="):
            return NotImplemented
        found = self.browse()
        for number in [value] if isinstance(value, str) else value:
            for kind, _label in IDENTITY_KINDS:
                if isinstance(number, str) and number.strip():
                    found |= self._lgo_find_by_identity(kind, number)
        return Domain("id", "in", found.ids)

    @api.onchange("lgo_identity_number", "lgo_identity_entry_kind")
    def _onchange_lgo_identity_number(self):
        if not self.lgo_identity_number:
            return None
        kind = self.lgo_identity_entry_kind or "citizen"
        self._lgo_check_identity(kind, self.lgo_identity_number)
        twin = self._lgo_find_by_identity(kind, self.lgo_identity_number) - self._origin
        if not twin:
            return None
        return {
            "warning": {
                "title": self.env._("This person is registered already"),
                "message": self.env._(
                    "The ID number belongs to %(name)s. Open that record instead of making a "
                    "second one.",
                    name=twin[:1].display_name,
                ),
            }
        }

    @api.model
    def _lgo_normalise_identity(self, kind, number):
        return citizen_id.normalise(str(number or "")).upper()

    @api.model
    def _lgo_check_identity(self, kind, number):
        """Return the normalised number.

        Thai numbers have 13 digits, the last being a check digit (modulo 11); juristic persons
        use the same check. Passport numbers: letters and digits (ICAO Doc 9303 allows 9 in the
        machine-readable zone, a visual zone may have more).

        :raises ValidationError: saying what is wrong
        """
        clean = self._lgo_normalise_identity(kind, number)
        if kind not in dict(IDENTITY_KINDS):
            raise ValidationError(self.env._("Choose the kind of identity document."))
        if kind == "passport":
            if not (clean.isascii() and clean.isalnum()) or not (
                PASSPORT_MIN <= len(clean) <= PASSPORT_MAX
            ):
                raise ValidationError(
                    self.env._("A passport number has 5 to 20 letters A-Z and digits.")
                )
        elif not (clean.isascii() and clean.isdigit()) or len(clean) != 13:
            raise ValidationError(self.env._("An ID number has 13 digits. Type all of them."))
        elif not citizen_id.is_valid(clean):
            raise ValidationError(
                self.env._(
                    "The check digit of this ID number is wrong. Compare it with the card, digit "
                    "by digit."
                )
            )
        return clean

    @api.model
    def _lgo_vault_keys(self):
        """Return the configured keys, the current one first.

        :raises UserError: when none is configured; the number is then not stored at all
        """
        try:
            return identity_vault.keys()
        except identity_vault.VaultError as error:
            _logger.error("Identity numbers cannot be stored: %s", error)
            raise UserError(
                self.env._(
                    "ID numbers cannot be used yet: the server has no valid key. Ask the system "
                    "administrator to set lgo_secret_key (32 bytes in base64) in the section "
                    "[lgo] of the configuration file. Nothing was stored."
                )
            ) from error

    @api.model
    def _lgo_mask_identity(self, kind, number):
        if kind == "passport":
            return "x" * (len(number) - 3) + number[-3:]
        return citizen_id.mask(number)

    def _lgo_set_identity(self, kind, number, country=None):
        """Validate, encrypt and store the identity number of one person.

        :param str kind: ``citizen`` or ``juristic`` (13 digits), or ``passport``
        :param str number: as typed, Thai digits, dashes and spaces allowed; falsy clears it
        :param country: ``res.country`` that issued the passport
        :raises ValidationError: wrong number, or it belongs to somebody else
        :raises UserError: no key is configured
        """
        self.ensure_one()
        self.check_access("write")
        if not number:
            self.sudo().write(dict.fromkeys(self._lgo_identity_columns(), False))
            return
        clean = self._lgo_check_identity(kind, number)
        if kind == "passport" and not country:
            raise ValidationError(self.env._("Choose the country that issued the passport."))
        key = self._lgo_vault_keys()[0]
        twin = self._lgo_find_by_identity(kind, clean, country) - self
        if twin:
            raise ValidationError(self._lgo_twin_message(twin[:1]))
        hashed = identity_vault.digest(key, kind, clean)
        self.sudo().write(
            {
                "lgo_identity_kind": kind,
                "lgo_identity_country_id": country.id if kind == "passport" else False,
                "lgo_identity_cipher": identity_vault.seal(key, clean, f"{kind}|{hashed}"),
                "lgo_identity_hash": hashed,
                "lgo_identity_key": key.id,
                "lgo_identity_masked": self._lgo_mask_identity(kind, clean),
            }
        )
        self.invalidate_recordset(["lgo_identity_number"], flush=False)
        self.env["lgo.audit.log"]._log("citizen.identity.set", self)

    def _lgo_twin_message(self, twin):
        if self.env.su or self.env.user.has_groups(PERSONAL_GROUPS):
            name = twin.sudo().display_name if self.env.user._is_internal() else None
            if name:
                return self.env._(
                    "This ID number belongs to %(name)s already. Open that record instead.",
                    name=name,
                )
        return self.env._(
            "This ID number cannot be used for this account. Ask the service counter for help."
        )

    @api.model
    def _lgo_identity_columns(self):
        return (
            "lgo_identity_kind",
            "lgo_identity_country_id",
            "lgo_identity_cipher",
            "lgo_identity_hash",
            "lgo_identity_key",
            "lgo_identity_masked",
        )

    @api.model
    def _lgo_find_by_identity(self, kind, number, country=None):
        """Return the person with this number in the company, also when archived.

        :param country: ``res.country``; narrows passports to those of one country
        :returns: ``res.partner``, empty when there is none or the number is malformed
        """
        try:
            clean = self._lgo_check_identity(kind, number)
        except ValidationError:
            return self.browse()
        # a row not yet re-sealed is found through the key that is being retired
        hashes = [identity_vault.digest(key, kind, clean) for key in self._lgo_vault_keys()]
        domain = (
            Domain("lgo_identity_hash", "in", hashes)
            & Domain("lgo_identity_kind", "=", kind)
            & Domain("company_id", "in", [False, self.env.company.id])
        )
        if country:
            domain &= Domain("lgo_identity_country_id", "=", country.id)
        found = self.sudo().with_context(active_test=False).search(domain)
        return self.browse(found.ids)

    def _lgo_reveal_identity(self, reason):
        """Return the clear number and leave an audit row in the same transaction.

        :param str reason: why it is needed; stored in the audit trail
        :raises AccessError: not in ``group_unmask``, or the person may not be read
        """
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_unmask"):
            raise AccessError(self.env._("You may not see whole ID numbers."))
        self.check_access("read")
        number = self.sudo()._lgo_open_identity()
        self.env["lgo.audit.log"]._log("citizen.unmask", self, detail=reason, severity="warning")
        return number

    def _lgo_open_identity(self):
        """Return the clear number; private, for use under sudo only."""
        self.ensure_one()
        if not self.lgo_identity_cipher:
            raise UserError(self.env._("No ID number is stored for this person."))
        key = {key.id: key for key in self._lgo_vault_keys()}.get(self.lgo_identity_key)
        if not key:
            raise UserError(
                self.env._(
                    "This ID number was sealed with another key. Ask the system administrator to "
                    "add that key as lgo_secret_key_old in the section [lgo] of the "
                    "configuration file."
                )
            )
        try:
            return identity_vault.unseal(
                key,
                self.lgo_identity_cipher,
                f"{self.lgo_identity_kind}|{self.lgo_identity_hash}",
            )
        except identity_vault.VaultError as error:
            raise UserError(
                self.env._("The stored ID number is damaged. Take it again from the card.")
            ) from error

    def action_unmask_identity(self):
        """Ask for the reason, then show the number once (``group_unmask``, logged)."""
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_unmask"):
            raise AccessError(self.env._("You may not see whole ID numbers."))
        self.check_access("read")
        if not self.sudo().lgo_identity_cipher:
            raise UserError(self.env._("No ID number is stored for this person."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Show the ID number"),
            "res_model": "lgo.identity.unmask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    @api.model
    def _lgo_rotate_identity_key(self, limit=1000):
        """Seal numbers again with the current key, after ``lgo_secret_key`` was changed.

        The former key must stay in ``lgo_secret_key_old`` until this returns 0. Each call
        handles ``limit`` rows in the caller's transaction, so it can be killed and run again.

        :returns: number of rows that still wait
        """
        key = self._lgo_vault_keys()[0]
        domain = [("lgo_identity_key", "not in", [False, key.id])]
        persons = self.sudo().with_context(active_test=False)
        batch = persons.search(domain, limit=limit, order="id")
        for partner in batch:
            number = partner._lgo_open_identity()
            kind = partner.lgo_identity_kind
            hashed = identity_vault.digest(key, kind, number)
            sealed = identity_vault.seal(key, number, f"{kind}|{hashed}")
            # not through write(): nobody edited these persons
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET lgo_identity_cipher = %s, lgo_identity_hash = %s,"
                    " lgo_identity_key = %s WHERE id = %s",
                    sealed,
                    hashed,
                    key.id,
                    partner.id,
                )
            )
        batch.invalidate_recordset(self._lgo_identity_columns())
        if batch:
            self.env["lgo.audit.log"]._log(
                "citizen.identity.rotate", self.env.company, detail=f"{len(batch)} → {key.id}"
            )
        return persons.search_count(domain)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Record who took which citizens out of the system (PDPA B.E. 2562 s.37(1))."""
        asked = {path[0] for path in fields if path}
        citizens = self.sudo().filtered("lgo_kind")
        if any(name.startswith("lgo_") for name in asked):
            citizens = self
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        if citizens:
            self.env["lgo.audit.log"]._log(
                "export", self.browse(citizens.ids), detail=", ".join(sorted(asked))
            )
        return rows

    @api.constrains("lgo_house_code")
    def _check_lgo_house_code(self):
        for partner in self.sudo():
            code = partner.lgo_house_code
            if code and (len(code) != 11 or not (code.isascii() and code.isdigit())):
                raise ValidationError(
                    self.env._("A house code has 11 digits; it is in the house registration book.")
                )

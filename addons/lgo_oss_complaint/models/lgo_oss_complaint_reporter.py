# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lgo_base.tools import identity_vault

from ..tools import anonymous
from ..tools.anonymous import RESTRICTED_GROUP

CONTACT = ("applicant_name", "applicant_phone", "applicant_email")
IDENTITY = (*CONTACT, "caller_phone", "agent_name")
PEOPLE = ("partner_id", "agent_partner_id")


class LgoOssComplaint(models.Model):
    """Who reported: by name, hidden from the unit, or nobody knows.

    A hidden reporter, and each reporter of a restricted complaint, is sealed with the cipher of
    the ID numbers; the clear text stands in no column. Sources: PDPA B.E. 2562 ss. 22, 37(1);
    Royal Decree on Good Governance B.E. 2546, s. 41 (complaints without a name).
    """

    _inherit = "lgo.oss.complaint"

    reporter_kind = fields.Selection(
        selection=[
            ("named", "By name"),
            ("hidden", "Name hidden from the unit"),
            ("anonymous", "Without a name"),
        ],
        string="Reporter",
        default="named",
        required=True,
        readonly=False,
    )
    reporter_cipher = fields.Text(
        copy=False, readonly=True, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )
    has_sealed_reporter = fields.Boolean(compute="_compute_has_sealed_reporter", compute_sudo=True)

    @api.depends("reporter_cipher")
    def _compute_has_sealed_reporter(self):
        for complaint in self:
            complaint.has_sealed_reporter = bool(complaint.reporter_cipher)

    # ------------------------------------------------------------ sealing
    @api.model
    def _hides_reporter(self, kind, restricted):
        return restricted or kind in ("hidden", "anonymous")

    @api.model_create_multi
    def create(self, vals_list):
        """Take away who reported before it reaches a column."""
        taken = []
        for vals in vals_list:
            kind = vals.get("reporter_kind") or "named"
            type_ = self.env["lgo.oss.complaint.type"].sudo().browse(vals.get("type_id") or [])
            if not self._hides_reporter(kind, type_.restricted):
                taken.append(None)
                continue
            taken.append(None if kind == "anonymous" else self._take_identity(vals))
            for name in (*IDENTITY, *PEOPLE):
                vals[name] = False
        complaints = super().create(vals_list)
        for complaint, identity in zip(complaints, taken, strict=True):
            complaint._seal_reporter(identity)
        return complaints

    @api.model
    def _take_identity(self, vals):
        """Name, phone and e-mail out of the values of a new complaint."""
        identity = {name: vals.get(name) for name in IDENTITY if vals.get(name)}
        partner = self.env["res.partner"].sudo().browse(vals.get("partner_id") or [])
        for name, value in zip(CONTACT, (partner.name, partner.phone, partner.email), strict=True):
            if value:
                identity.setdefault(name, value)
        return identity

    def write(self, vals):
        """A reporter who is hidden later, or a complaint that becomes restricted, is sealed too."""
        result = super().write(vals)
        if {"reporter_kind", "type_id", *IDENTITY, *PEOPLE} & vals.keys():
            self._hide_open_reporters()
        return result

    def _hide_open_reporters(self):
        for complaint in self.sudo():
            if not self._hides_reporter(complaint.reporter_kind, complaint.restricted):
                continue
            open_names = [name for name in (*IDENTITY, *PEOPLE) if complaint[name]]
            if not open_names:
                continue
            identity = {name: complaint[name] for name in IDENTITY if complaint[name]}
            complaint._from_machine().write(dict.fromkeys(open_names, False))
            if complaint.reporter_kind != "anonymous":
                complaint._seal_reporter({**complaint._unsealed(), **identity})

    def _seal_reporter(self, identity):
        """Store ``identity`` (dict) so that only the server's key opens it.

        :raises UserError: the server has no key
        """
        self.ensure_one()
        if not identity:
            return
        text = json.dumps(identity, ensure_ascii=False, sort_keys=True)
        try:
            sealed = identity_vault.lock(text, self._seal_context())
        except identity_vault.VaultError as error:
            raise UserError(
                self.env._(
                    "The name cannot be kept hidden: the server has no key. Please report without"
                    " a name, or call the office."
                )
            ) from error
        self.sudo()._from_machine().write({"reporter_cipher": sealed})

    def _seal_context(self):
        """Binds a sealed text to its record: it cannot be moved to another one."""
        return f"lgo.oss.complaint|{self.id}"

    def _unsealed(self):
        """The sealed reporter as a dict; empty when none is stored.

        :raises UserError: the key that sealed it is gone
        """
        self.ensure_one()
        sealed = self.sudo().reporter_cipher
        if not sealed:
            return {}
        try:
            return json.loads(identity_vault.unlock(sealed, self._seal_context()))
        except identity_vault.VaultError as error:
            raise UserError(
                self.env._("The sealed reporter cannot be opened: its key is not on this server.")
            ) from error

    # ------------------------------------------------------------ unsealing
    def _check_may_unmask(self):
        self.ensure_one()
        self.check_access("read")
        group = RESTRICTED_GROUP if self.restricted else "lgo_base.group_unmask"
        if not self.env.user.has_group(group):
            raise AccessError(self.env._("You may not see who reported this."))

    def action_unmask_reporter(self):
        """Ask for the reason, then show the reporter once (logged)."""
        self._check_may_unmask()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Show the reporter"),
            "res_model": "lgo.oss.complaint.unmask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _reveal_reporter(self, reason):
        """The reporter in clear text, with an audit row in the same transaction.

        :param str reason: why it is needed
        :raises AccessError: the user may not see it
        """
        self._check_may_unmask()
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        identity = self._unsealed()
        self.env["lgo.audit.log"]._log("complaint.unmask", self, detail=reason, severity="warning")
        return " · ".join(identity[name] for name in IDENTITY if identity.get(name))

    # ------------------------------------------------------------ telling the reporter
    def _notify_applicant(self, template_code, values=None):
        """Restricted complaints send nothing: a queued message is a copy outside the seal.

        A hidden reporter is written to by the system, and the address is not kept in the list of
        messages, which the unit reads.
        """
        self.ensure_one()
        Notification = self.env["lgo.notification"]
        if self.restricted or self.reporter_kind == "anonymous":
            return Notification
        if self.reporter_kind == "named":
            return super()._notify_applicant(template_code, values)
        identity = self._unsealed()
        if not identity.get("applicant_email") and not identity.get("applicant_phone"):
            return Notification
        system = self.with_user(self.env.ref("base.user_root"))
        rows = system.env["lgo.notification"]._notify(
            system,
            template_code,
            email=identity.get("applicant_email"),
            phone=identity.get("applicant_phone"),
            values=values,
        )
        rows.write({"email": False, "phone": False, "unit_id": False})
        return Notification

    def _tell_contact_change(self, old, changed):
        """Sealing takes the address away: that is no change, and tells nobody anything."""
        if self._hides_reporter(self.reporter_kind, self.restricted):
            return
        super()._tell_contact_change(old, changed)

    def _mail_prepare(self, msg_dict, files):  # pylint: disable=missing-return
        """An answer by e-mail shows the unit no address of who hides from it."""
        super()._mail_prepare(msg_dict, files)
        if self.reporter_kind != "named" or self.restricted:
            sender = self.company_id.email_formatted or self.env.user.email_formatted
            msg_dict.update(
                author_id=False, email_from=sender, to_filtered=False, cc_filtered=False
            )

    # ------------------------------------------------------------ acting without a name
    def _as_reporter(self):
        """``self`` for a step of the reporter: who hides leaves no account and no address."""
        if self.reporter_kind == "named" and not self.restricted:
            return self
        system = self.with_user(self.env.ref("base.user_root"))
        return system.with_context(**{anonymous.KEY: anonymous.SENTINEL})

    def _follow_code(self):
        """The code with which a reporter without a name follows the complaint.

        Made from the token of the case, so that nothing more is stored.
        """
        self.ensure_one()
        token = self.sudo().access_token or ""
        digest = hashlib.sha256(f"follow|{token}".encode()).digest()
        text = base64.b32encode(digest).decode()[:10]
        return f"{text[:5]}-{text[5:]}"

    def _follow_code_matches(self, given):
        """Whether ``given`` is the code, however it was typed (constant time)."""
        self.ensure_one()
        text = "".join(char for char in (given or "").upper() if char.isalnum())
        right = self._follow_code().replace("-", "")
        return secrets.compare_digest(text.encode(), right.encode())

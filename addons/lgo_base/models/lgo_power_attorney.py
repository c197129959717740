# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import mask, thai
from ..tools.upload import check_upload

STATES = [("draft", "Draft"), ("valid", "In force"), ("revoked", "Revoked")]
FROZEN = {
    "principal_id",
    "agent_id",
    "all_matters",
    "matters",
    "valid_from",
    "document",
    "document_name",
    "company_id",
}


class LgoPowerAttorney(models.Model):
    """Power of attorney (หนังสือมอบอำนาจ): who may act for whom, in which matters, until when.

    Source: Civil and Commercial Code s.797-832 (agency); s.826: it ends by revocation or
    renunciation.
    """

    _name = "lgo.power.attorney"
    _description = "Power of attorney"
    _inherit = ["mail.thread"]
    _order = "valid_from desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    principal_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", tracking=True
    )
    agent_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", tracking=True
    )
    all_matters = fields.Boolean(help="The document does not limit the matters.")
    matters = fields.Text(help="One a line: the code of a service, or the matter as written.")
    valid_from = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    valid_to = fields.Date(tracking=True, help="Empty: until it is revoked.")
    document = fields.Binary(attachment=True, copy=False)
    document_name = fields.Char(copy=False)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    revoked_at = fields.Datetime(string="Revoked on", readonly=True, copy=False)
    note = fields.Char()

    _agent_idx = models.Index("(principal_id, agent_id) WHERE state = 'valid'")
    _dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "The last day is before the first day.",
    )
    _two_persons = models.Constraint(
        "CHECK (principal_id <> agent_id)", "Principal and agent must be two persons."
    )

    @api.depends("principal_id", "agent_id")
    def _compute_display_name(self):
        for power in self:
            power.display_name = f"{power.principal_id.name or ''} → {power.agent_id.name or ''}"

    @api.model
    def _check_agent(self, principal, agent, at=None, matter=None):
        """Tell whether ``agent`` may act for ``principal``.

        :param principal: ``res.partner``
        :param agent: ``res.partner``
        :param at: date or datetime (UTC), now by default; the day counts in Asia/Bangkok
        :param str matter: code of a service, or the matter as written; None asks for one that
            is not limited
        :returns: the ``lgo.power.attorney`` that allows it, empty when there is none
        """
        if at is None:
            at = fields.Datetime.now()
        if hasattr(at, "hour"):
            at = fields.Datetime.context_timestamp(self.with_context(tz="Asia/Bangkok"), at).date()
        powers = self.sudo().search(
            Domain("principal_id", "=", principal.id)
            & Domain("agent_id", "=", agent.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "valid")
            & Domain("valid_from", "<=", at)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", at))
        )
        wanted = (matter or "").strip().casefold()
        return self.browse(
            powers.filtered(
                lambda power: power.all_matters or wanted and wanted in power._matter_set()
            )[:1].ids
        )

    @api.model
    def _ended_sql(self, alias):
        """Condition: the power under which the agent of a case acted has ended, and no other is in
        force (Civil and Commercial Code s.826: the agency ends by revocation or with its time).

        A power that ended before the case was filed says nothing about it: the papers of the new
        one wait for the service centre. Both times are kept to the second; within the same second
        the power counts as ended after the filing, which shuts out rather than lets in.

        :param str alias: of a table with the columns of ``lgo.case.register``
        """
        table = SQL.identifier(self._table)
        flush = SQL().join(
            SQL("", to_flush=self._fields[name])
            for name in ("state", "valid_from", "valid_to", "revoked_at", "matters", "all_matters")
        )
        today = thai.local_date(fields.Datetime.now())
        of_case = SQL(
            """p.principal_id = %(case)s.partner_id AND p.agent_id = %(case)s.agent_partner_id
            AND p.company_id = %(case)s.company_id
            AND (p.all_matters OR EXISTS (
                SELECT 1 FROM lgo_service AS s, regexp_split_to_table(p.matters, E'[\r\n]+') AS line
                WHERE s.id = %(case)s.service_id AND lower(trim(line)) = lower(s.code)))""",
            case=SQL.identifier(alias),
        )
        return SQL(
            """(EXISTS (
                SELECT 1 FROM %(table)s AS p WHERE %(of_case)s
                AND (p.state = 'revoked' OR p.state = 'valid' AND p.valid_to < %(today)s)
                AND COALESCE(p.revoked_at, p.valid_to + 1 - interval '7 hours')
                    >= COALESCE(%(case)s.submitted_at, '-infinity')
            ) AND NOT EXISTS (
                SELECT 1 FROM %(table)s AS p WHERE %(of_case)s AND p.state = 'valid'
                AND p.valid_from <= %(today)s AND (p.valid_to IS NULL OR p.valid_to >= %(today)s)
            ))%(flush)s""",
            table=table,
            of_case=of_case,
            today=today,
            case=SQL.identifier(alias),
            flush=flush,
        )

    def _matter_set(self):
        return {line.strip().casefold() for line in (self.matters or "").splitlines()} - {""}

    def action_confirm(self):
        """The clerk has seen the original; it is in force from now."""
        self.check_access("write")
        for power in self:
            if power.state != "draft":
                raise UserError(self.env._("Only a draft can be confirmed."))
            if not power.document:
                raise UserError(self.env._("Attach the power of attorney first."))
            if not power.all_matters and not power._matter_set():
                raise UserError(self.env._("Write the matters the agent may act in."))
        self.sudo().write({"state": "valid"})
        self.env["lgo.audit.log"]._log("attorney.confirm", self)

    def action_revoke(self):
        """End it now; what was done under it stays valid."""
        self.check_access("write")
        if any(power.state != "valid" for power in self):
            raise UserError(self.env._("Only a power of attorney in force can be revoked."))
        self.sudo().write({"state": "revoked", "revoked_at": fields.Datetime.now()})
        self.env["lgo.audit.log"]._log("attorney.revoke", self)

    def write(self, vals):
        if not self.env.su and {"state", "revoked_at"} & vals.keys():
            raise UserError(self.env._("Use the buttons to confirm or revoke."))
        if FROZEN & vals.keys() and any(power.state != "draft" for power in self):
            raise ValidationError(
                self.env._(
                    "A confirmed power of attorney is not changed: revoke it, make a new one."
                )
            )
        vals = self._with_clean_document(vals)
        if "valid_to" in vals:
            self._check_ends_earlier(fields.Date.to_date(vals["valid_to"] or False))
        return super().write(vals)

    def _check_ends_earlier(self, day):
        """A power in force may end earlier than written, never later."""
        for power in self.filtered(lambda power: power.state != "draft"):
            if not day or power.valid_to and day > power.valid_to:
                raise ValidationError(
                    self.env._(
                        "A confirmed power of attorney is not changed: revoke it, make a new one."
                    )
                )

    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` puts nothing in force."""
        values = super().default_get(fields_list)
        if not self.env.su:
            values.pop("revoked_at", None)
            if "state" in values:
                values["state"] = "draft"
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                vals.pop("state", None)
                vals.pop("revoked_at", None)
        return super().create([self._with_clean_document(vals) for vals in vals_list])

    @api.model
    def _with_clean_document(self, vals):
        """``vals`` with a document that was judged by its content.

        :raises ValidationError: it is neither picture nor PDF, or can act
        """
        if self.env.su or not vals.get("document"):
            return vals
        try:
            data = base64.b64decode(vals["document"], validate=False)
        except (binascii.Error, ValueError, TypeError):
            data = b""
        name = vals.get("document_name") or self[:1].document_name or "document"
        name, clean, _mimetype = check_upload(name, data, kind="document", env=self.env)
        return {**vals, "document": base64.b64encode(clean), "document_name": name}

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(power.state != "draft" for power in self):
            raise UserError(self.env._("Only a draft can be deleted."))

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Powers that the person gave or holds; the other one is masked."""
        powers = self.sudo().search(
            Domain("principal_id", "=", partner.id) | Domain("agent_id", "=", partner.id),
            order="id",
        )

        def parties(power):
            if power.principal_id == partner:
                return [(self.env._("Agent"), mask.name(power.agent_id.name))]
            return [(self.env._("Principal"), mask.name(power.principal_id.name))]

        return self._lgo_holding(
            powers, ["matters", "valid_from", "valid_to", "state", "revoked_at"], extra=parties
        )

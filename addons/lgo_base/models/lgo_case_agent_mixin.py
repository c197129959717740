# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: Who sees the power of attorney behind a case: those who may read that model.
ATTORNEY_GROUPS = ",".join(
    f"lgo_base.group_{role}" for role in ("clerk", "unit_head", "executive", "registrar", "auditor")
)


class LgoCaseAgentMixin(models.AbstractModel):
    """A case that an agent files for the applicant, by power of attorney.

    Source: Civil and Commercial Code s.797-798 (agency; an act that must be in writing wants the
    appointment of the agent in writing too).
    """

    _name = "lgo.case.agent.mixin"
    _inherit = ["lgo.case.agent.end.mixin"]
    _description = "Agent in a Case"

    agent_name = fields.Char(
        string="Name of the agent",
        copy=False,
        help="Who files for the applicant, as written by the person.",
    )
    agent_valid_to = fields.Date(
        string="Power of attorney until",
        copy=False,
        help="As written in the document; empty: without an end.",
    )
    attorney_id = fields.Many2one(
        comodel_name="lgo.power.attorney",
        string="Power of attorney",
        compute="_compute_attorney_id",
        groups=ATTORNEY_GROUPS,
        help="In force today between the applicant and the agent, for this service.",
    )

    @api.depends("partner_id", "agent_partner_id", "service_id")
    def _compute_attorney_id(self):
        Attorney = self.env["lgo.power.attorney"]
        for case in self:
            both = case.partner_id and case.agent_partner_id
            case.attorney_id = (
                Attorney._check_agent(
                    case.partner_id, case.agent_partner_id, matter=case.service_id.code
                )
                if both
                else Attorney
            )

    @api.onchange("agent_partner_id")
    def _onchange_agent_partner_id(self):
        if self.agent_partner_id:
            self.agent_name = self.agent_partner_id.name
            self.applicant_phone = self.agent_partner_id.phone or self.applicant_phone
            self.applicant_email = self.agent_partner_id.email or self.applicant_email

    def _has_agent(self):
        """Whether somebody acts for the applicant."""
        self.ensure_one()
        return bool(self.agent_partner_id or (self.agent_name or "").strip())

    def _agent_display_name(self):
        """The name of the agent for papers and pages, ``""`` without one."""
        self.ensure_one()
        return self.agent_name or self.agent_partner_id.sudo().name or ""

    def _check_agent_power(self):
        """The agent may act for the applicant in this matter today.

        :raises UserError: saying what the service centre has to do
        """
        self.ensure_one()
        if not self._has_agent():
            return
        if not self.partner_id or not self.agent_partner_id:
            raise UserError(
                self.env._(
                    "%(agent)s files for %(applicant)s. Choose both from the citizens, then record"
                    " the power of attorney.",
                    agent=self._agent_display_name(),
                    applicant=self.applicant_name,
                )
            )
        if not self.env["lgo.power.attorney"]._check_agent(
            self.partner_id, self.agent_partner_id, matter=self.service_id.code
        ):
            raise UserError(
                self.env._(
                    "There is no power of attorney in force by which %(agent)s may act for"
                    " %(applicant)s in this matter. Record it and confirm the original first.",
                    agent=self.agent_partner_id.name,
                    applicant=self.partner_id.name,
                )
            )

    def action_record_attorney(self):
        """Open the power of attorney of this case, made from what was filed when there is none."""
        self.ensure_one()
        self.check_access("write")
        if not self.partner_id or not self.agent_partner_id:
            raise UserError(self.env._("Choose the applicant and the agent from the citizens."))
        Attorney = self.env["lgo.power.attorney"]
        attorney = Attorney.search(
            [
                ("principal_id", "=", self.partner_id.id),
                ("agent_id", "=", self.agent_partner_id.id),
                ("state", "!=", "revoked"),
            ],
            limit=1,
        )
        if not attorney:
            files = self.document_ids.filtered("is_attorney").attachment_ids
            attorney = Attorney.create(
                {
                    "company_id": self.company_id.id,
                    "principal_id": self.partner_id.id,
                    "agent_id": self.agent_partner_id.id,
                    "matters": self.service_id.code,
                    "valid_to": self.agent_valid_to,
                    "document": files[:1].datas,
                    "document_name": files[:1].name,
                }
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Power of attorney"),
            "res_model": "lgo.power.attorney",
            "res_id": attorney.id,
            "view_mode": "form",
            "target": "current",
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

#: What the question asks of a case; ``lgo.case.register`` has the same columns.
COLUMNS = ("partner_id", "agent_partner_id", "service_id", "company_id", "submitted_at")


class LgoCaseAgentEndMixin(models.AbstractModel):
    """An agent whose power was revoked or has run out is a stranger to the case.

    Source: Civil and Commercial Code s.826-827 (the agency ends by revocation or with its time).
    It is asked for at each reading and stored nowhere, so that no night lies between the end of
    the power and the end of the right.
    """

    _name = "lgo.case.agent.end.mixin"
    _description = "Case that an Agent May Leave"

    @api.model
    def _agent_domain(self, sql):
        """A condition on cases that asks whether the agent may act no more.

        :param sql: function of the name of the table and of that question, which returns ``SQL``
        """
        Attorney = self.env["lgo.power.attorney"]

        def to_sql(model, alias, _query):
            stored = [model._fields[name] for name in COLUMNS] if model._auto else ()
            return SQL(
                "%s", sql(SQL.identifier(alias), Attorney._ended_sql(alias)), to_flush=stored
            )

        return Domain.custom(to_sql=to_sql)

    def _agent_ended(self):
        """Those of ``self`` whose agent may act no more."""
        cases = self.sudo().filtered(lambda case: case.partner_id and case.agent_partner_id)
        if not cases:
            return self.browse()
        domain = Domain("id", "in", cases.ids) & self._agent_domain(lambda _case, ended: ended)
        return cases.search(domain).with_env(self.env)

    def _former_agent(self, user):
        """Those of ``self`` of which ``user`` was the agent and is it no more."""
        partner = user.partner_id
        mine = self.sudo().filtered(lambda case: case.agent_partner_id == partner)
        return (
            mine.filtered(lambda case: case.partner_id != partner).with_env(self.env)._agent_ended()
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """The former agent finds the case no more."""
        user = self.env.user
        if not self.env.su and not bypass_access and user._is_portal():
            partner = user.partner_id.id
            domain = Domain(domain) & self._agent_domain(
                lambda case, ended: SQL(
                    "(%(case)s.agent_partner_id IS DISTINCT FROM %(partner)s"
                    " OR %(case)s.partner_id IS NOT DISTINCT FROM %(partner)s OR NOT %(ended)s)",
                    case=case,
                    partner=partner,
                    ended=ended,
                )
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Nor reads it."""
        result = super()._check_access(operation)
        user = self.env.user
        former = self.browse()
        if self and not self.env.su and user._is_portal():
            former = self._former_agent(user)
        if not former:
            return result
        forbidden = former | result[0] if result else former
        return forbidden, lambda: AccessError(self.env._("This case is not yours."))

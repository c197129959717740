# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Steps that the citizen may do, with the source string of the button; the order is shown.
CITIZEN_STEPS = ("cure", "confirm", "complete", "reopen", "withdraw")


class LgoCasePortalMixin(models.AbstractModel):
    """What the citizen's pages ask of a case; the controllers have checked who the citizen is."""

    _name = "lgo.case.portal.mixin"
    _inherit = ["portal.mixin"]
    _description = "Citizen's View of a Case"

    # Who holds the token is the citizen: an officer who could read or set it would confirm, rate
    # or withdraw in the citizen's name. The key of the form leads to the token.
    access_token = fields.Char(groups=fields.NO_ACCESS)
    filing_key = fields.Char(
        copy=False,
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Key of the web form: a form that is sent twice makes one case.",
    )

    @api.model
    def default_get(self, fields_list):
        """A fresh token for each case, whatever default somebody has set."""
        values = super().default_get(fields_list)
        if "access_token" in fields_list:
            values["access_token"] = secrets.token_urlsafe(24)
        return values

    def _compute_access_url(self):  # pylint: disable=missing-return
        super()._compute_access_url()
        for case in self:
            case.access_url = f"/my/cases/{case._case_type}/{case.id}"

    def _portal_ensure_token(self):
        """The token, for the system only: ``get_portal_url`` is open to remote calls."""
        return super()._portal_ensure_token() if self.env.su else ""

    @api.model
    def _get_thread_with_access(self, thread_id, *, hash=None, pid=None, token=None, **kwargs):  # noqa: A002
        """The link of a case opens its page, not its chatter.

        Odoo lets who holds the token write messages and upload any file in the name of the
        applicant, past the checks of the citizens' pages.
        """
        return super()._get_thread_with_access(thread_id, **kwargs)

    def _sign_token(self, pid):
        """Sign the link of a message; the officer who writes it cannot read what signs it."""
        return super(LgoCasePortalMixin, self.sudo())._sign_token(pid)

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        return super()._get_share_url(
            redirect=redirect,
            signup_partner=signup_partner,
            pid=pid,
            share_token=share_token and self.env.su,
        )

    def _check_acts_for_citizen(self, user, token):
        """Refuse who may look at the case but is not its citizen: an officer who reads it.

        :param user: ``res.users`` who is signed in, or the public user
        :param str token: access token that came with the request
        :raises AccessError: neither applicant, agent, nor holder of the link
        """
        self.ensure_one()
        by_link = token and secrets.compare_digest(
            str(token).encode(), (self.sudo().access_token or "").encode()
        )
        case = self.sudo()
        if user.partner_id == case.partner_id:
            return
        ended = case._agent_ended()
        if user.partner_id == case.agent_partner_id and not ended:
            return
        if not by_link or ended or user._is_internal():
            raise AccessError(self.env._("This case is not yours."))

    def _citizen_url(self, token=None):
        """Path of the case page, with the token when the citizen came by it."""
        self.ensure_one()
        return (
            f"{self.access_url}?{urlencode({'access_token': token})}"
            if token
            else (self.access_url)
        )

    def _thanks_url(self):
        """Where the citizen lands after filing: the case page, by token."""
        self.ensure_one()
        query = urlencode({"access_token": self.sudo().access_token, "thanks": 1})
        return f"{self.access_url}?{query}"

    def _tracking_url(self):
        """Absolute address at which the citizen follows the case without signing in.

        The link of a case that lost its agent is in the hands of the former one: the applicant
        signs in.
        """
        self.ensure_one()
        if self._agent_ended():
            return f"{self.get_base_url()}{self._citizen_url()}"
        return f"{self.get_base_url()}{self._citizen_url(self.sudo().access_token)}"

    def _tracking_page_url(self):
        """Absolute address printed on papers: number filled in, the phone is still asked for.

        Papers pass through many hands, so they never carry the token of the case.
        """
        self.ensure_one()
        return f"{self.get_base_url()}/track?{urlencode({'number': self.name})}"

    def _issued_documents(self):
        """Papers handed out in this case, newest first."""
        self.ensure_one()
        return (
            self.env["lgo.issued.document"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "=", self.id)], order="id desc")
        )

    def _citizen_attachments(self):
        """Files of the case that its citizen may open: what was handed in."""
        self.ensure_one()
        return self.sudo().document_ids.attachment_ids

    def _citizen_steps(self):
        """Transitions that the citizen may do now."""
        self.ensure_one()
        return [
            transition
            for transition in self._case_transitions
            if transition.portal
            and transition.code in CITIZEN_STEPS
            and self.state in transition.source
        ]

    def _citizen_may_rate(self):
        """Whether the work is done, so that the citizen may say how it was."""
        self.ensure_one()
        return self.state in ("resolved", "completed")

    def _citizen_sees_result(self):
        """Whether what was done or decided is told to the citizen."""
        self.ensure_one()
        return self.state in ("resolved", "completed", "rejected", "returned", "forwarded")

    def _citizen_rating(self):
        """The rating given, as a ``rating.rating`` record (empty when none)."""
        self.ensure_one()
        return (
            self.env["rating.rating"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("consumed", "=", True),
                ],
                limit=1,
            )
        )

    def _rate(self, value, feedback):
        """Store the rating (1-5) of the citizen; one a case, a later one replaces it."""
        self.ensure_one()
        rating = self._citizen_rating()
        vals = {"rating": value, "feedback": feedback, "consumed": True}
        if rating:
            rating.write(vals)
        else:
            self.env["rating.rating"].sudo().create(
                {
                    **vals,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "partner_id": self.partner_id.id,
                }
            )
        self.env["lgo.case.event"]._add(
            self, "rate", self.env._("Rated %(value)s of 5.", value=value)
        )

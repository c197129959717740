# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import time

from psycopg2.errors import UniqueViolation

from odoo import http
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools.sign_in import local_path
from odoo.addons.lgo_oss.controllers.filing import FilingController
from odoo.addons.lgo_oss.controllers.services import ServiceController

from ..tools import oidc

_logger = logging.getLogger(__name__)

PENDING = "lgo_thaid"
MAX_TABS = 5
TAB_SECONDS = 15 * 60
LONGEST_CODE = 4096
# A family or an office behind one address; each call of the second kind makes us call the provider.
START_LIMIT = Limit("thaid.start", 60, 600)
CALLBACK_LIMIT = Limit("thaid.callback", 60, 600)


class ThaidController(http.Controller):
    """Send a citizen to ThaID and take the answer."""

    @http.route(
        "/auth/thaid/start",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=False,
    )
    def start(self, redirect=None, **kwargs):
        """Leave for ThaID; state, nonce and verifier stay in the session, one set a tab."""
        provider = request.env["lgo.thaid.provider"]._current()
        if not provider:
            raise request.not_found()
        if not self._allows(START_LIMIT):
            return self._problem(request.env._("Too many tries. Please wait 10 minutes."), 429)
        try:
            url, state, kept = provider._begin()
        except oidc.OidcError as error:
            return self._failed(provider, error)
        kept.update(redirect=local_path(redirect), at=time.time())
        pending = self._pending()
        pending[state] = kept
        # a new object: the session saves what is assigned, not what is changed inside
        request.session[PENDING] = dict(list(pending.items())[-MAX_TABS:])
        response = request.redirect(url, 303, local=False)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @http.route(
        "/auth/thaid/callback",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=False,
    )
    def callback(self, state=None, code=None, error=None, iss=None, **kwargs):
        """The citizen comes back. The state opens once, in the browser that left."""
        pending = self._pending()
        kept = pending.pop(state or "", None)
        request.session[PENDING] = pending
        provider = request.env["lgo.thaid.provider"]._current()
        if not provider or not kept or kept["provider"] != provider.id:
            return self._problem(
                request.env._("This sign-in is too old or was used already. Please try again."), 400
            )
        again = kept["redirect"]
        if error:
            text = (
                request.env._("You did not agree, so nothing was sent to us.")
                if error == "access_denied"
                else request.env._("ThaID could not sign you in. Please try again.")
            )
            return self._problem(text, 403, again)
        if not self._allows(CALLBACK_LIMIT):
            return self._problem(
                request.env._("Too many tries. Please wait 10 minutes."), 429, again
            )
        try:
            if iss and iss != provider._setting("issuer"):  # RFC 9207
                raise oidc.OidcError("the answer came from another issuer")
            if not code or len(code) > LONGEST_CODE:
                raise oidc.OidcError("no code")
            person = provider._finish(code, kept)
        except oidc.OidcError as refused:
            return self._failed(provider, refused, again)
        return self._sign_in(provider, person, again)

    # ------------------------------------------------------------ helpers
    def _sign_in(self, provider, person, target):
        Users = request.env["res.users"].sudo()
        signed_in = Users if request.env.user._is_public() else request.env.user
        try:
            with request.env.cr.savepoint():
                user = Users._lgo_thaid_user(person, signed_in)
                user._lgo_sign_in("thaid", mfa="skip")
        except UniqueViolation:
            return self._problem(
                request.env._("This sign-in is too old or was used already. Please try again."),
                409,
                target,
            )
        except AccessDenied:
            return self._problem(
                request.env._("ThaID could not sign you in. Please try again."), 403, target
            )
        except (UserError, ValidationError) as error:
            request.env["lgo.audit.log"]._log("sign_in.thaid.refused", provider, severity="warning")
            return self._problem(str(error), 409, target)
        env = request.env
        env["lgo.identity.proof"]._record(
            user.partner_id, "thaid", level=person.ial, provider=provider.name
        )
        env["lgo.audit.log"]._log("sign_in.thaid", user.sudo(), detail=person.ial or None)
        return request.redirect(target, 303)

    @staticmethod
    def _pending():
        """Sign-ins that this browser has begun, oldest first, without those too old."""
        now = time.time()
        return {
            state: kept
            for state, kept in (request.session.get(PENDING) or {}).items()
            if now - kept["at"] < TAB_SECONDS
        }

    @staticmethod
    def _allows(limit):
        limits = request.env["lgo.rate.limit"]
        return limits._allows((limit, limits._address(request.httprequest.remote_addr)))

    def _failed(self, provider, error, target=None):
        """Tell the citizen little, the administrator more; nobody sees tokens or claims."""
        _logger.info("ThaID refused: %s", error)
        request.env["lgo.audit.log"]._log(
            "sign_in.thaid.failed", provider, detail=str(error)[:200], severity="warning"
        )
        if str(error) == "level":
            text = request.env._(
                "Your ThaID is not yet confirmed by an officer of a district office. Please have "
                "it confirmed there, then try again."
            )
        else:
            text = request.env._(
                "ThaID does not answer as it should. Please try again later, or use another way."
            )
        return self._problem(text, 502, target)

    @staticmethod
    def _problem(text, status, target=None):
        response = request.render(
            "lgo_auth_thaid.problem", {"problem": text, "target": target or "/my"}
        )
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class ThaidFiling(FilingController):
    """A service that asks for ThaID: what was typed waits as a draft meanwhile."""

    def _render(self, service, values, errors, status=200, draft=None, nearby=None):
        response = super()._render(
            service, values, errors, status=status, draft=draft, nearby=nearby
        )
        problem = errors.get("")
        response.qcontext["thaid_url"] = ""
        if (
            problem
            and service.min_assurance == "thaid"
            and not request.env.user._is_public()
            and problem == service._filing_problems("web", False)
            and request.env["lgo.thaid.provider"]._current(service.company_id)
        ):
            kept = response.qcontext["draft"]
            target = kept._url() if kept else f"/services/{service.code}/request"
            response.qcontext["thaid_url"] = target
        return response

    @http.route()
    def file(self, code, csrf_token=None, **post):
        service = ServiceController._published_service(code)
        user = request.env.user
        if (
            service.min_assurance == "thaid"
            and not user._is_public()
            and service._filing_problems("web", False)
            and request.env["lgo.thaid.provider"]._current(service.company_id)
            and request.validate_csrf(csrf_token)
        ):
            draft = request.env["lgo.oss.draft"]._open(post.get("draft"), user, service, lock=True)
            post.setdefault("filing_key", "")
            return self._save_draft(service, post, draft, False)
        return super().file(code, csrf_token=csrf_token, **post)

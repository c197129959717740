# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import time

from odoo import http
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import sort_key, thai
from odoo.addons.lgo_base.tools.sign_in import local_path

from ..tools import address

_logger = logging.getLogger(__name__)

KEPT = "lgo_auth_code"
NAME_SECONDS = 30 * 60
LONGEST_NAME = 120
# A village behind one address; one mailbox that a stranger fills; a machine that guesses.
SEND_ADDRESS = Limit("code.send.address", 20, 600)
SEND_TARGET = Limit("code.send.target", 3, 600)
SEND_TARGET_DAY = Limit("code.send.day", 10, 86400)
CHECK_ADDRESS = Limit("code.check.address", 40, 600)
CHECK_TARGET = Limit("code.check.target", 20, 3600)


class CodeController(http.Controller):
    """Sign in or sign up: address, code, and for a new account the name."""

    @http.route(
        "/auth/code", type="http", auth="public", website=True, methods=["GET"], sitemap=False
    )
    def ask(self, redirect=None, **kwargs):
        """The form for the address."""
        return self._page("ask", {"redirect": local_path(redirect)})

    @http.route("/auth/code", type="http", auth="public", website=True, methods=["POST"])
    def send(self, address_text="", redirect=None, **kwargs):
        """Send a code. The answer is the same whether an account exists."""
        target_path = local_path(redirect)
        Code = request.env["lgo.auth.code"]
        with_phone = bool(Code._with_phone())
        channel, target = address.read(address_text, with_phone)
        values = {"redirect": target_path, "address_text": (address_text or "")[:120]}
        if not channel:
            values["error"] = (
                request.env._("Write an e-mail address or a mobile number of ten digits.")
                if with_phone
                else request.env._("Write an e-mail address, such as name@example.com.")
            )
            return self._page("ask", values, 400)
        limits = request.env["lgo.rate.limit"]
        if not limits._allows(
            (SEND_ADDRESS, limits._address(request.httprequest.remote_addr)),
            (SEND_TARGET, target),
            (SEND_TARGET_DAY, target),
        ):
            values["error"] = request.env._("Too many tries. Please wait 10 minutes.")
            return self._page("ask", values, 429)
        record, token, code = Code._issue(channel, target)
        if not request.env["res.users"]._lgo_code_is_for_officer(channel, target):
            try:
                record._send(target, code)
            except UserError as error:
                _logger.warning("a code could not be sent: %s", type(error).__name__)
                values["error"] = request.env._(
                    "The message could not be sent. Try again later or use an e-mail address."
                )
                return self._page("ask", values, 502)
        request.session[KEPT] = {
            "token": token, "channel": channel, "target": target, "redirect": target_path,
        }  # fmt: skip
        return request.redirect("/auth/code/enter", 303)

    @http.route(
        "/auth/code/enter", type="http", auth="public", website=True, methods=["GET"], sitemap=False
    )
    def enter(self, **kwargs):
        """The form for the code."""
        kept = request.session.get(KEPT)
        if not kept or not kept.get("token"):
            return request.redirect("/auth/code")
        return self._page("enter", {"kept": kept})

    @http.route("/auth/code/enter", type="http", auth="public", website=True, methods=["POST"])
    def check(self, code="", **kwargs):
        """Check the code and sign in."""
        kept = request.session.get(KEPT)
        if not kept or not kept.get("token"):
            return request.redirect("/auth/code", 303)
        limits = request.env["lgo.rate.limit"]
        calls = (
            (CHECK_ADDRESS, limits._address(request.httprequest.remote_addr)),
            (CHECK_TARGET, kept["target"]),
        )
        if not limits._allows(*calls):
            error = request.env._("Too many tries. Please wait 10 minutes.")
            return self._page("enter", {"kept": kept, "error": error}, 429)
        digits = thai.to_arabic_digits((code or "")[:40]).replace(" ", "").replace("-", "")
        answer = request.env["lgo.auth.code"]._check(
            kept["token"], kept["channel"], kept["target"], digits
        )
        if answer != "ok":
            error = (
                request.env._("This code is not right. Compare it with the message.")
                if answer == "wrong"
                else request.env._("This code is no longer valid. Ask for a new one.")
            )
            return self._page("enter", {"kept": kept, "error": error}, 400)
        request.session[KEPT] = {**kept, "token": None, "proven": time.time()}
        return self._proven()

    @http.route(
        "/auth/code/name", type="http", auth="public", website=True, methods=["GET"], sitemap=False
    )
    def name(self, **kwargs):
        """The form for the name of a new citizen."""
        if not self._kept_proof():
            return request.redirect("/auth/code")
        return self._page("name", self._name_values())

    @http.route("/auth/code/name", type="http", auth="public", website=True, methods=["POST"])
    def sign_up(self, name="", **kwargs):
        """Open the account."""
        kept = self._kept_proof()
        if not kept or not request.env.user._is_public():
            return request.redirect("/auth/code", 303)
        clean = sort_key.clean((name or "")[: LONGEST_NAME + 1])
        if not clean or len(clean) > LONGEST_NAME or not any(char.isalpha() for char in clean):
            error = request.env._("Write your name and surname.")
            return self._page("name", {**self._name_values(), "name": name, "error": error}, 400)
        Users = request.env["res.users"].sudo()
        if Users._lgo_code_user(kept["channel"], kept["target"]):
            return self._proven()
        return self._open(
            lambda: Users._lgo_code_sign_up(kept["channel"], kept["target"], clean), kept
        )

    # ------------------------------------------------------------ helpers
    def _proven(self):
        """The address is proven: sign in, prove the own account, or ask for the name."""
        kept = self._kept_proof()
        Users = request.env["res.users"].sudo()
        current = request.env.user
        if not current._is_public():
            user = current.sudo()
        else:
            user = Users._lgo_code_user(kept["channel"], kept["target"])
            if not user:
                return request.redirect("/auth/code/name", 303)

        def prove():
            user._lgo_code_prove(kept["channel"], kept["target"])
            return user

        return self._open(prove, kept)

    def _open(self, make_user, kept):
        try:
            with request.env.cr.savepoint():
                user = make_user()
                user._lgo_sign_in("otp")
        except AccessDenied:
            return self._page(
                "ask",
                {
                    "error": request.env._(
                        "Officers sign in with the account that the office gave them."
                    )
                },
                403,
            )
        except (UserError, ValidationError) as error:
            return self._page("ask", {"error": str(error)}, 409)
        request.session.pop(KEPT, None)
        target = kept["redirect"]
        if request.session.uid and user._lgo_claimable_cases():
            target = "/my/claim"
        elif not request.session.uid:
            target = user._mfa_url()
        return request.redirect(target, 303)

    @staticmethod
    def _kept_proof():
        kept = request.session.get(KEPT) or {}
        return kept if time.time() - (kept.get("proven") or 0) < NAME_SECONDS else None

    @staticmethod
    def _name_values():
        notice = request.env["lgo.privacy.notice"].sudo()._current(request.env.company)
        return {"notice": notice}

    @staticmethod
    def _page(name, values, status=200):
        values = {
            "redirect": "/my",
            "with_phone": bool(request.env["lgo.auth.code"]._with_phone()),
            **values,
        }
        response = request.render(f"lgo_auth_otp.{name}", values)
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.lgo_base.tools.sign_in import local_path


class CodeSignup(AuthSignupHome):
    """Nobody opens an account with an address that was not proven."""

    @http.route()
    def web_auth_signup(self, *args, **kw):
        context = self.get_auth_signup_qcontext()
        if context.get("token") or not context.get("signup_enabled"):
            return super().web_auth_signup(*args, **kw)
        target = local_path(request.params.get("redirect"))
        return request.redirect_query("/auth/code", {"redirect": target}, code=303)

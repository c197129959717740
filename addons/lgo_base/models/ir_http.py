# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, NotFound

from odoo import models
from odoo.http import request

NUL = "\x00"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """The address of the card reader program on the officer's own computer."""
        info = super().session_info()
        if self.env.user._is_internal():
            parameters = self.env["ir.config_parameter"].sudo()
            info["lgo_card_reader_url"] = parameters.get_param("lgo_base.card_reader_url") or ""
        return info

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The citizens' pages load the Thai of our own scripts, too."""
        return super()._get_translation_frontend_modules_name() + ["lgo_base"]

    @classmethod
    def _is_allowed_cookie(cls, cookie_type):
        """Read the switch of the cookies bar from what is kept, not from the table each time."""
        website = getattr(request, "website", None) if request else None
        if website and not website._lgo_shell()["cookies_bar"]:
            return True
        return super()._is_allowed_cookie(cookie_type)

    # PostgreSQL stores no NUL: each search with one would end as a failure of the server.
    @classmethod
    def _match(cls, path_info):
        """No address has a NUL in it."""
        found = super()._match(path_info)
        if NUL in path_info:
            raise NotFound()
        return found

    @classmethod
    def _serve_fallback(cls):
        """Look for no page and no file whose address has a NUL in it."""
        return None if NUL in request.httprequest.path else super()._serve_fallback()

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Refuse a NUL in what was typed or sent along."""
        super()._pre_dispatch(rule, args)
        if request.httprequest.path.startswith("/web/assets/"):
            # styles and scripts are the same for everyone: a visitor gets no session for them
            request.session.can_save = False
        if request.dispatcher.routing_type != "http":
            return
        for values in (request.httprequest.args, request.httprequest.form):
            if any(NUL in key or NUL in text for key, text in values.items(multi=True)):
                raise BadRequest()
            # tokens are compared in constant time, which only plain letters allow
            if not all(token.isascii() for token in values.getlist("access_token")):
                raise NotFound()

    @classmethod
    def _dispatch(cls, endpoint):
        """A file in the place of a text is no text: our pages take files from the request."""
        if endpoint.__module__.startswith("odoo.addons.lgo_"):
            request.params = {
                name: value
                for name, value in request.params.items()
                if not isinstance(value, FileStorage)
            }
        return super()._dispatch(endpoint)

    @classmethod
    def _post_dispatch(cls, response):  # pylint: disable=missing-return
        """Let no cache keep what only the signed-in citizen may see."""
        super()._post_dispatch(response)
        path = request.httprequest.path
        if path == "/my" or path.startswith("/my/"):
            response.headers["Cache-Control"] = "private, no-store"

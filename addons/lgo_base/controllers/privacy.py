# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.lgo_privacy_request import MAX_TEXT, OPEN_STATES


class PrivacyPortal(CustomerPortal):
    """The signed-in citizen's rights over own data (PDPA B.E. 2562 s.19 and s.30-36)."""

    def _privacy_values(self, **extra):
        user = request.env.user
        mine = [("partner_id", "=", user.partner_id.id)]  # an officer may read those of others
        own = request.env["lgo.privacy.request"].search(mine, order="received_at desc, id desc")
        requests = own.sudo()  # found under the rights of the person; the answer is for officers
        notice = request.env["lgo.privacy.notice"]._current(request.env.company)
        purposes = request.env["lgo.consent.purpose"].sudo().search([])
        given = request.env["lgo.consent"].search([*mine, ("revoked_at", "=", False)])
        standing = given.purpose_id.ids
        outdated = given.filtered(lambda consent: consent._is_outdated()).purpose_id.ids
        types = (
            request.env["lgo.privacy.request"]._fields["type"]._description_selection(request.env)
        )
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "lgo_privacy",
            "requests": requests,
            "open_states": OPEN_STATES,
            "notice": notice,
            "purposes": purposes,
            "standing_ids": standing,
            "outdated_ids": outdated,
            "types": types,
            "max_text": MAX_TEXT,
            "exports": request.env["lgo.privacy.export"]._of_person(user.partner_id),
            "export_allowed": request.env.company._lgo_export_allowed(user),
            "openings": request.env["lgo.case.opening"]._of_person(user.partner_id),
            "user": user,
            "error": "",
            "typed": {},
            **extra,
        }

    @http.route("/my/privacy", type="http", auth="user", website=True, methods=["GET"])
    def lgo_my_privacy(self, filed=None, right="", **kw):
        """Own requests, the form for a new one (``right`` is chosen there), own consents."""
        typed = {"type": right}
        if right == "erase":
            typed["detail"] = request.env._("Please close my account and erase my data.")
        values = self._privacy_values(filed=bool(filed), typed=typed)
        return request.render("lgo_base.portal_my_privacy", values)

    @http.route("/my/privacy/request", type="http", auth="user", website=True, methods=["POST"])
    def lgo_my_privacy_file(self, type="", detail="", **kw):  # noqa: A002 - name of the field
        """File a request about the own data of the signed-in person."""
        requests = request.env["lgo.privacy.request"]
        try:
            filed = requests._file_online(request.env.user, type, detail)
        except UserError as error:
            values = self._privacy_values(
                error=str(error), typed={"type": type, "detail": detail[:MAX_TEXT]}
            )
            return request.render("lgo_base.portal_my_privacy", values, status=422)
        notice = request.env["lgo.privacy.notice"]._current(request.env.company)
        if notice:
            request.env["lgo.privacy.acknowledgement"]._record(
                notice, filed, request.env.user.partner_id
            )
        return request.redirect("/my/privacy?filed=1#requests")

    @http.route("/my/privacy/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def lgo_my_privacy_withdraw(self, request_id="", **kw):
        """Withdraw an own request that is still open."""
        record = self._privacy_own(request_id)
        if record.state in OPEN_STATES:
            record.sudo().action_withdraw()
        return request.redirect("/my/privacy#requests")

    @http.route(
        "/my/privacy/<int:request_id>/answer", type="http", auth="user", website=True, readonly=True
    )
    def lgo_my_privacy_answer(self, request_id, **kw):
        """The answer file of an own request, once it is answered."""
        record = self._privacy_own(request_id).sudo()
        if record.state != "answered" or not record.answer_file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(record, "answer_file")
        headers = [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", content_disposition(record.answer_file_name or record.name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(stream.read(), headers)

    @http.route("/my/privacy/export", type="http", auth="user", website=True, methods=["POST"])
    def lgo_my_privacy_export(self, **kw):
        """Order a copy of everything that is held on the signed-in person."""
        try:
            request.env["lgo.privacy.export"]._order_online(request.env.user, request.env.company)
        except UserError as error:
            values = self._privacy_values(error=str(error))
            return request.render("lgo_base.portal_my_privacy", values, status=422)
        return request.redirect("/my/privacy#copy")

    @http.route(
        "/my/privacy/export/<int:export_id>/<string:token>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def lgo_my_privacy_export_file(self, export_id, token, **kw):
        """The archive, for the person whose data it holds, until it expires."""
        export = request.env["lgo.privacy.export"].sudo().browse(export_id).exists()
        if not export or not export._opens_for(request.env.user, token):
            raise request.not_found()
        return self._privacy_stream(export)

    @http.route("/lgo/privacy-export/<int:export_id>", type="http", auth="user", methods=["GET"])
    def lgo_privacy_export_file(self, export_id, **kw):
        """The archive, for the personal data officer who hands it over."""
        export = request.env["lgo.privacy.export"].browse(export_id).exists()
        try:
            export.ensure_one()._check_officer()
        except (ValueError, AccessError):
            raise request.not_found() from None
        if not export._is_available():
            raise request.not_found()
        return self._privacy_stream(export)

    @staticmethod
    def _privacy_stream(export):
        """Stream from the disk, after the row of the audit trail."""
        export._log_download()
        stream = request.env["ir.binary"]._get_stream_from(export.sudo()._content_attachment())
        response = stream.get_response(as_attachment=True, immutable=False)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @http.route("/my/privacy/consent", type="http", auth="user", website=True, methods=["POST"])
    def lgo_my_privacy_consent(self, code="", give="", **kw):
        """Give or withdraw the own consent to one extra."""
        purpose = request.env["lgo.consent.purpose"].sudo().search([("code", "=", code)], limit=1)
        if not purpose:
            raise request.not_found()
        consents = request.env["lgo.consent"]
        if give:
            consents._give(request.env.user.partner_id, purpose, "web")
        else:
            consents.search(
                [
                    ("partner_id", "=", request.env.user.partner_id.id),
                    ("purpose_id", "=", purpose.id),
                    ("revoked_at", "=", False),
                ]
            )._revoke()
        return request.redirect("/my/privacy#consents")

    def _privacy_own(self, request_id):
        """Return the request of the signed-in person, else answer 404, also to officers."""
        try:
            record = request.env["lgo.privacy.request"].browse(int(request_id)).exists()
            record.ensure_one()
            record.check_access("read")
        except (ValueError, OverflowError, AccessError, MissingError):
            raise request.not_found() from None
        if record.partner_id != request.env.user.partner_id:
            raise request.not_found()
        return record

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID
from odoo.http import request

from odoo.addons.lgo_oss.controllers.filing import CONTROL, FilingController

from ..tools import anonymous

MODEL = "lgo.oss.complaint"
KINDS = ("named", "hidden", "anonymous")
CONTACT = ("applicant_name", "applicant_phone", "applicant_email")
TEXTS = {"village_number": 10, "community": 120}


class ComplaintFiling(FilingController):
    """What the form of a complaint asks more: what it is about, and whether to be named."""

    @staticmethod
    def _complaint_types(service):
        """Types that are filed by this service."""
        types = request.env["lgo.oss.complaint.type"]._public_types()
        return types.filtered(lambda kind: kind.service_id == service)

    def _render(self, service, values, errors, status=200, draft=None, nearby=None):
        if service.case_model != MODEL:
            return super()._render(service, values, errors, status, draft, nearby)
        types = self._complaint_types(service)
        chosen = values.get("complaint_type") or request.params.get("type") or ""
        if len(types) == 1:
            chosen = types.code
        response = super()._render(
            service,
            {**values, "complaint_type": chosen, "reporter_kind": self._kind(values)},
            errors,
            status,
            draft,
            nearby,
        )
        response.qcontext["complaint_types"] = types
        response.qcontext["restricted"] = any(types.mapped("restricted"))
        return response

    @staticmethod
    def _kind(post):
        kind = post.get("reporter_kind")
        return kind if kind in KINDS else "named"

    def _caller(self, service, post):
        """Who hides is counted by address alone: the account stands in no row with the time."""
        if service.case_model != MODEL:
            return super()._caller(service, post)
        if self._kind(post) == "named" and not self._chosen_type(service, post).restricted:
            return super()._caller(service, post)
        return request.env["lgo.rate.limit"]._address(request.httprequest.remote_addr)

    def _chosen_type(self, service, post):
        """The type that the form names, or the only one; empty when it names none."""
        types, code = self._complaint_types(service), post.get("complaint_type") or ""
        return types if len(types) == 1 else types.filtered(lambda row: row.code == code)

    def _clean(self, service, post, guest):
        if service.case_model != MODEL:
            return super()._clean(service, post, guest)
        env, kind = request.env, self._kind(post)
        dropped = {"principal_name", *(CONTACT if kind == "anonymous" else ())}
        post = {name: value for name, value in post.items() if name not in dropped}
        values, errors = super()._clean(service, post, guest)
        if kind == "anonymous":
            for name in CONTACT:
                errors.pop(name, None)
                values.pop(name, None)
        for name, length in TEXTS.items():
            text = CONTROL.sub("", post.get(name) or "").strip()
            if len(text) > length:
                errors[name] = env._("Please shorten this to %(limit)s characters.", limit=length)
            values[name] = text
        type_ = self._chosen_type(service, post)
        if not type_:
            errors["complaint_type"] = env._("Please choose what the complaint is about.")
        values.update(type_id=type_.id, reporter_kind=kind)
        return values, errors

    @staticmethod
    def _nearby(service, values, post):
        """Following another's report keeps a contact: not offered to who hides."""
        if service.case_model == MODEL and values.get("reporter_kind") != "named":
            return []
        return FilingController._nearby(service, values, post)

    def _store(self, service, values, answers, files, guest, kept=None):
        """Who hides leaves neither account nor address in any row.

        Files that wait in a draft are stored anew: their rows name the account.
        """
        kind = values.get("reporter_kind")
        type_ = request.env["lgo.oss.complaint.type"].sudo().browse(values.get("type_id") or [])
        if service.case_model != MODEL or (kind == "named" and not type_.restricted):
            return super()._store(service, values, answers, files, guest, kept)
        before = request.env
        files = {field: list(uploads) for field, uploads in files.items()}
        for field, attachments in (kept or {}).items():
            files.setdefault(field, []).extend(
                (file.name, file.raw, file.mimetype) for file in attachments.sudo()
            )
        if kind != "anonymous" and not guest:
            partner = before.user.partner_id
            values = {"applicant_name": partner.name, **values}
        request.update_env(
            user=SUPERUSER_ID,
            context={**before.context, anonymous.KEY: anonymous.SENTINEL},
            su=True,
        )
        try:
            case = super()._store(service.with_env(request.env), values, answers, files, guest=True)
        finally:
            request.update_env(user=before.uid, context=before.context, su=before.su)
        return case.with_env(request.env).sudo()

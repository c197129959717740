# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import secrets
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, fields, http
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import moment, thai
from odoo.addons.lgo_base.tools.upload import check_upload

from .services import ServiceController

#: Fields of the form that are plain text, with their longest length.
TEXT_FIELDS = {
    "applicant_name": 120,
    "applicant_phone": 30,
    "applicant_email": 120,
    "description": 4000,
    "location_text": 200,
    "asset_number": 40,
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

# A family or an office behind one address, not a machine that fills the books: each request takes
# a number, a paper and a message.
LIMIT = Limit("filing", 30, 600)


class FilingController(http.Controller):
    """A citizen files a request: signed in, or as a guest with phone or e-mail."""

    @http.route(
        "/services/<string:code>/request",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def form(self, code, **kwargs):
        """The empty form, filled with what is known of the citizen."""
        service = ServiceController._published_service(code)
        guest = request.env.user._is_public()
        if guest and not service.guest_allowed:
            return request.redirect(f"/web/login?redirect=/services/{service.code}/request")
        problem = service._filing_problems("web", guest)
        if problem:
            return self._render(service, {}, {"": problem})
        partner = request.env.user.partner_id if not guest else None
        values = {
            "applicant_name": partner.name if partner else "",
            "applicant_phone": (partner.phone or "") if partner else "",
            "applicant_email": (partner.email or "") if partner else "",
            "filing_key": secrets.token_urlsafe(16),
        }
        return self._render(service, values, {})

    @http.route(
        "/services/<string:code>/request",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        # The token is checked below, so that what was typed survives a page left open too long.
        csrf=False,
    )
    def file(self, code, csrf_token=None, **post):
        """Check everything, then store everything in one go, or nothing."""
        service = ServiceController._published_service(code)
        guest = request.env.user._is_public()
        post.setdefault("filing_key", secrets.token_urlsafe(16))
        if not request.validate_csrf(csrf_token):
            # a key that another site sent along would be known to that site
            post["filing_key"] = secrets.token_urlsafe(16)
            problem = request.env._(
                "This page was open for too long. Please check what you wrote and send it again."
            )
        else:
            problem = service._filing_problems("web", guest)
        if problem:
            return self._render(service, post, {"": problem}, status=400)
        done = self._filed_before(post.get("filing_key"), service)
        if done:
            return request.redirect(done._thanks_url())
        if guest and not self._may_file():
            problem = request.env._("Too many requests from your network. Please wait 10 minutes.")
            return self._render(service, post, {"": problem}, status=429)
        values, errors = self._clean(service, post, guest)
        files, file_errors = self._clean_files(service)
        answers, answer_errors = service._clean_answers(self._raw_answers(service, post))
        errors.update(file_errors)
        errors.update({f"answer_{name}": text for name, text in answer_errors.items()})
        if errors:
            return self._render(service, post, self._in_form_order(errors), status=400)
        try:
            with request.env.cr.savepoint():
                case = self._store(service, values, answers, files, guest)
        except UniqueViolation as error:
            # the same form is being stored at this moment; the next try finds its case
            raise ConcurrencyError("the form was sent twice") from error
        except (UserError, ValidationError) as error:
            return self._render(service, post, {"": str(error)}, status=400)
        return request.redirect(case._thanks_url())

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _may_file():
        limits = request.env["lgo.rate.limit"]
        return limits._allows((LIMIT, limits._address(request.httprequest.remote_addr)))

    def _render(self, service, values, errors, status=200):
        response = request.render(
            "lgo_oss.request_form",
            {
                "service": service,
                "values": values,
                "errors": errors,
                "error_labels": {
                    f"answer_{question['name']}": question["string"].rstrip(" *")
                    for question in service.question_definition or []
                },
                "questions": service._questions(),
                "documents": service.sudo().document_ids.filtered(
                    lambda document: not document.obtainable_by_state
                ),
                "notice": request.env["lgo.privacy.notice"]
                .sudo()
                ._current(service.company_id, service),
                "company": service.company_id.sudo(),
                "guest": request.env.user._is_public(),
                "chosen": request.httprequest.form.getlist,
                "had_files": any(upload.filename for upload in request.httprequest.files.values()),
                "page_name": "services",
            },
        )
        response.status_code = status
        # The key of the form is for one citizen: a cache that hands it to the next one would
        # lead that one to the case of the first.
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def _filed_before(key, service):
        """The case of a form that was sent twice (double tap, reload), else nothing.

        Only the one who filed it: the signed-in citizen, or a guest of the last hour.
        """
        Case = request.env[service.case_model].sudo()
        if not key or not 16 <= len(key) <= 64:
            return Case
        user = request.env.user
        since = fields.Datetime.now() - timedelta(hours=1)
        return Case.search(
            [
                ("filing_key", "=", key),
                ("service_id", "=", service.id),
                ("partner_id", "=", False if user._is_public() else user.partner_id.id),
                ("create_date", ">=", since),
            ],
            limit=1,
        )

    @staticmethod
    def _free_key(key, service):
        """The key of the form, or a new one when it is none or stands for another's case."""
        domain = [("filing_key", "=", key), ("service_id", "=", service.id)]
        taken = request.env[service.case_model].sudo().search_count(domain, limit=1)
        return key if 16 <= len(key) <= 64 and not taken else secrets.token_urlsafe(16)

    def _clean(self, service, post, guest):
        """Text fields and place of the form as values, and error sentences by field."""
        env = request.env
        values, errors = {}, {}
        for name, limit in TEXT_FIELDS.items():
            text = CONTROL.sub("", post.get(name) or "").strip()
            if len(text) > limit:
                errors[name] = env._("Please shorten this to %(limit)s characters.", limit=limit)
            values[name] = text
        if not values["applicant_name"]:
            errors["applicant_name"] = env._("Please enter your name.")
        phone, email = values["applicant_phone"], values["applicant_email"]
        if not phone and not email:
            errors["applicant_phone"] = env._(
                "Please enter a phone number or an e-mail address, so that we can answer."
            )
        if phone and not 9 <= len(moment.phone_digits(phone)) <= 15:
            errors["applicant_phone"] = env._("Please write the phone number like 08 1234 5678.")
        if email and not email_normalize(email):
            errors["applicant_email"] = env._(
                "This is no e-mail address. Example: name@example.com"
            )
        if not values["description"]:
            errors["description"] = env._("Please describe what happened.")
        self._clean_place(service, post, values, errors)
        if not post.get("privacy_shown"):
            errors["privacy_shown"] = env._("Please confirm that you have read the notice.")
        values["filing_key"] = self._free_key(post.get("filing_key") or "", service)
        return values, errors

    @staticmethod
    def _clean_place(service, post, values, errors):
        env = request.env
        texts = (post.get("latitude") or "").strip(), (post.get("longitude") or "").strip()
        if any(texts):
            try:
                latitude, longitude = (float(thai.to_arabic_digits(text)) for text in texts)
                if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                    raise ValueError
                values.update(latitude=latitude, longitude=longitude)
            except ValueError:
                errors["latitude"] = env._(
                    "The place on the map is not valid. Please mark it again."
                )
        elif service.needs_location and not values["location_text"]:
            errors["latitude"] = env._("Please mark the place on the map or describe it.")

    @staticmethod
    def _in_form_order(errors):
        """The errors in the order of the fields on the page, as the citizen goes through them."""
        about = ("description", "latitude", "location_text", "asset_number")

        def block(name):
            if name.startswith("answer_"):
                return 0
            if name in about:
                return 1
            return 2 if name.startswith("document_") else 3

        return dict(sorted(errors.items(), key=lambda error: block(error[0])))

    @staticmethod
    def _raw_answers(service, post):
        raw = {}
        for question in service.question_definition or []:
            field = f"answer_{question['name']}"
            raw[question["name"]] = (
                request.httprequest.form.getlist(field)
                if question["type"] == "tags"
                else post.get(field)
            )
        return raw

    @staticmethod
    def _clean_files(service):
        """Uploaded files by document id, checked by content, and error sentences."""
        files, errors = {}, {}
        for document in service.sudo().document_ids:
            field = f"document_{document.id}"
            uploads = [
                upload for upload in request.httprequest.files.getlist(field) if upload.filename
            ]
            if len(uploads) > document.max_files:
                errors[field] = request.env._(
                    "Please choose at most %(number)s files.", number=document.max_files
                )
                continue
            if document.required and not document.required_if and not uploads:
                errors[field] = request.env._("Please add “%(name)s”.", name=document.name)
            for upload in uploads:
                try:
                    kind = "photo" if document.is_photo else "document"
                    files.setdefault(document.id, []).append(
                        check_upload(upload.filename, upload.read(), kind=kind, env=request.env)
                    )
                except ValidationError as error:
                    errors[field] = str(error)
        return files, errors

    def _store(self, service, values, answers, files, guest):
        """Create the case of the citizen and file it, in the caller's savepoint."""
        partner = request.env.user.partner_id
        case = (
            request.env[service.case_model]
            .sudo()
            .create(
                {
                    **values,
                    "service_id": service.id,
                    "company_id": service.company_id.id,
                    "channel": "web",
                    "partner_id": False if guest else partner.id,
                    "answers": answers,
                }
            )
        )
        checklist = request.env["lgo.case.document"]._create_checklist(case)
        for line in checklist:
            self._attach(case, line, files.get(line.service_document_id.id, []))
        case._transition("submit", portal=True)
        Acknowledgement = request.env["lgo.privacy.acknowledgement"].sudo()
        notice = request.env["lgo.privacy.notice"].sudo()._current(service.company_id, service)
        if notice:
            Acknowledgement._record(
                notice,
                case,
                partner=None if guest else partner,
                ip=request.httprequest.remote_addr,
            )
        return case

    @staticmethod
    def _attach(case, line, files):
        """Keep checked ``files`` as what was handed in for a line of the checklist."""
        if not files:
            return
        attachments = (
            request.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "raw": data,
                        "mimetype": mimetype,
                        "res_model": case._name,
                        "res_id": case.id,
                    }
                    for name, data, mimetype in files
                ]
            )
        )
        line.sudo().write(
            {"state": "received", "attachment_ids": [Command.link(file.id) for file in attachments]}
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import secrets
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields, http
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import moment

from .filing_files import ATTORNEY, MAX_ATTORNEY_FILES, FilingFiles
from .filing_nearby import FilingNearby
from .form_helpers import form_labels
from .services import ServiceController

#: Fields of the form that are plain text, with their longest length.
TEXT_FIELDS = {
    "applicant_name": 120,
    "applicant_phone": 30,
    "applicant_email": 120,
    "description": 4000,
    "location_text": 200,
    "asset_number": 40,
    "principal_name": 120,
}
#: Fields of the form that are no columns of the case.
FORM_ONLY = {"principal_name"}
#: What a draft keeps of the form besides the answers.
DRAFT_FIELDS = {*TEXT_FIELDS, "latitude", "longitude", "agent_valid_to"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
#: How long a device keeps a request that it could not send (``KEPT_DAYS`` in outbox_store.js),
#: and a day to be safe.
RESENT_WITHIN = timedelta(days=8)

# A family or an office behind one address, or one account, not a machine that fills the books:
# each request takes a number, a paper and a message.
LIMIT = Limit("filing", 30, 600)


class FilingController(FilingFiles, FilingNearby, http.Controller):
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
        draft = request.env["lgo.oss.draft"]._open(
            post.get("draft"), request.env.user, service, lock=True
        )
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
        if draft:
            post["filing_key"] = draft.filing_key
        done = self._filed_before(post.get("filing_key"), service)
        if done:
            return request.redirect(done._thanks_url())
        if post.get("draft") and not draft:
            return self._draft_is_gone(service, post)
        if not self._may_file(service, post):
            problem = (
                request.env._("Too many requests from your network. Please wait 10 minutes.")
                if guest
                else request.env._("You sent too many requests. Please wait 10 minutes.")
            )
            return self._render(service, post, {"": problem}, status=429)
        if "save_draft" in post:
            return self._save_draft(service, post, draft, guest)
        values, errors = self._clean(service, post, guest)
        answers, answer_errors = service._clean_answers(
            service._raw_answers(request.httprequest.form)
        )
        files, kept, file_errors = self._clean_files(
            service, draft, bool(values.get("agent_name")), answers=answers
        )
        errors.update(file_errors)
        errors.update({name and f"answer_{name}": text for name, text in answer_errors.items()})
        if errors:
            return self._render(service, post, self._in_form_order(errors), status=400)
        nearby = self._nearby(service, values, post)
        if nearby and post.get("follow"):
            return self._follow(service, post, values, nearby, draft)
        if nearby:
            return self._render(service, post, {}, nearby=nearby)
        try:
            with request.env.cr.savepoint():
                case = self._store(service, values, answers, files, guest, kept)
                draft.unlink()
        except UniqueViolation as error:
            # the same form is being stored at this moment; the next try finds its case
            raise ConcurrencyError("the form was sent twice") from error
        except (UserError, ValidationError) as error:
            return self._render(service, post, {"": str(error)}, status=400)
        return request.redirect(case._thanks_url())

    # ------------------------------------------------------------ helpers
    def _may_file(self, service, post):
        return request.env["lgo.rate.limit"]._allows((LIMIT, self._caller(service, post)))

    def _caller(self, service, post):
        """Whose requests are counted together: an account, or the address of a guest."""
        if not request.env.user._is_public():
            return f"user:{request.env.uid}"
        return request.env["lgo.rate.limit"]._address(request.httprequest.remote_addr)

    def _render(self, service, values, errors, status=200, draft=None, nearby=None):
        Draft = request.env["lgo.oss.draft"]
        content = {} if draft is None else draft.content or {}
        if draft is None:
            draft = Draft._open(values.get("draft"), request.env.user, service)
        questions = service._questions()
        response = request.render(
            "lgo_oss.request_form",
            {
                "service": service,
                "values": values,
                "errors": errors,
                "error_labels": form_labels(questions),
                "questions": questions,
                "documents": service.sudo().document_ids.filtered(
                    lambda document: not document.obtainable_by_state
                ),
                "blank_forms": service._blank_forms(),
                "notice": request.env["lgo.privacy.notice"]
                .sudo()
                ._current(service.company_id, service),
                "company": service.company_id.sudo(),
                "guest": request.env.user._is_public(),
                "chosen": (
                    (lambda name: content.get(name, []))
                    if content
                    else request.httprequest.form.getlist
                ),
                "draft": draft,
                "kept": draft._kept_files(),
                "dropped": self._dropped(),
                "nearby": nearby,
                "for_others": service.kind not in ("complaint", "information"),
                "max_attorney_files": MAX_ATTORNEY_FILES,
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

        Only the one who filed it: the signed-in citizen, or the guest who has the key. A phone
        without a signal does not learn that its request has arrived and sends it again later.
        """
        Case = request.env[service.case_model].sudo()
        if not key or not 16 <= len(key) <= 64:
            return Case
        user = request.env.user
        since = fields.Datetime.now() - RESENT_WITHIN
        case = Case.search(
            [
                ("filing_key", "=", key),
                ("service_id", "=", service.id),
                ("create_date", ">=", since),
            ],
            limit=1,
        )
        people = case.partner_id | case.agent_partner_id
        mine = not people if user._is_public() else user.partner_id in people
        return case if mine else Case

    @staticmethod
    def _free_key(key, service):
        """The key of the form, or a new one when it is none or stands for another's case."""
        domain = [("filing_key", "=", key), ("service_id", "=", service.id)]
        taken = request.env[service.case_model].sudo().search_count(domain, limit=1)
        return key if 16 <= len(key) <= 64 and not taken else secrets.token_urlsafe(16)

    def _clean(self, service, post, guest):
        """Text fields and place of the form as values, and error sentences by field."""
        env = request.env
        Case = env[service.case_model]
        values, errors = {}, {}
        for name, limit in TEXT_FIELDS.items():
            if name not in Case._fields and name not in FORM_ONLY:
                continue
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
        if "description" in values and not values["description"]:
            errors["description"] = env._("Please describe what happened.")
        if "latitude" in Case._fields:
            self._clean_place(service, post, values, errors)
        self._clean_agent(post, values, errors)
        if not post.get("privacy_shown"):
            errors["privacy_shown"] = env._("Please confirm that you have read the notice.")
        values["filing_key"] = self._free_key(post.get("filing_key") or "", service)
        return values, errors

    @staticmethod
    def _in_form_order(errors):
        """The errors in the order of the fields on the page, as the citizen goes through them."""
        about = ("description", "latitude", "location_text", "asset_number")

        def block(name):
            if name.startswith("answer_"):
                return 0
            if name in ("principal_name", "agent_valid_to", ATTORNEY):
                return 4
            if name in about:
                return 1
            return 2 if name.startswith("document_") else 3

        return dict(sorted(errors.items(), key=lambda error: block(error[0])))

    def _store(self, service, values, answers, files, guest, kept=None):
        """Create the case of the citizen and file it, in the caller's savepoint."""
        partner = request.env["res.partner"] if guest else request.env.user.partner_id
        agent = bool(values.get("agent_name"))
        case = (
            request.env[service.case_model]
            .sudo()
            .create(
                {
                    **values,
                    "service_id": service.id,
                    "company_id": service.company_id.id,
                    "channel": "web",
                    "agent_partner_id" if agent else "partner_id": partner.id,
                    "answers": answers,
                }
            )
        )
        checklist = request.env["lgo.case.document"]._create_checklist(case)
        for line in checklist:
            field = ATTORNEY if line.is_attorney else f"document_{line.service_document_id.id}"
            self._attach(case, line, files.get(field, []), (kept or {}).get(field))
        case._transition("submit", portal=True)
        Acknowledgement = request.env["lgo.privacy.acknowledgement"].sudo()
        notice = request.env["lgo.privacy.notice"].sudo()._current(service.company_id, service)
        if notice:
            Acknowledgement._record(
                notice,
                case,
                partner=partner or None,
                ip=request.httprequest.remote_addr,
            )
        return case

    # ------------------------------------------------------------ drafts
    def _draft_is_gone(self, service, post):
        """The form belongs to a draft that was sent or deleted: nothing is filed twice."""
        Case = request.env[service.case_model].sudo()
        key = post.get("filing_key") or ""
        if key and Case.search_count(
            [("filing_key", "=", key), ("service_id", "=", service.id)], limit=1
        ):
            text = request.env._("This draft has been sent already. You find it in “My cases”.")
        else:
            text = request.env._(
                "This draft is no longer kept. Please check what you wrote, choose your photos and"
                " files again, and send it."
            )
        return self._render(service, {**post, "draft": ""}, {"": text}, status=410)

    def _save_draft(self, service, post, draft, guest):
        """Keep what was typed and chosen; nothing is required yet."""
        form = request.httprequest.form
        content, errors = {}, {}
        for name in form:
            if name not in DRAFT_FIELDS and not name.startswith("answer_"):
                continue
            texts = [CONTROL.sub("", text) for text in form.getlist(name)]
            most = TEXT_FIELDS.get(name, 4000)
            if any(len(text) > most for text in texts):
                errors[name] = request.env._(
                    "Please shorten this to %(limit)s characters.", limit=most
                )
            content[name] = texts
        files, _kept, file_errors = self._clean_files(service, draft, partial=True)
        errors.update(file_errors)
        if errors:
            return self._render(service, post, self._in_form_order(errors), status=400)
        partner = request.env["res.partner"] if guest else request.env.user.partner_id
        try:
            with request.env.cr.savepoint():
                draft = request.env["lgo.oss.draft"]._keep(
                    draft, service, partner, content, self._free_key(post["filing_key"], service)
                )
                draft._drop_files(self._dropped())
                draft._add_files(files)
        except UserError as error:
            return self._render(service, post, {"": str(error)}, status=400)
        if guest:
            draft._send_link(email_normalize(post.get("applicant_email") or ""))
        return request.redirect(f"{draft._url()}?saved=1")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

# Thai vowel marks are not \w
PLACEHOLDER = re.compile(r"{{\s*([^{}]+?)\s*}}")


class LgoPrivacyNotice(models.Model):
    """Privacy notice (ประกาศความเป็นส่วนตัว), one row a version.

    Source: PDPA B.E. 2562 s.23: before or at collection the person is told purpose, basis, items,
    retention, recipients, contact of controller and officer, and rights. A published version
    never changes, so that one can prove what a person was shown.
    """

    _name = "lgo.privacy.notice"
    _description = "Privacy notice"
    _order = "company_id, service_code, version desc"

    name = fields.Char(string="Title", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    service_code = fields.Char(
        help="Code of the service this notice is for. Empty: for everything else."
    )
    version = fields.Integer(readonly=True, copy=False, help="Given when it is published.")
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_attributes=True,
        help="{{org}} and {{dpo}} are filled in when it is published; fill in the others yourself.",
    )
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    published_at = fields.Datetime(string="Published on", readonly=True, copy=False)
    published_uid = fields.Many2one("res.users", string="Published by", readonly=True, copy=False)

    _version_uniq = models.UniqueIndex(
        "(company_id, COALESCE(service_code, ''), version) WHERE state = 'published'",
        "This version of the notice exists already.",
    )
    _current_idx = models.Index(
        "(company_id, service_code, valid_from DESC) WHERE state = 'published'"
    )

    @api.depends("name", "version", "state")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = (
                self.env._(
                    "%(title)s, version %(number)s", title=notice.name, number=notice.version
                )
                if notice.state == "published"
                else notice.name
            )

    @api.model
    def _current(self, company, service=None):
        """Return the notice to show now.

        :param company: ``res.company``
        :param service: ``lgo.service`` record or its code; a notice of the service comes before
            the general one
        :returns: ``lgo.privacy.notice``, empty while none is published
        """
        code = service if isinstance(service, str) else service and service.code or None
        today = fields.Date.context_today(self.with_context(tz="Asia/Bangkok"))
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "published")
            & Domain("valid_from", "<=", today)
        )
        order = "valid_from desc, version desc"
        notice = self.browse()
        if code:
            notice = self.sudo().search(
                domain & Domain("service_code", "=", code), order=order, limit=1
            )
        return notice or self.sudo().search(
            domain & Domain("service_code", "=", False), order=order, limit=1
        )

    def action_publish(self):
        """Number and freeze the version.

        :raises UserError: text still to be filled in, or no contact of the officer
        """
        for notice in self:
            notice._publish()

    def _publish(self):
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("This version is published already."))
        body = self._filled_body()
        left = sorted(set(PLACEHOLDER.findall(html2plaintext(body))))
        if left:
            raise UserError(
                self.env._("Fill in the text first. Still open: %(names)s", names=", ".join(left))
            )
        if not html2plaintext(body).strip():
            raise UserError(self.env._("The notice has no text."))
        siblings = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("service_code", "=", self.service_code),
                ("state", "=", "published"),
            ]
        )
        self.sudo().write(
            {
                "body": body,
                "version": max(siblings.mapped("version"), default=0) + 1,
                "state": "published",
                "published_at": fields.Datetime.now(),
                "published_uid": self.env.uid,
            }
        )
        self.env["lgo.audit.log"]._log("privacy.notice.publish", self)

    def _filled_body(self):
        company = self.company_id
        body = str(self.body or "")
        if "dpo" in PLACEHOLDER.findall(body) and not company._lgo_dpo_contact():
            raise UserError(
                self.env._(
                    "Enter the contact of the personal data officer in the organisation's "
                    "settings first (PDPA s.23(5))."
                )
            )
        values = {"org": company.name, "dpo": company._lgo_dpo_contact()}
        return Markup(  # noqa: S704 - body is sanitised by the field, values are escaped
            PLACEHOLDER.sub(
                lambda match: str(escape(values[match[1]])) if match[1] in values else match[0],
                body,
            )
        )

    def action_new_version(self):
        """Copy a published text into a new draft and open it."""
        self.ensure_one()
        draft = self.copy({"valid_from": fields.Date.context_today(self)})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["service_code"] = (vals.get("service_code") or "").strip() or False
            if not self.env.su:
                for name in ("state", "version", "published_at", "published_uid"):
                    vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if any(notice.state == "published" for notice in self):
            raise ValidationError(
                self.env._("A published notice never changes. Make a new version instead.")
            )
        if not self.env.su and {"state", "version", "published_at", "published_uid"} & vals.keys():
            raise UserError(self.env._("Use the button to publish."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(notice.state == "published" for notice in self):
            raise UserError(self.env._("A published notice is kept as evidence."))

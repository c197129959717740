# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

#: What a citizen may keep at the same time, and how much may stand in one form.
MAX_DRAFTS = 20
MAX_CONTENT = 100_000
#: What ``secrets.token_urlsafe`` makes.
TOKEN = re.compile(r"[A-Za-z0-9_-]{24,64}")


class LgoOssDraft(models.Model):
    """A form that a citizen has begun and not sent: answers, place and photos as typed.

    It is no case and never takes a number. A signed-in citizen finds it among the own requests;
    a guest by a link that nobody can guess. It is deleted with its files some days after it was
    last saved (PDPA B.E. 2562 s.37(3): not longer than needed).
    """

    _name = "lgo.oss.draft"
    _description = "Draft of a Request"
    _order = "write_date desc, id desc"
    _rec_name = "service_id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(comodel_name="res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Citizen",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: a guest, who has the link.",
    )
    # Who holds the link opens the draft of a guest: nobody in the office reads it.
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        default=lambda self: secrets.token_urlsafe(24),
    )
    filing_key = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    content = fields.Json(help="Name of the field: the values as typed.", groups=fields.NO_ACCESS)
    files = fields.Json(help="Name of the field: ids of the attachments.", groups=fields.NO_ACCESS)
    sent_to = fields.Char(
        groups=fields.NO_ACCESS, help="The address to which the link was sent last."
    )
    date_expires = fields.Datetime(string="Kept until", readonly=True, index=True)

    _access_token_uniq = models.UniqueIndex("(access_token)")

    @api.depends("service_id")
    def _compute_display_name(self):
        for draft in self:
            draft.display_name = self.env._(
                "Draft: %(service)s", service=draft.service_id.sudo().name
            )

    # ------------------------------------------------------------ finding
    @api.model
    def _open(self, token, user, service=None, lock=False):
        """The draft with this token when ``user`` may go on with it, in sudo; else empty.

        :param str token: from the link
        :param user: ``res.users``; the draft of a citizen opens for that citizen only
        :param service: ``lgo.service`` to which it must belong
        :param bool lock: hold the row, so that a second tab waits until this one has filed
        """
        Draft = self.sudo()
        if not TOKEN.fullmatch(token or ""):
            return Draft
        domain = [("access_token", "=", token), ("date_expires", ">", fields.Datetime.now())]
        if service is not None:
            domain.append(("service_id", "=", service.id))
        draft = Draft.search(domain, limit=1)
        if draft.partner_id and draft.partner_id != user.partner_id:
            return Draft
        if draft and lock:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE id = %s FOR UPDATE",
                    SQL.identifier(self._table),
                    draft.id,
                )
            )
            draft = draft.browse(row[0] for row in self.env.cr.fetchall())
        return draft

    @api.model
    def _of_citizen(self, user):
        """What ``user`` has begun for services that are open now, in sudo."""
        return self.sudo().search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("date_expires", ">", fields.Datetime.now()),
                ("service_id.state", "=", "published"),
            ]
        )

    def _url(self):
        """Path of the form filled with this draft."""
        self.ensure_one()
        draft = self.sudo()
        return f"/services/{draft.service_id.code}/draft/{draft.access_token}"

    def _full_url(self):
        """Absolute address, for the mail."""
        return f"{self.get_base_url()}{self._url()}"

    def _expiry_text(self):
        """The last day on which the draft is kept, as citizens read it."""
        self.ensure_one()
        return thai.format_date(self.date_expires, style="long", digits="arabic")

    # ------------------------------------------------------------ keeping
    @api.model
    def _keep(self, draft, service, partner, content, filing_key):
        """Store ``content`` in ``draft``, or in a new one.

        :param draft: from :meth:`_open`, maybe empty
        :param partner: ``res.partner`` of the signed-in citizen, or empty for a guest
        :param dict content: name of the field -> list of text
        :param str filing_key: key of the form; makes sure that it is filed once
        :return: the draft, in sudo
        :raises UserError: too many drafts or too much text
        """
        if len(json.dumps(content, ensure_ascii=False)) > MAX_CONTENT:
            raise UserError(self.env._("This is too much text. Please shorten your answers."))
        days = service.company_id.sudo().lgo_draft_days
        values = {
            "content": content,
            "date_expires": fields.Datetime.now() + timedelta(days=days),
        }
        if draft:
            if partner and not draft.partner_id:  # begun as a guest, went on after signing in
                values["partner_id"] = partner.id
            draft.write(values)
            return draft
        Draft = self.sudo()
        if partner and Draft.search_count([("partner_id", "=", partner.id)]) >= MAX_DRAFTS:
            raise UserError(
                self.env._(
                    "You have %(number)s drafts already. Please send or delete one of them first.",
                    number=MAX_DRAFTS,
                )
            )
        return Draft.create(
            {
                **values,
                "service_id": service.id,
                "company_id": service.company_id.id,
                "partner_id": partner.id if partner else False,
                "filing_key": filing_key,
            }
        )

    def _kept_files(self):
        """{name of the field: attachments}, in sudo; empty for no draft."""
        kept = self.sudo().files or {} if self else {}
        ids = [file_id for file_ids in kept.values() for file_id in file_ids]
        if not ids:
            return {}
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("id", "in", ids), ("res_model", "=", self._name), ("res_id", "=", self.id)],
                order="id",
            )
        )
        return {
            field: files.filtered(lambda file, ids=file_ids: file.id in ids)
            for field, file_ids in kept.items()
        }

    def _add_files(self, files):
        """Keep checked files.

        :param dict files: name of the field -> list of (name, bytes, mimetype)
        """
        self.ensure_one()
        kept = dict(self.files or {})
        for field, checked in files.items():
            attachments = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    [
                        {
                            "name": name,
                            "raw": data,
                            "mimetype": mimetype,
                            "res_model": self._name,
                            "res_id": self.id,
                        }
                        for name, data, mimetype in checked
                    ]
                )
            )
            kept[field] = kept.get(field, []) + attachments.ids
        self.files = kept

    def _drop_files(self, ids):
        """Delete those of ``ids`` that are files of this draft; the rest is ignored."""
        self.ensure_one()
        gone = (
            self.env["ir.attachment"]
            .sudo()
            .concat(*self._kept_files().values())
            .filtered(lambda file: file.id in ids)
        )
        self.files = {
            field: [file_id for file_id in file_ids if file_id not in gone.ids]
            for field, file_ids in (self.files or {}).items()
        }
        gone.unlink()

    def _send_link(self, email):
        """Send the link once to an address that the citizen has written."""
        self.ensure_one()
        if email and email != self.sent_to:
            self.sent_to = email
            self.env["lgo.notification"]._notify(self, "draft_saved", email=email)

    @api.autovacuum
    def _gc_expired(self):
        """Delete drafts whose time is over, with their files."""
        self.sudo().search([("date_expires", "<=", fields.Datetime.now())], limit=1000).unlink()

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Forms that the person has begun, as typed."""
        drafts = self.sudo().search([("partner_id", "=", partner.id)], order="id")

        def typed(draft):
            texts = draft.content or {}
            return [
                (name, ", ".join(value) if isinstance(value, list) else str(value))
                for name, value in sorted(texts.items())
                if name not in ("csrf_token", "filing_key", "draft")
            ]

        ids = [file for files in drafts.mapped("files") for some in (files or {}).values()
               for file in some]  # fmt: skip
        files = self.env["ir.attachment"].sudo().browse(ids).exists()
        return self._lgo_holding(
            drafts, ["service_id", "create_date", "date_expires"], extra=typed, files=files
        )

    @api.model
    def _lgo_forget_person(self, partner):
        drafts = self.sudo().search([("partner_id", "=", partner.id)])
        count = len(drafts)
        drafts.unlink()
        return count

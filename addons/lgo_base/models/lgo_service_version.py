# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from markupsafe import Markup

from odoo import api, fields, models

from ..tools import manual_diff, thai


class LgoServiceVersion(models.Model):
    """What a service promised from a moment on: a frozen copy made by publishing.

    A case keeps the version under which it was filed, so that a later change of documents,
    time or fee does not touch it (Act B.E. 2558, s. 8: nothing may be added later).
    """

    _name = "lgo.service.version"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Service Version"
    _order = "service_id, number desc"

    _append_only_key = "lgo_publish"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="restrict", index=True
    )
    number = fields.Integer(required=True)
    name = fields.Char(required=True)
    published_at = fields.Datetime(required=True, default=fields.Datetime.now)
    published_by_id = fields.Many2one(
        comodel_name="res.users", required=True, default=lambda self: self.env.uid
    )
    law_version_id = fields.Many2one(comodel_name="lgo.law.version", required=True)
    time_limit = fields.Integer()
    time_unit = fields.Selection(
        selection=lambda self: self.env["lgo.service"]._selection_time_unit()
    )
    question_definition = fields.PropertiesDefinition(string="Questions")
    group_ids = fields.One2many(
        comodel_name="lgo.service.version.group", inverse_name="version_id", string="Lists"
    )
    content = fields.Json(help="Frozen copy of the manual: documents, steps, fees, questions.")

    difference = fields.Html(
        string="Changes against the version before", compute="_compute_difference", sanitize=False
    )

    _number_uniq = models.UniqueIndex(
        "(service_id, number)", "This version of the service exists already."
    )

    def _append_only_message(self):
        return self.env._("A published version of a service never changes.")

    def _published_on(self):
        return thai.format_date(self.published_at, digits="arabic")

    def _manual_pdf(self):
        """The printed manual as bytes: printed once, as a version never changes.

        Whoever may open the page of the service may have it.
        """
        self.ensure_one()
        Attachment = self.env["ir.attachment"].sudo()
        kept = Attachment.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("name", "=", "manual.pdf")],
            limit=1,
        )
        if kept:
            return kept.raw
        report = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(lang="th_TH", report_pdf_no_attachment=True, force_report_rendering=True)
        )
        pdf, _kind = report._render_qweb_pdf("lgo_base.action_report_service_manual", self.ids)
        Attachment.create(
            {
                "name": "manual.pdf",
                "raw": pdf,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return pdf

    # ------------------------------------------------------------ blank forms
    def _keep_forms(self, documents):
        """Keep copies of the blank forms: who changes one later must publish again.

        :param documents: ``lgo.service.document`` of the service
        """
        self.ensure_one()
        self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": self._form_key(document.id),
                    "raw": base64.b64decode(document.template_file),
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for document in documents.with_context(bin_size=False)
                if document.template_sum
            ]
        )

    @api.model
    def _form_key(self, document_id):
        return f"form-{document_id}"

    def _form(self, document_id):
        """The blank form of a document that this version names.

        Whoever may open the page of the service may have it.

        :param int document_id: id of the ``lgo.service.document``, also one that is gone
        :return: (``ir.attachment`` in sudo, file name); an empty one when there is none
        """
        self.ensure_one()
        Attachment = self.env["ir.attachment"].sudo()
        documents = (self.content or {}).get("documents") or []
        row = next((row for row in documents if row.get("id") == document_id), {})
        if not row.get("template_sum"):
            return Attachment, ""
        return Attachment.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=", self._form_key(document_id)),
            ],
            limit=1,
        ), row["template"]

    # ------------------------------------------------------------ what changed
    @api.depends("content")
    @api.depends_context("lang")
    def _compute_difference(self):
        for version in self:
            before = version.service_id.version_ids.filtered(
                lambda other, number=version.number: other.number < number
            )[:1]
            found = before._differences(version.content) if before else []
            version.difference = self._difference_html(found) if found else False

    def _differences(self, content):
        self.ensure_one()
        # through JSON: what is kept there has lists where Python may have tuples
        return manual_diff.changes(self.content or {}, content)

    @api.model
    def _difference_html(self, found):
        """Differences as a list for people."""
        labels, values = self._content_labels(), self._content_value
        words = {
            "added": self.env._("added"),
            "removed": self.env._("removed"),
            "altered": self.env._("changed"),
            "moved": self.env._("in another order"),
        }
        items = Markup()
        for key, kind, before, after in found:
            label = labels.get(key, key)
            if kind == "changed":
                items += Markup("<li>%s: <del>%s</del> → <ins>%s</ins></li>") % (
                    label, values(key, before), values(key, after),
                )  # fmt: skip
            else:
                items += Markup("<li>%s: %s <em>%s</em></li>") % (
                    label, after or before or "", words[kind],
                )  # fmt: skip
        return Markup("<ul class='mb-0'>%s</ul>") % items

    @api.model
    def _content_value(self, key, value):
        if key == "kind":
            kinds = dict(self.env["lgo.service"]._fields["kind"]._description_selection(self.env))
            return kinds.get(value, value) or "–"
        if key == "channels":
            return self.env["lgo.service"]._channel_text(value or [])
        if key == "time_unit":
            return dict(self.env["lgo.service"]._selection_time_unit()).get(value, "–")
        if key == "appeal":
            value = value or {}
            return f"{value.get('authority') or '–'} ({value.get('days') or '–'})"
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return value or "–"

    @api.model
    def _content_labels(self):
        """Key of the content -> label for people."""
        service = self.env["lgo.service"]
        named = {
            "unit": "unit_id", "law": "law_id", "steps": "step_ids", "documents": "document_ids",
            "fees": "fee_ids", "questions": "question_ids", "appeal": "appeal_authority",
        }  # fmt: skip
        keys = [*named, "name", "code", "name_plain", "kind", "is_licence", "legal_basis",
                "in_person_only", "issuing_system", "who_may_apply", "criteria", "description",
                "time_limit", "time_unit", "no_fee", "output_name", "complaint_channels",
                "note"]  # fmt: skip
        labels = {
            key: service._fields[named.get(key, key)]._description_string(self.env) for key in keys
        }
        labels["channels"] = self.env._("Channels")
        return labels

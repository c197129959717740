# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is handed in with a request: photos, documents, a power of attorney."""

import re

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_base.tools.upload import check_upload

ATTORNEY = "attorney"
MAX_ATTORNEY_FILES = 3
DROPPED = re.compile(r"[0-9]{1,18}")


class FilingFiles:
    """A part of ``FilingController``: files of the form, kept ones of a draft, the agent."""

    @staticmethod
    def _clean_agent(post, values, errors):
        """Who is represented, when the one who files does it for somebody else."""
        principal = values.pop("principal_name")
        if not principal:
            return
        values["agent_name"], values["applicant_name"] = values["applicant_name"], principal
        until = (post.get("agent_valid_to") or "").strip()
        if not until:
            return
        try:
            values["agent_valid_to"] = thai.parse_date(until)
        except ValueError:
            errors["agent_valid_to"] = request.env._("Please write the date like 23/11/2569.")
            return
        if values["agent_valid_to"] < thai.local_date(fields.Datetime.now()):
            errors["agent_valid_to"] = request.env._(
                "This power of attorney has ended. Please use one that is still in force."
            )

    @staticmethod
    def _dropped():
        """Ids of files of the draft that the citizen has marked to be taken away."""
        texts = request.httprequest.form.getlist("drop_file")
        return {int(text) for text in texts if DROPPED.fullmatch(text)}

    @classmethod
    def _clean_files(cls, service, draft, agent=False, partial=False, answers=None):
        """Uploaded files by field, checked by content, with those kept in a draft.

        :param draft: ``lgo.oss.draft``, maybe empty
        :param bool agent: a power of attorney belongs to the form
        :param bool partial: only a draft is saved: nothing is required
        :param dict answers: checked answers, which say what documents are asked for; without
            them (a draft) a file for any document is kept
        :return: ({field: checked files}, {field: attachments of the draft}, error sentences)
        """
        files, errors, dropped = {}, {}, cls._dropped()
        kept = {
            field: attachments.filtered(lambda file: file.id not in dropped)
            for field, attachments in draft._kept_files().items()
        }
        wanted = [
            (
                f"document_{document.id}",
                document.name,
                "photo" if document.is_photo else "document",
                document.max_files,
                document._is_demanded() and not document.obtainable_by_state,
            )
            for document in (
                service.sudo().document_ids
                if answers is None
                else service.sudo()._asked_documents(answers)
            )
        ]
        name = request.env._("power of attorney")
        wanted.append((ATTORNEY, name, "document", MAX_ATTORNEY_FILES, agent))
        for field, name, kind, max_files, required in wanted:
            uploads = [
                upload for upload in request.httprequest.files.getlist(field) if upload.filename
            ]
            number = len(uploads) + len(kept.get(field, ()))
            if number > max_files:
                errors[field] = request.env._(
                    "Please choose at most %(number)s files.", number=max_files
                )
                continue
            if required and not number and not partial:
                errors[field] = request.env._("Please add “%(name)s”.", name=name)
            for upload in uploads:
                try:
                    files.setdefault(field, []).append(
                        check_upload(upload.filename, upload.read(), kind=kind, env=request.env)
                    )
                except ValidationError as error:
                    errors[field] = str(error)
        return files, kept, errors

    @staticmethod
    def _attach(case, line, files, kept=None):
        """Keep checked ``files`` as what was handed in for a line of the checklist.

        :param kept: attachments of a draft, which now belong to the case
        """
        if not files and not kept:
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
        if kept:
            kept.write({"res_model": case._name, "res_id": case.id})
            attachments |= kept
        line.sudo().write(
            {"state": "received", "attachment_ids": [Command.link(file.id) for file in attachments]}
        )

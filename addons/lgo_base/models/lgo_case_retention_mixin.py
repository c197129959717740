# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import thai

#: Who may say that a case must be kept: whoever is in charge of it, or of the data.
HOLDERS = "lgo_base.group_clerk,lgo_base.group_unit_head,lgo_base.group_privacy_officer"


class LgoCaseRetentionMixin(models.AbstractModel):
    """The end of the time for which a case names persons (PDPA B.E. 2562, s. 37(3)).

    Number, service, unit, states, days, clocks and the value of the rating stay for the
    statistics; what names somebody goes. What is done cannot be undone.
    """

    _name = "lgo.case.retention.mixin"
    _description = "Retention of a Case"

    #: Fields of the concrete model that are emptied, beside those of every case.
    _case_forgotten = ()

    anonymised_at = fields.Datetime(string="Made anonymous on", readonly=True, copy=False)
    legal_hold = fields.Boolean(
        string="Keep for a dispute",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="A court, an audit or a claim needs the case: its data are not erased.",
    )

    privacy_shown = fields.Boolean(
        string="Privacy notice shown",
        copy=False,
        groups="base.group_user",
        help="The person has seen or was read the privacy notice in force (PDPA s. 23); which "
        "version it was is kept.",
    )

    def _acknowledge_at_counter(self):
        """Keep which notice an officer has shown; the website keeps it by itself."""
        if self.privacy_shown and self.channel not in ("web", "email", "line"):
            notice = self.env["lgo.privacy.notice"]._current(self.company_id, self.service_id)
            if notice:
                self.env["lgo.privacy.acknowledgement"]._record(notice, self, self.partner_id)

    def write(self, vals):
        """Who keeps a case from being erased, or lets it go, leaves a row.

        :raises AccessError: the user is not in charge
        """
        if "legal_hold" in vals and not self._is_from_machine():
            if not self.env.su and not self.env.user.has_groups(HOLDERS):
                raise AccessError(self.env._("You may not decide whether this case is kept."))
            self.env["lgo.audit.log"]._log(
                "case.hold" if vals["legal_hold"] else "case.release", self, severity="warning"
            )
        if not self.env.su and self._case_as_filed & vals.keys():
            self.sudo().partner_id.sudo(False)._lgo_check_unrestricted()
        return super().write(vals)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self.sudo().partner_id.sudo(False)._lgo_check_unrestricted()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _kept_until(self, months=None):
        """Last day on which the personal data are kept; None while nobody has decided.

        :param int months: what the service says, from a caller who asks for many cases of one
        """
        self.ensure_one()
        if months is None:
            months = self.service_id._retention()
        if not months or not self.closed_at:
            return None
        return thai.local_date(self.closed_at) + relativedelta(months=months)

    def _retention_blockers(self):
        """Why the personal data may not go yet; an add-on adds what its bills or permits need.

        :return: list of sentences
        """
        self.ensure_one()
        case = self.sudo()
        blockers = []
        if not case.is_final:
            blockers.append(self.env._("The case is open."))
        if case.legal_hold:
            blockers.append(self.env._("It is kept for a dispute."))
        if case._appeal_runs():
            blockers.append(self.env._("The time for an appeal is running."))
        if case.partner_id.lgo_restricted_at:
            blockers.append(self.env._("The person wants the data to be kept (s. 34)."))
        return blockers

    def _appeal_runs(self):
        """Whether one may still appeal against a letter of this case (B.E. 2539 Act, s. 44)."""
        today = thai.local_date(fields.Datetime.now())
        return any(
            letter.document_id.date_issued + timedelta(days=letter.appeal_days) >= today
            for letter in self.letter_ids
            if letter.appeal_days and letter.document_id
        )

    def _anonymise(self):
        """Take out of one case whatever names a person.

        :return: dict of what was emptied or deleted, for the proof
        """
        self.ensure_one()
        case = self._from_machine().sudo().with_context(tracking_disable=True)
        where = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        proof = {"lines": len(case.answer_row_ids)}
        case._erase_answers()
        proof["papers"] = case._forget_papers()
        proof["messages"] = case._forget_messages()
        files = 0
        for model in self._case_children():
            files += self.env[model].sudo().search(where)._forget()
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search([*where, ("res_field", "in", [False, *self._fields])])
        )
        proof["files"] = files + len(attachments)
        attachments.unlink()
        proof["notifications"] = self.env["lgo.notification"].sudo().search(where)._forget()
        self.env["lgo.privacy.acknowledgement"].sudo().search(where)._forget()
        self.env["lgo.case.opening"].sudo().search(where).unlink()
        case.write(case._anonymous_values())
        self.env.flush_all()
        self.env["lgo.audit.log"]._log("case.anonymise", self, detail=proof, severity="warning")
        return proof

    def _anonymous_values(self):
        """Values of the case itself."""
        names = {
            "partner_id", "agent_partner_id", "agent_name", "applicant_name", "applicant_phone",
            "applicant_email", "outcome", "forwarded_reference", "forwarded_letter", "filing_key",
            "attorney_id", "caller_phone", "letter_tracking", "mobile_place", "late_cause",
            *self._case_forgotten,
        }  # fmt: skip
        vals = {name: False for name in names if name in self._fields}
        return vals | {
            "anonymised_at": fields.Datetime.now(),
            "access_token": secrets.token_urlsafe(24),
        }

    def _forget_papers(self):
        """Erase the papers whose own time is over too; a later run takes the others."""
        today = thai.local_date(fields.Datetime.now())
        papers = self._issued_documents().filtered(lambda paper: not paper.erased_at)
        return papers.filtered(
            lambda paper: not (until := paper._kept_until()) or until < today
        )._forget()

    def _forget_messages(self):
        """Delete chatter, activities and followers; keep the value of the rating."""
        where = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        messages = (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", self._name), ("res_id", "=", self.id)])
        )
        count = len(messages)
        ratings = self.env["rating.rating"].sudo().search(where)
        ratings.write({"feedback": False, "partner_id": False, "message_id": False})
        messages.unlink()
        self.env["mail.activity"].sudo().with_context(active_test=False).search(where).unlink()
        self.env["mail.followers"].sudo().search(where).unlink()
        return count

    @api.model
    def _case_children(self):
        """Models of the parts of a case."""
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and not model._transient and hasattr(model, "_cases_by_model")
        ]

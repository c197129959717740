# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.upload import check_upload


class LgoCaseWaitingMixin(models.AbstractModel):
    """A case waits for another agency, or goes out to it for good."""

    _name = "lgo.case.waiting.mixin"
    _inherit = ["lgo.case.clock.mixin"]
    _description = "Other Agencies of a Case"

    #: Codes of the transitions that begin the waiting and that hand the case to an agency.
    _case_wait = "wait"
    _case_forward = "forward"

    waiting_ids = fields.One2many(
        comodel_name="lgo.case.waiting",
        inverse_name="res_id",
        string="Waiting for others",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    forwarded_letter = fields.Char(
        string="Letter number",
        copy=False,
        groups="base.group_user",
        help="Number and date of the letter that went to the agency.",
    )
    forwarded_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Copy of the letter",
        compute="_compute_forwarded_attachment_ids",
        compute_sudo=True,
        groups="base.group_user",
        help="The citizen may read it on the page of the case.",
    )

    def _compute_forwarded_attachment_ids(self):
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("res_field", "=", "forwarded_letter"),
            ]
        )
        for case in self:
            case.forwarded_attachment_ids = files.filtered(
                lambda file, case=case: file.res_id == case._origin.id
            )

    def _clock_sync(self, state):  # pylint: disable=missing-return
        """Every step of the case ends its waiting; a new one is noted after the step."""
        super()._clock_sync(state)
        self.env["lgo.case.waiting"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("ended_at", "=", False),
            ]
        ).write({"ended_at": fields.Datetime.now()})
        self.invalidate_recordset(["waiting_ids"])

    def _wait_for(self, agency, *, is_agency=True, expected=None, reference=None, reason=None):
        """Wait for an agency (or for material, with ``is_agency=False``).

        :param str agency: whom or what the case waits for
        :param datetime.date expected: when the answer is expected
        :param str reference: number of our letter
        :return: the new ``lgo.case.waiting``
        :raises UserError: nothing was named, or the case may not wait now
        """
        self.ensure_one()
        agency = (agency or "").strip()
        if not agency:
            raise UserError(self.env._("Write whom or what the case waits for."))
        if expected and expected < fields.Date.context_today(self):
            raise UserError(self.env._("The expected day lies in the past."))
        self._transition(self._case_wait, reason=reason or agency)
        law = self.law_version_id
        pauses = is_agency and law.wait_pauses_clock
        waiting = (
            self.env["lgo.case.waiting"]
            .sudo()
            .create(
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "agency": agency,
                    "is_agency": is_agency,
                    "reference": reference,
                    "date_expected": expected,
                    "paused": pauses,
                    "legal_reference": pauses and law.wait_legal_reference,
                    "user_id": self.env.uid,
                }
            )
        )
        if pauses:
            self.sudo().clock_ids.filtered(
                lambda clock: clock.kind == "decision" and not clock.stopped_at
            )._pause()
        self.invalidate_recordset(["waiting_ids", "clock_ids"])
        return waiting

    def _forward_out(self, agency, *, reference=None, letter=None, files=None, reason=None):
        """Hand the case to the agency in charge, with the letter, and tell the citizen.

        :param str agency: the agency
        :param str reference: number under which the agency keeps it
        :param str letter: number and date of our letter
        :param files: ``ir.attachment`` with the letter; the citizen gets to read it
        :raises UserError: no agency, or a step that is not possible now
        :raises ValidationError: a file of another kind than a document
        """
        self.ensure_one()
        self.check_access("write")
        vals = {
            "forwarded_to": (agency or "").strip(),
            "forwarded_reference": reference,
            "forwarded_letter": letter,
        }
        if files:
            files.check_access("read")
            clean = [
                check_upload(file.name, file.raw, kind="document", env=self.env) for file in files
            ]
            # the right to write the case was checked above; the files get the rights of the field
            self.env["ir.attachment"].sudo().create(
                [
                    {
                        "name": name,
                        "raw": data,
                        "mimetype": mimetype,
                        "res_model": self._name,
                        "res_id": self.id,
                        "res_field": "forwarded_letter",
                    }
                    for name, data, mimetype in clean
                ]
            )
            self.invalidate_recordset(["forwarded_attachment_ids"])
        self.write(vals)
        self._transition(self._case_forward, reason=reason)

    def _after_forward(self):
        """Tell the citizen where the case went, under which letter."""
        self._notify_applicant("case_forwarded")

    def _citizen_attachments(self):
        return super()._citizen_attachments() | self._citizen_letters()

    def _citizen_letters(self):
        """Letters to another agency of which the citizen gets a copy."""
        self.ensure_one()
        return self.sudo().forwarded_attachment_ids if self.is_final else self.env["ir.attachment"]

    def action_wait(self):
        """Button: ask for whom the case waits."""
        return self._open_agency_wizard("wait", self.env._("Wait"))

    def action_forward(self):
        """Button: ask to which agency the case goes."""
        return self._open_agency_wizard("forward", self.env._("Forward to another agency"))

    def _open_agency_wizard(self, purpose, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "lgo.case.agency.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_case_model": self._name,
                "default_case_id": self.id,
                "default_purpose": purpose,
            },
        }

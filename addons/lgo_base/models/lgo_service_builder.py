# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models

from ..tools import form_answers

#: Levels of certainty about who files, from weak to strong.
ASSURANCE = ("none", "otp", "thaid", "counter")


class LgoService(models.Model):
    """What the catalogue manager builds with: duplicate, usual units, who may file."""

    _inherit = "lgo.service"

    topic_id = fields.Many2one(comodel_name="lgo.service.topic", index="btree_not_null")
    min_assurance = fields.Selection(
        selection=[
            ("none", "Nothing asked"),
            ("otp", "Account with a proven e-mail or phone"),
            ("thaid", "Signed in with ThaID"),
            ("counter", "Identity checked at the counter"),
        ],
        string="Identification needed",
        default="none",
        required=True,
        help="How sure the office must be who files online.",
    )
    is_licence = fields.Boolean(
        string="Licence under the Act B.E. 2558",
        help="A permit, registration or notification that a law demands before acting: the "
        "Licensing Facilitation Act B.E. 2558 binds it (s. 3).",
    )
    no_document = fields.Boolean(
        string="No document needed", help="Confirmed: nothing has to be handed in."
    )
    issuing_system = fields.Char(
        string="Issued in the system of",
        translate=True,
        help="The paper is made in the system of this agency (such as the civil registration); "
        "here citizens find information and appointments only.",
    )
    is_prepared_elsewhere = fields.Boolean(
        string="Has an application of its own",
        help="An application of its own handles this service; it is not filed with the general "
        "form.",
    )
    unit_code = fields.Char(
        string="Usual unit", help="Code of the unit that usually is responsible, such as 05."
    )
    note = fields.Text(string="Remarks", translate=True, help="Last lines of the public manual.")
    manager_note = fields.Text(
        string="For the catalogue manager",
        translate=True,
        groups="base.group_user",
        help="What has to be decided before publishing. Citizens do not see it.",
    )

    @api.onchange("is_licence")
    def _onchange_is_licence(self):
        law = self.env.ref("lgo_base.law_facilitation", raise_if_not_found=False)
        if self.is_licence and law:
            self.law_id = law

    # ------------------------------------------------------------ duplicate
    def copy_data(self, default=None):
        """The copy gets a free code and a name that says what it is."""
        default = dict(default or {})
        result = []
        for service, values in zip(self, super().copy_data(default), strict=True):
            if "code" not in default:
                values["code"] = service._free_code()
            if "name" not in default:
                values["name"] = self.env._("%(name)s (copy)", name=service.name)
            result.append(values)
        return result

    def _free_code(self):
        """The first free code made of this one and a number."""
        self.ensure_one()
        stem = re.sub(r"\d+$", "", self.code)[:6] or "S"
        taken = set(
            self.with_context(active_test=False)
            .search([("code", "=like", f"{stem}%"), ("company_id", "=", self.company_id.id)])
            .mapped("code")
        )
        return next(
            code for number in range(2, 10**6) if (code := f"{stem}{number}"[-8:]) not in taken
        )

    # ------------------------------------------------------------ units
    @api.model
    def _assign_usual_units(self):
        """Give each service without a unit the one with its usual code.

        :return: the services that got one
        """
        services = self.search([("unit_id", "=", False), ("unit_code", "!=", False)])
        units = {
            (unit.company_id.id, unit.lgo_code): unit
            for unit in self.env["hr.department"].search([("lgo_code", "!=", False)])
        }
        changed = self.browse()
        for (company, code), group in services.grouped(
            lambda service: (service.company_id.id, service.unit_code)
        ).items():
            unit = units.get((company, code)) or units.get((False, code))
            if unit:
                group.unit_id = unit
                changed |= group
        return changed

    def action_assign_usual_units(self):
        """Button of the list: fill in the responsible units from their codes."""
        changed = self._assign_usual_units()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(number)s services got their unit.", number=len(changed)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------ who may file
    def _filing_problems(self, channel, guest):
        problem = super()._filing_problems(channel, guest)
        if problem or channel != "web" or guest or not self.env.user.share:
            return problem
        user = self.env.user
        if ASSURANCE.index(user._lgo_assurance()) >= ASSURANCE.index(self.min_assurance):
            return ""
        if self.min_assurance == "otp":
            # what nobody can prove here is asked of nobody
            if "otp" not in user._lgo_provable():
                return ""
            return self.env._("Please confirm your e-mail address or phone number first.")
        if self.min_assurance == "thaid":
            return self.env._("Please sign in with ThaID to request this service.")
        return self.env._(
            "Please have your identity checked at our counter once, then file online."
        )

    # ------------------------------------------------------------ documents of the form
    def _asked_documents(self, answers):
        """Documents that these answers call for: those without a condition, and those whose
        condition is met.

        :param dict answers: cleaned answers, as from :meth:`_clean_answers`
        """
        self.ensure_one()
        return self.document_ids.filtered(
            lambda document: form_answers.is_met(document._condition_data(), answers)
        )

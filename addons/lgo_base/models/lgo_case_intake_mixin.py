# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

#: Who took the case in and who looked at the identity: never as the caller says.
STAMPS = ("filed_by_id", "identity_checked_by_id", "identity_checked_at")


class LgoCaseIntakeMixin(models.AbstractModel):
    """How a case came in when an officer types it for the citizen.

    Counter, telephone, letter and mobile unit each leave their own trace; whose identity was
    checked by which document is noted instead of keeping a copy of the card (PDPA B.E. 2562 s.22:
    no more than necessary).
    """

    _name = "lgo.case.intake.mixin"
    _description = "Intake of a Case"

    letter_date = fields.Date(
        string="Date of the letter", copy=False, groups="base.group_user", help="As written on it."
    )
    letter_tracking = fields.Char(
        string="Postal tracking number",
        copy=False,
        groups="base.group_user",
        help="On the envelope of a registered letter, such as RA123456789TH.",
    )
    caller_phone = fields.Char(
        string="Called from",
        copy=False,
        groups="base.group_user",
        help="The number that was shown, when it differs from the phone of the applicant.",
    )
    mobile_place = fields.Char(
        string="Place of the mobile unit",
        copy=False,
        groups="base.group_user",
        help="Village, temple or school where the mobile unit took the request.",
    )
    identity_document = fields.Selection(
        selection="_selection_identity_document",
        string="Identity checked by",
        copy=False,
        groups="base.group_user",
        help="The document that the person showed. A copy of the card is not needed.",
    )
    identity_checked_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Checked by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    identity_checked_at = fields.Datetime(
        string="Checked on", readonly=True, copy=False, groups="base.group_user"
    )
    filed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Filed by the officer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Empty when the citizen filed without an officer.",
    )

    @api.model
    def _selection_identity_document(self):
        labels = {
            "card_chip": self.env._("ID card, read by machine"),
            "card": self.env._("ID card"),
            "house_book": self.env._("House registration book"),
            "passport": self.env._("Passport"),
            "driving": self.env._("Driving licence"),
            "state_card": self.env._("State officer's card"),
            "digital": self.env._("Digital ID (ThaID)"),
            "known": self.env._("Known to the officer"),
        }
        return list(labels.items())

    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` stamps nothing."""
        values = super().default_get(fields_list)
        return values if self.env.su else {k: v for k, v in values.items() if k not in STAMPS}

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_intake_stamps(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_intake_stamps(vals))

    @api.model
    def _with_intake_stamps(self, vals):
        """``vals`` with who looked at the identity document and when."""
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name not in STAMPS}
        if "identity_document" in vals:
            seen = bool(vals["identity_document"])
            vals = {
                **vals,
                "identity_checked_by_id": self.env.uid if seen else False,
                "identity_checked_at": fields.Datetime.now() if seen else False,
            }
        return vals

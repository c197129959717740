# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..models.lgo_eoffice_phrase import ACTIONS


class LgoEofficeEndorseWizard(models.TransientModel):
    """One step on a letter from its form: words, to whom, until when."""

    _name = "lgo.eoffice.endorse.wizard"
    _description = "Endorse a Letter"

    copy_id = fields.Many2one(comodel_name="lgo.eoffice.copy", readonly=True)
    letter_id = fields.Many2one(comodel_name="lgo.eoffice.letter", readonly=True)
    step = fields.Integer(readonly=True)
    action = fields.Selection(ACTIONS, required=True)
    phrase_id = fields.Many2one(
        comodel_name="lgo.eoffice.phrase",
        domain="['|', ('action', '=', False), ('action', '=', action)]",
    )  # fmt: skip
    text = fields.Text(string="Note", compute="_compute_text", store=True, readonly=False)
    to_post_id = fields.Many2one(comodel_name="lgo.post", string="To the post")
    to_user_id = fields.Many2one(
        comodel_name="res.users", string="To the officer", domain="[('share', '=', False)]"
    )
    to_unit_ids = fields.Many2many(comodel_name="hr.department", string="To the units")
    due_date = fields.Date(string="Due")

    @api.depends("phrase_id")
    def _compute_text(self):
        for wizard in self:
            wizard.text = wizard.phrase_id.name or wizard.text

    @api.model
    def _open(self, letter=None, copy=None, action=None):
        """The dialog for a draft that is submitted, or for a copy.

        :param letter: own ``lgo.eoffice.letter`` in draft
        :param copy: ``lgo.eoffice.copy`` in front of the user
        :param str action: the step that is proposed
        """
        values = {"action": action, "letter_id": letter and letter.id}
        if copy:
            values |= {"copy_id": copy.id, "step": copy.step}
        wizard = self.create(values)
        if copy:
            wizard.to_post_id = copy._next_post()
        elif action != "ask":
            lead = self.env["lgo.post"]._lgo_lead_of(letter.owner_unit_id)
            wizard.to_post_id = lead or letter.signer_post_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env["lgo.eoffice.copy"]._action_label(action),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_apply(self):
        """Button: do the step."""
        self.ensure_one()
        if self.letter_id and not self.copy_id:
            action = "ask" if self.action == "ask" else "propose"
            self.letter_id._submit(to_post=self.to_post_id, text=self.text, action=action)
        else:
            self.copy_id._endorse(
                self.action,
                self.text,
                to_post=self.to_post_id,
                to_user=self.to_user_id,
                to_units=self.to_unit_ids,
                due_at=self.due_date and self.copy_id.company_id._lgo_closing(self.due_date),
                step=self.step,
            )
        return {"type": "ir.actions.act_window_close"}

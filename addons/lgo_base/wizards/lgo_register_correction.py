# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError


class LgoRegisterCorrection(models.TransientModel):
    """Asks the registrar for the reason before a number is voided or a sub-number inserted."""

    _name = "lgo.register.correction"
    _description = "Register Correction"

    entry_id = fields.Many2one("lgo.register.entry", required=True, readonly=True)
    kind = fields.Selection(
        [("void", "Void the number"), ("point", "Insert a sub-number")],
        required=True,
        readonly=True,
    )
    reason = fields.Char(required=True)
    label = fields.Char(string="Subject", help="What the inserted line shows in the book.")

    def action_confirm(self):
        """Carry out the correction; only a registrar may."""
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_registrar"):
            raise AccessError(self.env._("Only a registrar corrects a register book."))
        entry = self.entry_id
        entry.check_access("read")
        if self.kind == "void":
            entry._void(self.reason)
            return {"type": "ir.actions.act_window_close"}
        new = entry.register_id.sudo()._insert_point(entry, self.reason, label=self.label)
        self.env["lgo.audit.log"]._log(
            "register.point", new, detail={"reason": self.reason}, severity="warning"
        )
        return {"type": "ir.actions.act_window_close"}

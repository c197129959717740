# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoRegisterEntry(models.Model):
    """One line of a register book: a number that was given, to what, when and by whom.

    Lines are made by ``lgo.register._take_number`` only. They are never deleted and never
    changed; a number given by mistake is voided and stays visible with the reason
    (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖: the register accounts for every number).
    """

    _name = "lgo.register.entry"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Register Entry"
    _order = "register_id, period desc, number desc, point desc, id desc"
    _rec_names_search = ["name", "label"]

    _append_only_key = "lgo_register"
    _append_only_writable = frozenset({"state", "void_reason", "void_by_id", "void_at"})

    register_id = fields.Many2one("lgo.register", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    key = fields.Char(string="Series", required=True, default="", readonly=True)
    period = fields.Char(required=True, default="", readonly=True, index=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    point = fields.Integer(string="Sub-number", readonly=True, aggregator=None)
    name = fields.Char(string="Number as written", required=True, readonly=True)
    name_key = fields.Char(readonly=True, index=True)
    date = fields.Date(required=True, readonly=True)
    res_model = fields.Char(string="Record model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True, aggregator=None
    )
    label = fields.Char(string="Subject", readonly=True)
    state = fields.Selection(
        [("used", "Used"), ("void", "Void")], required=True, default="used", readonly=True
    )
    point_reason = fields.Char(string="Reason for the sub-number", readonly=True)
    void_reason = fields.Char(string="Reason for voiding", readonly=True)
    void_by_id = fields.Many2one("res.users", string="Voided by", readonly=True)
    void_at = fields.Datetime(string="Voided on", readonly=True)
    taken_at = fields.Datetime(required=True, readonly=True)
    taken_by_id = fields.Many2one(
        "res.users", string="Taken by", required=True, readonly=True, index=True
    )
    taken_by = fields.Char(string="Given by", compute="_compute_taken_by")
    allow_point = fields.Boolean(related="register_id.allow_point")

    # The counter itself. NULLs never collide in a unique index, hence the COALESCE.
    _number_uniq = models.UniqueIndex(
        "(company_id, register_id, COALESCE(unit_id, 0), key, period, number, point)",
        "This number is already used in the register.",
    )
    _record_idx = models.Index("(res_model, res_id)")
    _register_idx = models.Index("(register_id)")
    _number_positive = models.Constraint(
        "CHECK (number > 0 AND point >= 0)", "Register numbers start at 1."
    )

    @api.depends("taken_by_id", "unit_id", "company_id")
    def _compute_taken_by(self):
        for entry in self:
            entry.taken_by = entry.taken_by_id._lgo_acted_name(entry.unit_id, entry.company_id)

    @api.depends("name", "state")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = (
                self.env._("%(name)s (void)", name=entry.name)
                if entry.state == "void"
                else entry.name
            )

    @api.model
    def _search_display_name(self, operator, value):
        if isinstance(value, str) and operator in ("ilike", "=", "like"):
            normal = self.env["lgo.register"]._normalise(value)
            return fields.Domain("name_key", operator, normal) | fields.Domain(
                "label", operator, value
            )
        return super()._search_display_name(operator, value)

    def _series_domain(self):
        """Return the domain of the series that this entry belongs to."""
        self.ensure_one()
        return fields.Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("register_id", "=", self.register_id.id),
                ("unit_id", "=", self.unit_id.id),
                ("key", "=", self.key),
                ("period", "=", self.period),
            ]
        )

    def _append_only_message(self):
        return self.env._(
            "A register book is written by the system only. Void a wrong number and take a new one."
        )

    def _append_only_unlink_message(self):
        return self.env._("A line of a register book cannot be deleted: void it with a reason.")

    def _void(self, reason):
        """Void the numbers; they stay in the book and are never given again.

        :param str reason: shown in the book; demanded
        :raise UserError: no reason, or already void
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for voiding the number."))
        for entry in self:
            if entry.state == "void":
                raise UserError(self.env._("Number %(name)s is void already.", name=entry.name))
        entries = self.sudo()._append_only_permitted()
        entries.write(
            {
                "state": "void",
                "void_reason": reason,
                "void_by_id": self.env.uid,
                "void_at": fields.Datetime.now(),
            }
        )
        self.env["lgo.audit.log"]._log(
            "register.void", self, detail={"reason": reason}, severity="warning"
        )

    def action_void(self):
        """Ask for the reason and void the number."""
        return self._open_correction("void")

    def action_insert_point(self):
        """Ask for the reason and insert a sub-number."""
        return self._open_correction("point")

    def _open_correction(self, kind):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_base.lgo_register_correction_action"
        )
        action["context"] = {"default_entry_id": self.id, "default_kind": kind}
        return action

    def action_open_record(self):
        """Open the record that got the number, under the rights of the user."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env or not self.res_id:
            raise UserError(self.env._("This number belongs to no record."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

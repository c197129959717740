# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Column -> SQL type; every concrete case table has all of them.
COLUMNS = {
    "name": "varchar",
    "company_id": "int4",
    "service_id": "int4",
    "channel": "varchar",
    "partner_id": "int4",
    "agent_partner_id": "int4",
    "applicant_name": "varchar",
    "unit_id": "int4",
    "user_id": "int4",
    "state": "varchar",
    "submitted_at": "timestamp",
    "deemed_received_at": "timestamp",
    "completed_at": "timestamp",
    "date_due": "date",
    "decided_at": "timestamp",
    "closed_at": "timestamp",
}


class LgoCaseRegister(models.Model):
    """All cases of all concrete models: worklist, "my requests", tracking, statistics.

    A read-only query over the tables of the models that inherit ``lgo.case.mixin``; it is built
    when it is asked, so installing or removing an add-on needs no view to be made anew. The id
    is ``case id * 16 + _case_type``; an index on that expression stands on each table.
    """

    _name = "lgo.case.register"
    _inherit = ["lgo.case.agent.end.mixin"]
    _description = "Case Register"
    _auto = False
    _order = "submitted_at desc, id desc"
    _rec_names_search = ["name", "applicant_name"]

    name = fields.Char(string="Number", readonly=True)
    case_model = fields.Char(string="Model", readonly=True)
    case_id = fields.Many2oneReference(model_field="case_model", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    service_id = fields.Many2one(comodel_name="lgo.service", readonly=True)
    channel = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_channel(),
        readonly=True,
    )
    partner_id = fields.Many2one(comodel_name="res.partner", string="Applicant", readonly=True)
    agent_partner_id = fields.Many2one(comodel_name="res.partner", string="Agent", readonly=True)
    applicant_name = fields.Char(string="Name of the applicant", readonly=True)
    unit_id = fields.Many2one(comodel_name="hr.department", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Officer in charge", readonly=True)
    state = fields.Selection(selection="_selection_state", readonly=True)
    submitted_at = fields.Datetime(readonly=True)
    deemed_received_at = fields.Datetime(string="Received on", readonly=True)
    completed_at = fields.Datetime(string="Complete since", readonly=True)
    date_due = fields.Date(string="Due", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    closed_at = fields.Datetime(string="Closed", readonly=True)
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    is_late = fields.Boolean(compute="_compute_is_open", search="_search_is_late")

    @api.model
    def _case_models(self):
        """The concrete case models of this database, in order of their slot."""
        return [self.env[name] for name in self._case_model_names()]

    @api.model
    @tools.ormcache()
    def _case_model_names(self):
        """Looked for once: hundreds of models are asked, and each page of a citizen needs it."""
        models_ = [
            model
            for model in map(self.env.get, self.env.registry)
            if getattr(model, "_case_type", 0) and not model._abstract
        ]
        return [model._name for model in sorted(models_, key=lambda model: model._case_type)]

    @api.model
    def _case_model(self, name):
        """The concrete case model ``name``, as it comes from a wizard.

        :raises UserError: it is no case model
        """
        for model in self._case_models():
            if model._name == name:
                return model
        raise UserError(self.env._("“%(model)s” is no kind of case.", model=name))

    @property
    def _table_query(self):
        selects = [self._case_select(model) for model in self._case_models()]
        if not selects:
            columns = SQL(", ").join(
                SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name))
                for name, kind in COLUMNS.items()
            )
            return SQL(
                "SELECT NULL::int4 AS id, NULL::varchar AS case_model, NULL::int4 AS case_id, %s"
                " WHERE FALSE",
                columns,
            )
        return SQL(" UNION ALL ").join(selects)

    def _case_select(self, model):
        """The rows of one concrete table; drafts are the applicant's own business."""
        columns = SQL(", ").join(
            SQL("%s", SQL.identifier(name, to_flush=model._fields[name])) for name in COLUMNS
        )
        return SQL(
            "SELECT id * 16 + %s AS id, %s::varchar AS case_model, id AS case_id, %s FROM %s"
            " WHERE name IS NOT NULL",
            model._case_type,
            model._name,
            columns,
            SQL.identifier(model._table),
        )

    @api.model
    def _selection_state(self):
        labels = {}
        for model in self._case_models():
            for code, label in model._selection_state():
                labels.setdefault(code, label)
        return list(labels.items())

    @api.model
    def _open_states(self):
        """Codes of the states in which a case is not over, in any concrete model.

        Asked for positively, because the partial indexes of the case tables name them.
        """
        return sorted(
            {
                state.code
                for model in self._case_models()
                for state in model._case_states
                if not state.final
            }
        )

    @api.depends("state", "date_due")
    def _compute_is_open(self):
        open_states = self._open_states()
        today = fields.Date.context_today(self)
        over = self.filtered(lambda case: case.date_due and case.date_due < today)
        resting = {clock._register_id() for clock in over._standing()._paused_in_time()}
        for case in self:
            case.is_open = case.state in open_states
            case.is_late = bool(case.is_open and case in over and case.id not in resting)

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", self._open_states())]

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("state", "in", self._open_states()),
            ("date_due", "<", fields.Date.context_today(self)),
            ("id", "not in", self._resting_ids()),
        ]

    @api.model
    def _resting_ids(self):
        """Ids of the rows whose clock stands still and was in time when it was paused."""
        clocks = self.env["lgo.case.clock"]._standing()._paused_in_time()
        return [row_id for row_id in (clock._register_id() for clock in clocks) if row_id]

    def _standing(self):
        """Paused decision clocks of these rows: one question a case model."""
        Clock = self.env["lgo.case.clock"]
        clocks = Clock.sudo()
        for model, rows in self.grouped("case_model").items():
            clocks |= Clock._standing(model, rows.mapped("case_id"))
        return clocks

    def _case(self):
        """The real record."""
        self.ensure_one()
        return self.env[self.case_model].browse(self.case_id)

    def _cases(self):
        """The real record of each row, records of one model fetched together.

        :return: dict row -> record of its case model, in the order of the rows
        """
        found = {}
        for model, rows in self.grouped("case_model").items():
            cases = self.env[model].browse(rows.mapped("case_id"))
            found.update(zip(rows, cases, strict=True))
        return {row: found[row] for row in self}

    def action_open_case(self):
        """Open the real record."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.case_model,
            "res_id": self.case_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

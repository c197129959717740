# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.pdf import merge_pdf

REGISTER = "lgo.case.register"
#: More at once would hold the rows for too long.
MOST = 500


class LgoCaseWorkWizard(models.TransientModel):
    """Does one thing with one or many cases; what fails is listed by case, the rest is done."""

    _name = "lgo.case.work.wizard"
    _description = "Work on Several Cases"

    refs = fields.Text(required=True, readonly=True)
    number = fields.Integer(string="Cases", compute="_compute_number")
    operation = fields.Selection(
        selection=[
            ("assign", "Assign"),
            ("accept", "Accept"),
            ("start", "Start work"),
            ("resolve", "Resolved"),
            ("print", "Print acknowledgements"),
        ],
        required=True,
        default="assign",
    )
    unit_id = fields.Many2one(comodel_name="hr.department")
    user_id = fields.Many2one(
        comodel_name="res.users", string="Officer", domain="[('share', '=', False)]"
    )
    away = fields.Char(compute="_compute_away")
    reason = fields.Text()
    outcome = fields.Text(help="Common text; the citizens will read it as the result.")
    then_next = fields.Boolean()
    state = fields.Selection(selection=[("ask", "Ask"), ("done", "Done")], default="ask")
    done_number = fields.Integer(string="Done for", readonly=True)
    failures = fields.Text(string="Not done", readonly=True)
    batch = fields.Char(readonly=True)
    undone = fields.Boolean(readonly=True)
    file = fields.Binary(string="Acknowledgements", readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.depends("refs")
    def _compute_number(self):
        for wizard in self:
            wizard.number = len((wizard.refs or "").split())

    @api.depends("user_id")
    def _compute_away(self):
        """Who gets the cases instead of an officer who is away."""
        for wizard in self:
            user, wizard.away = wizard.user_id, ""
            stand_in = user and user._lgo_stand_in()
            if user and not stand_in:
                wizard.away = self.env._("%(officer)s is away and nobody acts.", officer=user.name)
            elif user != stand_in:
                wizard.away = self.env._(
                    "%(officer)s is away: the cases go to %(acting)s.",
                    officer=user.name,
                    acting=stand_in.name,
                )

    # ------------------------------------------------------------ opening
    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        model, ids = self.env.context.get("active_model"), self.env.context.get("active_ids")
        if not values.get("refs") and model and ids:
            values["refs"] = self._refs(self.env[model].browse(ids))
        return values

    @api.model
    def _refs(self, records):
        """Cases as words ``model,id``; rows of the register become their cases."""
        if records._name == REGISTER:
            return " ".join(f"{row.case_model},{row.case_id}" for row in records)
        self.env[REGISTER]._case_model(records._name)
        return " ".join(f"{records._name},{record_id}" for record_id in records.ids)

    @api.model
    def _open(self, records, operation, then_next=False):
        """The action that opens this dialog for ``records``."""
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["operation"]._description_selection(self.env))[operation],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_refs": self._refs(records),
                "default_operation": operation,
                "default_then_next": then_next,
                "default_unit_id": records.unit_id.id if len(records) == 1 else False,
            },
        }

    def _cases(self):
        """The cases, in the order chosen.

        :raises UserError: a word that names no case, or too many cases
        """
        self.ensure_one()
        cases = []
        for word in (self.refs or "").split():
            model, _comma, number = word.partition(",")
            if not number.isdecimal() or len(number) > 9:
                raise UserError(self.env._("Choose the cases again."))
            cases.append(self.env[REGISTER]._case_model(model).browse(int(number)))
        if not cases or len(cases) > MOST:
            raise UserError(self.env._("Choose between 1 and %(most)s cases.", most=MOST))
        return cases

    # ------------------------------------------------------------ doing
    @api.onchange("outcome")
    def _onchange_outcome(self):
        cases = self._cases() if self.refs else []
        if self.outcome and len(cases) == 1:
            self.outcome = self.env["lgo.case.answer"]._expand(self.outcome, cases[0])

    def action_confirm(self):
        """Do it for each case; a case that fails leaves no trace of the attempt."""
        self.ensure_one()
        if self.state == "done":
            raise UserError(self.env._("This was done already."))
        self.batch = secrets.token_hex(8)
        cases = self._cases()
        if len(cases) == 1 and self.operation != "print":
            self._do(cases[0])
            return self._close(cases[0])
        failures, papers = [], []
        for case in cases:
            try:
                with self.env.cr.savepoint():
                    papers.append(self._do(case))
            except (AccessError, UserError, ValidationError) as error:
                failures.append(f"{self._name_of(case)}: {error}")
        self.write(
            {
                "state": "done",
                "done_number": len(cases) - len(failures),
                "failures": "\n".join(failures) or False,
                **self._merged([paper for paper in papers if isinstance(paper, bytes)]),
            }
        )
        return self._show()

    def _name_of(self, case):
        """Number of a case for the list of failures; a case that is not the user's stays dark."""
        seen = case.exists()._filtered_access("read")
        return seen.name or seen.display_name if seen else str(case.id)

    def _do(self, case):
        """The chosen thing with one case; for papers, the bytes of the PDF."""
        if self.operation == "assign":
            return case._assign(self.user_id, self.unit_id, self.reason, self.batch)
        if self.operation == "print":
            return self._acknowledgement(case)
        case.check_access("write")
        if self.operation == "resolve":
            if not (self.outcome or "").strip():
                raise UserError(self.env._("Write what was done: the citizens will read it."))
            case.outcome = self.env["lgo.case.answer"]._expand(self.outcome, case)
        return case._transition(self.operation, reason=self.reason)

    def _acknowledgement(self, case):
        case.check_access("read")
        paper = case._issued_documents().filtered(
            lambda row: row.kind_id.code == "acknowledgement"
        )[:1]
        if not paper:
            raise UserError(self.env._("No acknowledgement was issued yet."))
        return paper._content()

    def _merged(self, papers):
        if not papers:
            return {}
        return {
            "file": base64.b64encode(merge_pdf(papers)),
            "file_name": "acknowledgements.pdf",
        }

    def _close(self, case):
        if self.then_next:
            return case.action_next_case()
        if not case.has_access("read"):  # given away to another unit
            return self.env[REGISTER]._action_worklist()
        return {"type": "ir.actions.act_window_close"}

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["operation"]._description_selection(self.env))[
                self.operation
            ],
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_undo(self):
        """Take back what this dialog has just assigned, where nobody went on since."""
        self.ensure_one()
        if self.operation != "assign" or not self.batch or self.undone:
            raise UserError(self.env._("There is nothing to take back."))
        rows = (
            self.env["lgo.case.assignment"]
            .sudo()
            .search([("batch", "=", self.batch), ("by_id", "=", self.env.uid)])
        )
        failures = []
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    row._undo(self.env)
            except (AccessError, UserError) as error:
                failures.append(str(error))
        self.write(
            {
                "undone": True,
                "done_number": len(rows) - len(failures),
                "failures": "\n".join(failures) or False,
            }
        )
        return self._show()

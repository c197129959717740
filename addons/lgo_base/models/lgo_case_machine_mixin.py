# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools.case_machine import CASE_SENTINEL, SENTINEL_KEY, check_machine


class LgoCaseMachineMixin(models.AbstractModel):
    """The state machine of a case: data on the class, one method that moves.

    ``_case_states`` and ``_case_transitions`` are tuples of
    :class:`~odoo.addons.lgo_base.tools.case_machine.State` and ``Transition``. A write to a
    protected field from outside (form, import, RPC) is refused.
    """

    _name = "lgo.case.machine.mixin"
    _description = "State Machine of a Case"

    _case_states = ()
    _case_transitions = ()
    #: First part of the codes that the machine writes to the audit trail.
    _machine_audit = "case"
    #: Fields that only the machine writes.
    _case_protected = frozenset({"state"})

    state = fields.Selection(
        selection="_selection_state",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._case_states[0].code if self._case_states else False,
    )
    state_public = fields.Char(string="State for the citizen", compute="_compute_state_public")
    is_final = fields.Boolean(compute="_compute_state_public")

    def _register_hook(self):
        super()._register_hook()
        if self._case_states:
            check_machine(self._case_states, self._case_transitions)

    @api.model
    def _selection_state(self):
        return [(state.code, self.env._(state.label)) for state in self._case_states]

    @api.model
    def _case_state(self, code):
        """The declaration of the state ``code``."""
        return next(state for state in self._case_states if state.code == code)

    @api.model
    def _state_for_citizen(self, code):
        """The state ``code`` in the words of the citizens' pages."""
        state = self._case_state(code)
        return self.env._(state.public or state.label)

    @api.model
    def _case_transition(self, code):
        """The declaration of the transition ``code``.

        :raises UserError: when there is none
        """
        for transition in self._case_transitions:
            if transition.code == code:
                return transition
        raise UserError(self.env._("There is no step “%(code)s” for this case.", code=code))

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_state_public(self):
        for case in self:
            case.state_public = self._state_for_citizen(case.state) if case.state else ""
            case.is_final = bool(case.state and self._case_state(case.state).final)

    # ------------------------------------------------------------ protection
    @api.model
    def _protected_names(self):
        """Fields that only the machine writes, those that other add-ons bring included."""
        classes = type(self).__mro__
        return frozenset().union(*(vars(cls).get("_case_protected", ()) for cls in classes))

    def _from_machine(self):
        """``self`` allowed to write protected fields; never hand it to a caller."""
        return self.with_context(**{SENTINEL_KEY: CASE_SENTINEL})

    def _is_from_machine(self):
        return self.env.context.get(SENTINEL_KEY) is CASE_SENTINEL

    @api.model
    def default_get(self, fields_list):
        """Defaults from the context or from ``ir.default`` never set a protected field."""
        values = super().default_get(fields_list)
        if not self._is_from_machine():
            for name in self._protected_names() & values.keys():
                del values[name]
            if "state" in fields_list and self._case_states:
                values["state"] = self._case_states[0].code
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_from_machine():
            initial = self._case_states[0].code if self._case_states else None
            protected = self._protected_names()
            for vals in vals_list:
                set_by_hand = {name for name in protected if vals.get(name)}
                if vals.get("state") == initial:
                    set_by_hand.discard("state")
                self._refuse_protected(set_by_hand)
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_from_machine():
            self._refuse_protected(self._protected_names() & vals.keys())
        return super().write(vals)

    def _refuse_protected(self, names):
        """Refuse that the fields ``names`` are set from outside the machine."""
        if names:
            labels = sorted(self._fields[name]._description_string(self.env) for name in names)
            raise AccessError(
                self.env._(
                    "%(fields)s of a case cannot be set directly; use the buttons of the case.",
                    fields=", ".join(labels),
                )
            )

    # ------------------------------------------------------------ moving
    def action_transition(self):
        """Button: do the transition named in the context key ``transition``.

        Opens a dialog when the transition wants a reason and none was given.
        """
        code = self.env.context.get("transition")
        reason = self.env.context.get("transition_reason")
        transition = self._case_transition(code)
        if transition.reason and not reason:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._(transition.label),
                "res_model": "lgo.case.transition.wizard",
                "view_mode": "form",
                "target": "new",
                "context": {
                    "default_res_model": self._name,
                    "default_res_ids": ",".join(map(str, self.ids)),
                    "default_transition": code,
                },
            }
        self.check_access("write")
        for case in self:
            case._transition(code, reason=reason)
        return True

    def _transition(self, code, *, reason=None, portal=False):
        """Move one case: the only way in which a state changes.

        Locks the row, checks source state, right and guard, writes the state, moves the
        clocks, writes the timeline and the audit row, then calls the ``after`` method.

        :param str code: code of the transition
        :param str reason: why; demanded by some transitions
        :param bool portal: the applicant does it (the controller has checked who that is)
        :raises UserError: the step is not possible now, or a reason is missing
        :raises AccessError: the user may not do it
        """
        self.ensure_one()
        transition = self._case_transition(code)
        self._check_transition_right(transition, portal)
        self._lock_case()
        if self.state not in transition.source:
            raise UserError(
                self.env._(
                    "“%(step)s” is not possible while the case is “%(state)s”. Someone may have"
                    " worked on it in the meantime: please reload.",
                    step=self.env._(transition.label),
                    state=self.state_public,
                )
            )
        if transition.reason and not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        if transition.guard:
            getattr(self, transition.guard)()
        if transition.before:
            getattr(self, transition.before)()
        before = self.state
        self._from_machine().write({"state": transition.target})
        self._clock_sync(self._case_state(transition.target))
        self._write_event(transition, before, reason)
        self.env["lgo.audit.log"]._log(
            f"{self._machine_audit}.{code}", self, detail={"from": before, "to": transition.target}
        )
        if transition.after:
            getattr(self, transition.after)()
        return True

    def _check_transition_right(self, transition, portal):
        if portal:
            allowed = transition.portal
        else:
            allowed = self.env.su or (
                transition.groups and self.env.user.has_groups(transition.groups)
            )
            if not self.env.su:
                self.check_access("write")
        if not allowed:
            raise AccessError(
                self.env._(
                    "You may not do “%(step)s”. Ask the person in charge of the case.",
                    step=self.env._(transition.label),
                )
            )

    def _lock_case(self):
        """Wait for the row, so that two clicks become one step and one clear refusal."""
        self.flush_recordset(["state"])
        self.env.cr.execute(
            SQL(
                "SELECT state FROM %s WHERE id = %s FOR UPDATE",
                SQL.identifier(self._table),
                self.id,
            )
        )
        self.invalidate_recordset(["state"])

    def _write_event(self, transition, before, reason):
        public = bool(transition.message)
        self.env["lgo.case.event"]._add(
            self,
            transition.code,
            self.env._(transition.message or transition.label),
            public=public,
            note=reason,
            state_from=before,
            state_to=transition.target,
        )

    def _clock_sync(self, state):
        """Start, pause and stop clocks on entering ``state``; filled in by the clock mixin."""

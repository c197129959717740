# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .lgo_eoffice_copy import Standing

#: Step of the machine that leads to a state of a received letter.
STEPS = {"routed": "route", "ordered": "order", "in_progress": "start", "done": "finish"}
#: States in which the registry passes a received letter on.
ROUTABLE = ("registered", "routed", "ordered", "in_progress")


class LgoEofficeLetter(models.Model):
    """The way of a letter through the office; its copies say where it lies.

    Two practices (a setting of the organisation): the registry passes a received letter to the
    unit, which proposes upward with an opinion; or first to the chief administrator and the
    executive, then down.
    """

    _inherit = "lgo.eoffice.letter"

    is_before_me = fields.Boolean(
        string="In front of me or noted by me",
        compute="_compute_is_before_me",
        search="_search_is_before_me",
        help="Record rules let officers read what lies in front of a post for which they act.",
    )
    can_route = fields.Boolean(compute="_compute_can_route")

    # ------------------------------------------------------------ who sees it
    def _before_me_domain(self):
        Copy = self.env["lgo.eoffice.copy"].sudo()
        noted = self.env["lgo.eoffice.endorsement"].sudo()._search([("user_id", "=", self.env.uid)])
        reads = self.env["lgo.eoffice.reader"].sudo()._search([("user_id", "=", self.env.uid)])
        places = Copy._places(self.env.user)
        lies = Domain("user_id", "in", places.users.ids)
        if places.capacities:
            lies |= Domain("post_id", "in", list(places.capacities))
        copies = Copy._search(lies & Domain("state", "=", "open"))
        return (
            Domain("id", "in", noted.subselect("letter_id"))
            | Domain("id", "in", reads.subselect("letter_id"))
            | Domain("id", "in", copies.subselect("letter_id"))
        )

    @api.model
    def _search_is_before_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._before_me_domain()

    @api.depends_context("uid", "company")
    def _compute_is_before_me(self):
        found = self.sudo().search(Domain("id", "in", self.ids) & self._before_me_domain())
        for letter in self:
            letter.is_before_me = letter._origin in found

    @api.depends("state", "direction", "secrecy")
    @api.depends_context("uid")
    def _compute_can_route(self):
        for letter in self:
            letter.can_route = (
                letter.direction == "in"
                and letter.state in ROUTABLE
                and self.env.user.has_group(letter._router_group())
            )

    def _router_group(self):
        return (
            "lgo_eoffice.group_saraban" if self.secrecy == "normal" else "lgo_eoffice.group_secret"
        )

    # ------------------------------------------------------------ passing on
    def _route(self, act_units=None, info_units=None, to_post=None, text=None):
        """Pass received letters on to units, or in front of a post.

        :param act_units: ``hr.department`` that are to act; the first owns the matter
        :param info_units: ``hr.department`` that are to know
        :param to_post: ``lgo.post``, for example the chief administrator
        :return: the new ``lgo.eoffice.copy``
        :raises AccessError: not the registrar
        :raises UserError: nowhere to go, or the letter is not registered
        """
        none = self.env["hr.department"]
        act_units, info_units = act_units or none, (info_units or none) - (act_units or none)
        if not act_units and not info_units and not to_post:
            raise UserError(self.env._("Choose a unit, or the post to which the letter goes."))
        for target in (act_units, info_units, to_post):
            # what the dialog sends may be of another organisation
            if target:
                target.check_access("read")
        made = self.env["lgo.eoffice.copy"]
        for letter in self:
            made |= letter._route_one(act_units, info_units, to_post, text)
        return made

    def _route_one(self, act_units, info_units, to_post, text):
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(self._router_group()):
            raise AccessError(self.env._("The central registrar passes letters on."))
        letter = self.sudo()
        letter._lock_case()
        if letter.direction != "in" or letter.state not in ROUTABLE:
            raise UserError(
                self.env._(
                    "“%(letter)s” cannot be passed on while it is “%(state)s”. Register it first.",
                    letter=letter.display_name,
                    state=letter.state_public,
                )
            )
        pending = letter.copy_ids.filtered(lambda row: row.state == "open" and row.task == "route")
        twice = letter.copy_ids.filtered(
            lambda row: (
                row.state == "open"
                and row.unit_id in (act_units | info_units)
                and not row.post_id & (to_post or row.post_id)
            )
        ).unit_id
        if twice:
            raise UserError(
                self.env._(
                    "The letter lies in %(units)s already.", units=", ".join(twice.mapped("name"))
                )
            )
        made = letter._spread(act_units) | letter._spread(info_units, role="info")
        if to_post:
            made |= letter._lay_before(to_post)
        pending.write({"state": "done", "done_at": fields.Datetime.now()})
        if act_units and (letter.state == "registered" or not letter.owner_unit_id):
            letter._from_machine().write({"owner_unit_id": act_units[0].id})
        user = self.env.user.sudo()
        first = made[:1]
        standing = Standing(user.name, first._job_line(user), "", self.env["lgo.post"])
        words = text or first._default_text("route")
        first._write_note(
            "route", words, standing,
            {"to_unit_ids": (act_units | info_units).ids, "to_post_id": to_post and to_post.id},
        )  # fmt: skip
        letter._sync_from_copies()
        return made.with_env(self.env)

    def _spread(self, units, role="action", parent=None, **values):
        """A copy for each unit; who has received the letter before need not do so again."""
        self.ensure_one()
        copies = self.env["lgo.eoffice.copy"].sudo()
        made = copies
        for unit in units:
            known = self.copy_ids.filtered(lambda row, u=unit: row.unit_id == u and row.received_at)
            lead = self._lead_of(unit)
            straight = lead and (self.is_secret or (known and values.get("ordered_at")))
            task = "act" if values.get("ordered_at") else "endorse"
            made |= copies.create(
                {
                    "letter_id": self.id,
                    "role": role,
                    "unit_id": unit.id,
                    "post_id": lead.id if straight else False,
                    "task": "acknowledge" if role == "info" else task if straight else "register",
                    "parent_id": parent and parent.id,
                    "unit_receive_no": known[:1].unit_receive_no,
                    "register_entry_id": known[:1].register_entry_id.id,
                    "received_at": known[:1].received_at,
                    "target_at": self.company_id._lgo_letter_target(
                        self.urgency, fields.Datetime.now()
                    ),
                    **values,
                }
            )
        self._add_units(units)
        for copy in made:
            self._admit(copy._people())
        return made

    def _lay_before(self, post, **values):
        """A copy in front of a post, in no unit yet."""
        copy = (
            self.env["lgo.eoffice.copy"]
            .sudo()
            .create(
                {
                    "letter_id": self.id,
                    "post_id": post.id,
                    "task": "endorse",
                    "target_at": self.company_id._lgo_letter_target(
                        self.urgency, fields.Datetime.now()
                    ),
                    **values,
                }
            )
        )
        self._admit(copy._people())
        return copy

    def _lay_back(self, returned):
        """A copy for who passed the letter on, as a unit or post gave it back.

        A received letter goes to the registry, an own one to its writer.
        """
        values = {"task": "route"}
        if self.direction != "in":
            writer = self.owner_user_id or self.create_uid
            values = {"task": "act", "user_id": writer.id, "unit_id": self.owner_unit_id.id}
        return (
            self.env["lgo.eoffice.copy"]
            .sudo()
            .create({"letter_id": self.id, "parent_id": returned.id, **values})
        )

    def _lead_of(self, unit):
        """The post that leads ``unit``, empty when nobody does.

        :raises UserError: the letter is secret and nobody leads the unit
        """
        lead = self.env["lgo.post"]._lgo_lead_of(unit)
        if self.is_secret and not lead:
            raise UserError(
                self.env._(
                    "A secret letter goes to a person, and %(unit)s has nobody who leads it.",
                    unit=unit.name,
                )
            )
        return lead

    def _admit(self, users):
        """Let persons open a secret letter that comes in front of them; the trail knows it."""
        self.ensure_one()
        new = users - self.access_user_ids
        if self.is_secret and new:
            self.sudo().write({"access_user_ids": [fields.Command.link(user.id) for user in new]})
            self.env["lgo.audit.log"]._log(
                "letter.admit", self, detail={"users": new.ids}, severity="warning"
            )

    # ------------------------------------------------------------ state of the whole
    def _sync_from_copies(self):
        """The letter is as far as its slowest acting copy, and lies where that one lies."""
        for letter in self.sudo():
            rows = letter.copy_ids.filtered(lambda row: row.state != "returned")
            acting = rows.filtered(lambda row: row.role == "action") or rows
            if not acting:
                continue
            waiting = acting.filtered(lambda row: row.state == "open").sorted("id")
            slowest = min(waiting, key=lambda row: row._progress(), default=waiting)
            letter._from_machine().write(
                {
                    "holder_post_id": slowest.post_id.id,
                    "holder_unit_id": slowest.unit_id.id,
                    "holder_user_id": slowest.user_id.id,
                }
            )
            if letter.direction != "in":
                continue
            states = ("routed", "ordered", "in_progress")
            letter._go_to(states[slowest._progress()] if waiting else "done")

    def _go_to(self, target):
        if self.state == "done" and target != "done":
            self._transition_as_system("reopen", reason=self.env._("There is more to do."))
        if self.state in ROUTABLE and self.state != target:
            self._transition_as_system(STEPS[target])

    # ------------------------------------------------------------ buttons
    def action_route(self):
        """Button: the dialog that passes letters on."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pass on"),
            "res_model": "lgo.eoffice.route.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_letter_ids": [fields.Command.set(self.ids)]},
        }

    def _copy_before(self, user=None):
        """The open copy of this letter that lies in front of the user, or an empty recordset."""
        self.ensure_one()
        copies = self.env["lgo.eoffice.copy"]
        places = copies._places(user)
        return (
            self.sudo()
            .copy_ids.filtered(lambda row: row.state == "open" and row._lies_at(places))[:1]
            .with_env(self.env)
        )

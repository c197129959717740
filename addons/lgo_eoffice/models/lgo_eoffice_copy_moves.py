# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .lgo_eoffice_copy import PLACE, Standing
from .lgo_post import DECIDES, LEADS

#: Steps that need words of their own.
NEEDS_TEXT = ("return", "report", "comment")
#: Tasks on a draft; a letter that is signed has none of them.
DRAFTING = ("review", "revise", "sign")


class LgoEofficeCopy(models.Model):
    """How a letter moves: one way, ``_endorse``, that checks the power and writes the note.

    Saraban Regulation B.E. 2526 and the practice of เสนอ เกษียน สั่งการ มอบหมาย: each puts words,
    name, post and time below the letter and passes it on. Who may use the power of a post at that
    moment is said by ``lgo.delegation``.
    """

    _inherit = "lgo.eoffice.copy"

    def _endorse(
        self, action, text=None, to_post=None, to_user=None, to_units=None, due_at=None, step=None
    ):
        """Write a note on the letter and move it; the one way in which a copy moves.

        :param str action: code of ``lgo.eoffice.phrase.ACTIONS``
        :param str text: the words; the first standard phrase of the step by default
        :param to_post: ``lgo.post`` to which it goes; the next one up the line by default
        :param to_user: ``res.users``, the officer who is to act
        :param to_units: ``hr.department`` that are to act
        :param datetime due_at: until when, naive UTC
        :param int step: ``step`` of the copy as the user saw it
        :return: ``lgo.eoffice.endorsement``
        :raises AccessError: it does not lie in front of the user, or the step is above the power
        :raises UserError: it moved in the meantime, or something is missing
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_copy(step)
        allowed = self._allowed_actions()
        standing = self._standing_for(action)
        if action not in allowed:
            raise AccessError(
                self.env._(
                    "“%(step)s” is not for you here. It lies with %(holder)s.",
                    step=self._action_label(action),
                    holder=self._holder_name(),
                )
            )
        text = (text or "").strip()
        if not text and action in NEEDS_TEXT:
            raise UserError(self.env._("Write what you want to say, or choose a phrase."))
        text = text or self._default_text(action)
        for target in (to_post, to_user, to_units):
            # what the screen sends may be of another organisation
            if target:
                target.check_access("read")
        if due_at and due_at < fields.Datetime.now():
            raise UserError(self.env._("The due date lies in the past. Choose a later one."))
        # the right was checked: what follows is the system's
        copy = self.sudo()
        before = copy._snapshot()
        units, users = copy.letter_id.unit_ids, copy.letter_id.access_user_ids
        moved = getattr(copy, f"_move_{action}")(
            standing,
            {
                "text": text,
                "post": to_post or self.env["lgo.post"],
                "user": to_user or self.env["res.users"],
                "units": to_units or self.env["hr.department"],
                "due_at": due_at,
            },
        )
        moved["let_in"] = {
            "units": (copy.letter_id.unit_ids - units).ids,
            "users": (copy.letter_id.access_user_ids - users).ids,
        }
        note = copy._write_note(action, text, standing, moved, before)
        copy.letter_id._sync_from_copies()
        copy._clear_reminders()
        return note.with_env(self.env)

    # ------------------------------------------------------------ before
    def _lock_copy(self, step=None):
        """Wait for the letter, so that of two people only the first one moves it."""
        self._lock_rows()
        copy = self.sudo()
        if copy.state != "open" or (step is not None and step != copy.step):
            last = copy.letter_id.endorsement_ids.filtered(lambda row: row.copy_id == copy)[-1:]
            raise UserError(
                self.env._(
                    "The letter has moved in the meantime: %(name)s, “%(text)s”. Please reload.",
                    name=last.name or copy._holder_name(),
                    text=last.text or "",
                )
            )

    def _lock_rows(self):
        self.flush_recordset()
        # a second one waits here; Odoo then repeats the call, which sees the new place
        letter = self.sudo().letter_id
        for table, record in (("lgo_eoffice_letter", letter), ("lgo_eoffice_copy", self)):
            lock = SQL(
                "SELECT id FROM %s WHERE id = %s FOR UPDATE", SQL.identifier(table), record.id
            )
            self.env.cr.execute(lock, log_exceptions=False)
        self.invalidate_recordset()

    def _standing_for(self, action):
        if action in ("acknowledge", "comment") and self._unnoted():
            user = self.env.user
            return Standing(user.name, self._job_line(user), "", self.env["lgo.post"])
        if action == "sign" and self.sudo().letter_id.signer_ids:
            # who comes later hears whose turn it is
            self.sudo().letter_id.with_env(self.env)._check_turn()
        standing = self._standing()
        if action == "sign":
            capacity = self.sudo().letter_id.with_env(self.env)._signing_capacity()
            return standing._replace(
                lines="\n".join(capacity.lines), order_no=capacity.order_no or ""
            )
        return standing

    def _allowed_actions(self):
        """Codes of the steps that are possible where the copy lies; rights are checked apart."""
        self.ensure_one()
        here = self.sudo()
        if here.state != "open":
            return []
        kind = here.post_id.kind
        if here.task == "route":
            found = ["route", "comment"]
        elif here.role == "info":
            found = ["acknowledge", "comment"]
            if self._only_readers_note():
                # each takes note for himself: nobody ends it for the others
                found.remove("acknowledge")
            elif not here.letter_id.is_circular:
                found[1:1] = ["propose"] if not here.post_id else ["endorse"]
        elif here.task == "sign":
            found = ["sign", "return", "comment"]
        elif here.task == "review":
            found = ["endorse", *here._ask_step(), "return", "comment"]
        elif here.task == "revise":
            found = ["propose", *here._ask_step(), "comment"]
        elif here.task == "confirm":
            found = ["confirm", "return", "comment"]
        elif here.post_id:
            up = ["endorse"] if not here.ordered_at else []
            found = []
            if kind in DECIDES:
                found += ["order", "approve", "acknowledge"]
            if kind in DECIDES or kind in LEADS:
                found.append("assign")
            # the first step is offered first: below the executive a letter goes up, there it ends
            found = found + up if kind == "executive" else up + found
            found += ["return", "comment"]
        elif here.user_id:
            found = ["report", "return", "comment"]
            if here.letter_id.direction != "in":
                found.insert(1, "acknowledge")
                if not here.return_post_id:
                    # with its writer: there is nobody to whom it could go back
                    found.remove("return")
        else:
            # a unit signs for the letter before it passes it on
            found = ["propose", "return", "comment"] if here.received_at else ["return"]
        return found

    def _ask_step(self):
        """The step to those who sign in turn, where several do."""
        return ["ask"] if self.letter_id.signer_ids else []

    def _only_readers_note(self):
        """Whether others have to take note of the circular still, and the user has not."""
        waiting = self.sudo().reader_ids.filtered(lambda row: not row.noted_at)
        return bool(waiting) and not self._unnoted()

    def _action_label(self, action):
        selection = self.env["lgo.eoffice.endorsement"]._fields["action"]
        return dict(selection._description_selection(self.env)).get(action, action)

    def _default_text(self, action):
        phrase = self.env["lgo.eoffice.phrase"].search([("action", "=", action)], limit=1)
        return phrase.name or self._action_label(action)

    def _snapshot(self):
        self.ensure_one()
        values = {}
        for name in PLACE:
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = value.id
            elif hasattr(value, "isoformat"):
                value = fields.Datetime.to_string(value)
            values[name] = value
        return values

    # ------------------------------------------------------------ the steps
    def _move_comment(self, standing, ask):
        return {}

    def _move_propose(self, standing, ask):
        if self.letter_id.direction != "in" and self.task == "revise":
            return self.letter_id._resubmit(self, ask)
        return self._move_endorse(standing, ask)

    def _move_ask(self, standing, ask):
        """Before the first of several who sign."""
        if self.task == "revise":
            return self.letter_id._resubmit(self, ask, to_signer=True)
        return self.letter_id._lay_before_signer(self)

    def _move_endorse(self, standing, ask):
        """Up the line, or to the post that was chosen."""
        target = ask["post"] or self._next_post()
        if not target:
            raise UserError(
                self.env._("Nobody stands above. Decide yourself, or choose to whom it goes.")
            )
        letter = self.letter_id
        task = "endorse" if letter.direction == "in" else letter._task_before(target)
        letter._ask_signature_if(task)
        self._place(post_id=target.id, user_id=False, task=task)
        return {"to_post_id": target.id}

    def _next_post(self):
        """The post to which the copy goes when none is chosen."""
        self.ensure_one()
        here = self.sudo()
        if here.post_id:
            return here.post_id._lgo_above()
        posts = self.env["lgo.post"]
        return posts._lgo_lead_of(here.unit_id or here.letter_id.owner_unit_id)

    def _move_order(self, standing, ask):
        """Decided: whoever is named acts; without names the unit from which it came."""
        now = fields.Datetime.now()
        units = ask["units"]
        self._check_own_units(standing, units, ask["user"])
        values = {"ordered_at": now}
        if ask["due_at"]:
            values["due_at"] = ask["due_at"]
        made = self.browse()
        if ask["user"]:
            values["return_post_id"] = standing.post.id
            self._give_to(ask["user"], values)
        elif units and self.unit_id not in units:
            made = self.letter_id._spread(units, parent=self, **values)
            self._finish(now)
        elif self.unit_id:
            self._back_to_unit(values)
            made = self.letter_id._spread(units - self.unit_id, parent=self, **values)
        elif self.letter_id.direction != "in" and self.letter_id.owner_user_id:
            self._give_to(self.letter_id.owner_user_id, values)
        else:
            raise UserError(self.env._("Choose the unit or the officer that is to act."))
        return {"to_unit_ids": units.ids, "to_user_id": ask["user"].id, "made": made.ids}

    def _move_approve(self, standing, ask):
        if not (ask["user"] or ask["units"] or self.unit_id) and self.letter_id.direction == "in":
            raise UserError(self.env._("Choose the unit or the officer that is to act."))
        return self._move_order(standing, ask)

    def _move_assign(self, standing, ask):
        """To an officer, who accepts, acts and reports to the post that assigned."""
        if not ask["user"]:
            raise UserError(self.env._("Choose the officer who is to act."))
        self._check_own_units(standing, self.env["hr.department"], ask["user"])
        values = {
            "ordered_at": self.ordered_at or fields.Datetime.now(),
            "return_post_id": standing.post.id,
        }
        if ask["due_at"]:
            values["due_at"] = ask["due_at"]
        self._give_to(ask["user"], values)
        return {"to_user_id": ask["user"].id}

    def _move_acknowledge(self, standing, ask):
        """ทราบ: the matter ends here, or for one reader of a circular."""
        now = fields.Datetime.now()
        rows = self._unnoted()
        if rows:
            rows._note(now)
            if not self.reader_ids.filtered(lambda row: not row.noted_at):
                self._finish(now)
        else:
            self._finish(now)
        return {}

    def _move_return(self, standing, ask):
        """Back: to who proposed it; a unit returns what is not its own to who passed it on."""
        letter = self.letter_id
        if self.task == "confirm":
            last = self._last_note("report")
            self._give_to(last.user_id or letter.owner_user_id, {})
            return {"to_user_id": self.user_id.id}
        if letter.direction != "in" and letter.state in ("review", "to_sign"):
            return {"to_user_id": letter._back_to_writer(self, ask["text"]).id}
        if self.user_id and self.return_post_id:
            self._place(
                post_id=self.return_post_id.id, user_id=False, task="act", accepted_at=False
            )
            return {"to_post_id": self.post_id.id}
        place = self._place_before() if self.post_id else None
        if place:
            self._place(**place)
            return {"to_post_id": self.post_id.id, "to_user_id": self.user_id.id}
        made = letter._lay_back(self)
        self._place(state="returned", done_at=fields.Datetime.now())
        return {"made": made.ids}

    def _move_report(self, standing, ask):
        """The officer tells what was done; who gave the work confirms it."""
        target = self.return_post_id
        if not target or not target._in_charge().get(target.id):
            target = self.env["lgo.post"]._lgo_lead_of(self.unit_id)
        self.accepted_at = self.accepted_at or fields.Datetime.now()
        if not target:
            self._finish(self.accepted_at)
        else:
            self._place(post_id=target.id, user_id=False, task="confirm")
        return {"to_post_id": target.id}

    def _move_confirm(self, standing, ask):
        report = self._last_note("report")
        if report and self.letter_id.direction == "in":
            self.letter_id.result = " ".join((report.text or "").split())[:250]
        self._finish(fields.Datetime.now())
        return {}

    def _move_sign(self, standing, ask):
        """Sign and number the letter; a memo then goes up for its decision.

        Of several who sign, the next one has it then.
        """
        letter = self.letter_id
        letter.with_env(self.with_user(self.env.user).env)._sign()
        if letter.state == "to_sign":
            return letter._lay_before_signer(self)
        target = ask["post"]
        if not target and letter.direction == "internal" and standing.post:
            target = standing.post._lgo_above()
        if target:
            self._place(post_id=target.id, task="endorse")
        else:
            self._finish(fields.Datetime.now())
        return {"to_post_id": target.id}

    # ------------------------------------------------------------ placing
    def _place(self, **values):
        """Lay the copy elsewhere; from now on it waits for whoever is there."""
        self.ensure_one()
        now = fields.Datetime.now()
        letter = self.letter_id
        values = {"opened_at": False, "held_since": now, "step": self.step + 1, **values}
        if values.get("state", self.state) == "open":
            values["target_at"] = letter.company_id._lgo_letter_target(letter.urgency, now)
        self.write(values)
        letter._admit(self._people())

    def _finish(self, at):
        self._place(state="done", done_at=at)

    def _give_to(self, user, values):
        user = user.sudo()
        if not user.active or user.share:
            raise UserError(self.env._("Choose an officer of the office."))
        unit = user.employee_id.department_id
        if not self.unit_id and unit:
            values = {**values, "unit_id": unit.id}
        self._place(post_id=False, user_id=user.id, task="act", **values)
        self.letter_id._add_units(self.unit_id)

    def _back_to_unit(self, values):
        """In front of who leads the unit, or with its clerk when it has not been received."""
        letter = self.letter_id
        lead = letter._lead_of(self.unit_id)
        known = self.received_at or letter.is_secret or letter.direction != "in"
        if known and lead:
            self._place(post_id=lead.id, user_id=False, task="act", **values)
        else:
            self._place(post_id=False, user_id=False, task="register", **values)

    def _check_own_units(self, standing, units, user):
        """A director gives work inside the own unit; above, to every unit."""
        post = standing.post.sudo()
        if post.kind in ("executive", "deputy", "top_officer"):
            return
        inside = self.env["hr.department"].sudo().search([("id", "child_of", post.unit_id.ids)])
        if units - inside or (user and user.sudo().employee_id.department_id - inside):
            raise AccessError(
                self.env._(
                    "%(post)s gives work inside the own unit only. Propose it to those above.",
                    post=post.name,
                )
            )

    def _last_note(self, action):
        rows = self.letter_id.endorsement_ids.filtered(
            lambda row: row.copy_id == self and row.action == action
        )
        return rows[-1:]

    def _place_before(self):
        """Where the copy lay before it came here, from the note that moved it."""
        rows = self.letter_id.endorsement_ids.filtered(
            lambda row: row.copy_id == self
            and row.action in ("propose", "endorse", "order", "sign")
            and row.to_post_id == self.post_id
        )  # fmt: skip
        before = (rows[-1:].undo or {}).get("copy")
        if not before:
            return None
        place = {name: before[name] for name in ("unit_id", "post_id", "user_id", "task")}
        if place["task"] in DRAFTING:
            # it was signed since
            place["task"] = "act" if place["user_id"] else "endorse"
        return place

    # ------------------------------------------------------------ the note
    def _write_note(self, action, text, standing, moved, before=None):
        """Append the note; sequence numbers follow the lock of the letter."""
        letter = self.letter_id
        notes = self.env["lgo.eoffice.endorsement"].sudo()
        undo = before and {
            "copy": before, "made": moved.get("made", []), **moved.get("let_in", {}),
        }  # fmt: skip
        return (
            notes._append_only_permitted()
            .create(
                {
                    "letter_id": letter.id,
                    "copy_id": self.id,
                    "sequence": notes.search_count([("letter_id", "=", letter.id)]) + 1,
                    "action": action,
                    "text": text,
                    "user_id": self.env.uid,
                    "name": standing.name,
                    "capacity": standing.lines,
                    "order_no": standing.order_no or False,
                    "at": fields.Datetime.now(),
                    "from_post_id": standing.post.id,
                    "to_post_id": moved.get("to_post_id", False),
                    "to_user_id": moved.get("to_user_id", False),
                    "to_unit_ids": [fields.Command.set(moved.get("to_unit_ids", []))],
                    "due_at": self.due_at if action in ("order", "assign") else False,
                    "undo": undo,
                }
            )
            ._append_only_sealed()
        )

    # ------------------------------------------------------------ receiving, accepting, opening
    def action_receive(self):
        """Button of the unit's clerk: sign for the letter and number it in the unit's book."""
        for copy in self:
            copy.check_access("read")
            copy._lock_copy()
            copy._standing()
            row = copy.sudo()
            if row.received_at or row.post_id or row.user_id or not row.unit_id:
                raise UserError(self.env._("The unit has received the letter already."))
            now = fields.Datetime.now()
            entry = self.env["lgo.register"]._take_number(
                "unit_receive", record=row, unit=row.unit_id, at=now,
                label=row.letter_id._register_label(),
            )  # fmt: skip
            row.write(
                {
                    "register_entry_id": entry.id,
                    "unit_receive_no": entry.number,
                    "received_at": now,
                    "opened_at": now,
                }
            )
            self.env["lgo.audit.log"]._log(
                "letter.receive", row.letter_id, detail={"unit": row.unit_id.name}
            )
        return True

    def action_accept(self):
        """Button of the officer: take on the work."""
        for copy in self:
            copy.check_access("read")
            copy._lock_copy()
            copy._standing()
            row = copy.sudo()
            if not row.user_id or row.task != "act":
                raise UserError(self.env._("There is no work here to take on."))
            now = fields.Datetime.now()
            row.write({"accepted_at": row.accepted_at or now, "opened_at": now})
            row.letter_id._sync_from_copies()
        return True

    def _note_opened(self):
        """Whoever has to act has seen it: the step before can no longer be taken back."""
        places = self._places()
        now = fields.Datetime.now()
        for copy in self:
            row = copy.sudo()
            if not row.opened_at and row.state == "open" and copy._lies_at(places):
                row.opened_at = now
        self._unnoted()._open(now)

    def _unnoted(self):
        """Lines of the user in the list of readers that are not noted yet."""
        return self.sudo().reader_ids.filtered(
            lambda row: row.user_id.id == self.env.uid and not row.noted_at
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .lgo_eoffice_copy import Standing
from .lgo_eoffice_letter import PROTECTED

#: What a round of review keeps of an own letter.
REVIEWED = ("subject", "salutation", "addressee", "body", "closing")


class LgoEofficeLetter(models.Model):
    """Own letters go the same way: review rounds, up to who signs, back with comments.

    Each submitting keeps what the letter said as a version; who drafted, typed and checked it is
    kept, as copies of outgoing letters show it (ร่าง พิมพ์ ตรวจ, Saraban Regulation B.E. 2526, ข้อ ๓๐).
    """

    _inherit = "lgo.eoffice.letter"

    _case_protected = PROTECTED | {"drafted_by_id", "typed_by_id"}

    drafted_by_id = fields.Many2one(
        comodel_name="res.users", string="Drafted by", readonly=True, copy=False,
        ondelete="restrict", help="ร่าง",
    )  # fmt: skip
    typed_by_id = fields.Many2one(
        comodel_name="res.users", string="Typed by", readonly=True, copy=False,
        ondelete="restrict", help="พิมพ์",
    )  # fmt: skip
    checked_by_ids = fields.Many2many(
        comodel_name="res.users", relation="lgo_eoffice_letter_checked_rel", string="Checked by",
        compute="_compute_checked_by_ids", help="ตรวจ",
    )  # fmt: skip

    def _compute_checked_by_ids(self):
        for letter in self:
            notes = letter.sudo().endorsement_ids.filtered(lambda row: row.action == "endorse")
            signed = letter.signed_at
            letter.checked_by_ids = notes.filtered(
                lambda row, at=signed: not at or row.at <= at
            ).user_id

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        own = letters.filtered(lambda letter: letter.direction != "in")
        own._note_writer("drafted_by_id", "typed_by_id")
        return letters

    def write(self, vals):
        done = super().write(vals)
        if "body" in vals:
            self.filtered(lambda row: row.direction != "in")._note_writer("typed_by_id")
        return done

    def _note_writer(self, *names):
        for letter in self:
            changed = [name for name in names if letter.sudo()[name] != self.env.user]
            if changed:
                letter._from_machine().sudo().write(dict.fromkeys(changed, self.env.uid))

    def _task_before(self, post):
        """What a post has to do with an own letter: review, sign, or decide once it is signed."""
        self.ensure_one()
        if self.state not in ("draft", "review", "to_sign"):
            return "endorse"
        return "sign" if post == self.signer_post_id else "review"

    def _submit(self, to_post=None, text=None, action="propose"):
        """Send a draft up for review, or in front of who signs.

        :param to_post: ``lgo.post``; who leads the unit by default
        :param str action: ``propose``, or ``ask``: before the first of several who sign
        :return: ``lgo.eoffice.copy``
        :raises UserError: something is missing, or it was submitted already
        """
        self.ensure_one()
        self.check_access("write")
        if to_post:
            to_post.check_access("read")
        letter = self.sudo()
        letter._lock_case()
        if letter.direction == "in" or letter.state != "draft":
            raise UserError(self.env._("Only a draft is submitted."))
        copy = letter.copy_ids.filtered(lambda row: row.state == "open" and row.task == "revise")
        if copy:
            copy.with_env(self.env)._endorse(action, text, to_post=to_post)
            return copy.with_env(self.env)
        user = self.env.user
        copy = (
            self.env["lgo.eoffice.copy"]
            .sudo()
            .create(
                {
                    "letter_id": letter.id,
                    "unit_id": letter.owner_unit_id.id,
                    "user_id": user.id,
                    "task": "revise",
                }
            )
        )
        before = copy._snapshot()
        words = text or copy._default_text(action)
        ask = {"text": words, "post": to_post or self.env["lgo.post"]}
        moved = letter._resubmit(copy, ask, to_signer=action == "ask")
        standing = Standing(user.name, copy._job_line(user.sudo()), "", self.env["lgo.post"])
        copy._write_note(action, words, standing, moved, before)
        letter._sync_from_copies()
        return copy.with_env(self.env)

    def _resubmit(self, copy, ask, to_signer=False):
        """Keep the version, then lay the letter before the next post.

        :param bool to_signer: before the first of several who sign, without a review
        """
        self.ensure_one()
        problems = self._submit_problems()
        if problems:
            raise UserError("\n".join(problems))
        target = ask["post"] or self.env["lgo.post"]._lgo_lead_of(self.owner_unit_id)
        several = bool(self.signer_ids)
        if to_signer and not several:
            raise UserError(self.env._("Name those who sign it, in turn."))
        self._keep_version("review", REVIEWED, ask["text"])
        if several and (to_signer or not target):
            return self._lay_before_signer(copy)
        target = target or self.signer_post_id
        task = self._task_before(target)
        self._transition_as_system("ask_signature" if task == "sign" else "submit")
        copy._place(post_id=target.id, user_id=False, task=task)
        return {"to_post_id": target.id}

    def _submit_problems(self):
        """What is missing before others can review the letter; hook for add-ons."""
        missing = []
        if not (self.signer_post_id or self.signer_ids):
            missing.append(self.env._("Choose whose signature the letter needs."))
        if not self.owner_unit_id:
            missing.append(self.env._("Choose the unit of the matter."))
        return missing

    def _ask_signature_if(self, task):
        """The draft came in front of who signs."""
        if task == "sign" and self.state in ("draft", "review"):
            self._transition_as_system("ask_signature")

    def _back_to_writer(self, copy, reason):
        """Return a draft to its writer.

        :param copy: ``lgo.eoffice.copy`` with which it lies
        :param str reason: words for the writer
        :return: ``res.users``, the writer
        """
        self.ensure_one()
        self._transition_as_system("give_back", reason=reason)
        writer = self.owner_user_id or self.create_uid
        copy._place(post_id=False, user_id=writer.id, task="revise")
        return writer

    def action_ask_signers(self):
        """Button: lay the draft before the first of those who sign it."""
        self.ensure_one()
        self.check_access("write")
        return self.env["lgo.eoffice.endorse.wizard"]._open(letter=self, action="ask")

    def action_submit(self):
        """Button: send the draft up; the dialog asks for words and to whom."""
        self.ensure_one()
        self.check_access("write")
        return self.env["lgo.eoffice.endorse.wizard"]._open(letter=self, action="propose")

    def action_open_inbox(self):
        """Button: the screen on which the user reads, endorses and goes on to the next."""
        self.ensure_one()
        copy = self._copy_before()
        if not copy:
            raise AccessError(self.env._("This letter does not lie in front of you."))
        return copy._reading_action()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

#: From open to most secret; a step down needs the registrar of secret letters.
LEVELS = ("normal", "secret", "very_secret", "top_secret")
#: What is not kept of a secret letter while the organisation keeps register data only.
CONTENT = ("body", "summary", "main_attachment_id", "content_text")
#: What a letter of the highest secrecy is called; a constant, so that it says nothing.
STUB = "(ลับที่สุด)"


class LgoEofficeLetter(models.Model):
    """Secret letters: who may open them, and how a letter becomes secret or open again.

    ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔: own registers, a registrar of its own, persons
    named one by one. ลับที่สุด is excepted from the electronic way (Saraban Regulation (No. 4)
    B.E. 2564): neither file nor subject is taken. Whoever administers the system sees nothing.

    The global record rule ``lgo_eoffice_letter_rule_secret`` hides secret letters; here stands
    who may change who sees them.
    """

    _inherit = "lgo.eoffice.letter"

    secrecy = fields.Selection(
        [
            ("normal", "Not secret"),
            ("secret", "Secret"),
            ("very_secret", "Very secret"),
            ("top_secret", "Most secret"),
        ],
        required=True,
        default="normal",
        index=True,
    )
    is_secret = fields.Boolean(compute="_compute_is_secret")
    open_subject = fields.Char(
        string="Subject as others may see it", compute="_compute_open_subject",
        help="For lists that others read too: nothing of a secret letter.",
    )  # fmt: skip

    @api.depends("secrecy")
    def _compute_is_secret(self):
        for letter in self:
            letter.is_secret = letter.secrecy not in (False, "normal")

    @api.depends("subject", "secrecy")
    def _compute_open_subject(self):
        for letter in self:
            letter.open_subject = self.env._("(secret)") if letter.is_secret else letter.subject

    @api.depends("doc_no", "subject", "secrecy")
    @api.depends_context("lgo_without_subject")
    def _compute_display_name(self):  # pylint: disable=missing-return
        """A name shows wherever the letter is linked, also to who may not open it.

        So a secret letter is called by its number only, and so is every letter in the audit
        trail, which stays as it is when the letter becomes secret later.
        """
        bare = self.env.context.get("lgo_without_subject")
        secret = self.filtered(lambda letter: bare or letter.is_secret)
        for letter in secret:
            number = letter.doc_no or (letter.receive_no and str(letter.receive_no))
            mark = self.env._("(secret)") if letter.is_secret else ""
            letter.display_name = " ".join(filter(None, (number, mark))) or f"#{letter.id or ''}"
        super(LgoEofficeLetter, self - secret)._compute_display_name()

    @api.constrains("secrecy", "enclosure_ids", *CONTENT)
    def _check_secrecy(self):
        for letter in self.sudo():
            if letter.secrecy != "normal":
                letter._check_keeps_nothing(
                    any(letter[name] for name in CONTENT) or bool(letter._files_kept())
                )

    def _check_keeps_nothing(self, content):
        """Refuse text and files of a secret letter where none may be kept.

        :param bool content: whether there is something to keep
        :raises ValidationError: the class of the letter, or the organisation, takes none
        """
        self.ensure_one()
        if not content:
            return
        if self.secrecy == "top_secret":
            raise ValidationError(
                self.env._(
                    "Documents of the highest secrecy (ลับที่สุด) must not enter an electronic "
                    "system. Take out text and files; only where the paper goes is noted here."
                )
            )
        if not self.company_id.lgo_secret_electronic:
            raise ValidationError(
                self.env._(
                    "The organisation keeps only register data of secret letters here. Take "
                    "out text and files, or let the head decide to keep them (profile of the "
                    "organisation, tab Saraban)."
                )
            )

    def _sign_problems(self):
        """A paper of the highest secrecy is made and signed outside the system."""
        problems = super()._sign_problems()
        if self.secrecy == "top_secret":
            problems.append(self.env._("A letter of the highest secrecy is signed on paper only."))
        return problems

    def _document_kind(self):
        """Own secret letters are numbered in the register of secret letters.

        A kind of document ``<code>_secret`` beside the usual one says so; both are data.
        """
        kind = super()._document_kind()
        if self.secrecy == "normal" or not kind:
            return kind
        secret = self.env["lgo.document.kind"].sudo()
        code = self.kind_id.document_kind_id.code
        return secret.search([("code", "=", f"{code}_secret")], limit=1) or kind

    # ------------------------------------------------------------ who may open
    def _who_may_open(self):
        """Users who may open this secret letter."""
        self.ensure_one()
        return self.sudo().access_user_ids | self.env["res.users"]._lgo_secret_registrars(
            self.sudo().company_id
        )

    @api.model_create_multi
    def create(self, vals_list):
        default = self.default_get(["secrecy"])
        letters = super().create([self._secret_vals({**default, **vals}) for vals in vals_list])
        for letter in letters:
            row = letter.sudo()
            if letter.is_secret:
                letter._log_access(self.env["res.users"], row.access_user_ids)
            elif row.access_user_ids:
                letter._refuse_access_list()
        return letters

    @api.model
    def _secret_vals(self, vals):
        """What is stored of a new letter: whoever writes a secret one is named on it."""
        if vals["secrecy"] == "top_secret":
            vals["subject"] = STUB
        if vals["secrecy"] != "normal" and not self.env.su:
            named = self.new({"access_user_ids": vals.get("access_user_ids")}).access_user_ids
            vals["access_user_ids"] = [fields.Command.set([*named._origin.ids, self.env.uid])]
        return vals

    def write(self, vals):
        """Who may open is changed by who may open; a lower class has a dialog of its own.

        :raises AccessError: the user may not say who opens the letter
        :raises UserError: the class is lowered without a reason
        """
        changes = {"secrecy", "access_user_ids", "subject"} & vals.keys()
        if not changes:
            return super().write(vals)
        before = {letter: (letter.secrecy, letter.access_user_ids) for letter in self.sudo()}
        if not self.env.su:
            for letter, (secrecy, _users) in before.items():
                letter.with_env(self.env)._check_secrecy_vals(secrecy, vals)
            if vals.get("secrecy", "normal") != "normal":
                self.check_access("write")
                for letter, (secrecy, _users) in before.items():
                    if secrecy == "normal":
                        # parts that come with the new class ask who may write the letter
                        letter._name_only(self.env.user)
        result = super().write(vals)
        for letter, (secrecy, users) in before.items():
            letter.with_env(self.env)._after_secrecy_write(secrecy, users, vals)
        return result

    def _check_secrecy_vals(self, secrecy, vals):
        level = vals.get("secrecy") or secrecy
        if level not in LEVELS:
            return
        if self._is_from_machine():
            return
        if LEVELS.index(level) < LEVELS.index(secrecy):
            raise UserError(
                self.env._("Use “Change secrecy” and give the reason: the trail keeps it.")
            )
        if "access_user_ids" not in vals:
            return
        if level == "normal" and vals["access_user_ids"]:
            self._refuse_access_list()
        user = self.env.user
        if secrecy != "normal" and not (
            user._lgo_is_secret_registrar() or user in self.sudo().access_user_ids
        ):
            self._refuse_access_list()

    def _refuse_access_list(self):
        raise AccessError(
            self.env._(
                "Who may open a secret letter is said by the registrar of secret letters, or by a "
                "person named on it."
            )
        )

    # pylint: disable-next=missing-return
    def _after_secrecy_write(self, secrecy, users, vals):
        """Hide at once what became secret, and note who may open it."""
        self.ensure_one()
        row = self.sudo()
        if row.secrecy == "top_secret" and row.subject != STUB:
            # pylint: disable-next=super-method-mismatch
            super(LgoEofficeLetter, row._from_machine()).write({"subject": STUB})
        if secrecy == "normal" and row.secrecy != "normal":
            # names set while it was open were no decision on who may open a secret letter
            named = row.access_user_ids if "access_user_ids" in vals else self.env["res.users"]
            if not self.env.su:
                named |= self.env.user
            row._name_only(named)
        if row.secrecy != "normal":
            if LEVELS.index(secrecy) < LEVELS.index(row.secrecy):
                row._hide_traces()
                self.env["lgo.audit.log"]._log(
                    "letter.classify", row,
                    detail={"from": secrecy, "to": row.secrecy}, severity="warning",
                )  # fmt: skip
            elif users - row.access_user_ids:
                # whoever was told of a message could read it for ever
                row._close_chatter()
            self._log_access(users, row.access_user_ids)

    def _name_only(self, users):  # pylint: disable=missing-return
        """Let ``users`` and nobody else open the letter; past the checks of :meth:`write`."""
        # pylint: disable-next=super-method-mismatch
        super(LgoEofficeLetter, self.sudo()).write(
            {"access_user_ids": [fields.Command.set(users.ids)]}
        )

    def _log_access(self, before, after):
        """Note in the trail who may open the letter from now on, and who no longer."""
        if before == after or self.env.su:
            return
        self.env["lgo.audit.log"]._log(
            "letter.access",
            self.sudo(),
            detail={
                "added": (after - before).mapped("login"),
                "removed": (before - after).mapped("login"),
            },
            severity="warning",
        )

    def _hide_traces(self):
        """Take what the letter said while it was open out of what others read.

        The line of the register stays with its number; its label is what the label of a secret
        letter always is. What it said stays in the letter itself, as secret as the letter. The
        trail names letters by number only, so it needs no change.
        """
        self.ensure_one()
        letter = self.sudo()
        copies = letter.copy_ids
        entries = letter.register_entry_id | copies.register_entry_id
        entries._append_only_permitted().write({"label": letter._register_label()})
        letter.document_id._append_only_permitted().write(
            {"record_name": letter.display_name, "public_values": False}
        )
        letter._close_chatter()
        letter._close_files()

    # ------------------------------------------------------------ changing the class
    def _change_secrecy(self, secrecy, reason, users=None):
        """Change the class of a letter, also of a registered one; the trail keeps the reason.

        ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔ (การปรับชั้นความลับ): noted in the register.

        :param str secrecy: one of ``LEVELS``
        :param str reason: demanded
        :param users: ``res.users`` who may open it; with them who raises the class
        :raises AccessError: a lower class, and the user is not the registrar of secret letters
        :raises UserError: no reason, or nothing changes
        """
        self.ensure_one()
        self.check_access("write")
        reason = (reason or "").strip()
        before = self.secrecy
        if secrecy not in LEVELS or secrecy == before:
            raise UserError(self.env._("Choose another class of secrecy."))
        if not reason:
            raise UserError(self.env._("Give the reason for the change."))
        lower = LEVELS.index(secrecy) < LEVELS.index(before)
        if lower and not self.env.user._lgo_is_secret_registrar():
            raise AccessError(
                self.env._("Only the registrar of secret letters lowers the class of a letter.")
            )
        if not lower and self.document_id and secrecy == "top_secret":
            raise UserError(
                self.env._("A letter that was signed here cannot become one of paper only.")
            )
        vals = {"secrecy": secrecy}
        if secrecy == "normal":
            vals["access_user_ids"] = [fields.Command.clear()]
        elif users:
            named = users | (self.env.user if before == "normal" else self.access_user_ids)
            vals["access_user_ids"] = [fields.Command.set(named.ids)]
        self._from_machine().write(vals)
        self.env["lgo.audit.log"]._log(
            "letter.declassify" if lower else "letter.secrecy",
            self.sudo(),
            detail={"from": before, "to": secrecy, "reason": reason},
            severity="critical" if lower else "warning",
        )

    def action_change_secrecy(self):
        """Button: the dialog that changes the class of secrecy."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change secrecy"),
            "res_model": "lgo.eoffice.secrecy.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_letter_id": self.id},
        }

    def copy_data(self, default=None):
        """A copy is as secret as its original.

        :raises AccessError: the copy would be of a lower class
        """
        level = (default or {}).get("secrecy")
        for letter in self:
            if level in LEVELS and LEVELS.index(level) < LEVELS.index(letter.secrecy):
                raise AccessError(self.env._("A copy is as secret as its original."))
        return super().copy_data(default)

    # ------------------------------------------------------------ the head, in need
    @api.model
    def _break_glass(self, number, reason):
        """Let the head of the organisation open a secret letter on which nobody named the head.

        :param str number: number of the letter, or of the register of secret letters
        :param str reason: demanded; the trail keeps it
        :return: ``lgo.eoffice.letter``
        :raises AccessError: not the head, or somebody who administers the system
        :raises UserError: no reason; no such letter, or several
        """
        user = self.env.user
        posts = (
            self.env["lgo.post"]
            .sudo()
            .search([("kind", "=", "executive"), ("company_id", "=", self.env.company.id)])
        )
        if user not in set(posts._in_charge().values()) or user._lgo_administers():
            raise AccessError(
                self.env._(
                    "Only the head of the organisation opens a secret letter without being named."
                )
            )
        reason = (reason or "").strip()
        key = self._normalise_no(number)
        if not key or not reason:
            raise UserError(self.env._("Give the number of the letter and the reason."))
        letters = self.sudo().search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("secrecy", "!=", "normal")
            & (Domain("doc_no_key", "=", key) | Domain("register_entry_id.name_key", "=", key)),
            limit=2,
        )
        if len(letters) != 1:
            raise UserError(
                self.env._("No secret letter has this number.")
                if not letters
                else self.env._("Several secret letters have this number. Ask the registrar.")
            )
        letters.access_user_ids |= user
        self.env["lgo.audit.log"]._log(
            "letter.break_glass", letters, detail={"reason": reason}, severity="critical"
        )
        for registrar in user._lgo_secret_registrars(letters.company_id):
            letters.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The head opened a secret letter"),
                note=self.env._("%(name)s: %(reason)s", name=user.name, reason=reason),
                user_id=registrar.id,
            )
        return letters.with_env(self.env)

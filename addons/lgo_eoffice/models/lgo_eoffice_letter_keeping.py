# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LgoEofficeLetter(models.Model):
    """Closing a letter, and where it is kept."""

    _inherit = "lgo.eoffice.letter"

    folder_id = fields.Many2one(
        comodel_name="lgo.eoffice.folder", string="File", index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    medium = fields.Selection(
        [("electronic", "Electronic"), ("paper", "Paper"), ("hybrid", "Both")],
        required=True,
        default="electronic",
        help="Decides for how long it is kept: paper and electronic documents have regimes of "
        "their own.",
    )
    paper_reason = fields.Char(
        string="Why on paper",
        help="Saraban Regulation (No. 4) B.E. 2564: electronic is the main way; paper needs a "
        "reason.",
    )
    closed_at = fields.Datetime(readonly=True, copy=False)

    def _file_owners(self):
        """Records whose files belong to the letter and are destroyed with it; hook for add-ons.

        :return: list of (model, ids)
        """
        self.ensure_one()
        return [
            (self._name, self.ids),
            ("lgo.eoffice.enclosure", self.sudo().enclosure_ids.ids),
        ]

    def _guard_close(self):
        open_copies = self.sudo().copy_ids.filtered(
            lambda copy: copy.state == "open" and copy.role == "action"
        )
        if self.direction == "in" and open_copies and self.state != "done":
            raise UserError(
                self.env._(
                    "The letter still lies in %(units)s to be acted on.",
                    units=", ".join(open_copies.unit_id.mapped("name")),
                )
            )

    def _before_close(self):
        self._from_machine().write({"closed_at": fields.Datetime.now()})

    def _guard_reopen(self):
        if self.direction != "in":
            raise UserError(self.env._("An own letter that was closed is answered by a new one."))

    def _guard_cancel(self):
        """Who may cancel: the registrar whatever has a number, the writer what has none."""
        registrar = self.env.su or self.env.user.has_group("lgo_eoffice.group_saraban")
        if self.register_entry_id and not registrar:
            raise UserError(
                self.env._("A letter that has a number is cancelled by the central registrar.")
            )

    def _after_cancel(self):
        """The line of the register stays, struck out with the reason."""
        entry = self.register_entry_id.sudo()
        reason = self.env.context.get("transition_reason") or self.env._("Cancelled")
        if self.is_secret:
            # others read the book; the reason stands on the letter
            reason = self.env._("(secret)")
        if entry and entry.state != "void":
            entry.with_user(self.env.user).sudo()._void(reason)
        document = self.document_id.sudo()
        if document and document.state == "valid":
            document._append_only_permitted().write(
                {
                    "state": "revoked",
                    "revoke_reason": reason,
                    "revoked_by_id": self.env.uid,
                    "revoked_at": fields.Datetime.now(),
                }
            )
        copies = self.sudo().copy_ids.filtered(lambda copy: copy.state == "open")
        copies.write({"state": "done", "done_at": fields.Datetime.now()})
        copies._clear_reminders()

    def _transition(self, code, *, reason=None, portal=False):
        """Keep the reason at hand for what follows the step."""
        return super(LgoEofficeLetter, self.with_context(transition_reason=reason))._transition(
            code, reason=reason, portal=portal
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unnumbered(self):
        if any(letter.register_entry_id or letter.state != "draft" for letter in self):
            raise UserError(
                self.env._("Only a draft is deleted. Cancel the letter; its number stays.")
            )

    # ------------------------------------------------------------ corrections
    def _refuse_frozen(self, vals):
        """What a register or a signature fixed is corrected, not overwritten."""
        fixed = self._frozen_fields() & vals.keys()
        if fixed and any(letter._is_fixed() for letter in self):
            raise UserError(
                self.env._(
                    "%(fields)s stand in the register already. Use “Correct” and give the reason: "
                    "the old text stays readable.",
                    fields=", ".join(
                        sorted(self._fields[name]._description_string(self.env) for name in fixed)
                    ),
                )
            )

    @api.model
    def _frozen_fields(self):
        return {
            "subject", "kind_id", "direction", "is_circular", "doc_no", "doc_date", "agency_id",
            "from_text", "to_text", "body", "salutation", "addressee", "closing", "company_id",
            "secrecy",
        }  # fmt: skip

    def _is_fixed(self):
        self.ensure_one()
        return bool(self.register_entry_id)

    def _correct(self, values, reason):
        """Correct a registered received letter; what it said stays as a version.

        :param dict values: new values of fields of the register
        :param str reason: demanded
        :raises UserError: no reason, a signed letter, or nothing to change
        """
        self.ensure_one()
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for the correction."))
        if self.document_id:
            raise UserError(
                self.env._("A signed letter is never changed: cancel it and write a new one.")
            )
        allowed = self._frozen_fields() - {"secrecy", "company_id", "direction", "kind_id"}
        values = {
            name: value
            for name, value in values.items()
            if name in allowed and self._fields[name].convert_to_write(self[name], self) != value
        }
        if not values:
            raise UserError(self.env._("Nothing was changed."))
        self._keep_version("correction", values, reason)
        self._from_machine().write(values)
        self.env["lgo.audit.log"]._log(
            "letter.correct",
            self,
            detail={"fields": sorted(values)} | ({} if self.is_secret else {"reason": reason}),
        )

    def _keep_version(self, kind, names, reason):
        """Store what the fields names say now as the next version."""
        self.ensure_one()
        versions = self.env["lgo.eoffice.version"].sudo()
        self.env.cr.execute(
            SQL("SELECT id FROM lgo_eoffice_letter WHERE id = %s FOR UPDATE", self.id)
        )
        last = versions.search(
            [("letter_id", "=", self.id), ("kind", "=", kind)], order="number desc", limit=1
        )
        read = self.sudo().read(list(names), load=False)[0]
        content = {
            name: fields.Date.to_string(value) if self._fields[name].type == "date" else value
            for name, value in read.items()
            if name != "id"
        }
        return (
            versions._append_only_permitted()
            .create(
                {
                    "letter_id": self.id,
                    "kind": kind,
                    "number": (last.number or 0) + 1,
                    "content": content,
                    "reason": reason,
                    "user_id": self.env.uid,
                    "at": fields.Datetime.now(),
                }
            )
            ._append_only_sealed()
        )

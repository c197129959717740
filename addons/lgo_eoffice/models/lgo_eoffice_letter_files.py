# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

LETTER = "lgo.eoffice.letter"
ISSUED = "lgo.issued.document"


class LgoEofficeLetter(models.Model):
    """Files belong to their letter, so that who may open the letter may open them and no others."""

    _inherit = "lgo.eoffice.letter"

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        for letter, vals in zip(letters, vals_list, strict=True):
            if vals.get("main_attachment_id"):
                letter._adopt(letter.main_attachment_id)
        return letters

    def write(self, vals):
        done = super().write(vals)
        if vals.get("main_attachment_id"):
            for letter in self:
                letter._adopt(letter.main_attachment_id)
        return done

    def _adopt(self, files):
        """Tie files that belong to nothing yet to this letter.

        What a letter names, its readers see: only a file that the user may read is named.
        Whoever administers the system reads files without a record.

        :raises AccessError: a file of somebody else, or of a record that the user may not read
        """
        self.ensure_one()
        files.check_access("read")
        loose = files.filtered(lambda file: not file.sudo().res_id)
        if loose:
            loose.sudo().write({"res_model": self._name, "res_id": self.id})

    def _files_kept(self):
        """Files of the letter: its paper, its enclosures, those of its messages."""
        self.ensure_one()
        letter = self.sudo()
        files = self.env["ir.attachment"].sudo().search(
            Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
            | Domain("res_model", "=", "lgo.eoffice.enclosure")
            & Domain("res_id", "in", letter.enclosure_ids.ids)
        )  # fmt: skip
        return files | letter.main_attachment_id | letter.enclosure_ids.attachment_id

    def _close_files(self):
        """The letter became secret: no link opens a file any more."""
        for letter in self.sudo():
            files = letter._files_kept().filtered(lambda file: file.res_model != ISSUED)
            (files.filtered("public") | files.filtered("access_token")).write(
                {"public": False, "access_token": False}
            )


class LgoEofficeEnclosure(models.Model):
    """The file of an enclosure belongs to the letter."""

    _inherit = "lgo.eoffice.enclosure"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._adopt_files()
        return rows

    def write(self, vals):
        done = super().write(vals)
        if vals.get("attachment_id"):
            self._adopt_files()
            self.sudo().letter_id._check_secrecy()
        return done

    def _adopt_files(self):
        for row in self.filtered("attachment_id"):
            row.letter_id._adopt(row.attachment_id)


class IrAttachment(models.Model):
    """Files of secret letters: no public file, no link, no opening without a row in the trail."""

    _name = "ir.attachment"
    _inherit = ["lgo.eoffice.trail.mixin", "ir.attachment"]

    _trail_words = frozenset({"raw", "datas", "db_datas", "index_content"})

    def _trail_letters(self):
        return self._secret_letters()

    @api.model
    def _trail_domain(self, letters):
        papers = (
            self.env[ISSUED]
            .sudo()
            ._search(Domain("res_model", "=", LETTER) & Domain("res_id", "in", letters))
        )
        enclosures = (
            self.env["lgo.eoffice.enclosure"].sudo()._search(Domain("letter_id", "in", letters))
        )
        return (
            Domain("res_model", "=", LETTER) & Domain("res_id", "in", letters)
            | Domain("res_model", "=", "lgo.eoffice.enclosure") & Domain("res_id", "in", enclosures)
            | Domain("res_model", "=", ISSUED) & Domain("res_id", "in", papers)
        )

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._guard_secret()
        return files

    def write(self, vals):
        """A file of a secret letter stays with it, or everybody would read it elsewhere.

        :raises AccessError: it is moved to another record
        """
        if not self.env.su and {"res_model", "res_id"} & vals.keys():
            for file in self:
                place = [vals.get(name, file[name]) or False for name in ("res_model", "res_id")]
                if place != [file.res_model, file.res_id or False] and file._secret_letters():
                    raise AccessError(
                        self.env._("A file of a secret letter stays with the letter.")
                    )
        result = super().write(vals)
        if {"res_model", "res_id", "public", "access_token", "raw", "datas"} & vals.keys():
            self._guard_secret()
        return result

    def _secret_letters(self):
        """The secret letters to which these files belong (in sudo)."""
        letters = self.env[LETTER].sudo()
        ids = set()
        parts = {}
        carriers = self._carriers()
        for file in self.sudo():
            if file.res_model == LETTER:
                ids.add(file.res_id)
            elif file.res_id and file.res_model in carriers:
                parts.setdefault(file.res_model, set()).add(file.res_id)
        for model, part_ids in parts.items():
            rows = self.env[model].sudo().browse(part_ids).exists()
            if model == ISSUED:
                ids.update(row.res_id for row in rows if row.res_model == LETTER)
            else:
                ids.update(rows._trail_letters().ids)
        if self.ids:
            papers = Domain("main_attachment_id", "in", self.ids)
            ids.update(letters.search(papers & Domain("secrecy", "!=", "normal")).ids)
            rows = self.env["lgo.eoffice.enclosure"].sudo()
            ids.update(rows.search([("attachment_id", "in", self.ids)]).letter_id.ids)
        return letters.browse(ids).exists().filtered("is_secret")

    @api.model
    def _carriers(self):
        """Names of the models whose records belong to letters, but letters and files."""
        noted = self.env.registry["lgo.eoffice.trail.mixin"]._inherit_children
        names = {ISSUED, *noted, *self._letter_parts()} - {self._name, LETTER}
        return {name for name in names if not self.env.registry[name]._abstract}

    @api.model
    def _letter_parts(self):
        """Names of the models that are parts of a letter."""
        mixin = self.env.registry["lgo.eoffice.child.mixin"]
        return mixin._inherit_children

    def _guard_secret(self):
        """Refuse a file where the class takes none, and any way round the rights.

        :raises ValidationError: the letter takes no file
        """
        own = self.sudo().filtered(
            lambda file: (
                file.res_id and (file.res_model == LETTER or file.res_model in self._letter_parts())
            )
        )
        if not own:
            return
        for letter in own._secret_letters():
            letter.with_env(self.env).sudo()._check_keeps_nothing(True)
            loud = own.filtered(lambda file: file.public or file.access_token)
            if loud:
                # past our own guard, which calls this
                # pylint: disable-next=super-method-mismatch
                super(IrAttachment, loud).write({"public": False, "access_token": False})


class IrBinary(models.AbstractModel):
    """``/web/content``, ``/web/image``, archives of files: the rights of the letter count.

    Odoo hands out tokens that open a file without rights, for as long as the token lasts; whoever
    was taken off the list of a secret letter would still have them.
    """

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        if record._name == "ir.attachment":
            letters = record._secret_letters().with_env(self.env)
            if letters:  # citizens have no right on letters at all, and need none for other files
                letters.check_access("read")
                letters._note_opening()
        return super()._record_to_stream(record, field_name)

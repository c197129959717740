# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.translate import TranslationImporter, get_base_langs

from ..translations import FIX_DIR, familiar_rows, mail_texts, po_rows


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load our terms after those of any other add-on.

        ``i18n/th.po`` is loaded by Odoo itself and fills gaps. It is loaded again when another
        add-on alone is updated. Then the polite pronoun takes the place of the familiar one (see
        ``polite``), and ``i18n_fix/th.po`` replaces what is wrong.
        """
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        importer = TranslationImporter(self.env.cr, verbose=False)
        own = "lgo_i18n" in modules
        if own:
            # those that were there before never met this method
            modules = self.search([("state", "in", ("installed", "to upgrade"))]).mapped("name")
        names = set(modules)
        for lang in langs or []:
            if not own:
                importer._load(self._lgo_rows("i18n", lang, names), lang)
        importer.save(overwrite=False)
        for lang in langs or []:
            for name in modules:
                importer._load(self._polite_rows(name, lang), lang)
            importer._load(self._fix_rows(lang, names), lang)
        importer.save(force_overwrite=True)
        return result

    @api.model
    def _lgo_rows(self, folder, lang, names):
        for base_lang in get_base_langs(lang):
            for row in po_rows(folder, base_lang):
                if row["module"] in names:
                    yield row

    @api.model
    def _polite_rows(self, name, lang):
        for row, value in familiar_rows(name, lang):
            kind = row["type"]
            if kind == "model_terms" or (
                kind == "model" and self._text_now(row, lang) == row["value"]
            ):
                yield {**row, "value": value}

    @api.model
    def _fix_rows(self, lang, names):
        """The letters that an office has written anew stay as the office wrote them."""
        for row in self._lgo_rows(FIX_DIR, lang, names):
            if row.get("imd_model") == "mail.template":
                stock = mail_texts(row["module"], lang).get((row["name"], row["imd_name"]))
                if self._text_now(row, lang) not in (row["src"], stock):
                    continue
            yield row

    @api.model
    def _text_now(self, row, lang):
        """:return: the text of a row in the database, ``None`` when there is no such record"""
        if row["imd_model"] not in self.env:
            return None
        record = self.env.ref(f"{row['module']}.{row['imd_name']}", raise_if_not_found=False)
        field_name = row["name"].split(",")[1]
        if not record or field_name not in record._fields:
            return None
        return record.with_context(lang=lang)[field_name]

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.translate import TranslationImporter, get_base_langs

from ..translations import FIX_DIR, po_file


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load our terms after those of any other add-on.

        ``i18n/th.po`` is loaded by Odoo itself and fills gaps. It is loaded again when another
        add-on alone is updated, and ``i18n_fix/th.po`` then replaces what is wrong there.
        """
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        importer = TranslationImporter(self.env.cr, verbose=False)
        if "lgo_i18n" not in modules:
            self._load_lgo_file(importer, langs, "i18n")
            importer.save(overwrite=False)
        self._load_lgo_file(importer, langs, FIX_DIR)
        importer.save(force_overwrite=True)
        return result

    @api.model
    def _load_lgo_file(self, importer, langs, folder):
        for lang in langs or []:
            for base_lang in get_base_langs(lang):
                path = po_file(folder, base_lang)
                if path:
                    importer.load_file(path, lang)

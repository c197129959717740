# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _lgo_book_name(self):
        """The name by which registers, issued documents and the audit trail know a record.

        More people read those books than the record: a model whose names are confidential
        answers with what everybody may know.
        """
        return self.display_name

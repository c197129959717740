# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoCaseBulkMixin(models.AbstractModel):
    """Buttons above a list of cases; each opens the dialog that does it for all chosen ones."""

    _name = "lgo.case.bulk.mixin"
    _description = "Work on Several Cases from a List"

    def action_bulk_assign(self):
        """Give the chosen cases to a unit or an officer."""
        return self.env["lgo.case.work.wizard"]._open(self, "assign")

    def action_bulk_accept(self):
        """Accept the chosen cases."""
        return self.env["lgo.case.work.wizard"]._open(self, "accept")

    def action_bulk_start(self):
        """Start work on the chosen cases."""
        return self.env["lgo.case.work.wizard"]._open(self, "start")

    def action_bulk_resolve(self):
        """Say with a common text that the chosen cases are resolved."""
        return self.env["lgo.case.work.wizard"]._open(self, "resolve")

    def action_bulk_print(self):
        """Print the acknowledgements of the chosen cases in one file."""
        return self.env["lgo.case.work.wizard"]._open(self, "print")

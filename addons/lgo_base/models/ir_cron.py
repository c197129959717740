# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """Run a job in the language of its user.

        Odoo runs jobs in English. What ours write (late notices, timelines, reminders) is read
        by citizens and clerks and stays as written.
        """
        job = self.with_context(lang=self.env.user.lang)
        return super(IrCron, job)._callback(cron_name, server_action_id)

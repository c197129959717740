# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCron(TransactionCase):
    def test_a_job_runs_in_the_language_of_its_user(self):
        partner = self.env["res.partner"].create({"name": "ก"})
        for lang in ("th_TH", "en_US"):
            user = new_test_user(
                self.env, f"cron_{lang}", "base.group_system,base.group_partner_manager", lang=lang
            )
            cron = self.env["ir.cron"].create(
                {
                    "name": f"Job in {lang}",
                    "model_id": self.env["ir.model"]._get("res.partner").id,
                    "state": "code",
                    "code": f"model.browse({partner.id}).write({{'ref': env.lang}})",
                    "user_id": user.id,
                }
            )
            with (
                patch.object(self.env.cr, "commit"),
                patch.object(type(self.registry), "signal_changes"),
            ):
                cron.with_user(user)._callback(cron.name, cron.ir_actions_server_id.id)
            self.assertEqual(partner.ref, lang)

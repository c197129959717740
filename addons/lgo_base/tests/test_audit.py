# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestAudit(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Log = cls.env["lgo.audit.log"]
        cls.Seal = cls.env["lgo.audit.seal"]
        cls.partners = cls.env["res.partner"].create(
            [{"name": "สมชาย ใจดี"}, {"name": "สมหญิง ใจงาม"}, {"name": "สมศักดิ์ 🏛"}]
        )
        cls.auditor = new_test_user(cls.env, "t_aud_auditor", "lgo_base.group_auditor")
        cls.admin = new_test_user(cls.env, "t_aud_admin", "lgo_base.group_admin")
        cls.clerk = new_test_user(cls.env, "t_aud_clerk", "lgo_base.group_clerk")
        while cls.Seal._seal_batch():
            pass

    def _problems(self):
        return {problem["kind"] for problem in self.Log._verify()}

    def _tamper(self, query, *params):
        """Change the tables as somebody with the database password could."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE lgo_audit_log DISABLE TRIGGER USER")
        self.env.cr.execute("ALTER TABLE lgo_audit_seal DISABLE TRIGGER USER")
        self.env.cr.execute(query, params)
        self.env.cr.execute("ALTER TABLE lgo_audit_log ENABLE TRIGGER USER")
        self.env.cr.execute("ALTER TABLE lgo_audit_seal ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_one_row_a_record(self):
        rows = self.Log.with_user(self.clerk)._log(
            "case.accept", self.partners, detail={"เหตุผล": "ครบถ้วน"}, severity="warning"
        )
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows.mapped("res_id"), self.partners.ids)
        self.assertEqual(rows[2].res_name, "สมศักดิ์ 🏛")
        self.assertEqual(set(rows.mapped("uid")), {self.clerk.id})
        self.assertEqual(rows[0].detail, '{"เหตุผล": "ครบถ้วน"}')
        self.assertEqual(len(self.Log._log("export", self.env["res.partner"])), 1)
        self.assertEqual(len(self.Log._log("login", None)), 1)

    def test_batch_in_one_insert(self):
        self.partners.mapped("display_name")
        few = self.env["res.partner"].create([{"name": f"คน {i}"} for i in range(2)])
        many = self.env["res.partner"].create([{"name": f"คน {i}"} for i in range(40)])
        (few | many).mapped("display_name")
        counts = []
        for records in (few, many):
            before = self.env.cr.sql_log_count
            self.Log._log("t.batch", records)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_no_id_number(self):
        for text in ("1234567890121", "1-2345-67890-12-1", "๑๒๓๔๕๖๗๘๙๐๑๒๑"):
            row = self.Log._log("t.id", self.partners[0], detail={"id": text})
            self.assertNotIn(text, row.detail)
        row = self.Log._log("t.id", self.partners[0], detail="โทร 0812345678 เลขที่ 124/2569")
        self.assertEqual(row.detail, "โทร 0812345678 เลขที่ 124/2569")

    def test_append_only_for_everyone(self):
        row = self.Log._log("t.keep", self.partners[0])
        for log in (row.sudo(), row.with_user(self.admin), row.with_user(self.auditor)):
            with self.assertRaises(AccessError):
                log.write({"action": "x"})
            with self.assertRaises(AccessError):
                log.unlink()
            with self.assertRaises(AccessError):
                log.with_context(lgo_audit=True).create({"action": "x"})

    def test_database_refuses_too(self):
        row = self.Log._log("t.keep", self.partners[0])
        self.env.flush_all()
        for query in (
            "UPDATE lgo_audit_log SET action = 'x' WHERE id = %s",
            "UPDATE lgo_audit_log SET seal_id = NULL WHERE id = %s",
            "DELETE FROM lgo_audit_log WHERE id = %s",
            "TRUNCATE lgo_audit_log -- %s",
            "DELETE FROM lgo_audit_seal WHERE 0 < %s",
        ):
            self.Seal._seal_batch()
            with (
                self.subTest(query=query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [row.id])

    def test_who_reads(self):
        row = self.Log._log("t.read", self.partners[0])
        for user in (self.auditor, self.admin):
            self.assertEqual(row.with_user(user).action, "t.read")
        portal = new_test_user(self.env, "t_aud_portal", "base.group_portal")
        for user in (self.clerk, portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.Log.with_user(user).search_count([])
            with self.assertRaises(AccessError):
                row.with_user(user).read(["action"])

    def test_whole_trail_verifies(self):
        self.Log._log("t.a", self.partners)
        self.assertEqual(self.Log._verify(), [])
        seal = self.Seal._seal_batch()
        self.assertEqual(seal.row_count, 3)
        self.Log._log("t.b", self.partners)
        self.assertTrue(self.Seal._seal_batch())
        self.assertFalse(self.Seal._seal_batch(), "nothing left to seal")
        self.assertEqual(self.Log._verify(), [])
        self.assertEqual(
            self.Log.with_user(self.auditor).action_verify()["params"]["type"], "success"
        )

    def test_changed_row(self):
        row = self.Log._log("t.a", self.partners)[1]
        self.Seal._seal_batch()
        self._tamper("UPDATE lgo_audit_log SET user_name = 'คนอื่น' WHERE id = %s", row.id)
        self.assertEqual(self.Log._verify()[0]["row"], row.id)
        with self.assertRaises(UserError):
            self.Log.with_user(self.auditor).action_verify()

    def test_changed_row_with_new_hash(self):
        row = self.Log._log("t.a", self.partners)[1]
        self.Seal._seal_batch()
        vals = self.Seal._rows("id = %s", row.id)[0] | {"user_name": "คนอื่น"}
        self._tamper(
            "UPDATE lgo_audit_log SET user_name = 'คนอื่น', row_hash = %s WHERE id = %s",
            self.Log._content_hash(vals),
            row.id,
        )
        self.assertEqual(self._problems(), {"changed"})

    def test_changed_before_the_seal(self):
        row = self.Log._log("t.a", self.partners)[1]
        self._tamper("UPDATE lgo_audit_log SET ip = '192.0.2.1' WHERE id = %s", row.id)
        self.assertEqual(self._problems(), {"changed"})
        self.Seal._seal_batch()
        self.assertEqual(self._problems(), {"changed"}, "sealing must not heal it")

    def test_missing_row(self):
        row = self.Log._log("t.a", self.partners)[1]
        self.Seal._seal_batch()
        self._tamper("DELETE FROM lgo_audit_log WHERE id = %s", row.id)
        self.assertEqual(self._problems(), {"missing"})

    def test_inserted_row(self):
        self.Log._log("t.a", self.partners)
        seal = self.Seal._seal_batch()
        row = self.Log._log("t.forged", self.partners[0])
        self._tamper("UPDATE lgo_audit_log SET seal_id = %s WHERE id = %s", seal.id, row.id)
        self.assertEqual(self._problems(), {"inserted"})

    def test_missing_seal(self):
        self.Log._log("t.a", self.partners)
        seal = self.Seal._seal_batch()
        self.Log._log("t.b", self.partners)
        self.Seal._seal_batch()
        self._tamper("DELETE FROM lgo_audit_log WHERE seal_id = %s", seal.id)
        self._tamper("DELETE FROM lgo_audit_seal WHERE id = %s", seal.id)
        self.assertEqual(self._problems(), {"chain"})

    def test_retention(self):
        row = self.Log._log("t.old", self.partners[0])
        self.Seal._seal_batch()
        self.env["ir.config_parameter"].set_param("lgo_base.audit_retention_days", "1")
        self.Seal._cron_purge()
        self.assertTrue(row.exists(), "never below 90 days, whatever the setting")
        old = self.Log._log("t.older", self.partners[0])
        vals = self.Seal._rows("id = %s", old.id)[0]
        vals["at"] = fields.Datetime.now() - timedelta(days=100)
        self._tamper(
            "UPDATE lgo_audit_log SET at = %s, row_hash = %s WHERE id = %s",
            vals["at"],
            self.Log._content_hash(vals),
            old.id,
        )
        self.Seal._seal_batch()
        self.env["ir.config_parameter"].set_param("lgo_base.audit_retention_days", "100000")
        self.Seal._cron_purge()
        self.assertTrue(old.exists())
        self.env["ir.config_parameter"].set_param("lgo_base.audit_retention_days", "95")
        self.Seal._cron_purge()
        self.assertFalse(old.exists())
        self.assertTrue(row.exists())
        self.assertEqual(self.Log._verify(), [])
        self.assertTrue(self.Log.search_count([("action", "=", "audit.purge")]))

    def test_cron(self):
        self.Log._log("t.cron", self.partners)
        with self.enter_registry_test_mode():
            self.env.ref("lgo_base.ir_cron_audit_seal").method_direct_trigger()
        self.assertFalse(self.Log.search_count([("seal_id", "=", False)]))

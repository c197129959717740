# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL: which server, which locale, where the socket lies."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

from lgo_cli import database, postgres
from lgo_cli.console import LgoError

from .common import CliCase


class TestLocale(CliCase):
    def test_thai_order_where_the_server_has_icu(self):
        for version in (15, 17, 18):
            clause = database.locale_clause(version, True)
            self.assertIn("locale_provider icu icu_locale 'th-TH'", clause)
            self.assertIn("lc_ctype 'C.UTF-8'", clause)

    def test_without_icu(self):
        self.assertIn("builtin_locale 'C.UTF-8'", database.locale_clause(18, False))
        for version, icu in ((16, False), (14, True)):
            clause = database.locale_clause(version, icu)
            self.assertNotIn("provider", clause)
            self.assertIn("lc_ctype 'C.UTF-8'", clause)

    def test_ctype_c_is_locked_out(self):
        for ctype, encoding in (("C", "UTF8"), ("POSIX", "UTF8"), ("C.UTF-8", "SQL_ASCII")):
            with self.assertRaisesRegex(LgoError, "Thai words cannot be searched"):
                database.refuse_ctype("lgo", ctype, encoding)
        for ctype in ("C.UTF-8", "th_TH.UTF-8", "en_US.utf8"):
            database.refuse_ctype("lgo", ctype)

    def test_a_database_without_thai_letters_is_dropped_again(self):
        def answer(_database, query, **_variables):
            if "server_version_num" in query:
                return [["180003"]]
            return [["C", "UTF8"]] if "datctype" in query else []

        settings = mock.Mock()
        settings.sql.side_effect = answer
        with self.assertRaisesRegex(LgoError, "lc_ctype C "):
            database.create(settings, "x")
        self.assertIn("drop database", settings.sql.call_args.args[1])


class TestNamedServer(CliCase):
    def test_none_named(self):
        self.assertIsNone(postgres.named_server({}))
        self.assertIsNone(postgres.named_server({"PGUSER": "odoo", "PGPORT": "1"}))

    def test_environment(self):
        found = postgres.named_server(
            {"PGHOST": "db.test", "PGPORT": "6000", "PGUSER": "office", "PGPASSWORD": "x"}
        )
        self.assertEqual(
            (found.host, found.port, found.user, found.password),
            ("db.test", 6000, "office", "x"),
        )

    def test_config_file(self):
        file = self.dir / "odoo.conf"
        file.write_text("[options]\ndb_host = db.test\ndb_user = office\ndb_password = p%w\n")
        found = postgres.named_server({"ODOO_RC": str(file)})
        self.assertEqual((found.host, found.port, found.password), ("db.test", 5432, "p%w"))
        file.write_text("[options]\ndb_host = False\n")
        self.assertIsNone(postgres.named_server({"ODOO_RC": str(file)}))

    def test_broken_config_file(self):
        file = self.dir / "odoo.conf"
        for text in ("no section\n", "[options\n"):
            file.write_text(text)
            with self.assertRaisesRegex(LgoError, "Mend or remove .*odoo.conf"):
                postgres.named_server({"ODOO_RC": str(file)})
        with self.assertRaisesRegex(LgoError, "^Make .* readable"):
            postgres.named_server({"ODOO_RC": str(self.dir / "none")})

    def test_user_postgres_is_refused(self):
        with self.assertRaisesRegex(LgoError, "createuser"):
            postgres.named_server({"PGHOST": "h", "PGUSER": "postgres"})

    def test_a_port_that_is_no_number(self):
        with self.assertRaisesRegex(LgoError, "PGPORT"):
            postgres.named_server({"PGHOST": "h", "PGPORT": "x"})

    def test_the_environment_of_children(self):
        settings = postgres.Settings("h", 5, "u", "p", Path("/pg/bin"))
        with mock.patch.dict(os.environ, {"PGDATABASE": "other"}):
            env = settings.env()
        self.assertNotIn("PGDATABASE", env)
        self.assertEqual(
            (env["PGHOST"], env["PGPORT"], env["PGUSER"], env["PGPASSWORD"]), ("h", "5", "u", "p")
        )
        self.assertTrue(env["PATH"].startswith("/pg/bin:"))


class TestCluster(CliCase):
    def test_socket_folder_is_short_and_private(self):
        long = self.dir / ("ก" * 40) / "socket"  # 120 bytes
        short = self.dir / "s"
        self.assertEqual(postgres.socket_dir([long, short]), short)
        self.assertEqual(stat.S_IMODE(short.stat().st_mode), 0o700)
        with self.assertRaisesRegex(LgoError, "107 bytes"):
            postgres.socket_dir([long])

    def test_somebody_elses_socket_folder(self):
        target = self.dir / "target"
        target.mkdir()
        link = self.dir / "link"
        link.symlink_to(target)
        with self.assertRaisesRegex(LgoError, "belongs to somebody else"):
            postgres.socket_dir([link])

    def test_stale_postmaster_pid(self):
        with mock.patch.object(postgres, "root_method", return_value=""):
            cluster = postgres.Cluster("run")
        cluster.data.mkdir(parents=True)
        self.assertIsNone(cluster.pid())
        file = cluster.data / "postmaster.pid"
        for text in ("", "x\n", "999999999\n", f"{os.getpid()}\n"):
            file.write_text(text)
            self.assertIsNone(cluster.pid(), text)
            self.assertFalse(cluster.stop())
        code = "import sys, time; print(flush=True); time.sleep(60)"
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=cluster.data, stdout=subprocess.PIPE
        )
        with process:
            process.stdout.readline()
            file.write_text(f"{process.pid}\n")
            self.assertEqual(cluster.pid(), process.pid)
            process.kill()

    def test_root_without_a_way_down(self):
        postgres.root_method.cache_clear()
        self.addCleanup(postgres.root_method.cache_clear)
        self.program("unshare", "exit 1\n")
        self.program("setpriv", "exit 1\n")
        with (
            mock.patch.object(os, "geteuid", return_value=0),
            self.assertRaisesRegex(LgoError, "ordinary user"),
        ):
            postgres.root_method()
        self.program("setpriv", "exit 0\n")
        with mock.patch.object(os, "geteuid", return_value=0):
            self.assertEqual(postgres.root_method(), "setpriv")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ports, the pid file, the configuration with its secrets, what is installed."""

import base64
import json
import os
import socket
import stat
import subprocess
import sys
from unittest import mock

from lgo_cli import config, console, office, postgres, server
from lgo_cli.console import LgoError

from .common import CliCase

SETTINGS = postgres.Settings("/run/socket", 5432, "odoo")


class TestPorts(CliCase):
    def test_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with self.assertRaisesRegex(LgoError, f"^Choose another port.*{port} is in use"):
                server.choose_port(port)
        self.assertEqual(server.choose_port(port), port)

    def test_the_next_free_port(self):
        with mock.patch.object(server, "port_free", side_effect=lambda port: port > 8070):
            self.assertEqual(server.choose_port(), 8071)
        with (
            mock.patch.object(server, "port_free", return_value=False),
            self.assertRaisesRegex(LgoError, "^Choose a port with --port"),
        ):
            server.choose_port()


class TestPidFile(CliCase):
    def write(self, value):
        self.file = server._pid_file()
        self.file.write_text(value if isinstance(value, str) else json.dumps(value))

    def test_stale_pid_file_is_forgotten_and_kills_nobody(self):
        me = os.getpid()
        for value in (
            "",
            "[]",
            "{}",
            {"pid": 999999999, "port": 8069, "started": 1},
            # the number was given to another program since
            {"pid": me, "port": 8069, "started": server.started_at(me) - 1},
        ):
            with self.subTest(value=value):
                self.write(value)
                with mock.patch.object(os, "killpg") as kill:
                    self.assertFalse(server.stop())
                kill.assert_not_called()
                self.assertFalse(self.file.exists())

    def test_stop_ends_the_process_group(self):
        process = subprocess.Popen(
            [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        with process:
            process.stdout.readline()
            started = server.started_at(process.pid)
            self.write({"pid": process.pid, "port": 8069, "started": started})
            self.assertEqual(server.running()["pid"], process.pid)
            self.assertTrue(server.stop())
            self.assertIsNotNone(process.wait(5))
        self.assertIsNone(server.running())

    def test_a_server_that_ends_at_once(self):
        fake = self.program("odoo", "echo 'x 1 CRITICAL lgo odoo: no such table' ; exit 1\n")
        with (
            mock.patch.object(server, "odoo_command", return_value=[str(fake)]),
            self.assertRaisesRegex(LgoError, "^See .*odoo.log: .*CRITICAL lgo odoo: no such table"),
        ):
            server.start(self.dir / "c", "lgo", server.choose_port(), SETTINGS)
        self.assertIsNone(server.running())

    def test_environment_is_free_of_foreign_settings(self):
        with mock.patch.dict(os.environ, {"ODOO_RC": "x", "ODOO_HOME": "y", "PYTHONPATH": "z"}):
            env = server.environment(SETTINGS)
        self.assertFalse({"ODOO_RC", "ODOO_HOME", "PYTHONPATH"} & env.keys())
        self.assertEqual(env["PGHOST"], "/run/socket")

    def test_large_log_is_put_aside(self):
        log = server.log_file()
        log.write_text("x" * 20)
        with mock.patch.object(server, "MAX_LOG", 10):
            server.log_file()
        self.assertFalse(log.exists())
        self.assertTrue(log.with_name("odoo.log.1").exists())


class TestConfig(CliCase):
    def test_secrets_are_private_strong_and_stay(self):
        old = os.umask(0)
        self.addCleanup(os.umask, old)
        file = config.write(config.path(), config.options(SETTINGS))
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        first, key = config.read(file), config.read(file, "lgo")["lgo_secret_key"]
        self.assertEqual(len(base64.b64decode(key, validate=True)), 32)
        self.assertNotIn("lgo_secret_key", first, "Odoo would warn of it at each start")
        self.assertGreaterEqual(len(first["admin_passwd"]), 32)
        config.write(file, config.options(SETTINGS))
        self.assertEqual(config.read(file), first)
        self.assertEqual(config.read(file, "lgo")["lgo_secret_key"], key)
        other = config.write(self.dir / "other.conf", {})
        self.assertNotEqual(config.read(other, "lgo")["lgo_secret_key"], key)
        self.assertNotEqual(config.read(other)["admin_passwd"], first["admin_passwd"])

    def test_key_of_an_older_installation_moves(self):
        file = self.dir / "odoo.conf"
        file.write_text("[options]\nlgo_secret_key = abc\nlgo_secret_key_old = x,y\n")
        config.write(file, {})
        self.assertNotIn("lgo_secret_key", config.read(file))
        moved = {"lgo_secret_key": "abc", "lgo_secret_key_old": "x,y"}
        self.assertEqual(config.read(file, "lgo"), moved)

    def test_nothing_listens_beyond_loopback(self):
        values = config.read(config.write(config.path(), config.options(SETTINGS)))
        self.assertEqual(values["http_interface"], "127.0.0.1")
        self.assertEqual(values["list_db"], "False")

    def test_own_options_are_kept_and_empty_ones_taken_out(self):
        file = self.dir / "odoo.conf"
        file.write_text("[options]\nlimit_request = 9\ndb_password = old%1\n[queue_job]\nx = 1\n")
        values = config.read(config.write(file, config.options(SETTINGS)))
        self.assertEqual(values["limit_request"], "9")
        self.assertNotIn("db_password", values)
        self.assertIn("[queue_job]\nx = 1\n", file.read_text())
        self.assertIn("modules_disabled = partner_autocomplete,iap", file.read_text())

    def test_queue_job_is_loaded_when_an_addon_needs_it(self):
        self.assertNotIn("queue_job", config.server_wide_modules())
        (self.root / "addons/a").mkdir()
        (self.root / "addons/a/__manifest__.py").write_text("# x\n{'depends': ['queue_job']}\n")
        self.assertIn("queue_job", config.server_wide_modules())


class TestOffice(CliCase):
    def setUp(self):
        super().setUp()
        for name in ("lgo_base", "lgo_demo"):
            (self.root / "addons" / name).mkdir()
            (self.root / "addons" / name / "__manifest__.py").write_text("{'depends': []}")
        (self.root / "addons/not_an_addon").mkdir()

    def test_wanted_addons(self):
        self.assertEqual(office.wanted_addons(True), ["lgo_base", "lgo_demo"])
        self.assertEqual(office.wanted_addons(False), ["lgo_base"])

    def test_only_what_changed_is_updated(self):
        office._remember(["lgo_base", "lgo_demo"], True)
        calls = self.patch(mock.patch.object(server, "run_odoo")).call_args_list
        self.patch(mock.patch.object(office, "_require_installed"))
        office.refresh(SETTINGS, "c")
        self.assertEqual(calls, [])
        (self.root / "addons/lgo_base/data.xml").write_text("<odoo />")
        (self.root / "addons/lgo_oss").mkdir()
        (self.root / "addons/lgo_oss/__manifest__.py").write_text("{'depends': []}")
        office.refresh(SETTINGS, "c")
        self.assertEqual(calls[0].args[-4:], ("-i", "lgo_oss", "-u", "lgo_base"))
        office.refresh(SETTINGS, "c")
        self.assertEqual(len(calls), 1)

    def test_an_office_goes_on_as_it_was_made(self):
        office._remember(["lgo_base"], False)
        office._same_demo(False)
        office._same_demo(True)  # a plain ./lgo run of an empty office
        office._remember(["lgo_base", "lgo_demo"], True)
        office._same_demo(True)
        with self.assertRaisesRegex(LgoError, "^Start it without --no-demo.*made with demo data"):
            office._same_demo(False)

    def test_no_demo_is_refused_by_a_running_demo_office(self):
        office._remember(["lgo_base", "lgo_demo"], True)
        self.patch(mock.patch.object(server, "running", return_value={"port": 1}))
        self.patch(mock.patch.object(server, "healthy", return_value=True))
        with self.assertRaises(LgoError):
            office.start(demo=False)

    def test_demo_logins(self):
        rows = office.logins()
        wanted = ["clerk", "head", "mayor", "finance", "cashier", "citizen", "admin"]
        self.assertEqual([row["login"] for row in rows], wanted)
        for row in rows:
            self.assertEqual(row["password"], f"{row['login']}-lgo")

    def test_addons_that_did_not_install_are_named(self):
        settings = mock.Mock()
        settings.sql.return_value = [["base"], ["lgo_base"]]
        office._require_installed(settings, "lgo", ["lgo_base"])
        with self.assertRaisesRegex(LgoError, "not installed are lgo_oss"):
            office._require_installed(settings, "lgo", ["lgo_base", "lgo_oss"])


class TestConsole(CliCase):
    def test_thai_columns_are_aligned(self):
        self.assertEqual(console.width("ผู้ดูแล"), 4)  # ผ ด แ ล
        self.assertEqual(console.width("abc"), 3)

    def test_failed_program_tells_why(self):
        with self.assertRaisesRegex(LgoError, r"sh failed \(3\): E: broken"):
            console.run("sh", "-c", "echo E: broken; echo bye; exit 3")
        with self.assertRaisesRegex(LgoError, "cannot be started"):
            console.run("/no/such/program")

    def test_the_telling_line(self):
        trace = "Traceback (most recent call last):\n  File x\nlxml.XMLSyntaxError: line 3\nbye\n"
        for output, line in (
            ("", "no output"),
            ("a\nb\n\n", "b"),
            ("E: first\nE: last\nbye", "E: last"),
            (
                "W: Failed to fetch http://a.test/x  Could not resolve 'a.test'\n"
                "E: Some index files failed to download.\n",
                "W: Failed to fetch http://a.test/x  Could not resolve 'a.test'",
            ),
            (
                "WARNING: Retrying after SSLError('[SSL: CERTIFICATE_VERIFY_FAILED] self-signed')\n"
                "ERROR: No matching distribution found for uv==1\n",
                "WARNING: Retrying after SSLError('[SSL: CERTIFICATE_VERIFY_FAILED] self-signed')",
            ),
            (
                "npm error code EXYZ\nnpm error A complete log of this run can be found in: x\n",
                "npm error code EXYZ",
            ),
            ("1 CRITICAL lgo: failed\n" + trace, "lxml.XMLSyntaxError: line 3"),
            (
                "ERROR: Exception:\n" + trace.replace("lxml", "  | lxml"),
                "lxml.XMLSyntaxError: line 3",
            ),
        ):
            self.assertEqual(console.telling_line(output), line)

    def test_text_for_a_program(self):
        self.assertEqual(console.run("cat", text_in="ก\n"), "ก\n")

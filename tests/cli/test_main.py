# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a person who types a command sees: help, errors, exit codes."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

from lgo_cli import main, office, paths, postgres
from lgo_cli.console import LgoError

from .common import CliCase

LGO = Path(__file__).resolve().parents[2] / "lgo"


class TestMain(CliCase):
    def call(self, *argv):
        """Exit code, stdout and stderr of a command."""
        out, err = io.StringIO(), io.StringIO()
        previous = signal.getsignal(signal.SIGTERM)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    code = main.main(list(argv))
                except SystemExit as error:
                    code = error.code
        finally:
            signal.signal(signal.SIGTERM, previous)
        return code, out.getvalue(), err.getvalue()

    def test_usage_errors_exit_2_and_say_what_is_wrong(self):
        for argv, words in (
            ([], "COMMAND"),
            (["fly"], "fly"),
            (["run", "--port", "x"], "'x' cannot be used"),
            (["run", "--port", "80"], "1024 to 65535"),
            (["run", "--port", "65536"], "1024 to 65535"),
            (["run", "--port", "๘๐๖๙๐๐"], "1024 to 65535"),
            (["run", "extra"], "extra"),
            (["stop", "--now"], "--now"),
        ):
            with self.subTest(argv=argv):
                code, _out, err = self.call(*argv)
                self.assertEqual(code, 2)
                self.assertIn(words, err)
                self.assertNotIn("Traceback", err)

    def test_help_names_every_command(self):
        code, out, _err = self.call("--help")
        self.assertEqual(code, 0)
        for command in (
            "run",
            "stop",
            "status",
            "shell",
            "update",
            "reset",
            "backup",
            "restore",
            "test",
            "lint",
        ):
            self.assertIn(f"    {command} ", out)

    def test_who_types_help_or_nothing_sees_what_there_is(self):
        code, out, _err = self.call("help")
        self.assertEqual(code, 0)
        self.assertIn("./lgo run", out)
        code, out, err = self.call()
        self.assertEqual((code, out), (2, ""))
        self.assertIn("Start with: ./lgo run", err)

    def test_help_of_one_command(self):
        code, out, _err = self.call("help", "run")
        self.assertEqual(code, 0)
        self.assertIn("--port", out)
        self.assertEqual(self.call("help", "fly")[0], 2)

    def test_wrong_word_shows_the_usage_of_its_command(self):
        for argv in (["stop", "--now"], ["run", "extra"]):
            with self.subTest(argv=argv):
                _code, _out, err = self.call(*argv)
                self.assertIn(f"usage: ./lgo {argv[0]}", err)
                self.assertNotIn("restore", err)

    def test_before_the_first_run_nothing_is_fetched(self):
        for argv in (["backup"], ["update"], ["shell"]):
            with (
                self.subTest(argv=argv),
                mock.patch.object(postgres, "named_server", return_value=None),
                mock.patch.object(office, "prepare") as prepare,
            ):
                code, _out, err = self.call(*argv)
                self.assertEqual(code, 1)
                self.assertIn("Make an office first, with ./lgo run", err)
                prepare.assert_not_called()

    def test_what_another_user_made_is_told_with_its_owner(self):
        closed = self.dir / "closed"
        closed.write_text("")
        owner = closed.owner()
        for path in (closed, closed.with_name("new")):
            error = PermissionError(13, "Permission denied", str(path))
            with mock.patch.object(office, "start", side_effect=error):
                code, _out, err = self.call("run")
            self.assertEqual(code, 1)
            self.assertRegex(err, rf"^lgo: Run \./lgo as the user .*\({owner}\).*{path}")
        with mock.patch.object(os, "access", return_value=False):
            code, _out, err = self.call("status")
        self.assertEqual(code, 1)
        self.assertIn(f"({owner})", err)

    def test_reset_says_that_the_key_goes(self):
        conf = paths.state_dir() / "odoo.conf"
        conf.write_text("[options]\n")
        with mock.patch.object(sys, "stdin", io.StringIO()):
            code, out, err = self.call("reset")
        self.assertEqual(code, 1)
        self.assertRegex(out, "(?s)odoo.conf.*With odoo.conf goes the key")
        self.assertIn("nothing was deleted", err)
        self.assertTrue(conf.exists())

    def test_error_is_one_sentence_with_exit_code_1(self):
        with mock.patch.object(office, "start", side_effect=LgoError("Do this.")):
            self.assertEqual(self.call("run"), (1, "", "lgo: Do this.\n"))

    def test_unforeseen_error_has_no_traceback_unless_debugging(self):
        with mock.patch.object(office, "start", side_effect=ZeroDivisionError("oops")):
            code, _out, err = self.call("run")
            self.assertEqual(code, 1)
            self.assertEqual(err.count("\n"), 1)
            self.assertIn("LGO_DEBUG=1", err)
            os.environ["LGO_DEBUG"] = "1"
            with self.assertRaises(ZeroDivisionError):
                self.call("run")

    def test_interrupt_says_that_it_can_be_repeated(self):
        with mock.patch.object(office, "start", side_effect=KeyboardInterrupt):
            code, _out, err = self.call("run")
        self.assertEqual(code, 130)
        self.assertIn("goes on where it stopped", err)

    def test_options_of_run(self):
        for argv, port, demo in (
            (["run"], None, True),
            (["run", "--no-demo"], None, False),
            (["run", "--port", "8100"], 8100, True),
        ):
            with mock.patch.object(office, "start") as start:
                self.assertEqual(self.call(*argv)[0], 0)
            start.assert_called_once_with(port, demo=demo)

    def test_reset_says_what_goes_and_needs_yes(self):
        self.assertEqual(self.call("reset")[:2], (0, "There is nothing to delete.\n"))
        state = paths.state_dir()
        self.patch(mock.patch.object(postgres, "root_method", return_value=""))
        for name in ("pg-run", "pg-test", "pg-bench", "data", "backups"):
            (state / name).mkdir()
        with mock.patch.object(office, "reset") as reset:
            with mock.patch.object(sys, "stdin", io.StringIO("")):
                code, out, _err = self.call("reset")
            for name in ("pg-run", "pg-test", "pg-bench", "data"):
                self.assertIn(f"{state / name}\n", out)
            self.assertNotIn("backups", out)
            with mock.patch.object(sys, "stdin", io.StringIO("")):
                code, _out, err = self.call("reset")
            self.assertEqual(code, 1)
            self.assertIn("--yes", err)
            reset.assert_not_called()
            self.assertEqual(self.call("reset", "--yes")[0], 0)
            reset.assert_called_once_with()
        self.assertEqual(self.call("reset", "--yes")[0], 0)
        self.assertEqual([path.name for path in sorted(state.glob("[!o]*"))], ["backups"])

    def test_update_refuses_an_unknown_addon(self):
        (self.root / "addons/lgo_base").mkdir()
        (self.root / "addons/lgo_base/__manifest__.py").write_text("{}")
        code, _out, err = self.call("update", "lgo_bse")
        self.assertEqual(code, 1)
        self.assertIn("lgo_bse", err)
        self.assertIn("lgo_base", err)

    def test_stop_and_status_of_a_fresh_clone_fetch_nothing(self):
        for command, code in (("stop", 0), ("status", 1)):
            result = self.call(command)
            self.assertEqual(result[0], code)
            self.assertIn("does not run", result[1])
        self.assertFalse((self.dir / "cache").exists())

    def test_the_file_itself_runs_from_any_folder(self):
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, LGO, "run", "--port", "1"],
            cwd=self.dir,
            env=env,
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 2, done.stderr)

    def test_kill_ends_a_step_and_its_child(self):
        code = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "from lgo_cli import main, office, console\n"
            "office.start = lambda *a, **k: console.run('sh', '-c', 'echo $$; exec sleep 60',"
            " on_line=lambda line: print(line, flush=True))\n"
            "sys.exit(main.main(['run']))\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(LGO.parent)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            child = int(process.stdout.readline())
            started = time.monotonic()
            process.terminate()
            self.assertEqual(process.wait(20), 130)
            self.assertLess(time.monotonic() - started, 10)
        self.assertFalse(Path(f"/proc/{child}").exists())

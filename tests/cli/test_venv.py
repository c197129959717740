# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Python environments: made once, made again after an interruption, with uv or with pip."""

import os
import sys
from pathlib import Path
from unittest import mock

from lgo_cli import apt, paths, venv
from lgo_cli.console import LgoError

from .common import CliCase


class TestVenv(CliCase):
    def setUp(self):
        super().setUp()
        os.environ["ODOO_HOME"] = str(self.tree("odoo-19"))
        self.locks = self.dir / "requirements"
        self.locks.mkdir()
        for name in ("run.lock", "dev.lock", "uv.lock"):
            (self.locks / name).write_text(name)
        self.patch(mock.patch.object(paths, "REQUIREMENTS", self.locks))
        self.patch(mock.patch.object(venv, "_have_ensurepip", return_value=True))
        self.calls = []
        self.fail = lambda command: False
        self.patch(mock.patch.object(venv, "run", side_effect=self.run_fake))

    def run_fake(self, *command, **_kwargs):
        """Stands for the programs: makes what `python -m venv` makes, notes the rest."""
        command = [str(part) for part in command]
        self.calls.append(command)
        if command[1:3] == ["-m", "venv"]:
            folder = Path(command[-1])
            (folder / "lib/python3.11/site-packages").mkdir(parents=True)
            (folder / "bin").mkdir()
            (folder / "bin/python").symlink_to(sys.executable)
        if self.fail(command):
            raise LgoError("it failed")
        return ""

    def test_made_once_with_hashes_and_odoo_on_its_path(self):
        python = venv.ensure()
        pth = venv.site_packages(python) / "lgo-odoo.pth"
        self.assertEqual(pth.read_text(), f"{self.dir / 'odoo-19'}\n")
        installs = [call for call in self.calls if "install" in call]
        self.assertEqual(len(installs), 2)
        for call in installs:
            self.assertIn("--require-hashes", call)
            self.assertIn("--no-deps", call)
        count = len(self.calls)
        self.assertEqual(venv.ensure(), python)
        self.assertEqual(len(self.calls), count)

    def test_another_lock_or_tree_is_another_environment(self):
        first = venv.ensure()
        self.assertNotEqual(venv.ensure(dev=True), first)
        (self.locks / "run.lock").write_text("changed")
        second = venv.ensure()
        self.assertNotEqual(second, first)
        os.environ["ODOO_HOME"] = str(self.tree("other-19"))
        self.assertNotEqual(venv.ensure(), second)

    def test_an_interrupted_one_is_made_again(self):
        def interrupt(command):
            if "install" in command:
                raise KeyboardInterrupt
            return False

        self.fail = interrupt
        with self.assertRaises(KeyboardInterrupt):
            venv.ensure()
        self.fail = lambda command: False
        python = venv.ensure()
        self.assertTrue((python.parent.parent / venv.STAMP).exists())

    def test_one_whose_python_was_removed_is_made_again(self):
        python = venv.ensure()
        python.unlink()
        python.symlink_to(self.dir / "gone")
        venv.ensure()
        self.assertTrue(python.exists())

    def test_pip_takes_over_when_uv_fails(self):
        self.fail = lambda command: command[0].endswith("/uv")
        venv.ensure()
        last = self.calls[-1]
        self.assertEqual(last[1:3], ["-m", "pip"])
        self.assertIn(str(self.locks / "run.lock"), last)

    def test_both_fail(self):
        self.fail = lambda command: "install" in command
        with self.assertRaisesRegex(LgoError, "^Check the network"):
            venv.ensure()

    def test_without_venv_and_apt_the_package_is_named(self):
        venv._have_ensurepip.return_value = False
        with (
            mock.patch.object(apt, "available", return_value=False),
            self.assertRaisesRegex(LgoError, "apt-get install python3-venv"),
        ):
            venv.ensure()

    def test_python_too_new(self):
        with (
            mock.patch.object(sys, "version_info", (3, 14, 0)),
            self.assertRaisesRegex(LgoError, r"3\.11 to 3\.13, and this is 3\.14"),
        ):
            venv.ensure()

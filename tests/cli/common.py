# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of the command share."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lgo_cli import paths

RELEASE = "version_info = ({}, {}, 0, FINAL, 0, '')\n"


class CliCase(unittest.TestCase):
    """A test with its own empty cache and checkout, and none of the caller's settings."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = Path(folder.name)
        self.root = self.dir / "checkout"
        (self.root / "addons").mkdir(parents=True)
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.dir / "home")}
        self.patch(mock.patch.dict(os.environ, kept, clear=True))
        os.environ["LGO_CACHE"] = str(self.dir / "cache")
        self.patch(mock.patch.object(paths, "ROOT", self.root))
        self.patch(mock.patch.object(paths, "ADDONS", self.root / "addons"))

    def patch(self, patcher):
        """Start a patcher that ends with the test; returns the mock."""
        self.addCleanup(patcher.stop)
        return patcher.start()

    def tree(self, name, major=19, minor=0):
        """Make something that looks like the source of Odoo."""
        tree = self.dir / name
        (tree / "odoo").mkdir(parents=True)
        (tree / "odoo/release.py").write_text(RELEASE.format(major, minor), "utf-8")
        return tree

    def program(self, name, script):
        """Put a shell script on PATH in place of a program."""
        bin_dir = self.dir / "bin"
        bin_dir.mkdir(exist_ok=True)
        file = bin_dir / name
        file.write_text("#!/bin/sh\n" + script, "utf-8")
        file.chmod(0o755)
        if not os.environ["PATH"].startswith(str(bin_dir)):
            os.environ["PATH"] = f"{bin_dir}{os.pathsep}{os.environ['PATH']}"
        return file

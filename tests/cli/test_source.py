# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where Odoo comes from."""

import hashlib
import os
import shutil
import subprocess
import unittest
from unittest import mock

from lgo_cli import apt, source, system
from lgo_cli.console import LgoError

from .common import RELEASE, CliCase


class TestSource(CliCase):
    def test_odoo_home(self):
        tree = self.tree("mine")
        os.environ["ODOO_HOME"] = str(tree)
        self.assertEqual(source.ensure(), tree)

    def test_odoo_home_of_the_wrong_version(self):
        os.environ["ODOO_HOME"] = str(self.tree("old", 18))
        with self.assertRaisesRegex(LgoError, r"Odoo 19\.0 in ODOO_HOME: .*old is Odoo 18\.0"):
            source.ensure()

    def test_odoo_home_without_odoo(self):
        os.environ["ODOO_HOME"] = str(self.dir)
        with self.assertRaisesRegex(LgoError, "holds no odoo/release.py"):
            source.ensure()

    def test_falls_back_from_apt_to_git_and_keeps_the_result(self):
        self.program("apt-get", "echo 'E: no network' >&2; exit 100\n")
        self.program("dpkg-deb", "exit 1\n")
        script = f'for last; do :; done; mkdir -p "$last/odoo"; printf "{RELEASE}" > '
        self.program("git", script.format(19, 0) + '"$last/odoo/release.py"\n')
        with mock.patch.object(apt, "debian_mirror", return_value="file:/nowhere/debian"):
            tree = source.ensure()
        self.assertEqual(tree, self.dir / "cache/odoo-19.0-git-1")
        self.program("git", "exit 1\n")
        self.assertEqual(source.ensure(), tree)

    @unittest.skipUnless(shutil.which("git"), "git is not installed (apt-get install git)")
    def test_clone_of_a_real_repository(self):
        """Upstream is a bare repository on this machine, with the branch and another one."""
        work, bare = self.tree("work"), self.dir / "odoo.git"
        (work / "setup").mkdir()
        (work / "setup/odoo").write_text("#!/usr/bin/env python3\n", "utf-8")
        for command in (
            ("init", "-q", "-b", "19.0"),
            ("add", "."),
            ("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "19.0"),
            ("checkout", "-q", "-b", "master"),
            ("rm", "-q", "odoo/release.py"),
            ("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "next"),
            ("clone", "-q", "--bare", ".", bare),
        ):
            subprocess.run(["git", *map(str, command)], cwd=work, check=True, capture_output=True)
        os.environ["ODOO_GIT"] = f"file://{bare}"
        with mock.patch.object(apt, "available", return_value=False):
            tree = source.ensure()
        self.assertEqual(tree, self.dir / "cache/odoo-19.0-git-1")
        self.assertTrue((tree / "setup/odoo").is_file())
        count = ["git", "-C", str(tree), "rev-list", "--count", "HEAD"]
        done = subprocess.run(count, check=True, capture_output=True, text=True)
        self.assertEqual(done.stdout.strip(), "1", "the history is not fetched")

    def test_nothing_works(self):
        failing = "echo 'fatal: unable to access: no network' >&2; exit 128\n"
        self.program("git", failing)
        with (
            mock.patch.object(apt, "available", return_value=False),
            self.assertRaisesRegex(
                LgoError, r"^Check the network .*set ODOO_HOME.*no apt-get.*no network"
            ),
        ):
            source.ensure()
        self.assertEqual(list((self.dir / "cache").glob("odoo-19*")), [])

    def test_interrupted_fetch_is_fetched_again(self):
        with (
            mock.patch.object(source, "from_debian", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            source.ensure()
        self.assertEqual(list((self.dir / "cache").glob("odoo-19*")), [])

        def fetch(temp):
            (temp / source.TREE / "odoo").mkdir(parents=True)
            (temp / source.TREE / "odoo/release.py").write_text(RELEASE.format(19, 0))

        with mock.patch.object(source, "from_debian", side_effect=fetch):
            self.assertTrue((source.ensure() / "odoo/release.py").is_file())


class TestApt(CliCase):
    def test_mirror_of_both_formats_and_never_a_comment(self):
        etc = self.dir / "etc"
        (etc / "sources.list.d").mkdir(parents=True)
        self.assertIsNone(apt.debian_mirror(etc))
        (etc / "sources.list.d/a.sources").write_text(
            "Types: deb\n# http://old.test/debian\nURIs: https://m.test/debian/\nSuites: trixie\n"
        )
        self.assertEqual(apt.debian_mirror(etc), "https://m.test/debian")
        (etc / "sources.list").write_text(
            "deb http://m.test/debian-security x main\n"
            "deb [arch=amd64] http://n.test/debian x main\n"
        )
        self.assertEqual(apt.debian_mirror(etc), "http://n.test/debian")
        os.environ["LGO_DEBIAN_MIRROR"] = "http://own.test/debian/"
        self.assertEqual(apt.debian_mirror(etc), "http://own.test/debian")

    def test_unverified_packages_need_a_known_digest(self):
        deb = self.dir / "a_1_all.deb"
        deb.write_bytes(b"package")
        known = {deb.name: hashlib.sha256(b"package").hexdigest()}
        apt.refuse_unknown([deb], known)
        for wrong in ({}, {deb.name: "0" * 64}, {"b.deb": known[deb.name]}):
            with self.assertRaisesRegex(LgoError, "cannot verify a_1_all.deb"):
                apt.refuse_unknown([deb], wrong)

    def test_unverified_lists_are_marked(self):
        lists = self.dir / "cache/apt-x/lists"
        script = f'case "$*" in *--error-on=any*) exit 100;; esac; touch {lists}/m_sid_Packages\n'
        self.program("apt-get", script)
        self.program("dpkg-deb", "")
        os.environ["LGO_DEBIAN_MIRROR"] = "http://own.test/debian"
        private = mock.patch.object(apt.PrivateApt, "_keyring", return_value="/none.gpg")
        with private, apt.private_apt("x", "sid") as private_apt:
            self.assertFalse(private_apt.signed)
            folder = private_apt.dir
            self.assertIn("http://own.test/debian", (folder / "etc/lgo.sources").read_text())
        self.assertFalse(folder.exists())

    def test_without_the_network_apt_brings_no_lists(self):
        self.program(
            "apt-get", 'case "$*" in *--error-on=any*) echo "E: no route"; exit 100;; esac\n'
        )
        self.program("dpkg-deb", "")
        os.environ["LGO_DEBIAN_MIRROR"] = "http://own.test/debian"
        private = mock.patch.object(apt.PrivateApt, "_keyring", return_value="/none.gpg")
        expected = self.assertRaisesRegex(LgoError, "no package lists.*no route")
        with private, expected, apt.private_apt("x", "sid"):
            pass


class TestSystem(CliCase):
    def test_an_ordinary_user_is_told_the_command(self):
        self.program("apt-get", "")
        self.program("dpkg-deb", "")
        for sudo, words in (
            ("/usr/bin/sudo", "sudo apt-get update && sudo apt-get install .* libthai0$"),
            # Debian installs no sudo when root has a password.
            (None, "su - -c 'apt-get update && apt-get install .* libthai0'$"),
        ):
            which = mock.patch.object(system.shutil, "which", return_value=sudo)
            with (
                self.subTest(sudo=sudo),
                mock.patch.object(system, "_loads", side_effect=lambda name: "thai" not in name),
                mock.patch.object(apt, "available", return_value=True),
                mock.patch.object(os, "geteuid", return_value=1000),
                which,
                self.assertRaisesRegex(LgoError, words),
            ):
                system.ensure()

    def test_without_apt_the_packages_are_named(self):
        with (
            mock.patch.object(system, "_loads", return_value=False),
            mock.patch.object(apt, "available", return_value=False),
            self.assertRaisesRegex(LgoError, "libpango-1.0-0"),
        ):
            system.ensure()

    def test_root_installs_and_reads_the_lists_when_they_are_missing(self):
        log = self.dir / "log"
        script = f'echo "$*" >> {log}; [ "$2" = update ] || [ "$(wc -l < {log})" -gt 2 ]\n'
        self.program("apt-get", script)
        self.program("dpkg-deb", "")
        with (
            mock.patch.object(system, "_loads", side_effect=lambda name: "thai" not in name),
            mock.patch.object(os, "geteuid", return_value=0),
        ):
            system.ensure()
        calls = [line.split()[0] for line in log.read_text().splitlines()]
        self.assertEqual(calls, ["install", "-qq", "install"])

    def test_tests_find_the_programs_that_they_work_with(self):
        there = set()
        which = mock.patch.object(
            system.shutil, "which", side_effect=lambda name: name if name in there else None
        )
        with which, mock.patch.object(system, "_loads", return_value=True):
            self.assertEqual(system.missing(), [])
            self.assertEqual(
                system.missing(dev=True),
                [
                    "chromium",
                    "git",
                    "poppler-utils",
                    "softhsm2",
                    "tesseract-ocr",
                    "tesseract-ocr-tha",
                ],
            )
            there |= {"google-chrome", "git", "pdfsig", "softhsm2-util", "tesseract"}
            self.assertEqual(system.missing(dev=True), [])

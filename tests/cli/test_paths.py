# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choice of folders, atomic folders, locks, private files."""

import multiprocessing
import os
import stat
from pathlib import Path

from lgo_cli import paths
from lgo_cli.console import LgoError

from .common import CliCase


def _hold(folder, entered, leave):
    with paths.lock(Path(folder), "a thing"):
        entered.set()
        leave.wait(20)


class TestPaths(CliCase):
    def test_cache_choice(self):
        home = self.dir / "home"
        os.environ["XDG_CACHE_HOME"] = str(self.dir / "xdg")
        self.assertEqual(paths.cache_dir(), self.dir / "cache")
        del os.environ["LGO_CACHE"]
        self.assertEqual(paths.cache_dir(), self.dir / "xdg/lgo")
        del os.environ["XDG_CACHE_HOME"]
        self.assertEqual(paths.cache_dir(), home / ".cache/lgo")

    def test_cache_that_cannot_be_made(self):
        (self.dir / "file").write_text("")
        os.environ["LGO_CACHE"] = str(self.dir / "file/cache")
        with self.assertRaisesRegex(LgoError, "^Set LGO_CACHE"):
            paths.cache_dir()

    def test_state_is_private(self):
        self.assertEqual(stat.S_IMODE(paths.state_dir().stat().st_mode), 0o700)

    def test_atomic_dir_is_whole_or_not_there(self):
        final = self.dir / "thing"
        for error in (LgoError, KeyboardInterrupt):
            with self.assertRaises(error), paths.atomic_dir(final) as temp:
                (temp / "half").write_text("")
                raise error
            self.assertEqual(list(self.dir.glob("thing*")), [])
        with paths.atomic_dir(final) as temp:
            (temp / "whole").write_text("")
        self.assertEqual([p.name for p in final.iterdir()], ["whole"])

    def test_atomic_dir_throws_away_what_kill_9_left(self):
        left = self.dir / "thing.tmp"
        left.mkdir()
        (left / "half").write_text("")
        with paths.atomic_dir(self.dir / "thing") as temp:
            (temp / "whole").write_text("")
        self.assertEqual([p.name for p in (self.dir / "thing").iterdir()], ["whole"])

    def test_lock_keeps_the_second_out(self):
        context = multiprocessing.get_context("spawn")
        entered, leave, second = context.Event(), context.Event(), context.Event()
        target = str(self.dir / "thing")
        holder = context.Process(target=_hold, args=(target, entered, leave))
        waiter = context.Process(target=_hold, args=(target, second, leave))
        holder.start()
        self.assertTrue(entered.wait(20))
        waiter.start()
        self.assertFalse(second.wait(1), "two processes held the lock")
        leave.set()
        self.assertTrue(second.wait(20))
        holder.join(20)
        waiter.join(20)

    def test_private_file(self):
        old = os.umask(0)
        self.addCleanup(os.umask, old)
        file = self.dir / "secret"
        file.write_text("old")
        file.chmod(0o644)
        paths.write_private(file, "ความลับ")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(file.read_text("utf-8"), "ความลับ")

    def test_digest_tells_parts_apart(self):
        self.assertNotEqual(paths.digest("ab", "c"), paths.digest("a", "bc"))
        self.assertEqual(paths.digest("a"), paths.digest("a"))

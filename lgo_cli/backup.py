# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo backup and ./lgo restore: database and files of the office in one tar.

The tar holds `db.dump` (pg_dump, custom format), the files as `filestore/ab/abcd…`, and at its end
`manifest.json` with the SHA-256 of each of them. The key of the ID numbers is not in it: whoever
finds a backup must not be able to read them (SECURITY.md).

With $ODOO_RC (production) it is the database and the data_dir which that file names.
"""

import base64
import binascii
import contextlib
import dataclasses
import datetime
import hashlib
import hmac
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from pathlib import Path

from . import config, database, office, paths, postgres, server
from .console import LgoError, Step, run, say

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "db.dump"
NEW = "lgo_restore"  # the database while it is being restored
OLD = "lgo_replaced"  # the one it replaces, until the exchange is done
# what a backup may hold; Odoo names a file by its SHA-1
MEMBER = re.compile(r"db\.dump|manifest\.json|filestore/[0-9a-f]{2}/[0-9a-f]{40}")
CHUNK = 1 << 20


@dataclasses.dataclass(frozen=True)
class Place:
    """Where an office lies."""

    settings: postgres.Settings
    conf: Path
    name: str  # of the database
    files: Path  # Odoo's folder filestore/, with a folder for each database
    ours: bool  # made by ./lgo run, not named by $ODOO_RC


def place():
    """The office that the environment names, else the one of this checkout."""
    if not os.environ.get("ODOO_RC"):
        settings, conf = office.prepare()
        files = paths.state_dir() / "data" / "filestore"
        return Place(settings, conf, database.NAME, files, ours=True)
    conf = Path(os.environ["ODOO_RC"]).expanduser()
    options = config.read(conf)
    if not options.get("data_dir"):
        raise LgoError("Write data_dir into {conf}: the files of the office lie there.", conf=conf)
    settings = postgres.named_server()
    if not settings:
        raise LgoError("Write db_host into {conf}: the server of the database.", conf=conf)
    name = options.get("db_name", "").split(",")[0] or database.NAME
    return Place(settings, conf, name, Path(options["data_dir"]) / "filestore", ours=False)


def configuration():
    """The configuration file that holds the key of the office: $ODOO_RC or that of ./lgo run."""
    return os.environ.get("ODOO_RC") or config.path()


def _lock():
    """One at a time: with ./lgo run in this checkout, in production beside Odoo's files."""
    if os.environ.get("ODOO_RC"):
        return paths.lock(place().files.parent / "lgo-backup", "this checkout")
    return paths.lock(paths.state_dir() / "office", "this checkout")


# ------------------------------------------------------------------ backup
def save(target=None):
    """Write a backup; returns its path.

    The database comes first, its files after it: Odoo adds files and changes none, so that every
    file of the dump is there.

    :param target: path of the tar (default: .lgo/backups/lgo-<time>.tar)
    """
    office.require_cluster()
    with _lock():
        where = place()
        if not database.exists(where.settings, where.name):
            raise LgoError("Make an office first, with ./lgo run: there is no database yet.")
        target = _target(target, where)
        part = target.with_name(target.name + ".part")
        try:
            with (
                tempfile.TemporaryDirectory(dir=target.parent, prefix=".lgo-") as folder,
                Step("Backing up") as step,
            ):
                dump = Path(folder) / DUMP
                step.detail("database")
                where.settings.program("pg_dump", "-Fc", "-Z3", "-f", dump, where.name)
                with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                    _write(out, where, dump, step)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(target)
        except OSError as error:
            raise LgoError(
                "Make room or choose another place for the backup: {file} cannot be written "
                "({cause}).",
                file=target,
                cause=error.strerror,
            ) from error
        finally:
            part.unlink(missing_ok=True)
    return target


def _target(target, where):
    if target:
        path = Path(target).expanduser().absolute()
        if path.is_dir():
            path /= _name()
        if not path.parent.is_dir():
            raise LgoError("Make the folder {folder} first: it is not there.", folder=path.parent)
        if path.exists():
            raise LgoError("Choose another name: {file} is there already.", file=path)
        return path
    if not where.ours:
        raise LgoError("Name the folder of the backups, e.g. ./lgo backup /var/backups/lgo.")
    folder = paths.state_dir() / "backups"
    folder.mkdir(exist_ok=True)
    return folder / _name()


def _name():
    return f"lgo-{datetime.datetime.now().astimezone():%Y%m%d-%H%M%S}.tar"


def _write(out, where, dump, step):
    state = paths.state_dir() / "state.json" if where.ours else None
    manifest = {
        "format": FORMAT,
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "database": where.name,
        "state": json.loads(state.read_text("utf-8")) if state and state.exists() else {},
        "key": next(iter(_key_ids(where.conf)), None),
        "files": {},
    }
    with tarfile.open(fileobj=out, mode="w") as tar:
        manifest["files"][DUMP] = _add(tar, dump, DUMP)
        folder = where.files / where.name
        for number, file in enumerate(sorted(folder.glob("[0-9a-f]*/*")), 1):
            name = f"filestore/{file.relative_to(folder)}"
            # the collector of unused files may take one away meanwhile
            with contextlib.suppress(FileNotFoundError):
                if MEMBER.fullmatch(name):
                    manifest["files"][name] = _add(tar, file, name)
            step.detail("{number} files", number=number)
        data = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(data), 0o600
        tar.addfile(info, io.BytesIO(data))


def _add(tar, file, name):
    """Add a file to the tar; returns its SHA-256."""
    with open(file, "rb") as source:
        info = tarfile.TarInfo(name)
        stat = os.fstat(source.fileno())
        info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
        reader = _Hashing(source)
        tar.addfile(info, reader)
    return reader.sha256.hexdigest()


class _Hashing:
    """A file that counts the SHA-256 of what is read from it."""

    def __init__(self, file):
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.sha256.update(data)
        return data


# ------------------------------------------------------------------ restore
def load(file, force=False, neutralize=False):
    """Restore a backup into a new database, and only then put it in the place of the old one.

    :param force: replace an office that is there
    :param neutralize: no mails, no scheduled work: a copy to try things with
    :raises LgoError: the backup is damaged, or there is an office already
    """
    if not Path(file).expanduser().is_file():
        raise LgoError(
            "Name a file that ./lgo backup wrote (without a name of your own it lies in "
            ".lgo/backups/): there is no file {file}.",
            file=file,
        )
    with _lock():
        where = place()
        if database.exists(where.settings, where.name) and not force:
            raise LgoError(
                "Nothing was changed: the office {name} is there already. Take a backup of it, "
                "then call ./lgo restore FILE --force to replace it.",
                name=where.name,
            )
        if not where.ours:
            _stop(where)  # said before the work, not after it
        where.files.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=where.files.parent, prefix=".lgo-") as temp:
            folder = Path(temp)
            with Step("Checking the backup"):
                manifest = unpack(file, folder)
            try:
                _load(where, folder, neutralize)
                _stop(where)
                _exchange(where)
            except BaseException:
                database.drop(where.settings, NEW)
                paths.remove(where.files / NEW)
                raise
        if where.ours:
            paths.remove(paths.state_dir() / "admin_password")  # the one of the former office
            paths.write_private(
                paths.state_dir() / "state.json", json.dumps(manifest["state"], indent=1) + "\n"
            )
        _warn_of_key(where, manifest.get("key"))
    return where


def unpack(file, folder):
    """Unpack a backup into a folder and compare every checksum; returns its manifest.

    :raises LgoError: it is no backup, is damaged, or holds anything else
    """
    found = {}
    try:
        with tarfile.open(Path(file).expanduser(), mode="r:") as tar:
            for info in tar:
                if not info.isreg() or not MEMBER.fullmatch(info.name) or info.name in found:
                    raise LgoError(
                        "Take a file that ./lgo backup made: {name} does not belong into one.",
                        name=info.name[:100],
                    )
                out = folder / info.name
                out.parent.mkdir(parents=True, exist_ok=True)
                reader = _Hashing(tar.extractfile(info))
                with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                    shutil.copyfileobj(reader, to, CHUNK)
                found[info.name] = reader.sha256.hexdigest()
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        wanted = manifest["files"]
    except FileNotFoundError as error:
        raise LgoError("Take another backup: {file} was cut short.", file=file) from error
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise LgoError(
            "Take another backup: {file} cannot be read ({cause}).", file=file, cause=error
        ) from error
    if manifest.get("format") != FORMAT:
        raise LgoError("Restore it with the version of LGO that made it: its format is another.")
    found.pop(MANIFEST)
    if found != wanted or DUMP not in found:
        bad = sorted(set(found.items()) ^ set(wanted.items()))[0][0] if found != wanted else DUMP
        raise LgoError(
            "Take another backup: {file} is damaged ({name} is not as it was saved).",
            file=file,
            name=bad,
        )
    return manifest


def _load(where, folder, neutralize):
    with Step("Restoring the database"):
        database.drop(where.settings, NEW)
        database.create(where.settings, NEW)
        options = ("-j2", "--no-owner", "--no-privileges", "--exit-on-error", "-d", NEW)
        where.settings.program("pg_restore", *options, folder / DUMP)
        paths.remove(where.files / NEW)
        store = folder / "filestore"
        store.mkdir(exist_ok=True)
        store.rename(where.files / NEW)
        _check_files(where)
    if neutralize:
        arguments = ("neutralize", "-c", where.conf, "-d", NEW)
        if where.ours:
            server.run_odoo("Switching mails and scheduled work off", where.settings, *arguments)
        else:
            with Step("Switching mails and scheduled work off"):
                run(paths.ROOT / "odoo", *arguments)


def _check_files(where):
    """Every file that the restored database names is there."""
    query = "select distinct store_fname from ir_attachment where store_fname is not null"
    names = [row[0] for row in where.settings.sql(NEW, query)]
    gone = [name for name in names if not (where.files / NEW / name).is_file()]
    if gone:
        say("Beware: {count} files that the database names are not in the backup.", count=len(gone))


def _stop(where):
    """Nobody may work on the database that is replaced."""
    if where.ours:
        server.stop()
        return
    query = "select count(*) from pg_stat_activity where datname = :'n'"
    if where.settings.sql("postgres", query, n=where.name) != [["0"]]:
        raise LgoError(
            "Stop the server first (systemctl stop lgo): somebody still works on the database "
            "{name}.",
            name=where.name,
        )


def _exchange(where):
    files, settings = where.files, where.settings
    database.drop(settings, OLD)
    paths.remove(files / OLD)
    if database.exists(settings, where.name):
        database.rename(settings, where.name, OLD)
    if (files / where.name).exists():
        (files / where.name).rename(files / OLD)
    (files / NEW).rename(files / where.name)
    database.rename(settings, NEW, where.name)
    database.drop(settings, OLD)
    paths.remove(files / OLD)


def _warn_of_key(where, key):
    """Say when what the restored office keeps secret was sealed with a key that is not configured.

    :param key: id of the key of the office that was backed up; None in backups of older versions,
        of which only the ID numbers tell it
    """
    used = {key} if key else set()
    has = where.settings.sql(
        where.name,
        "select 1 from information_schema.columns where table_name = 'res_partner'"
        " and column_name = 'lgo_identity_key'",
    )
    if has:
        query = (
            "select distinct lgo_identity_key from res_partner where lgo_identity_key is not null"
        )
        used |= {row[0] for row in where.settings.sql(where.name, query)}
    if used - set(_key_ids(where.conf)):
        say(
            "Write the key of the office that made the backup as lgo_secret_key into the section "
            "[lgo] of {conf}: without it the ID numbers and secrets cannot be read.",
            conf=where.conf,
        )


def _key_ids(conf):
    """Ids of the keys that a configuration file names, the current one first."""
    own = {**config.read(conf), **config.read(conf, "lgo")}
    texts = [own.get("lgo_secret_key", ""), *own.get("lgo_secret_key_old", "").split(",")]
    return [found for found in map(key_id, texts) if found]


def key_id(text):
    """Name under which `lgo_base` notes a key: HKDF-SHA-256 (RFC 5869), 6 bytes in hexadecimal."""
    try:
        master = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    pseudo_random = hmac.new(bytes(32), master, hashlib.sha256).digest()
    block = hmac.new(pseudo_random, b"lgo identity key id\x01", hashlib.sha256).digest()
    return block[:6].hex()

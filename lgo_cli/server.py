# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Odoo server: commands, start in the background, health, stop."""

import contextlib
import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

from . import paths, source, venv
from .console import LgoError, Step, run, telling_line
from .messages import _

DEFAULT_PORT = 8069
START_SECONDS = 240  # a cold start on a slow disk
MAX_LOG = 20_000_000  # bytes, then the log is put aside once


def odoo_command(*args, dev=False):
    """The command line of an Odoo process, e.g. odoo_command("shell", "-c", conf).

    Through the tree's own script: `python -m odoo` with workers would start its websocket
    process as a file of the package, which fails for ever.

    :param dev: in the environment that has the test tools
    """
    return [str(venv.ensure(dev)), str(source.ensure() / "setup" / "odoo"), *map(str, args)]


def environment(settings):
    """Environment for Odoo processes: the PostgreSQL programs on PATH, no foreign settings."""
    env = settings.env()
    for name in list(env):
        if name.startswith(("ODOO_", "PYTHON")) or name == "PGPASSWORD":
            del env[name]
    if settings.password:
        env["PGPASSWORD"] = settings.password
    env["PYTHONUNBUFFERED"] = "1"
    return env


def run_odoo(title, settings, *args):
    """Run Odoo to its end, showing which add-on it is at; the log goes to .lgo/odoo.log.

    :raises LgoError: Odoo fails
    """
    log = log_file()
    loading = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
    with Step(title) as step, open(log, "a", encoding="utf-8") as file:

        def on_line(line):
            file.write(line + "\n")
            found = loading.search(line)
            if found:
                step.detail(
                    "{number} of {total}: {name}", number=found[2], total=found[3], name=found[1]
                )

        try:
            output = run(*odoo_command(*args), env=environment(settings), on_line=on_line)
        except LgoError as error:
            raise LgoError(
                "See {log}: {title} failed. {cause}", log=log, title=_(title), cause=error
            ) from error
    if re.search(r" (CRITICAL|ERROR) \S+ odoo\.(modules|registry|service)", output):
        raise LgoError(
            "See {log}: {title} failed. {cause}",
            log=log,
            title=_(title),
            cause=telling_line(output),
        )


def log_file():
    """The log of this checkout's Odoo; a large one is put aside first."""
    log = paths.state_dir() / "odoo.log"
    if log.exists() and log.stat().st_size > MAX_LOG:
        log.replace(log.with_name("odoo.log.1"))
    return log


# ------------------------------------------------------------------ which process is ours
def _pid_file():
    return paths.state_dir() / "server.json"


def started_at(pid):
    """When a process started, in the kernel's ticks; None when there is no such process.

    With it a number that the kernel has given to another program is told from ours.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
        try:  # no /proc on this system
            os.kill(pid, 0)
        except OSError:
            return None
        return 0
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def running():
    """{"pid", "port", "started"} of this checkout's server, or None; forgets a stale pid file."""
    try:
        info = json.loads(_pid_file().read_text("utf-8"))
        pid, started = int(info["pid"]), info["started"]
        int(info["port"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        _pid_file().unlink(missing_ok=True)
        return None
    if started_at(pid) != started:
        _pid_file().unlink(missing_ok=True)
        return None
    return info


# ------------------------------------------------------------------ ports
def port_free(port):
    """True when nothing listens on the port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted=None):
    """The port to listen on: the wanted one, else the first free one from 8069 on.

    :raises LgoError: the wanted port is in use
    """
    if wanted:
        if not port_free(wanted):
            raise LgoError(
                "Choose another port with --port, or leave --port out: {wanted} is in use by "
                "another program.",
                wanted=wanted,
            )
        return wanted
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        if port_free(port):
            return port
    raise LgoError("Choose a port with --port: none from 8069 to 8168 is free.")


# ------------------------------------------------------------------ start, stop
def start(conf, database, port, settings):
    """Start the server in the background and wait until it answers.

    :raises LgoError: it ends, or does not answer in time
    """
    log = log_file()
    command = odoo_command("server", "-c", conf, "-d", database, "--http-port", port)
    with Step("Starting the server") as step:
        position = log.stat().st_size if log.exists() else 0
        with open(log, "ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env=environment(settings),
                cwd=paths.ROOT,
            )
        info = {"pid": process.pid, "port": port, "started": started_at(process.pid)}
        paths.write_private(_pid_file(), json.dumps(info))
        limit = time.monotonic() + START_SECONDS
        while not healthy(port):
            if process.poll() is not None:
                _pid_file().unlink(missing_ok=True)
                with open(log, "rb") as file:
                    file.seek(position)
                    text = file.read().decode("utf-8", "replace")
                raise LgoError(
                    "See {log}: the server ended at once. {cause}",
                    log=log,
                    cause=telling_line(text),
                )
            if time.monotonic() > limit:
                stop()
                raise LgoError(
                    "See {log}: the server did not answer in {seconds} s.",
                    log=log,
                    seconds=START_SECONDS,
                )
            time.sleep(0.1)
        step.detail("first request")
        fetch(port, "/web/login", timeout=START_SECONDS)
    return info


def fetch(port, path, timeout=2):
    """Status of a GET on this machine's server; None when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def warm(port, login, password):
    """Open the office once, so that the first person need not wait for its bundles to be made.

    What fails here is shown by the log and to that person; it is no reason not to start.
    """
    base = f"http://localhost:{port}"  # Odoo keeps the address of an administrator's login
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    with Step("Preparing the screens"), contextlib.suppress(OSError, http.client.HTTPException):
        page = _get(browser, f"{base}/web/login")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        if not token:
            return
        form = {"login": login, "password": password, "csrf_token": token[1]}
        office = _get(browser, f"{base}/web/login", urllib.parse.urlencode(form).encode())
        for path in re.findall(r'(?:src|href)="(/web/assets/[^"]+)"', page + office):
            _get(browser, base + path)


def _get(browser, url, data=None):
    with browser.open(url, data, timeout=START_SECONDS) as response:
        return response.read().decode("utf-8", "replace")


def healthy(port):
    """True when Odoo answers its health check."""
    return fetch(port, "/web/health") == 200


def stop():
    """Stop this checkout's server; True when one was running."""
    info = running()
    if not info:
        return False
    pid = info["pid"]
    for number, seconds in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            break
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and started_at(pid) == info["started"]:
            time.sleep(0.05)
        if started_at(pid) != info["started"]:
            break
    _pid_file().unlink(missing_ok=True)
    return True

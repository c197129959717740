# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The tests of tests/e2e: a running server with the made-up municipality, a mail server, Chromium.

The mail server is aiosmtpd's own, which leaves every message as a file in a maildir.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time

from . import linting, office, paths, server, system, testbase, venv
from .console import LgoError, telling_line
from .messages import _

DATABASE = "lgo_e2e"
PEER = "lgo_e2e_peer"  # the office with which the first one exchanges letters
SECONDS = 2700  # a slow machine needs twice the time of a fast one
START_SECONDS = 180


def check(results):
    """Install, start, run the browser tests, stop; counts them in `results`."""
    from .testing import units

    if not any(map(shutil.which, system.CHROMIUM)):
        raise LgoError("Install chromium (apt-get install chromium): there is no browser.")
    linting.install_npm(venv.ensure(dev=True))
    settings, conf = testbase.prepare()
    testbase.copy(settings, conf, DATABASE, beside=False)
    names = paths.addons()
    code, text = testbase.odoo(
        "browser install",
        settings,
        conf,
        DATABASE,
        *("-i", ",".join(names), "--stop-after-init", "--no-http", "--max-cron-threads=0"),
    )
    missing = set(names) - testbase.installed(settings, DATABASE)
    if code or missing:
        raise LgoError("Installing for the browser tests failed: {cause}", cause=telling_line(text))
    testbase.duplicate(settings, DATABASE, PEER)
    mail = testbase.folder() / "mail"
    paths.remove(mail)
    artifacts = paths.state_dir() / "artifacts"
    artifacts.mkdir(exist_ok=True)
    admin = next(row for row in office.logins() if row["login"] == "admin")
    http, smtp = testbase.free_port(9000), testbase.free_port(9800)
    peer = testbase.free_port(http + 1)
    with (
        running_smtp(smtp, mail),
        running_server(settings, conf, http, smtp),
        running_server(settings, conf, peer, smtp, PEER),
    ):
        units(
            results,
            "e2e",
            seconds=SECONDS,
            env={
                "LGO_BASE_URL": f"http://127.0.0.1:{http}",
                "LGO_ARTIFACTS": str(artifacts),
                "LGO_MAIL_DIR": str(mail),
                "LGO_DB": DATABASE,
                "LGO_PEER_URL": f"http://127.0.0.1:{peer}",
                "LGO_PEER_DB": PEER,
                "LGO_ADMIN_LOGIN": admin["login"],
                "LGO_ADMIN_PASSWORD": admin["password"],
            },
        )


@contextlib.contextmanager
def running(command, log, env):
    """A process in the background, with its whole group ended afterwards."""
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=paths.ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            try:
                process.wait(20)
                break
            except subprocess.TimeoutExpired:
                continue


@contextlib.contextmanager
def running_smtp(port, folder):
    """aiosmtpd on the loopback address; every message becomes a file in the maildir `folder`."""
    command = [venv.ensure(dev=True), "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    command += ["-c", "aiosmtpd.handlers.Mailbox", folder]
    log = testbase.folder() / "smtp.log"
    with running(command, log, dict(os.environ)) as process:
        wait_for(lambda: not server.port_free(port), process, log, _("The mail server"))
        yield


@contextlib.contextmanager
def running_server(settings, conf, port, smtp, name=DATABASE):
    """Odoo on a database of the browser tests."""
    log = testbase.folder() / ("e2e-server.log" if name == DATABASE else f"{name}-server.log")
    command = server.odoo_command(
        *("server", "-c", conf, "-d", name, "--db-filter", f"^{name}$"),
        *("--http-port", port, "--max-cron-threads=1", "--smtp=127.0.0.1", "--smtp-port", smtp),
        *("--email-from=office@example.com",),
        dev=True,
    )
    with running(command, log, server.environment(settings)) as process:
        wait_for(lambda: server.healthy(port), process, log, _("The server"))
        server.fetch(port, "/web/login", timeout=START_SECONDS)
        yield


def wait_for(ready, process, log, what):
    """Wait until `ready()`; raises LgoError when the process ends or it takes too long."""
    limit = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None:
            text = log.read_text("utf-8", "replace")
            raise LgoError("{what} ended at once: {cause}", what=what, cause=telling_line(text))
        if time.monotonic() > limit:
            raise LgoError(
                "See {log}: {what} did not start in {seconds} s.",
                log=log,
                what=what,
                seconds=START_SECONDS,
            )
        time.sleep(0.2)

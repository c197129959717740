# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The office of this checkout: its database, kept in step with the add-ons, and its server."""

import contextlib
import json
import secrets
from pathlib import Path

from . import config, database, paths, postgres, server, system, venv
from .console import LgoError, Step, run, say, table
from .messages import _

LANGUAGES = "th_TH,en_US"  # the first is the default of an empty database
DEMO_ADDON = "lgo_demo"
LOGINS = Path(__file__).with_name("demo_logins.json")
SETTLE = "lgo_new"  # the database while it is being made
# in .lgo: of the office and of the tests
OWN = ("data", "odoo.conf", "state.json", "odoo.log", "odoo.log.1", "admin_password") + (
    "test",
    "artifacts",
)


def start(port=None, demo=True):
    """Do everything from nothing to a server that answers; says where and as whom."""
    with paths.lock(paths.state_dir() / "office", "this checkout"):
        info = server.running()
        if info and server.healthy(info["port"]):
            _same_demo(demo)
            if port and port != info["port"]:
                raise LgoError(
                    "Stop LGO first with ./lgo stop: it already runs on port {port}.",
                    port=info["port"],
                )
            tell(info["port"], postgres.ensure())
            if _changed():
                say("The add-ons changed since it was started: ./lgo update takes them in.")
            return
        server.stop()
        chosen = server.choose_port(port)
        if not port and chosen != server.DEFAULT_PORT:
            say(
                "Port {default} is in use by another program; LGO takes {chosen}.",
                default=server.DEFAULT_PORT,
                chosen=chosen,
            )
        settings, conf = prepare(chosen)
        if database.exists(settings, database.NAME):
            try:
                _same_demo(demo)
            except LgoError:
                if not postgres.named_server():
                    postgres.stop()
                raise
            refresh(settings, conf)
            _set_address(settings, chosen)
            server.start(conf, database.NAME, chosen, settings)
        else:
            password = install(settings, conf, demo)
            _set_address(settings, chosen)
            server.start(conf, database.NAME, chosen, settings)
            server.warm(chosen, "admin", password)
        tell(chosen, settings)


def prepare(port=None):
    """Fetch what is missing, start PostgreSQL, write the configuration.

    :return: (postgres.Settings, path of odoo.conf)
    """
    system.ensure()
    settings = postgres.ensure()
    values = config.options(settings)
    values["dbfilter"] = f"^{database.NAME}$"
    values["db_name"] = database.NAME
    values["max_cron_threads"] = "1"
    if port:
        values["http_port"] = str(port)
    return settings, config.write(config.path(), values)


def wanted_addons(demo):
    """The add-ons to install."""
    return [name for name in paths.addons() if demo or name != DEMO_ADDON]


def install(settings, conf, demo):
    """Make the database; it gets its name only when it is whole.

    :return: the administrator's password
    """
    names = wanted_addons(demo)
    files = paths.state_dir() / "data" / "filestore"
    database.drop(settings, SETTLE)
    paths.remove(files / SETTLE)
    database.create(settings, SETTLE)
    options = (
        "--load-language",
        LANGUAGES,
        "-i",
        ",".join(names),
        "--stop-after-init",
        "--no-http",
    )
    arguments = ("server", "-c", conf, "-d", SETTLE, "--db-filter", f"^{SETTLE}$", *options)
    server.run_odoo("Installing the add-ons", settings, *arguments)
    _require_installed(settings, SETTLE, names)
    password = "admin-lgo" if demo else secrets.token_urlsafe(12)
    set_admin_password(settings, SETTLE, password)
    secret = paths.state_dir() / "admin_password"
    if demo:
        paths.remove(secret)
    else:
        paths.write_private(secret, password + "\n")
    paths.remove(files / database.NAME)
    if (files / SETTLE).exists():
        (files / SETTLE).rename(files / database.NAME)
    database.rename(settings, SETTLE, database.NAME)
    _remember(names, demo)
    return password


def refresh(settings, conf, names=None):
    """Update the add-ons that changed on disk since the last time, install new ones.

    :param names: update exactly these instead
    """
    demo = _state().get("demo", True)
    wanted = wanted_addons(demo)
    changed = _changed()
    known = _state().get("addons", {})
    new = [name for name in changed if name not in known]
    names = [name for name in (changed if names is None else names) if name not in new]
    if not names and not new:
        return
    arguments = ["server", "-c", conf, "-d", database.NAME, "--stop-after-init", "--no-http"]
    if new:
        arguments += ["-i", ",".join(new)]
    if names:
        arguments += ["-u", ",".join(names)]
    server.run_odoo("Updating the add-ons", settings, *arguments)
    _require_installed(settings, database.NAME, new + names)
    _remember(wanted, demo)


def update(names):
    """./lgo update: update the named add-ons, or all of them; restart the server if it ran."""
    for name in names:
        if name not in paths.addons():
            raise LgoError(
                "Choose from {names}: there is no add-on {name}.", names=_list(), name=name
            )
    require_cluster()
    with paths.lock(paths.state_dir() / "office", "this checkout"):
        info = server.running()
        settings, conf = prepare()
        require_database(settings)
        server.stop()
        refresh(settings, conf, names or wanted_addons(_state().get("demo", True)))
        if info:
            server.start(conf, database.NAME, info["port"], settings)
            say("LGO is updated and runs again: http://localhost:{port}", port=info["port"])
        else:
            say("LGO is updated; start it with ./lgo run.")


def resettable():
    """What ./lgo reset deletes and is there: paths, and the database of a named server (str).

    Backups stay, and so does what lies in the cache.
    """
    state = paths.state_dir()
    found = [state / name for name in OWN if (state / name).exists()]
    found += [cluster.home for cluster in _clusters() if cluster.home.exists()]
    if postgres.named_server():
        settings = postgres.ensure()
        found += [name for name in (database.NAME, SETTLE) if database.exists(settings, name)]
    return found


def reset():
    """./lgo reset: stop everything; delete databases (also of tests), files, configuration."""
    state = paths.state_dir()
    with paths.lock(state / "office", "this checkout"):
        server.stop()
        if postgres.named_server():
            settings = postgres.ensure()
            database.drop(settings, database.NAME)
            database.drop(settings, SETTLE)
        for cluster in _clusters():
            cluster.destroy()
        for name in OWN:
            paths.remove(state / name)


def _clusters():
    return [postgres.Cluster(purpose) for purpose in postgres.PURPOSES]


def require_cluster():
    """Raise LgoError at once, before anything is fetched, where ./lgo run was never called."""
    if not postgres.named_server() and not postgres.Cluster("run").exists():
        raise _no_office()


def require_database(settings):
    """Raise LgoError when the database has not been made yet."""
    if not database.exists(settings, database.NAME):
        raise _no_office()


def _no_office():
    return LgoError("Make an office first, with ./lgo run: there is no database yet.")


def set_admin_password(settings, name, password):
    """Set the administrator's password as Odoo stores it (pbkdf2_sha512)."""
    code = (
        "import sys; from passlib.context import CryptContext as C; "
        "print(C(['pbkdf2_sha512']).hash(sys.stdin.readline().rstrip()))"
    )
    hashed = run(venv.ensure(), "-W", "ignore", "-c", code, text_in=password + "\n").split()[-1]
    query = "update res_users set password = :'hash' where login = 'admin'"
    settings.sql(name, query, hash=hashed)


def logins():
    """Rows of demo_logins.json: dicts with login, password, role, where."""
    return json.loads(LOGINS.read_text("utf-8"))


def tell(port, settings):
    """Print the address and who can log in."""
    address = f"http://localhost:{port}"
    say()
    say("LGO runs at {address}", address=address)
    secret = paths.state_dir() / "admin_password"
    if secret.exists():
        say(
            "Log in at {address}/odoo as admin; the password is in {secret}.",
            address=address,
            secret=secret,
        )
    elif not _state().get("demo", True):
        say("Log in at {address}/odoo with the users and passwords of the office.", address=address)
    else:
        there = {row[0] for row in settings.sql(database.NAME, "select login from res_users")}
        rows = [row for row in logins() if row["login"] in there]
        say("Demo logins (never use them in production):")
        table(
            [(_("user"), _("password"), _("page"), _("role"))]
            + [(row["login"], row["password"], address + row["where"], row["role"]) for row in rows]
        )
    say()
    say("Next: ./lgo status, ./lgo stop, ./lgo backup, ./lgo update after a change, ./lgo test.")


def status():
    """./lgo status: what runs; True when the server answers."""
    info = server.running()
    if not info:
        say("LGO does not run; start it with ./lgo run.")
        return False
    answers = server.healthy(info["port"])
    say("LGO runs at http://localhost:{port} (process {pid}).", port=info["port"], pid=info["pid"])
    if not answers:
        say("But it does not answer: see {log}.", log=server.log_file())
    named = postgres.named_server()
    if named:
        say(
            "PostgreSQL: {host}:{port}, user {user}.",
            host=named.host,
            port=named.port,
            user=named.user,
        )
    else:
        say("PostgreSQL: embedded, in {home}", home=postgres.Cluster("run").home)
    say("Log: {log}", log=server.log_file())
    return answers


# ------------------------------------------------------------------ what was installed from what
def _state():
    with contextlib.suppress(FileNotFoundError, ValueError):
        return json.loads((paths.state_dir() / "state.json").read_text("utf-8"))
    return {}


def _changed():
    """Add-ons that are new or differ from what was installed."""
    state = _state()
    known = state.get("addons", {})
    wanted = wanted_addons(state.get("demo", True))
    return [name for name in wanted if known.get(name) != _digest(name)]


def _remember(names, demo):
    state = {"demo": demo, "addons": {name: _digest(name) for name in names}}
    paths.write_private(paths.state_dir() / "state.json", json.dumps(state, indent=1) + "\n")


def _digest(addon):
    folder = paths.ADDONS / addon
    parts = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and "tests" not in file.parts:
            parts += [str(file.relative_to(folder)), file]
    return paths.digest(*parts)


def _same_demo(demo):
    """Without --no-demo an office goes on as it was made; --no-demo does not empty one."""
    if not demo and _state().get("demo", False):
        raise LgoError(
            "Start it without --no-demo, or delete it with ./lgo reset and make an empty one: this "
            "office was made with demo data."
        )


def _set_address(settings, port):
    """Let pages, papers and mails of the trial office name the address that is printed.

    An address that somebody has set to a real host stays.
    """
    settings.sql(
        database.NAME,
        "update ir_config_parameter set value = :'address' where key = 'web.base.url'"
        " and value ~ '^http://(localhost|127[.]0[.]0[.]1)(:|$)'",
        address=f"http://localhost:{port}",
    )


def _require_installed(settings, name, addons):
    query = "select name from ir_module_module where state = 'installed'"
    installed = {row[0] for row in settings.sql(name, query)}
    left = sorted(set(addons) - installed)
    if left:
        raise LgoError(
            "See {log}: not installed are {names}.", log=server.log_file(), names=", ".join(left)
        )


def _list():
    return ", ".join(paths.addons())


def shell(arguments):
    """./lgo shell: Odoo's Python shell on the database; never returns."""
    import os

    require_cluster()
    with Step("Preparing"):
        settings, conf = prepare()
    require_database(settings)
    command = server.odoo_command("shell", "-c", conf, "-d", database.NAME, "--no-http", *arguments)
    os.execve(command[0], command, server.environment(settings))  # noqa: S606 - our own command

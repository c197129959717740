# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo i18n: exports the terms of our add-ons and keeps the Thai translations complete.

The work is done by `po_merge.py` with the library polib of the test environment.
"""

import argparse
import json

from . import paths, server, source, testbase, venv
from .console import LgoError, Step, run, say
from .messages import _

DATABASE = "lgo_i18n"
# Holds what other modules leave in English: a .pot of its own would make Odoo drop those terms.
FOREIGN = ("lgo_i18n",)
MEMORY = ("base", "mail", "web", "portal", "hr")  # Odoo's own Thai, for terms that we share


def main(argv):
    """./lgo i18n [ADDON…] [--check]; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./lgo i18n", description=__doc__.split("\n")[0])
    parser.add_argument("addons", nargs="*", metavar="ADDON", help=_("default: all"))
    parser.add_argument(
        "--check",
        action="store_true",
        help=_("write nothing; fail when a .pot is stale or a th.po is not complete"),
    )
    args = parser.parse_args(argv)
    for name in args.addons:
        if name not in paths.addons():
            raise LgoError(
                "Choose from {names}: there is no add-on {name}.",
                names=", ".join(paths.addons()),
                name=name,
            )
    names = args.addons or paths.addons()
    with testbase.cluster():
        settings, conf = testbase.prepare()
        testbase.copy(settings, conf, DATABASE)
        wanted = testbase.with_depends(names)
        with Step("Installing the add-ons"):
            testbase.odoo(
                "i18n",
                settings,
                conf,
                DATABASE,
                *("-i", ",".join(wanted), "--stop-after-init", "--no-http", "--max-cron-threads=0"),
            )
        found = problems(settings, conf, DATABASE, names, write=not args.check)
        testbase.drop(settings, DATABASE)
    for addon, lines in found.items():
        todo = _("{count} to do", count=len(lines)) if lines else _("complete")
        say(f"{addon}: {todo}")
        for line in lines:
            say("    " + line)
    return 1 if any(found.values()) else 0


def problems(settings, conf, database, addons, write=False):
    """What is wrong with the translations: {add-on: [line, …]}.

    :param database: has the add-ons installed
    :param write: bring .pot and th.po up to date first; what is still to be translated is told
    """
    exported = testbase.folder() / "i18n"
    paths.remove(exported)
    exported.mkdir()
    found, there = {}, testbase.installed(settings, database)
    for addon in addons:
        if addon not in there:
            found[addon] = ["it is not installed"]
            continue
        found[addon] = []
    names = [addon for addon in addons if addon in there and addon not in FOREIGN]
    code = (
        "import json, sys\n"
        "from odoo.tools.translate import trans_export\n"
        f"for name in json.loads({json.dumps(names)!r}):\n"
        f"    with open({str(exported)!r} + '/' + name + '.pot', 'wb') as file:\n"
        "        trans_export(None, [name], file, 'po', env)\n"
    )
    command = server.odoo_command("shell", "-c", conf, "-d", database, "--no-http", dev=True)
    run(*command, "--log-level=warn", text_in=code, env=server.environment(settings))
    merge = paths.ROOT / "lgo_cli" / "po_merge.py"
    options = ["--write"] if write else []
    core = source.ensure() / "odoo" / "addons"
    memory = [file for name in MEMORY if (file := core / name / "i18n" / "th.po").is_file()]
    for addon in names:
        output = run(
            *(venv.ensure(dev=True), merge, *options),
            *(exported / f"{addon}.pot", paths.ADDONS / addon / "i18n", addon, *memory),
        )
        found[addon] = json.loads(output.splitlines()[-1])
    return found

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The command line: subcommands, errors, exit codes (0 done, 1 failed, 2 wrong usage)."""

import argparse
import importlib
import io
import os
import signal
import sys

from . import paths
from .console import LgoError, debug, say
from .messages import _

ELSEWHERE = {  # subcommands with their own arguments: module, what it does
    "test": ("testing", "run the tests"),
    "lint": ("linting", "check the style of the sources"),
    "i18n": ("i18n", "check and write the translations"),
    "bench": ("bench", "measure the speed"),
    "lock": ("locking", "resolve the locked versions of the libraries anew"),
}


def port(text):
    """argparse type: a TCP port that needs no root."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1024 <= number <= 65535:
        raise argparse.ArgumentTypeError(
            _("{text!r} cannot be used: give a number from 1024 to 65535", text=text)
        )
    return number


class Parser(argparse.ArgumentParser):
    """Says what is wrong below the usage of the command that was typed, not of all."""

    def parse_known_args(self, args=None, namespace=None):
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return found, unknown


def parser():
    """The argument parser of all subcommands."""
    top = Parser(
        prog="./lgo",
        description=_("LGO: the office of a Thai municipality. Start with: ./lgo run"),
        epilog=_("LGO_DEBUG=1 shows tracebacks and the output of every program that is called."),
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = commands.add_parser("run", help=_("fetch what is missing and start the server"))
    run.add_argument(
        "--port", type=port, help=_("port to listen on (default: 8069 or the next free)")
    )
    run.add_argument(
        "--no-demo",
        action="store_true",
        help=_("an empty office instead of the made-up municipality"),
    )
    commands.add_parser("stop", help=_("stop the server and the embedded PostgreSQL"))
    commands.add_parser("status", help=_("tell what runs"))
    shell = commands.add_parser("shell", help=_("a Python shell on the database"))
    shell.add_argument("arguments", nargs=argparse.REMAINDER, help=_("passed on to Odoo's shell"))
    update = commands.add_parser("update", help=_("update add-ons after a change (default: all)"))
    update.add_argument("addons", nargs="*", metavar="ADDON")
    reset = commands.add_parser(
        "reset",
        help=_("delete the database and its files"),
        description=_(
            "Stops LGO and deletes the databases of this checkout (of the office, of tests "
            "and of benchmarks) with all cases, files and the configuration. Backups and what was "
            "fetched stay."
        ),
    )
    reset.add_argument("--yes", action="store_true", help=_("do not ask"))
    backup = commands.add_parser("backup", help=_("write database and files into one file"))
    backup.add_argument(
        "file", nargs="?", metavar="FILE", help=_("default: .lgo/backups/lgo-….tar")
    )
    restore = commands.add_parser("restore", help=_("make the office anew from a backup"))
    restore.add_argument("file", metavar="FILE", help=_("what ./lgo backup wrote"))
    restore.add_argument("--force", action="store_true", help=_("replace the office that is there"))
    restore.add_argument(
        "--neutralize",
        action="store_true",
        help=_("a copy to try things with: no mail goes out, no scheduled work runs"),
    )
    for name, (_module, text) in ELSEWHERE.items():
        commands.add_parser(name, help=_(text), add_help=False)
    commands.add_parser("help", help=_("explain the commands, or one: ./lgo help run"))
    return top


def main(argv):
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale of Thai without "…" (TIS-620)
            stream.reconfigure(errors="replace")
    # `kill` ends a bootstrap as Ctrl-C does, so that temporary folders are cleaned up
    signal.signal(signal.SIGTERM, _interrupt)
    argparse._ = _  # its own words ("usage", "error") go through this name of gettext
    try:
        if argv[:1] == ["help"] and len(argv) > 1:
            argv = [argv[1], "--help"]
        if not argv or argv == ["help"]:  # what somebody types who sees it for the first time
            parser().print_help(sys.stdout if argv else sys.stderr)
            return 0 if argv else 2
        if argv[0] in ELSEWHERE:
            return elsewhere(argv[0], argv[1:])
        return dispatch(parser().parse_args(argv))
    except LgoError as error:
        if debug():
            raise
        print(f"lgo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        text = _("interrupted; the same command goes on where it stopped.")
        print(f"\nlgo: {text}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader has gone (./lgo … | head): nothing more may be flushed into the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except PermissionError as error:
        if debug() or not error.filename:
            raise
        print(f"lgo: {paths.not_ours(error.filename)}", file=sys.stderr)
        return 1
    except Exception as error:
        if debug():
            raise
        where = _("LGO_DEBUG=1 ./lgo … shows where")
        print(f"lgo: {type(error).__name__}: {error} ({where}).", file=sys.stderr)
        return 1


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


def elsewhere(command, argv):
    """Run a subcommand that parses its own arguments: lgo_cli.<module>.main(argv)."""
    name = ELSEWHERE[command][0]
    try:
        module = importlib.import_module(f"lgo_cli.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"lgo_cli.{name}":
            raise
        raise LgoError("./lgo {command} is not part of this version.", command=command) from error
    return module.main(argv) or 0


def dispatch(args):
    """Run a parsed command; returns the exit code."""
    from . import backup, office, postgres, server

    match args.command:
        case "run":
            office.start(args.port, demo=not args.no_demo)
        case "stop":
            stopped = server.stop()
            if not postgres.named_server():
                stopped = postgres.stop() or stopped
            say("LGO is stopped." if stopped else "LGO does not run.")
        case "status":
            return 0 if office.status() else 1
        case "shell":
            office.shell(args.arguments)
        case "update":
            office.update(args.addons)
        case "reset":
            reset(args.yes)
        case "backup":
            file = backup.save(args.file)
            size = file.stat().st_size / 1e6
            say("Backed up to {file} ({size:.1f} MB).", file=file, size=size)
            say(
                "Keep it on another machine, and apart from it the lgo_secret_key of {conf}: "
                "without this key nobody reads the ID numbers and secrets in it.",
                conf=backup.configuration(),
            )
        case "restore":
            where = backup.load(args.file, args.force, args.neutralize)
            if where.ours:
                say("Restored; start the office with ./lgo run.")
            else:
                say("Restored into the database {name}; start the server now.", name=where.name)
    return 0


def reset(yes):
    """./lgo reset: say what goes, ask unless `yes`, delete it."""
    from . import config, office

    found = office.resettable()
    if not found:
        say("There is nothing to delete.")
        return
    say("To be deleted:")
    for thing in found:
        say(f"  {thing}")
    if config.path() in found:
        say(
            "With odoo.conf goes the key of the ID numbers and secrets: copy the file first if a "
            "backup of this office is to be restored."
        )
    if not yes and not confirmed():
        raise LgoError("Answer yes, or call ./lgo reset --yes: nothing was deleted.")
    office.reset()
    say("It is deleted; ./lgo run makes an office anew.")


def confirmed():
    """Ask at the terminal; True for yes. Without a terminal the answer is no."""
    if not sys.stdin.isatty():
        return False
    answer = input(_("Delete all this? [yes/no] "))
    return answer.strip().lower() in ("y", "yes", "ใช่")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The command line: subcommands, errors, exit codes (0 done, 1 failed, 2 wrong usage)."""

import argparse
import importlib
import os
import signal
import sys

from .console import LgoError, debug

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
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 1024 to 65535")
    return number


def parser():
    """The argument parser of all subcommands."""
    top = argparse.ArgumentParser(
        prog="./lgo",
        description="LGO: the office of a Thai municipality. Start with: ./lgo run",
        epilog="LGO_DEBUG=1 shows tracebacks and the output of every program that is called.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = commands.add_parser("run", help="fetch what is missing and start the server")
    run.add_argument("--port", type=port, help="port to listen on (default: 8069 or the next free)")
    run.add_argument(
        "--no-demo",
        action="store_true",
        help="an empty office instead of the made-up municipality",
    )
    commands.add_parser("stop", help="stop the server and the embedded PostgreSQL")
    commands.add_parser("status", help="tell what runs")
    shell = commands.add_parser("shell", help="a Python shell on the database")
    shell.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to Odoo's shell")
    update = commands.add_parser("update", help="update add-ons after a change (default: all)")
    update.add_argument("addons", nargs="*", metavar="ADDON")
    reset = commands.add_parser(
        "reset",
        help="delete the database and its files",
        description="Stops LGO and deletes the database of this checkout with all cases, files "
        "and the configuration. What was fetched, and the databases of tests and benchmarks, stay.",
    )
    reset.add_argument("--yes", action="store_true", help="do not ask")
    for name, (_module, text) in ELSEWHERE.items():
        commands.add_parser(name, help=text, add_help=False)
    return top


def main(argv):
    """Run one command; returns the exit code."""
    # `kill` ends a bootstrap as Ctrl-C does, so that temporary folders are cleaned up
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if argv and argv[0] in ELSEWHERE:
            return elsewhere(argv[0], argv[1:])
        return dispatch(parser().parse_args(argv))
    except LgoError as error:
        if debug():
            raise
        print(f"lgo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nlgo: interrupted; the same command goes on where it stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader has gone (./lgo … | head): nothing more may be flushed into the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if debug():
            raise
        print(
            f"lgo: {type(error).__name__}: {error} (LGO_DEBUG=1 ./lgo … shows where).",
            file=sys.stderr,
        )
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
        raise LgoError(f"./lgo {command} is not part of this version.") from error
    return module.main(argv) or 0


def dispatch(args):
    """Run a parsed command; returns the exit code."""
    from . import office, postgres, server

    match args.command:
        case "run":
            office.start(args.port, demo=not args.no_demo)
        case "stop":
            stopped = server.stop()
            if not postgres.named_server():
                stopped = postgres.stop() or stopped
            print("LGO is stopped." if stopped else "LGO does not run.")
        case "status":
            return 0 if office.status() else 1
        case "shell":
            office.shell(args.arguments)
        case "update":
            office.update(args.addons)
        case "reset":
            if not args.yes and not confirmed():
                raise LgoError("Nothing was deleted: answer yes, or call ./lgo reset --yes.")
            office.reset()
            print("The database and its files are deleted; ./lgo run makes them anew.")
    return 0


def confirmed():
    """Ask at the terminal; True for yes. Without a terminal the answer is no."""
    if not sys.stdin.isatty():
        return False
    answer = input("Delete the database of this checkout with all its files? [yes/no] ")
    return answer.strip().lower() in ("y", "yes", "ใช่")

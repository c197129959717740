# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo bench: measure, on a database of its own with PostgreSQL's safety left on.

A benchmark is a file tests/bench/bench_NAME.py with `run(env, n=…, rounds=…)` that returns
{"figures": {…}, "ratios": {…}}. A ratio is named PEER_over_ours: the peer's time divided by
ours, so more is better.
"""

import argparse
import json
import subprocess

from . import database, office, paths, server, system, testbase
from .console import LgoError, Step, say, table, telling_line
from .messages import _

DATABASE = "lgo_bench"
MARK = "LGO_BENCH "


def main(argv):
    """./lgo bench NAME [--json] [--n N] [--rounds R]; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./lgo bench", description=__doc__.split("\n")[0])
    parser.add_argument("name", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--json", action="store_true", help=_("the last line is one JSON object"))
    parser.add_argument("--n", type=positive, help=_("size (default: the benchmark's own)"))
    parser.add_argument("--rounds", type=positive, help=_("repetitions (default: its own)"))
    args = parser.parse_args(argv)
    system.ensure()
    given = {"n": args.n, "rounds": args.rounds}
    given = {key: value for key, value in given.items() if value}
    with testbase.cluster("bench"):
        settings, conf = testbase.prepare("bench", fast=False)
        ensure(settings, conf)
        with Step("Measuring {name}", name=args.name):
            result = {"name": args.name, **measure(settings, conf, args.name, given)}
    if args.json:
        say(json.dumps(result, ensure_ascii=False))
    else:
        rows = flat(result["figures"]) + flat(result["ratios"])
        if rows:
            table(rows)
    return 0


def positive(text):
    """argparse type: a whole number from 1 on."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(_("{text!r} is no number from 1 on", text=text))
    return number


def names():
    """Names of the benchmarks, sorted."""
    files = (paths.ROOT / "tests" / "bench").glob("bench_*.py")
    return sorted(file.stem.removeprefix("bench_") for file in files)


def flat(values, prefix=""):
    """Rows (name, value) of a nested dict."""
    rows = []
    for key, value in values.items():
        if isinstance(value, dict):
            rows += flat(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + str(key), str(value)))
    return rows


def ensure(settings, conf):
    """Make the database of the benchmarks, or keep it while the add-ons are the same."""
    stamp = testbase.folder() / "bench.stamp"
    addons = [name for name in paths.addons() if name != office.DEMO_ADDON]
    want = paths.digest(*(str(file) + file.read_text("utf-8") for file in sources(addons)))
    kept = stamp.is_file() and stamp.read_text("utf-8") == want
    if kept and database.exists(settings, DATABASE):
        return
    stamp.unlink(missing_ok=True)
    testbase.copy(settings, conf, DATABASE)
    with Step("Installing the add-ons"):
        code, text = testbase.odoo(
            "bench install",
            settings,
            conf,
            DATABASE,
            *("-i", ",".join(addons), "--stop-after-init", "--no-http", "--max-cron-threads=0"),
        )
    missing = set(addons) - testbase.installed(settings, DATABASE)
    if code or missing:
        raise LgoError("Installing for the benchmark failed: {cause}", cause=telling_line(text))
    stamp.write_text(want, "utf-8")


def sources(addons):
    """Files that decide what the database holds."""
    for addon in addons:
        for suffix in ("py", "xml", "csv"):
            for file in sorted((paths.ADDONS / addon).rglob(f"*.{suffix}")):
                if "tests" not in file.parts:
                    yield file


def measure(settings, conf, name, given):
    """Run one benchmark inside Odoo's shell; returns its figures and ratios.

    :param dict given: `n` and `rounds`, where they differ from the benchmark's own
    :raises LgoError: it fails, or gives something else
    """
    file = paths.ROOT / "tests" / "bench" / f"bench_{name}.py"
    code = (
        "import json, runpy, sys\n"
        f"sys.path[:0] = [{str(paths.ROOT)!r}, {str(file.parent)!r}]\n"
        f"found = runpy.run_path({str(file)!r})['run'](env, **{given!r})\n"
        f"print({MARK!r} + json.dumps(found, ensure_ascii=False), flush=True)\n"
    )
    command = server.odoo_command("shell", "-c", conf, "-d", DATABASE, "--no-http", dev=True)
    process = subprocess.run(
        [*command, "--db-filter", f"^{DATABASE}$", "--log-level=warn"],
        input=code,
        env=server.environment(settings),
        cwd=paths.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    (testbase.folder() / f"bench-{name}.log").write_text(process.stdout, "utf-8")
    found = [line for line in process.stdout.splitlines() if line.startswith(MARK)]
    if not found:
        raise LgoError(
            "The benchmark {name} failed: {cause}", name=name, cause=telling_line(process.stdout)
        )
    result = json.loads(found[-1].removeprefix(MARK))
    if set(result) != {"figures", "ratios"}:
        raise LgoError(
            "The benchmark {name} gave {names}, not figures and ratios.",
            name=name,
            names=sorted(result),
        )
    return result

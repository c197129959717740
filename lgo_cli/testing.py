# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo test: everything that must pass. The last line is "N passed, N failed"."""

import argparse
import json
import os
import subprocess

from . import browser_tests, i18n, linting, odoo_log, paths, system, testbase, venv
from .console import LgoError, say
from .messages import _
from .results import Results

DATABASE = "lgo_test"
UNIT_SECONDS = 900
NO_UNITS = ("e2e", "bench")  # folders of tests/ that need a server or are no tests


def main(argv):
    """./lgo test [ADDON…] [--fast]; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="./lgo test",
        description=_("Checks the sources, runs all tests, and ends with: N passed, N failed"),
    )
    parser.add_argument("addons", nargs="*", metavar="ADDON", help=_("only the tests of these"))
    parser.add_argument("--fast", action="store_true", help=_("without the browser tests"))
    args = parser.parse_args(argv)
    for name in args.addons:
        if name not in paths.addons():
            raise LgoError(
                "Choose from {names}: there is no add-on {name}.",
                names=", ".join(paths.addons()),
                name=name,
            )
    results = Results()
    with results.step("prepare"):
        system.ensure(dev=True)
        venv.ensure(dev=True)
    everything = not args.addons
    if everything:
        with results.step(linting.STEP):
            linting.check(results)
        for folder in unit_folders():
            with results.step(f"tests/{folder}"):
                units(results, folder)
    with testbase.cluster():
        with results.step("add-ons"):
            addons(results, args.addons or paths.addons())
        if everything:
            with results.step("translations"):
                translations(results)
            if not args.fast:
                with results.step("browser"):
                    browser_tests.check(results)
    return results.summary()


def unit_folders():
    """Folders of tests/ with unit tests, sorted."""
    files = (paths.ROOT / "tests").glob("*/test_*.py")
    return sorted({file.parent.name for file in files} - set(NO_UNITS))


def units(results, folder, env=None, seconds=UNIT_SECONDS):
    """Run the unittest files of tests/<folder> and count them.

    :param env: more environment
    :param seconds: after this time they are killed, which is a failure
    """
    step = f"tests/{folder}"
    report = testbase.folder() / f"{folder}.jsonl"
    log = testbase.folder() / f"{folder}.log"
    report.unlink(missing_ok=True)
    command = [venv.ensure(dev=True), paths.ROOT / "lgo_cli" / "unit_runner.py"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})}
    environment.pop("PYTHONPATH", None)
    cut = ""
    with open(log, "w", encoding="utf-8") as output:
        try:
            subprocess.run(
                [str(part) for part in [*command, f"tests/{folder}", report]],
                cwd=paths.ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            cut = f"killed after {seconds} s; "
    count_report(results, step, report, f"{cut}the run did not come to its end: see {log}")


def count_report(results, step, report, unfinished):
    """Count the lines of a report of unit_runner.

    :param unfinished: what to say when its last line is missing
    """
    lines = report.read_text("utf-8").splitlines() if report.exists() else []
    entries = [json.loads(line) for line in lines if line.endswith("}")]
    tests = 0
    for entry in entries:
        if entry.get("end"):
            continue
        if entry["outcome"] == "failed":
            results.fail(step, entry["name"], entry["text"])
        elif entry["outcome"] == "passed":
            results.ok()
        else:
            say("   skipped {name}: {text}", name=entry["name"], text=entry["text"])
            continue
        tests += 1
    if not entries or not entries[-1].get("end"):
        results.fail(step, "run", unfinished)
    elif not tests:
        results.fail(step, "run", "no test ran")


def has_tests(addon):
    """True when an add-on brings test files."""
    return any((paths.ADDONS / addon / "tests").glob("test_*.py"))


def addons(results, names):
    """Install the add-ons on a fresh database and run their tests in Odoo's own framework."""
    settings, conf = testbase.prepare()
    testbase.copy(settings, conf, DATABASE)
    wanted = testbase.with_depends(names)
    code, text = testbase.odoo(
        "add-ons",
        settings,
        conf,
        DATABASE,
        *("-i", ",".join(wanted), "--test-tags", ",".join(f"/{name}" for name in names)),
        *("--stop-after-init", "--http-port", testbase.free_port(), "--max-cron-threads=0"),
        *("--log-handler=werkzeug:WARNING", "--screenshots", testbase.folder() / "screenshots"),
    )
    judge(results, code, odoo_log.read(text), [name for name in names if has_tests(name)])
    missing = set(wanted) - testbase.installed(settings, DATABASE)
    results.check("add-ons", "all are installed", ", ".join(sorted(missing)))


def judge(results, code, found, tested, step="add-ons"):
    """Count what an Odoo run found.

    :param code: exit code of the process
    :param found: odoo_log.OdooRun
    :param tested: add-ons that have tests, so that at least one of each must have run
    """
    for name, text in found.failures.items():
        results.fail(step, name, text)
    if found.total is None:
        if tested or code:
            results.fail(step, "run", f"Odoo ended ({code}) before the result of its tests")
    else:
        results.ok(max(0, found.total - len(found.failures)))
    if (code or found.broken) and not found.failures and found.total is not None:
        results.fail(step, "run", f"Odoo ended with {code}, {found.broken} failed")
    for name in tested:
        results.check(step, f"tests of {name} ran", "" if found.counts.get(name) else "none ran")
    results.check(step, "browser for tours", "none was found" if found.no_browser else "")
    results.check(step, "nothing unexpected in the log", found.complaints)


def translations(results):
    """The .pot of every add-on is up to date and its Thai is complete."""
    settings, conf = testbase.prepare()
    for addon, problems in i18n.problems(settings, conf, DATABASE, paths.addons()).items():
        results.check("translations", addon, problems)

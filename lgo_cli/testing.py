# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo test: everything that must pass. The last line is "N passed, N failed"."""

import argparse
import concurrent.futures
import json
import os
import subprocess

from . import browser_tests, i18n, linting, odoo_log, paths, system, testbase, venv
from .console import LgoError, say
from .messages import _
from .results import Results

DATABASE = "lgo_test"
SECOND = "lgo_test_2"
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
    """Install the add-ons on fresh databases and run their tests in Odoo's own framework.

    One Odoo uses one core, so two share the add-ons when there are two cores and all are asked
    for: each installs everything in a database of its own. Both count; one that does not come to
    its end is a failure.
    """
    settings, conf = testbase.prepare()
    wanted = testbase.with_depends(names)
    shares = share(names) if len(names) > 1 and (os.cpu_count() or 1) > 1 else [names]
    databases = [DATABASE, SECOND][: len(shares)]
    for name in databases:
        testbase.copy(settings, conf, name)
    first = testbase.free_port()
    ports = [first, testbase.free_port(first + 300)]
    with concurrent.futures.ThreadPoolExecutor(len(shares)) as pool:
        runs = list(
            pool.map(
                lambda name, share, port: _run(settings, conf, name, wanted, share, port),
                *(databases, shares, ports[: len(shares)]),
            )
        )
    for name, part, (code, text) in zip(databases, shares, runs, strict=True):
        judge(results, code, odoo_log.read(text), [addon for addon in part if has_tests(addon)])
        missing = set(wanted) - testbase.installed(settings, name)
        results.check("add-ons", "all are installed", ", ".join(sorted(missing)))


def share(names, parts=2):
    """Share add-ons out so that each part has about as many tests; every add-on is in one part.

    :param names: add-ons
    :param int parts: how many parts, of which none is empty when there are add-ons enough
    :return: list of lists of names, each sorted
    """
    counts = {name: count_tests(name) for name in names}
    shares = [[] for _number in range(min(parts, len(names)))]
    for name in sorted(names, key=lambda name: (-counts[name], name)):
        least = min(shares, key=lambda part: (sum(counts[one] for one in part), len(part)))
        least.append(name)
    return [sorted(part) for part in shares]


def count_tests(addon):
    """About how many tests an add-on brings."""
    files = (paths.ADDONS / addon / "tests").glob("test_*.py")
    return sum(file.read_text("utf-8").count("\n    def test_") for file in files)


def _run(settings, conf, database, wanted, names, port):
    """Install `wanted` and run the tests of `names`; returns (exit code, log)."""
    title = "add-ons" if database == DATABASE else "add-ons 2"
    return testbase.odoo(
        title,
        settings,
        conf,
        database,
        *("-i", ",".join(wanted), "--test-tags", ",".join(f"/{name}" for name in names)),
        *("--stop-after-init", "--http-port", port, "--max-cron-threads=0"),
        *("--log-handler=werkzeug:WARNING", "--screenshots", testbase.folder() / "screenshots"),
    )


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

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the log of an Odoo run: results of its tests, and what it complained of."""

import dataclasses
import re

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)$"
)
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
COUNT = re.compile(r"^(\w+): (\d+) tests \d")
BAD = re.compile(r"^(FAIL|ERROR): (?P<name>.+)$")
# Parts of records that are no complaint.
KNOWN = (
    "odoo.tests.result: ",  # the result line is judged by itself
)


@dataclasses.dataclass
class OdooRun:
    """What one Odoo process told.

    `counts`: tests by add-on; `failures`: name -> text; `complaints`: errors and warnings that
    nobody expected; `total`: tests of the result line, None when Odoo never came to it.
    """

    total: int | None = None
    broken: int = 0
    counts: dict = dataclasses.field(default_factory=dict)
    failures: dict = dataclasses.field(default_factory=dict)
    complaints: list = dataclasses.field(default_factory=list)
    no_browser: bool = False


def records(text):
    """Yield (level, logger, text) of each record; a record may take many lines."""
    current = None
    for line in text.splitlines():
        found = LINE.match(line)
        if found:
            if current:
                yield current[0], current[1], "\n".join(current[2])
            current = (found["level"], found["logger"], [found["text"]])
        elif current:
            current[2].append(line)
    if current:
        yield current[0], current[1], "\n".join(current[2])


def read(text):
    """Read a whole log; returns an OdooRun.

    Warnings count while add-ons are installed; while tests run they do not, since tests provoke
    them. Errors always count: a test that provokes one has to silence it.
    """
    run = OdooRun()
    testing = False
    for level, logger, message in records(text):
        first = message.splitlines()[0] if message else ""
        if logger == "odoo.modules.loading" and first.startswith(("Loading module", "loading ")):
            testing = False
        elif first.startswith("Starting ") and first.endswith(" ..."):
            testing = True
        if "Chrome executable not found" in message:
            run.no_browser = True
        if logger == "odoo.tests.result" and (found := RESULT.search(first)):
            failed, errors, total = map(int, found.groups())
            run.total = (run.total or 0) + total
            run.broken += failed + errors
        elif logger == "odoo.tests.stats" and (found := COUNT.match(first)):
            run.counts[found[1]] = run.counts.get(found[1], 0) + int(found[2])
        elif level in ("ERROR", "CRITICAL") and (found := BAD.match(first)):
            # a subtest fails its test: count the test once
            name = re.sub(r"^Subtest (\S+).*", r"\1", found["name"])
            name = f"{logger.removeprefix('odoo.addons.')}: {name}"
            run.failures[name] = run.failures.get(name, "") + message + "\n"
        elif _complains(level, logger, message, testing):
            run.complaints.append(f"{level} {logger}: {message}")
    return run


def _complains(level, logger, message, testing):
    if level not in ("WARNING", "ERROR", "CRITICAL"):
        return False
    if level == "WARNING" and testing:
        return False
    return not any(known in f"{logger}: {message}" for known in KNOWN)

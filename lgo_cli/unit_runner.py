# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run a folder of unittest files and write what happened as JSON lines.

A program of its own (`python lgo_cli/unit_runner.py FOLDER REPORT`), so that a crash of a test
cannot end ./lgo test. The report's last line is {"end": true}; without it the run was cut short.
"""

import json
import sys
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class JsonResult(unittest.TextTestResult):
    """Writes one line a test; a failed subtest or clean-up fails its test."""

    report = None

    def startTest(self, test):
        super().startTest(test)
        self._began = time.monotonic()
        self._bad = len(self.failures) + len(self.errors) + len(self.unexpectedSuccesses)
        self._skips = len(self.skipped)

    def stopTest(self, test):
        super().stopTest(test)
        bad = [
            *self.failures,
            *self.errors,
            *((t, "passes unexpectedly") for t in self.unexpectedSuccesses),
        ][self._bad :]
        found = len(self.failures) + len(self.errors) + len(self.unexpectedSuccesses)
        outcome = "passed"
        if found > self._bad:
            outcome = "failed"
        elif len(self.skipped) > self._skips:
            outcome = "skipped"
        text = "\n".join(f"{case}\n{trace}" for case, trace in bad)
        if outcome == "skipped":
            text = self.skipped[-1][1]
        self.write(test.id(), outcome, text, time.monotonic() - self._began)

    def addError(self, test, err):
        super().addError(test, err)
        if not isinstance(test, unittest.TestCase):  # setUpClass, setUpModule
            self.write(str(test), "failed", self.errors[-1][1], 0)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if not isinstance(test, unittest.TestCase):
            self.write(str(test), "skipped", reason, 0)

    def write(self, name, outcome, text, seconds):
        """Add a line to the report."""
        line = {"name": name, "outcome": outcome, "text": text, "seconds": round(seconds, 2)}
        self.report.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.report.flush()


def main(folder, report):
    """Run the tests of `folder` (below the root of the checkout) and write `report`."""
    sys.path.insert(0, str(ROOT))
    start = str(Path(folder).resolve())
    package = (Path(start) / "__init__.py").exists()
    suite = unittest.defaultTestLoader.discover(
        start, top_level_dir=str(ROOT) if package else start
    )
    with open(report, "w", encoding="utf-8") as file:
        JsonResult.report = file
        unittest.TextTestRunner(resultclass=JsonResult, verbosity=2).run(suite)
        file.write('{"end": true}\n')


if __name__ == "__main__":
    main(*sys.argv[1:])

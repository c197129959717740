# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a test run found: one entry a check, shown as it comes and summed up at the end."""

import contextlib
import dataclasses
import threading
import time

from .console import LgoError, say

DETAIL_LINES = 40  # of one failure in the summary; the log has all


@dataclasses.dataclass
class Failure:
    """One check that failed: where, what, and the text that helps."""

    step: str
    name: str
    text: str = ""


class Results:
    """Counts over all steps. A step that ends by an exception is a failure of its own."""

    def __init__(self):
        self.passed = 0
        self.failures = []
        self._lock = threading.Lock()

    @property
    def failed(self):
        """Number of failed checks."""
        return len(self.failures)

    def ok(self, count=1):
        """Count checks that passed."""
        with self._lock:
            self.passed += count

    def fail(self, step, name, text=""):
        """Count a failed check."""
        with self._lock:
            self.failures.append(Failure(step, name, text.strip()))

    def check(self, step, name, problems):
        """Count one check that passed when `problems` (text or list of lines) is empty."""
        text = problems if isinstance(problems, str) else "\n".join(problems)
        if text.strip():
            self.fail(step, name, text)
        else:
            self.ok()

    @contextlib.contextmanager
    def step(self, title):
        """Run a step: tells when it starts, and how long it took and what it found at its end.

        Whatever goes wrong inside is counted, so that the later steps still run and nothing
        that broke can look like a pass.
        """
        start, passed, failed = time.monotonic(), self.passed, self.failed
        say(f"== {title} …")
        try:
            yield
        except LgoError as error:
            self.fail(title, "could not run", str(error))
        except Exception as error:  # noqa: BLE001 - counted and shown
            self.fail(title, "could not run", f"{type(error).__name__}: {error}")
        seconds = time.monotonic() - start
        say(
            f"== {title}: {self.passed - passed} passed, {self.failed - failed} failed "
            f"({seconds:.0f} s)"
        )

    def summary(self):
        """Print every failure and then the closing line; returns the exit code.

        No check at all is a failure: it would look like a pass.
        """
        if not self.passed and not self.failures:
            self.fail("test", "nothing was checked")
        for failure in self.failures:
            say(f"\nFAILED {failure.step}: {failure.name}")
            lines = failure.text.splitlines()
            for line in lines[:DETAIL_LINES]:
                say("    " + line)
            if len(lines) > DETAIL_LINES:
                say(f"    … {len(lines) - DETAIL_LINES} more lines")
        say()
        say(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failures else 0

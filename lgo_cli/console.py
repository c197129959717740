# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the person at the terminal sees: progress, results, and one-sentence errors."""

import os
import re
import subprocess
import sys
import time
import unicodedata

from .messages import _


class LgoError(Exception):
    """Something the user can act on: the text is one sentence that says what to do.

    :param text: English, with {names} for `values`; shown in the language of the terminal
    """

    def __init__(self, text="", /, **values):
        super().__init__(_(text, **values))


def debug():
    """True when LGO_DEBUG asks for tracebacks and the output of every child process."""
    return os.environ.get("LGO_DEBUG", "") not in ("", "0")


def say(text="", /, **values):
    """Print a line of the result, in the language of the terminal."""
    print(_(text, **values), flush=True)


def width(text):
    """Columns that `text` takes: Thai vowels and tone marks above or below take none."""
    return sum(0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1 for char in text)


def table(rows, indent="  "):
    """Print rows (tuples of str) in aligned columns."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True))
        say((indent + "  ".join(cells)).rstrip())


class Step:
    """One long step, shown while it runs and closed with the seconds it took.

    On a terminal one line changes; elsewhere (a log file, CI) the start, the end, and now and then
    the detail are plain lines.
    """

    every = 10  # seconds between two plain lines of the same step

    def __init__(self, title, /, **values):
        self.title = _(title, **values)
        self.tty = sys.stdout.isatty()
        self.start = self.shown = time.monotonic()

    def __enter__(self):
        self._write(f"{self.title} …")
        return self

    def detail(self, text, /, **values):
        """Show how far the step is, e.g. "34 of 71 add-ons"."""
        text = _(text, **values)
        now = time.monotonic()
        if now - self.shown >= (0.1 if self.tty else self.every):
            self.shown = now
            seconds = _("{seconds:.0f} s", seconds=now - self.start)
            self._write(f"{self.title} … {text} ({seconds})")

    def __exit__(self, kind, error, trace):
        seconds = _("{seconds:.1f} s", seconds=time.monotonic() - self.start)
        outcome = _("done") if kind is None else _("stopped")
        self._write(f"{self.title}: {outcome} ({seconds})", True)

    def _write(self, text, last=False):
        if self.tty:
            columns = os.get_terminal_size().columns if last is False else 0
            if columns and width(text) >= columns:
                text = text[: columns - 1]
            print(f"\r\033[K{text}", end="\n" if last else "", flush=True)
        else:
            print(text, flush=True)


def run(*cmd, check=True, on_line=None, text_in=None, **kwargs):
    """Run a child process and return its output (stdout and stderr together, str).

    :param on_line: called with each line as it comes
    :param text_in: short text for its standard input (never a secret on the command line)
    :raises LgoError: with the last telling line of the output when `check` and the exit code is
        not 0
    """
    cmd = [str(part) for part in cmd]
    if debug():
        print("+", *cmd, file=sys.stderr, flush=True)
    kwargs["stdin"] = subprocess.DEVNULL if text_in is None else subprocess.PIPE
    try:
        process = subprocess.Popen(
            cmd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **kwargs,
        )
    except OSError as error:
        raise LgoError(
            "{program} cannot be started: {cause}.", program=cmd[0], cause=error.strerror
        ) from error
    lines = []
    if text_in is not None:
        with process.stdin as pipe:
            pipe.write(text_in)
    try:
        for line in process.stdout:
            lines.append(line)
            if debug():
                print("  |", line, end="", file=sys.stderr, flush=True)
            if on_line:
                on_line(line.rstrip("\n"))
        code = process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
    finally:
        process.stdout.close()
    output = "".join(lines)
    if check and code:
        raise LgoError(
            "{program} failed ({code}): {cause}",
            program=os.path.basename(cmd[0]),
            code=code,
            cause=telling_line(output),
        )
    return output


#: What stands in the line that tells the cause, the surest first.
TELLING = (
    *("SELF_SIGNED_CERT", "CERTIFICATE_VERIFY_FAILED", "invalid peer certificate"),
    *("npm error code", "FATAL:", "CRITICAL"),
    *("Temporary failure in name resolution", "W: Failed to fetch", "E: Failed to fetch"),
    *("ERROR", "Error:", "E:", "error:", "fatal:"),
)


def telling_line(output):
    """The line of a program's output that most likely tells why it failed."""
    lines = [line.strip(" |\t") for line in output.splitlines()]
    lines = [line for line in lines if line and "A complete log of this run" not in line]
    if "Traceback (most recent call last)" in output:
        for line in reversed(lines):
            if re.match(r"[A-Za-z_][\w.]*(Error|Exception|NotFound)\b", line):
                return line[:400]
    for word in TELLING:
        for line in reversed(lines):
            if word in line:
                return line[:400]
    return lines[-1][:400] if lines else "no output"

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The terminal speaks Thai where the locale is Thai."""

import ast
import contextlib
import io
import os
import re
import string
from pathlib import Path
from unittest import mock

from lgo_cli import main, messages, office
from lgo_cli.console import LgoError, Step, say
from lgo_cli.thai import THAI

from .common import CliCase

SOURCES = Path(__file__).resolve().parents[2] / "lgo_cli"
# function -> which argument is shown
SHOWN = {"say": 0, "LgoError": 0, "Step": 0, "detail": 0, "_": 0, "run_odoo": 0, "lock": 1}
SHOWN["_made"] = 1
# a report that programs read as well ("N passed, N failed") stays as it is
NOT_SHOWN = ("results.py", "po_merge.py", "unit_runner.py")


def shown(node):
    """Constants and f-strings that an expression may give to be shown."""
    if isinstance(node, ast.IfExp):
        return shown(node.body) + shown(node.orelse)
    return [node] if isinstance(node, ast.Constant | ast.JoinedStr) else []


def texts():
    """(place, node) of everything in the sources that is shown to a person."""
    for file in sorted(SOURCES.glob("*.py")):
        if file.name in NOT_SHOWN:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            place = SHOWN.get(name)
            if place is not None and len(node.args) > place:
                for text in shown(node.args[place]):
                    yield f"{file.name}:{node.lineno}", text


def letters(text):
    """What is left of a text without its {names}."""
    return re.sub(r"[\W\d_]|\{[^}]*\}", "", text)


def fields(text):
    """The {names} of a text with their formats."""
    return sorted(
        (name, spec, conv) for _, name, spec, conv in string.Formatter().parse(text) if name
    )


class TestCatalogue(CliCase):
    def test_everything_shown_has_thai(self):
        count = 0
        for place, node in texts():
            if isinstance(node, ast.JoinedStr):
                fixed = "".join(
                    part.value for part in node.values if isinstance(part, ast.Constant)
                )
                self.assertFalse(letters(fixed), f"{place}: an f-string cannot be translated")
            elif isinstance(node.value, str) and letters(node.value):
                self.assertIn(node.value, THAI, place)
                count += 1
        self.assertGreater(count, 100)
        for _module, text in main.ELSEWHERE.values():
            self.assertIn(text, THAI)

    def test_thai_fills_in_the_same(self):
        for english, thai in THAI.items():
            self.assertEqual(fields(english), fields(thai), english)
            marks = re.findall(r"%\(\w+\)\w|%s", english)
            self.assertEqual(sorted(marks), sorted(re.findall(r"%\(\w+\)\w|%s", thai)), english)
            if letters(english) and english not in ("PostgreSQL", "node_modules"):
                self.assertRegex(thai, "[ก-๙]")

    def test_nothing_is_left_over(self):
        used = {node.value for _place, node in texts() if isinstance(node, ast.Constant)}
        used |= {text for _module, text in main.ELSEWHERE.values()}
        argparse_own = set(list(THAI)[: list(THAI).index("done")])
        self.assertEqual(sorted(set(THAI) - used - argparse_own), [])


class TestLanguage(CliCase):
    def test_which_language(self):
        for environ, language in (
            ({}, "en"),
            ({"LANG": "th_TH.UTF-8"}, "th"),
            ({"LANG": "en_US.UTF-8"}, "en"),
            ({"LANG": "th_TH.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
            ({"LANG": "C", "LC_MESSAGES": "th_TH"}, "th"),
            ({"LANG": "C", "LC_ALL": "", "LC_MESSAGES": "th"}, "th"),
            ({"LC_ALL": "en_US.UTF-8", "LGO_LANG": "th"}, "th"),
            ({"LC_ALL": "th_TH.UTF-8", "LGO_LANG": "en"}, "en"),
        ):
            with mock.patch.dict(os.environ, environ, clear=True):
                self.assertEqual(messages.language(), language, environ)

    def call(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main.main(list(argv))
            except SystemExit as error:
                code = error.code
        return code, out.getvalue(), err.getvalue()

    def test_a_thai_terminal(self):
        os.environ["LANG"] = "th_TH.UTF-8"
        code, out, _err = self.call("--help")
        self.assertEqual(code, 0)
        self.assertIn("วิธีใช้:", out)
        self.assertIn("สำรองฐานข้อมูล", out)
        code, _out, err = self.call("run", "--port", "80")
        self.assertEqual(code, 2)
        self.assertIn("ตั้งแต่ 1024 ถึง 65535", err)
        self.assertIn("LGO ไม่ได้ทำงานอยู่", self.call("status")[1])
        error = LgoError("Choose from {names}: there is no add-on {name}.", names="a, b", name="c")
        with mock.patch.object(office, "start", side_effect=error):
            self.assertEqual(self.call("run")[2], "lgo: เลือกจาก a, b เพราะไม่มีโมดูล c\n")
        out = io.StringIO()
        with contextlib.redirect_stdout(out), Step("Preparing"):
            say("no such text in the catalogue")
        self.assertIn("กำลังเตรียม: เสร็จ (0.0 วินาที)", out.getvalue())
        self.assertIn("no such text", out.getvalue())

    def test_what_a_user_typed_is_never_a_format(self):
        self.assertEqual(
            str(LgoError("{text!r} is no number from 1 on", text="{x}")),
            "'{x}' is no number from 1 on",
        )
        say("{not filled in}")

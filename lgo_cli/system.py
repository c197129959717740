# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""System libraries that no Python package brings: found, installed when root, or asked for."""

import ctypes
import os
import shutil

from . import apt
from .console import LgoError, Step, run

# WeasyPrint loads these by dlopen; libthai breaks Thai lines.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
    "libthai.so.0": "libthai0",
}
CHROMIUM = ("chromium", "google-chrome", "chromium-browser")
# Programs that some tests work with; without them those tests would be skipped unseen.
TEST_PROGRAMS = {
    "git": ("git",),
    "pdfsig": ("poppler-utils",),
    "softhsm2-util": ("softhsm2",),
    "tesseract": ("tesseract-ocr", "tesseract-ocr-tha"),
}


def missing(dev=False):
    """Names of the Debian packages that are needed and not there, sorted.

    :param dev: also what the tests need (a browser, programs that they work with)
    """
    packages = {package for library, package in LIBRARIES.items() if not _loads(library)}
    if dev:
        if not any(map(shutil.which, CHROMIUM)):
            packages.add("chromium")
        for program, names in TEST_PROGRAMS.items():
            if not shutil.which(program):
                packages.update(names)
    return sorted(packages)


def ensure(dev=False):
    """Make sure that the system libraries are there.

    :raises LgoError: they are missing and cannot be installed from here; names the command
    """
    packages = missing(dev)
    if not packages:
        return
    install = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if not apt.available():
        raise LgoError(
            "Install these system libraries with the package manager of this machine "
            "(names as in Debian): {names}.",
            names=", ".join(packages),
        )
    if os.geteuid() != 0:
        # a Debian whose root has a password comes without sudo
        line = f"sudo apt-get update && sudo {install}"
        if not shutil.which("sudo"):
            line = f"su - -c 'apt-get update && {install}'"
        raise LgoError(
            "Install the missing system libraries, or let the administrator of this machine do "
            "it, and start again: {line}",
            line=line,
        )
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with Step("Installing system packages ({names})", names=", ".join(packages)):
        try:
            run(*install.split(), env=env)
        except LgoError:  # a fresh container has no package lists yet
            run("apt-get", "-qq", "update", env=env)
            run(*install.split(), env=env)


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

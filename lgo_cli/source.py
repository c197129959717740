# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The source of Odoo 19.0: an existing checkout, Debian's package, or a git clone."""

import os
import re
import shutil
from pathlib import Path

from . import apt, paths
from .console import LgoError, Step, run

SERIES = (19, 0)
LAYOUT = "1"  # raise it when what is unpacked changes, so that caches are made anew
TREE = Path("usr/lib/python3/dist-packages")  # of the Debian package
DEBS = (
    "odoo-19",
    # targets of the symbolic links inside the package
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    # the one of sid has other file names than the package links to
    "fonts-font-awesome/bookworm",
)
# Accepted where apt cannot verify signatures (no archive keys on the machine).
KNOWN_SHA256 = {
    "fonts-font-awesome_5.0.10+really4.7.0~dfsg-4.1_all.deb": (
        "5f09e1adce26d59628a239c538882d53e58978b958233864fc617be9a510018e"
    ),
    "fonts-inconsolata_3.001+ds-1_all.deb": (
        "7ae10c4d43e968eb6974c22283dd4e912824a34472f813108b5a8308dcce149e"
    ),
    "fonts-montserrat_9.000-6_all.deb": (
        "c5f603701f86661a7eed820ff0b0d19e0aa697b316053b7885cc7346370128c1"
    ),
    "fonts-ocr-b_0.3.1~dfsg-2_all.deb": (
        "c3760c25162b33ef4b19f0801a2ffbe956634c1fbbef42610c718edfb06baca9"
    ),
    "fonts-roboto-unhinted_2%3a0~20170802-3_all.deb": (
        "f89cf7d8a589489daecf750031ec50456ab3e648d49ff544f0f08753268fbd91"
    ),
    "fonts-roboto-unhinted_2%3a3.016-1_all.deb": (
        "e08ef58b6b92ab2554cc5047b84c3eb03fe0df36d9eddaa1326f80783687c2e8"
    ),
    "libjs-jquery-form_12-4_all.deb": (
        "fbfeedcd3eaf519b3cdcc88e93a1c79f6775da71657bac763f1430fe66e8a1da"
    ),
    "libjs-jquery_3.7.1+dfsg+~3.5.33-1_all.deb": (
        "818d6383b5b8f33734f682076b02fe3e765af23251ff6bf2b47747a4484e19d3"
    ),
    "libjs-underscore_1.13.8~dfsg+~1.13.0-1_all.deb": (
        "4bd04d6b3695e10228b4d479d6963d6b768bcd9aa22e9cef2a014814f5de2906"
    ),
    "odoo-19_19.0.0+dfsg-1_all.deb": (
        "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
    ),
}


def ensure():
    """Return the folder that holds Odoo 19.0 (with `odoo/` and `setup/odoo`); fetch it if needed.

    :raises LgoError: $ODOO_HOME is no Odoo 19.0, or no source could be reached
    """
    home = os.environ.get("ODOO_HOME")
    if home:
        tree = Path(home).expanduser().absolute()
        check(tree, "ODOO_HOME")
        return tree
    for folder, tree in _cached():
        if (tree / "odoo/release.py").is_file():
            check(tree, folder.name)
            return tree
    with paths.lock(paths.cache_dir() / "odoo", "the source of Odoo"):
        for _folder, tree in _cached():  # another run may have fetched it meanwhile
            if (tree / "odoo/release.py").is_file():
                return tree
        return _fetch()


def check(tree, what):
    """Raise LgoError unless `tree` is Odoo of the series we are made for."""
    release = tree / "odoo/release.py"
    wanted = ".".join(map(str, SERIES))
    if not release.is_file():
        raise LgoError(
            "Name the top folder of a checkout of Odoo {wanted} in {what}: {tree} holds no "
            "odoo/release.py.",
            wanted=wanted,
            what=what,
            tree=tree,
        )
    found = re.search(r"version_info\s*=\s*\(\s*(\d+)\s*,\s*(\d+)", release.read_text("utf-8"))
    series = tuple(map(int, found.groups())) if found else None
    if series != SERIES:
        has = ".".join(map(str, series)) if series else "?"
        raise LgoError(
            "Name a checkout of Odoo {wanted} in {what}: {tree} is Odoo {has}.",
            wanted=wanted,
            what=what,
            tree=tree,
            has=has,
        )


def _cached():
    cache = paths.cache_dir()
    debian = cache / f"odoo-19.0-debian-{LAYOUT}"
    git = cache / f"odoo-19.0-git-{LAYOUT}"
    return ((debian, debian / TREE), (git, git))


def _fetch():
    errors = []
    (debian, debian_tree), (git, git_tree) = _cached()
    for fetch, final, tree in (
        (from_debian, debian, debian_tree),
        (from_git, git, git_tree),
    ):
        try:
            with paths.atomic_dir(final) as temp:
                fetch(temp)
        except LgoError as error:
            errors.append(str(error).rstrip("."))
            continue
        check(tree, final.name)
        return tree
    causes = "; ".join(errors)
    raise LgoError(
        "Check the network and start the same command again, or set ODOO_HOME to a "
        "checkout of Odoo 19.0: Odoo could not be fetched ({causes}).",
        causes=causes,
    )


def from_debian(temp):
    """Unpack Debian's odoo-19 and what it links to into the folder `temp`."""
    if not apt.available():
        raise LgoError("no apt-get on this machine")
    debs = temp / "debs"
    with Step("Fetching Odoo 19.0 (Debian's package, 150 MB)") as step:
        step.detail("package lists")
        with apt.private_apt("odoo", "sid bookworm") as private:
            files = private.download(DEBS, debs, KNOWN_SHA256)
    with Step("Unpacking Odoo") as step:
        for number, file in enumerate(files, 1):
            step.detail("{number} of {total}", number=number, total=len(files))
            unpack(file, temp)
        finish_debian_tree(temp)
        shutil.rmtree(debs)


def unpack(deb, dest):
    """Unpack a .deb without documentation and without translations other than Thai."""
    # dpkg-deb has no filter; its tar stream has. One shell pipe keeps it from disk twice.
    script = (
        'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --no-same-permissions '
        "--exclude='./usr/share/doc' --exclude='*/dist-packages/doc' --exclude='./etc' "
        "--exclude='*/i18n*/[!t]*.po' --exclude='*/i18n*/t[!h]*.po'"
    )
    run("bash", "-o", "pipefail", "-c", script, "unpack", deb, dest)


def finish_debian_tree(root):
    """Mend what Debian leaves out of the package."""
    # Without this file every backend page logs an error and fails its browser tests; what is
    # lost is only the blurred background of video calls.
    blur = root / TREE / "odoo/addons/mail/static/lib/selfie_segmentation"
    blur.mkdir(parents=True, exist_ok=True)
    (blur / "selfie_segmentation.js").write_text(
        "// placeholder: calls cannot blur the background\n"
    )


def from_git(temp):
    """Clone upstream's branch 19.0 into the folder `temp`."""
    if not shutil.which("git"):
        raise LgoError("no git on this machine")
    url = os.environ.get("ODOO_GIT", "https://github.com/odoo/odoo.git")
    with Step("Cloning Odoo 19.0 from {url}", url=url):
        env = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        run("git", "clone", "-q", "--depth=1", "--branch=19.0", url, temp, env=env)

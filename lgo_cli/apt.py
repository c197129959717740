# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""apt with a private state folder: fetches Debian packages without root and installs nothing."""

import contextlib
import hashlib
import os
import re
import shutil
from pathlib import Path

from . import paths
from .console import LgoError, run

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)


def available():
    """True when the programs apt-get and dpkg-deb are on this machine."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def debian_mirror(root=Path("/etc/apt")):
    """The Debian archive that this machine already uses, or $LGO_DEBIAN_MIRROR; None if neither."""
    if os.environ.get("LGO_DEBIAN_MIRROR"):
        return os.environ["LGO_DEBIAN_MIRROR"].rstrip("/")
    lists = root / "sources.list.d"
    for file in [
        root / "sources.list",
        *sorted(lists.glob("*.list")),
        *sorted(lists.glob("*.sources")),
    ]:
        if not file.is_file():
            continue
        for line in file.read_text("utf-8", errors="replace").splitlines():
            if line.lstrip().startswith("#"):
                continue
            for uri in re.findall(r"(?:https?|file|mirror\+\w+):/\S+", line):
                if uri.rstrip("/").endswith("/debian"):
                    return uri.rstrip("/")
    return None


class PrivateApt:
    """A private apt: own lists, own cache, own sources; nothing of the machine is changed.

    :param folder: where its state lies (may be deleted afterwards)
    :param suites: Debian suites, e.g. "sid bookworm"
    """

    def __init__(self, folder, suites):
        if not available():
            raise LgoError("this machine has no apt-get")
        mirror = debian_mirror()
        if not mirror:
            raise LgoError(
                "set LGO_DEBIAN_MIRROR to the address of a Debian archive: apt's sources name none"
            )
        self.dir = folder
        self.signed = True
        for sub in ("lists/partial", "cache/archives/partial", "etc/parts"):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        (folder / "etc/lgo.sources").write_text(
            f"Types: deb\nURIs: {mirror}\nSuites: {suites}\nComponents: main\n"
            f"Signed-By: {self._keyring()}\n"
        )
        options = {
            "Dir::State": folder,
            "Dir::State::Lists": folder / "lists",
            "Dir::State::status": "/dev/null",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "etc/lgo.sources",
            "Dir::Etc::sourceparts": folder / "etc/parts",
            "Dir::Etc::preferencesparts": "/dev/null",
            "APT::Architecture": "amd64",  # what is fetched is architecture-independent
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            # sid's Release file lives for a week; a mirror that lags must not stop a bootstrap
            "Acquire::Check-Valid-Until": "false",
            "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
        }
        text = "".join(f'{key} "{value}";\n' for key, value in options.items())
        # the hooks of a distribution's image would touch the machine's own state
        text += 'APT::Architectures { "amd64"; };\n'
        text += "#clear APT::Update::Post-Invoke;\n#clear APT::Update::Post-Invoke-Success;\n"
        (folder / "apt.conf").write_text(text)

    def _keyring(self):
        for path in KEYRINGS:
            if os.path.exists(path):
                return path
        # Ubuntu: the keyring is a package there, verified by apt with Ubuntu's own keys
        folder = self.dir / "keyring"
        folder.mkdir(parents=True, exist_ok=True)
        run("apt-get", "-qq", "download", "debian-archive-keyring", cwd=folder)
        run("dpkg-deb", "-x", next(folder.glob("*.deb")), folder)
        return next(folder.glob("usr/share/keyrings/debian-archive-keyring.*"))

    def _call(self, *args, **kwargs):
        env = {**os.environ, "APT_CONFIG": str(self.dir / "apt.conf"), "LC_ALL": "C.UTF-8"}
        return run("apt-get", "-qq", *args, env=env, **kwargs)

    def update(self):
        """Read the package lists; sets `signed` to False where apt cannot verify them.

        :raises LgoError: no list could be read
        """
        try:
            self._call("update", "--error-on=any")
        except LgoError as error:
            self._call("update", "-o", "Acquire::AllowInsecureRepositories=true")
            # without the network this succeeds as well, and brings nothing
            if not any((self.dir / "lists").glob("*Packages*")):
                raise LgoError("no package lists ({cause})", cause=error) from error
            self.signed = False

    def download(self, names, dest, known):
        """Fetch packages into the folder `dest`; returns the files.

        :param known: {file name: SHA-256}; the only files accepted when apt could not verify
        :raises LgoError: a file is neither signed nor known
        """
        dest.mkdir(parents=True, exist_ok=True)
        insecure = [] if self.signed else ["-o", "APT::Get::AllowUnauthenticated=true"]
        self._call(*insecure, "download", *names, cwd=dest)
        files = sorted(dest.glob("*.deb"))
        if not self.signed:
            refuse_unknown(files, known)
        return files


def refuse_unknown(files, known):
    """Raise LgoError unless each file has the SHA-256 that `known` has for its name."""
    for file in files:
        with open(file, "rb") as handle:
            actual = hashlib.file_digest(handle, "sha256").hexdigest()
        if known.get(file.name) != actual:
            raise LgoError(
                "install the package debian-archive-keyring, or set ODOO_HOME to a checkout of "
                "Odoo 19.0: apt cannot verify {file}, and its SHA-256 {actual} is not known",
                file=file.name,
                actual=actual,
            )


@contextlib.contextmanager
def private_apt(name, suites):
    """A PrivateApt with fresh lists in the cache; deleted afterwards."""
    folder = paths.cache_dir() / f"apt-{name}"
    paths.remove(folder)
    try:
        apt = PrivateApt(folder, suites)
        apt.update()
        yield apt
    finally:
        paths.remove(folder)

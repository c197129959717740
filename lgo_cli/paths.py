# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where things lie: the checkout, the cache shared by checkouts, and this checkout's state."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .console import LgoError, say
from .messages import _

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
REQUIREMENTS = ROOT / "requirements"


def cache_dir():
    """Folder of what can be fetched again: $LGO_CACHE, $XDG_CACHE_HOME/lgo or ~/.cache/lgo."""
    if os.environ.get("LGO_CACHE"):
        path = Path(os.environ["LGO_CACHE"]).expanduser().absolute()
    elif os.environ.get("XDG_CACHE_HOME"):
        path = Path(os.environ["XDG_CACHE_HOME"]).expanduser().absolute() / "lgo"
    else:
        path = Path.home() / ".cache" / "lgo"
    return _made(path, "Set LGO_CACHE to a folder that you may write")


def state_dir():
    """Folder `.lgo/` of this checkout: database, files, log, secrets; only its owner may enter."""
    path = _made(ROOT / ".lgo", "Make the checkout writable or clone it to your home folder")
    path.chmod(0o700)
    return path


def _made(path, advice):
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LgoError(
            "{advice}: {path} cannot be made ({cause}).",
            advice=_(advice),
            path=path,
            cause=error.strerror,
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise not_ours(path)
    return path


def not_ours(path):
    """The LgoError about a path that somebody else made, e.g. root in a run with sudo."""
    path = Path(path)
    try:
        made = next(p for p in (path, *path.parents) if p.exists())
        owner = made.owner()
    except (OSError, KeyError):  # in a folder that is closed; a number without a name
        owner = "?"
    return LgoError(
        "Run ./lgo as the user who ran it first ({owner}), or take a copy of the project and an "
        "LGO_CACHE of your own: {path} is not yours to write.",
        owner=owner,
        path=path,
    )


def digest(*parts):
    """Short, stable name for a combination of texts and files (Path)."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()[:12]


@contextlib.contextmanager
def lock(path, what):
    """Hold an exclusive lock next to `path`, so that two runs never build `what` at once."""
    file = path.with_name(path.name + ".lock")
    with open(file, "a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./lgo is working on {what}; waiting for it.", what=_(what))
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def atomic_dir(final):
    """Give a temporary folder that becomes `final` only when the block ends without an error.

    A folder left by an interrupted run is thrown away. Call it under `lock`.
    """
    temp = final.with_name(final.name + ".tmp")
    remove(temp)
    temp.mkdir(parents=True)
    try:
        yield temp
    except BaseException:
        remove(temp)
        raise
    remove(final)
    temp.rename(final)


def write_private(path, text):
    """Write a file that only its owner can read (mode 0600), in one step."""
    temp = path.with_name(path.name + ".tmp")
    temp.unlink(missing_ok=True)
    with open(
        os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as f:
        f.write(text)
        f.flush()
        os.fsync(f.fileno())
    temp.replace(path)


def remove(path):
    """Delete a file or a folder, if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.exists():
        shutil.rmtree(path)


def addons():
    """Names of the add-ons of this checkout, sorted."""
    return sorted(manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py"))


def depends(addon):
    """Names in `depends` of an add-on's manifest (literal_eval: the file is a plain dict)."""
    import ast

    manifest = ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text("utf-8"))
    return manifest.get("depends", [])

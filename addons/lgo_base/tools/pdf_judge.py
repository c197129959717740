# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Judge a PDF of a stranger; run as a program of its own by ``upload.py``.

A PDF of a few hundred kilobytes can unpack to gigabytes while it is being read (object streams are
compressed), so it is opened in a process whose memory and time are limited: the worst that a
hostile file can do is to end this process. Reads the file from standard input and writes one
word: ``ok``, ``locked``, ``long``, ``active`` or ``broken``.
"""

import io
import resource
import sys

import pikepdf

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 15
MAX_PAGES = 500
# Actions and payloads of PDF that a form or letter never needs
# (ISO 32000-2:2020, 12.6.4 action types and 7.11.4 embedded files).
ACTIONS = {
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Rendition",
    "/SubmitForm",
}
KEYS = {"/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/RichMedia", "/XFA"}
SUBTYPES = {"/FileAttachment", "/RichMedia", "/Screen"}


def is_active(obj, depth=0):
    """Whether a PDF object, or one written inside it, is an action or payload we refuse."""
    if depth > 20:
        return True
    if isinstance(obj, pikepdf.Array):
        return any(is_active(item, depth + 1) for item in obj if not _is_indirect(item))
    if not isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if any(key in obj for key in KEYS) or str(obj.get("/S", "")) in ACTIONS:
        return True
    if str(obj.get("/Subtype", "")) in SUBTYPES or _acts_on_opening(obj):
        return True
    return any(
        is_active(value, depth + 1)
        for value in (obj.get(key) for key in list(obj.keys()))
        if not _is_indirect(value)
    )


def _acts_on_opening(obj):
    """Whether ``obj`` does more on opening than to show a page."""
    action = obj.get("/OpenAction")
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "/GoTo")) != "/GoTo"


def _is_indirect(value):
    """Objects with a number of their own are visited through ``pdf.objects``."""
    return bool(getattr(value, "is_indirect", False))


def judge(data):
    """The word for the PDF in ``data`` (bytes)."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                return "long"
            if is_active(pdf.trailer) or any(is_active(obj) for obj in pdf.objects):
                return "active"
            # qpdf goes on without an object stream for which the memory did not suffice
            if any("bad_alloc" in str(warning) for warning in pdf.get_warnings()):
                return "broken"
    except pikepdf.PasswordError:
        return "locked"
    except Exception:  # noqa: BLE001 - qpdf raises many kinds on hostile input
        return "broken"
    return "ok"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    print(judge(sys.stdin.buffer.read()))  # pylint: disable=print-used

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is held on one person: the shape in which each model says it."""

import mimetypes
from typing import NamedTuple

from .upload import safe_name

#: Bytes of a name inside an archive; file systems take 255.
NAME_BYTES = 120


class Holding(NamedTuple):
    """What one model holds on one person.

    ``rows`` are read by people ([(label, text), …] a record), ``data`` by programs ({field: value}
    a record); ``files`` are what the person handed in, ``papers`` what the office issued (both
    ``ir.attachment`` recordsets in sudo).
    """

    title: str
    rows: list
    data: list
    files: object = ()
    papers: object = ()


def archive_name(number, name, mimetype):
    """A name for a file in an archive that leads nowhere else and extracts everywhere.

    :param int number: makes it unique
    :param str name: as the sender typed it
    :param str mimetype: decides the extension
    """
    extension = mimetypes.guess_extension(mimetype or "") or ".bin"
    stem = safe_name(name, extension).removesuffix(extension)
    stem = stem.encode()[:NAME_BYTES].decode(errors="ignore")
    return f"{number:04d}_{stem}{extension}"

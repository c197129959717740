# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is held on one person: the shape in which each model says it."""

import re
from typing import NamedTuple

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


def safe_name(number, name):
    """A name for a file in an archive that leads nowhere else: no path, no control characters.

    :param int number: makes it unique
    :param str name: as the sender typed it
    """
    name = re.split(r"[/\\]", str(name or ""))[-1]
    name = re.sub(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]', "", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 8:
        stem, dot, extension = name, "", ""
    stem = stem.encode()[:NAME_BYTES].decode(errors="ignore")
    return f"{number:04d}_{stem or 'file'}{dot}{extension}"

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unpacks a winmail.dat (TNEF, [MS-OXTNEF]) in a process of its own, with little time and memory.

Reads the file from standard input and writes one JSON object: ``{"text": …, "files": [[name,
base64], …]}``. It is read by ``mail_reader``; nothing of Odoo is loaded here.
"""

import base64
import json
import resource
import sys

from tnefparse import TNEF

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 15
MAX_FILES = 100


def text_of(value):
    """Text of what the library calls a body: str, bytes or nothing."""
    if isinstance(value, bytes):
        for name in ("utf-8", "cp874"):
            try:
                return value.decode(name)
            except UnicodeDecodeError:
                continue
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else ""


def name_of(attachment):
    """Name of a file inside; names in an old code page make the library fail."""
    try:
        return text_of(attachment.long_filename()).strip("\x00")
    except UnicodeDecodeError:
        return text_of(attachment._name).strip("\x00")


def unpack(data):
    """What is in the file ``data`` (bytes), as a JSON object."""
    tnef = TNEF(data, do_checksum=False)
    files = [
        [name_of(attachment), base64.b64encode(bytes(attachment.data)).decode()]
        for attachment in tnef.attachments[:MAX_FILES]
    ]
    return {"text": text_of(tnef.body)[:200_000], "files": files}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    json.dump(unpack(sys.stdin.buffer.read()), sys.stdout)

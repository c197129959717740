# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that strangers send: judged by their content, never by their name.

A photo is always encoded anew. That drops EXIF (which tells where and when a picture was taken,
personal data that nobody needs: Personal Data Protection Act B.E. 2562, s.22) and whatever was
hidden behind the picture. A PDF is opened, in a process of its own, and refused when it could act.
"""

import io
import os
import re
import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path

from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401 - Odoo stops Pillow from finding its own plugins
)

from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

from . import pdf_judge

_lt = LazyTranslate(__name__)

MAX_BYTES = 10 * 1024 * 1024
# 50 million pixels: more than any phone camera in use, 150 MB when unpacked.
MAX_PIXELS = 50_000_000
MAX_SIDE = 2560
JPEG_QUALITY = 85
PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
JUDGE = Path(pdf_judge.__file__)
JUDGE_SECONDS = 30

EMPTY = _lt("The file “%(name)s” is empty. Please choose it again.")
TOO_BIG = _lt(
    "The file “%(name)s” is larger than %(limit)s MB. Please choose a smaller file or lower the "
    "quality of the picture."
)
NOT_PHOTO = _lt("The file “%(name)s” is not a picture. Please send a JPEG, PNG or WebP picture.")
BROKEN_PHOTO = _lt("The picture “%(name)s” cannot be opened. Please take or save it again.")
TOO_MANY_PIXELS = _lt("The picture “%(name)s” has too many pixels. Please send a smaller one.")
NOT_DOCUMENT = _lt("The file “%(name)s” is neither a PDF nor a picture (JPEG, PNG or WebP).")
BROKEN_PDF = _lt("The PDF file “%(name)s” is damaged. Please save or scan it again.")
LOCKED_PDF = _lt("The PDF file “%(name)s” asks for a password. Please send it without one.")
ACTIVE_PDF = _lt(
    "The PDF file “%(name)s” holds a program or an attached file. Please print it to a new PDF "
    "and send that."
)
LONG_PDF = _lt("The PDF file “%(name)s” has more than %(limit)s pages. Please send it in parts.")


def _error(message, env, **values):
    text = env._(message) if env is not None else str(message)
    return ValidationError(text % values)


def safe_name(filename, extension):
    """A name that is safe to store, to show and to put into a header.

    :param filename: what the browser said, maybe with a path, control characters or nothing
    :param extension: the extension that belongs to the content, with its dot
    :return: at most 100 characters, Thai letters kept
    """
    name = re.split(r"[\\/]", str(filename or ""))[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    stem = name.rpartition(".")[0] if "." in name else name
    stem = re.sub(r"[<>:\"|?*%\s]+", "_", stem).strip("._ ") or "file"
    return stem[: 100 - len(extension)] + extension


def check_upload(filename, data, kind="photo", max_bytes=None, env=None):
    """Judge a file by its content and give back a clean one.

    :param filename: name given by the sender
    :param bytes data: content
    :param kind: ``photo`` (JPEG, PNG, WebP) or ``document`` (these and PDF)
    :param int max_bytes: limit in bytes; default: the system parameter
        ``lgo_base.upload_max_mb`` when ``env`` is given, else 10 MB
    :param env: environment, for the language of the message
    :return: ``(filename, bytes, mimetype)`` to store
    :raises ValidationError: with a message for the person who sent the file
    :raises ValueError: on an unknown ``kind`` (a mistake of the programmer)
    """
    if kind not in ("photo", "document"):
        raise ValueError(f"unknown kind of upload: {kind!r}")
    name = safe_name(filename, "")
    if max_bytes is None:
        max_bytes = _max_bytes(env)
    if not data:
        raise _error(EMPTY, env, name=name)
    if len(data) > max_bytes:
        raise _error(TOO_BIG, env, name=name, limit=max(1, max_bytes // 1024 // 1024))
    # The mark may stand anywhere in the first kilobyte for readers, but a file that is clean
    # starts with it; anything before it is how a script hides in front of a PDF.
    if kind == "document" and data.startswith(b"%PDF-"):
        _check_pdf(name, data, env)
        return safe_name(filename, ".pdf"), data, "application/pdf"
    return _clean_photo(filename, name, data, kind, env)


def clean_attachments(files, kind="document"):
    """Judge stored files that an officer has just attached, and keep the clean ones in their place.

    Written under the rights of the user: who may not change a file may not attach it anew.

    :param files: ``ir.attachment``
    :param kind: see :func:`check_upload`
    :raises ValidationError: one of them is not what it should be
    """
    for file in files:
        data = file.raw or b""
        name, clean, mimetype = check_upload(file.name, data, kind=kind, env=files.env)
        if clean != data or mimetype != file.mimetype:
            file.write({"name": name, "raw": clean, "mimetype": mimetype})


def _max_bytes(env):
    if env is None:
        return MAX_BYTES
    value = env["ir.config_parameter"].sudo().get_param("lgo_base.upload_max_mb")
    try:
        megabytes = int(value or 0)
    except ValueError:
        megabytes = 0
    return megabytes * 1024 * 1024 if megabytes > 0 else MAX_BYTES


def _clean_photo(filename, name, data, kind, env):
    """Decode and encode a picture anew; :return: see :func:`check_upload`."""
    wrong_type = NOT_PHOTO if kind == "photo" else NOT_DOCUMENT
    try:
        # Pillow reads the header only: size and format are known before a pixel is unpacked.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(PHOTO_FORMATS))
    except Image.DecompressionBombError:
        raise _error(TOO_MANY_PIXELS, env, name=name) from None
    except Exception as error:  # noqa: BLE001 - Pillow raises many kinds on hostile input
        raise _error(wrong_type, env, name=name) from error
    with image:
        if image.width * image.height > MAX_PIXELS:
            raise _error(TOO_MANY_PIXELS, env, name=name)
        source_format = image.format
        if not _is_whole(source_format, data):
            raise _error(BROKEN_PHOTO, env, name=name)
        try:
            image.load()
            clean = ImageOps.exif_transpose(image)
            clean.thumbnail((MAX_SIDE, MAX_SIDE))
            return _encode(filename, clean, source_format)
        except Exception as error:  # noqa: BLE001 - a truncated or malformed picture
            raise _error(BROKEN_PHOTO, env, name=name) from error


def _is_whole(source_format, data):
    """Whether the end of the picture has arrived.

    Odoo lets Pillow fill up truncated pictures with grey, so a lost connection would go unseen.
    """
    if source_format == "JPEG":
        return b"\xff\xd9" in data
    if source_format == "PNG":
        return b"IEND" in data
    return len(data) >= 8 + int.from_bytes(data[4:8], "little")


def _encode(filename, image, source_format):
    """PNG stays PNG (drawings, text), all else becomes JPEG; no metadata is passed on."""
    output = io.BytesIO()
    if source_format == "PNG":
        mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
        fresh = image.convert(mode)
        fresh.info = {}
        fresh.save(output, "PNG", optimize=True)
        return safe_name(filename, ".png"), output.getvalue(), "image/png"
    if "A" in image.getbands():
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    fresh = image.convert("RGB")
    fresh.info = {}
    fresh.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return safe_name(filename, ".jpg"), output.getvalue(), "image/jpeg"


def _check_pdf(name, data, env):
    """Raise when a PDF is locked, damaged, endless, a bomb or able to act."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no argument from outside
            [sys.executable, str(JUDGE)],
            input=data,
            capture_output=True,
            timeout=JUDGE_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
        word = done.stdout.decode().strip()
    except subprocess.TimeoutExpired:
        word = "broken"
    if word == "ok":
        return
    message = {"locked": LOCKED_PDF, "long": LONG_PDF, "active": ACTIVE_PDF}.get(word, BROKEN_PDF)
    raise _error(message, env, name=name, limit=pdf_judge.MAX_PAGES)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that strangers send: judged by their content, never by their name.

A photo is always encoded anew. That drops EXIF (which tells where and when a picture was taken,
personal data that nobody needs: Personal Data Protection Act B.E. 2562, s.22) and whatever was
hidden behind the picture. A PDF is opened and refused when it could act on its own.
"""

import io
import re
import unicodedata
import warnings

import pikepdf
from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401 - Odoo stops Pillow from finding its own plugins
)

from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MAX_BYTES = 10 * 1024 * 1024
# 50 million pixels: more than any phone camera in use, 150 MB when unpacked.
MAX_PIXELS = 50_000_000
MAX_SIDE = 2560
MAX_PDF_PAGES = 500
JPEG_QUALITY = 85
PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Actions and payloads of PDF that a form or letter never needs
# (ISO 32000-2:2020, 12.6.4 action types and 7.11.4 embedded files).
PDF_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
PDF_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMedia"}

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
    """Raise when a PDF is locked, damaged, endless or able to act."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if len(pdf.pages) > MAX_PDF_PAGES:
                raise _error(LONG_PDF, env, name=name, limit=MAX_PDF_PAGES)
            active = any(_is_active(obj) for obj in pdf.objects) or _is_active(pdf.trailer)
    except pikepdf.PasswordError:
        raise _error(LOCKED_PDF, env, name=name) from None
    except ValidationError:
        raise
    except Exception as error:  # noqa: BLE001 - qpdf raises many kinds on hostile input
        raise _error(BROKEN_PDF, env, name=name) from error
    if active:
        raise _error(ACTIVE_PDF, env, name=name)


def _is_active(obj, depth=0):
    """Whether a PDF object, or one written inside it, is an action or payload we refuse."""
    if depth > 20:
        return True
    if isinstance(obj, pikepdf.Array):
        return any(_is_active(item, depth + 1) for item in obj if not _is_indirect(item))
    if not isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if any(key in obj for key in PDF_KEYS) or str(obj.get("/S", "")) in PDF_ACTIONS:
        return True
    if str(obj.get("/Subtype", "")) in ("/FileAttachment", "/RichMedia", "/Screen"):
        return True
    return any(
        _is_active(value, depth + 1)
        for value in (obj.get(key) for key in list(obj.keys()))
        if not _is_indirect(value)
    )


def _is_indirect(value):
    """Objects with a number of their own are visited through ``pdf.objects``."""
    return bool(getattr(value, "is_indirect", False))

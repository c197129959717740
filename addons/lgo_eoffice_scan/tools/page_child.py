# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Open one file of a stranger and give out its pages; run as a program of its own by ``reader.py``.

PDFium, Pillow and Tesseract read what strangers sent, so they run in a process whose memory and
time are limited: the worst that a hostile page can do is to end this process. Writes one JSON
object a line to standard output: first ``{"pages": n}``, then a page each; ``{"error": word}``
ends it (``empty``, ``locked``, ``broken``, ``huge``).

Arguments: path, mode (``count``, ``text``, ``ocr``), first page from 0, number of pages, and the
limits as JSON (``memory`` bytes, ``seconds`` of processor time, ``dpi``, ``languages``,
``ocr_seconds``, ``fonts`` with the digits of official letters).
"""

import contextlib
import ctypes
import importlib.util
import itertools
import json
import math
import os
import re
import resource
import sys
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

#: 300 dpi on A3 is 17 million pixels; anything larger is drawn coarser.
MAX_PIXELS = 25_000_000
#: A side of a page in points; PDF allows 14,400 (ISO 32000-1, annex C.2).
MAX_SIDE = 14_400
#: Pages of a TIFF file that are counted; an office reads 2,000 at most.
MAX_FRAMES = 2000
#: Tag "NewSubfileType" of a TIFF picture, and its bits for what is no page: a smaller copy of
#: another picture, a mask (TIFF 6.0, section 8).
SUBFILE, NO_PAGE = 254, 0b101
#: Letters of a page that are read; a page of a telephone book has 12,000.
MAX_CHARS = 60_000
#: Pieces that these letters are put together to; a table has a piece for each of its cells.
MAX_RUNS = 10_000
#: With fewer letters than this a page that shows something is taken for a picture.
FEW = 30
#: A scan with a stamp or a barcode laid over it has letters too, but not a page full.
PARTLY = 300
COVERED = 0.6
MAX_OBJECTS = 3000
#: Stands behind Thai digits that may be others, until the page is written.
DOUBT = "\ufffc"
#: Reading waits for whoever works at a screen.
NICE = 10


def write(**values):
    """One line of the answer."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def open_document(path):
    """The opened PDF, or ``None`` after the reason was written."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        )
        write(error="locked" if locked else "broken")
        return None
    if not len(document):
        write(error="broken")
        return None
    return document


def is_picture_file(head):
    """Whether the file begins as JPEG, PNG, TIFF or WebP does."""
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*"))
        or head[:4] == b"RIFF"
        and head[8:12] == b"WEBP"
    )


# ------------------------------------------------------------------ text
def characters(textpage):
    """Each letter with its box (left, top, right, bottom from the top of the page)."""
    box = pdfium.FS_RECTF()
    for index in range(min(textpage.count_chars(), MAX_CHARS)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if not code or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        yield chr(code), box.left, box.top, box.right, box.bottom


def runs(textpage, top_of_page):
    """Letters put together as they were written: ``[x0, top, x1, bottom, text]``."""
    result, current, after_blank = [], None, False
    for char, left, top, right, bottom in characters(textpage):
        if char in "\r\n":
            current = None
            continue
        if char.isspace():
            after_blank = True
            continue
        y0, y1 = top_of_page - top, top_of_page - bottom
        height = max(y1 - y0, 1.0)
        if current is not None and _follows(current, left, y0, y1, height):
            current[4] += f" {char}" if after_blank else char
            current[0] = min(current[0], left)
            current[1], current[3] = min(current[1], y0), max(current[3], y1)
            current[2] = max(current[2], right)
        elif len(result) >= MAX_RUNS:
            break
        else:
            current = [left, y0, max(right, left), y1, char]
            result.append(current)
        after_blank = False
    return result


def _follows(run, left, top, bottom, height):
    """Whether a letter goes on with a run: on its line, and not a column further."""
    same_line = abs((top + bottom) / 2 - (run[1] + run[3]) / 2) < height * 0.45
    return same_line and -height < left - run[2] < height * 1.6


def describe(page):
    """How much of the page pictures cover (0 to 1), and whether anything is drawn at all."""
    width, height = page.get_size()
    area, covered, drawn = max(width * height, 1.0), 0.0, False
    for item in itertools.islice(page.get_objects(max_depth=3), MAX_OBJECTS):
        drawn = True
        if item.type != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, covered / area), drawn


def is_picture(letters, thai, covered, drawn):
    """Whether a page must be read from its picture.

    :param int letters: visible letters of the text layer
    :param int thai: how many of them are Thai; a scanner that read a Thai page as English has none
    """
    if letters < FEW:
        return drawn
    return covered >= COVERED and (letters < PARTLY or thai < letters * 0.2)


def text_page(document, number):
    """What is written about a page with its text layer."""
    page = document[number]
    textpage = page.get_textpage()
    _left, _bottom, _right, top = page.get_cropbox()
    rotated = bool(page.get_rotation())
    pieces = [] if rotated else runs(textpage, top)
    plain = textpage.get_text_range()[:MAX_CHARS] if rotated else ""
    visible = plain + "".join(piece[4] for piece in pieces)
    letters = sum(not char.isspace() for char in visible)
    thai = sum("\u0e01" <= char <= "\u0e5b" or "\uf700" <= char <= "\uf71a" for char in visible)
    covered, drawn = describe(page)
    write(
        page=number,
        letters=letters,
        picture=is_picture(letters, thai, covered, drawn),
        pieces=[[round(value, 1) for value in piece[:4]] + [piece[4]] for piece in pieces],
        plain=plain,
    )


# ------------------------------------------------------------------ pictures
def draw(document, number, dpi):
    """The page in grey at ``dpi``, coarser when it is larger than MAX_PIXELS."""
    page = document[number]
    width, height = (min(max(side, 1.0), MAX_SIDE) for side in page.get_size())
    scale = min(dpi / 72, math.sqrt(MAX_PIXELS / (width * height)))
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")


def picture_frames(path):
    """Where the pages of a picture file stand in it: a fax in TIFF has several, others have one.

    A file that is damaged behind some page has those before.
    """
    from PIL import Image

    frames = []
    # Pillow raises many kinds on hostile input
    with contextlib.suppress(Exception), Image.open(path, formats=["TIFF"]) as image:
        for frame in range(MAX_FRAMES):
            image.seek(frame)
            if not image.tag_v2.get(SUBFILE, 0) & NO_PAGE:
                frames.append(frame)
    return frames or [0]


def load_picture(path, dpi, frame=0):
    """A photographed or faxed page; upright, grey, no larger than MAX_PIXELS."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS * 4
    with Image.open(path, formats=["JPEG", "PNG", "TIFF", "WEBP"]) as image:
        image.seek(frame)
        image.draft("L", (dpi * 12, dpi * 17))
        image = ImageOps.exif_transpose(image).convert("L")
    side = math.sqrt(MAX_PIXELS / max(image.width * image.height, 1))
    if side < 1:
        image = image.resize((int(image.width * side), int(image.height * side)))
    return image


def read_picture(number, image, limits):
    """Read a picture with Tesseract: what it says of each line, parted where columns are apart.

    Its plain text knows which Thai words have a blank between them, its table where they stand.
    """
    import pytesseract

    text, table = pytesseract.run_and_get_multiple_output(
        image,
        extensions=["txt", "tsv"],
        lang=limits["languages"],
        nice=NICE,
        timeout=limits["ocr_seconds"],
    )
    found, sure, weight = recognised_lines(table)
    written = [line for line in text.replace("\x0c", "\n").split("\n") if line.strip()]
    if len(written) != len(found):
        written = [None] * len(found)
    height = sorted(line["bottom"] - line["top"] for line in found)[len(found) // 2] if found else 1
    look_at_digits(image, found, limits["fonts"])
    pieces = [
        piece
        for line, words in zip(found, written, strict=True)
        for piece in columns(line, words, height)
    ]
    sure_digits = surely_read(pieces)
    write(
        page=number,
        pieces=pieces,
        confidence=round(sure / weight) if weight else 0,
        sure_digits=sure_digits,
    )


def look_at_digits(image, lines, fonts):
    """Read again by their shape what Tesseract took for Thai digits; see ``thai_digits``.

    Words get their new text; what is doubtful ends with DOUBT.
    """
    module = importlib.util.spec_from_file_location(
        "thai_digits", Path(__file__).with_name("thai_digits.py")
    )
    thai_digits = importlib.util.module_from_spec(module)
    module.loader.exec_module(thai_digits)
    digits = thai_digits.DigitReader(fonts)
    for line in lines:
        for run in digit_runs(line["words"], line["bottom"] - line["top"]):
            left, right = run[0][0], run[-1][1]
            found = digits.look(image, left, line["top"], right, line["bottom"])
            for word in run if found else ():
                word[3] = ""
            run[0][3] = (found.text if found else run[0][2]) + (
                "" if found and found.sure else DOUBT
            )


def surely_read(pieces):
    """Groups of Thai digits that were surely read, and never doubtfully; takes DOUBT out."""
    sure, doubted = set(), set()
    for piece in pieces:
        for group in re.findall(f"[\u0e50-\u0e59{DOUBT}]+", piece[4]):
            (doubted if DOUBT in group else sure).add(group.replace(DOUBT, ""))
        piece[4] = piece[4].replace(DOUBT, "")
    return sorted(sure - doubted)


def digit_runs(words, height):
    """Neighbours of a line that are Thai digits only: lists of words."""
    runs = []
    for previous, word in zip([None, *words], words, strict=False):
        if not re.fullmatch("[\u0e50-\u0e59]+", word[2]):
            continue
        beside = runs and runs[-1][-1] is previous and word[0] - previous[1] < height * 0.3
        if beside:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def recognised_lines(table):
    """Lines of Tesseract's table with their words; with the sum and weight of its confidence."""
    lines, sure, weight = {}, 0.0, 0
    for row in table.split("\n")[1:]:
        cells = row.rstrip("\r").split("\t")
        if len(cells) < 12 or cells[0] not in ("4", "5"):
            continue
        key = tuple(cells[1:5])
        left, top, width, height = map(int, cells[6:10])
        if cells[0] == "4":
            lines[key] = {"top": top, "bottom": top + height, "words": []}
        elif key in lines and cells[11].strip():
            lines[key]["words"].append([left, left + width, cells[11].strip(), None])
            sure += max(0.0, float(cells[10])) * len(cells[11])
            weight += len(cells[11])
    return [line for line in lines.values() if line["words"]], sure, weight


def columns(line, written, height):
    """Pieces of a line, a new one behind each wide gap; digits that were read again replaced.

    :param written: the line as plain text, or ``None`` when that could not be told
    """
    words = line["words"]
    if written is None or sum(not char.isspace() for char in written) != sum(
        len("".join(word[2].split())) for word in words
    ):
        written = "".join(word[2] for word in words)
    pieces, rest = [], written.strip()
    for position, (left, right, word, anew) in enumerate(words):
        part, rest = take(rest, len("".join(word.split())))
        if anew is not None:
            part = part[: len(part) - len(part.lstrip())] + anew
        if pieces and left - words[position - 1][1] < height * 1.6:
            pieces[-1][2] = right
            pieces[-1][4] += part
        else:
            pieces.append([left, line["top"], right, line["bottom"], part.lstrip()])
    return pieces


def take(text, letters):
    """``(the first letters of text with the blanks before them, the rest)``."""
    for end, char in enumerate(text):
        if letters <= 0:
            return text[:end], text[end:]
        letters -= not char.isspace()
    return text, ""


# ------------------------------------------------------------------ program
def main(path, mode, first, count, limits):
    """Do what the arguments say; see the head of this file."""
    with open(path, "rb") as file:
        head = file.read(16)
    if not head:
        write(error="empty")
        return
    if is_picture_file(head):
        frames = picture_frames(path)
        write(pages=len(frames))
        for number in range(first, min(first + count, len(frames))):
            if mode == "text":
                write(page=number, letters=0, picture=True, pieces=[], plain="")
            elif mode == "ocr":
                read_picture(number, load_picture(path, limits["dpi"], frames[number]), limits)
        return
    document = open_document(path)
    if document is None:
        return
    write(pages=len(document))
    for number in range(first, min(first + count, len(document))):
        if mode == "text":
            text_page(document, number)
        elif mode == "ocr":
            read_picture(number, draw(document, number, limits["dpi"]), limits)


if __name__ == "__main__":
    settings = json.loads(sys.argv[5])
    memory, seconds = int(settings["memory"]), int(settings["seconds"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # Tesseract's threads fight for the cores of a small server and make it slower
    os.environ["OMP_THREAD_LIMIT"] = "1"
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), settings)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stamps laid over received and issued PDF files; the file that came in is never changed.

Where a stamp may stand is read from a picture of the page, so that scanned letters, drawings and
text are all kept free.  Lengths are millimetres, positions from the top left corner of the page
as it is seen (after its own rotation).
"""

import io
from typing import NamedTuple

import pikepdf
import pypdfium2

POINTS = 72 / 25.4
#: Resolution of the picture in which free space is looked for: a dot is half a millimetre.
DOTS = 2
#: A dot that is darker than the paper by this much carries ink (scans have grey paper).
INK = 40
#: Dots with ink that a free place may have; dots that stand alone are dust of a scanner.
DUST = 1
#: Distance kept from the edge of the page and from what is printed.
EDGE = 7
GAP = 1.5
STEP = 4
#: Notes stand in the lower part of the first page, inside the left margin.
LOWER = 0.3
MARGIN = 10


class UnreadablePdf(ValueError):
    """The file is no PDF, or a broken one."""


class LockedPdf(ValueError):
    """The file asks for a password."""


class Place(NamedTuple):
    """Where a stamp stands on a page; free says whether nothing is printed below it."""

    left: float
    top: float
    free: bool


class Sheet(NamedTuple):
    """A stamp: a PDF of one page, and how large it is."""

    content: bytes
    width: float
    height: float


def opened(content):
    """Open a PDF for reading.

    :param bytes content: the file
    :rtype: pikepdf.Pdf
    :raises LockedPdf: it asks for a password
    :raises UnreadablePdf: it is broken, empty or no PDF
    """
    try:
        pdf = pikepdf.open(io.BytesIO(content or b""))
        if not len(pdf.pages):
            raise UnreadablePdf("no page")
    except pikepdf.PasswordError as error:
        raise LockedPdf(str(error)) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnreadablePdf(str(error)) from error
    return pdf


def drawable(content, pdf):
    """The file as the renderer can read it: itself, or mended when it is slightly damaged.

    :param bytes content: the file
    :param pikepdf.Pdf pdf: the same, opened
    :rtype: bytes
    """
    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError:
        return saved(pdf)
    return content


def sheet(content):
    """The size of a printed stamp (first page).

    :rtype: Sheet
    """
    with opened(content) as pdf:
        box = [float(number) for number in pdf.pages[0].mediabox]
    return Sheet(content, (box[2] - box[0]) / POINTS, (box[3] - box[1]) / POINTS)


def single(pdf, index):
    """One page of an open PDF as a file of its own.

    :rtype: bytes
    """
    out = pikepdf.new()
    out.pages.append(pdf.pages[index])
    return saved(out)


def trimmed(content):
    """Cut the empty lower part of a printed piece away.

    :param bytes content: PDF of one page
    :rtype: bytes
    """
    rows = Ink.of_page(content)
    low = max((y for y in range(len(rows.sums) - 1) if rows.row_has_ink(y)), default=0)
    with opened(content) as pdf:
        page = pdf.pages[0]
        x0, _y0, x1, y1 = (float(number) for number in page.mediabox)
        page.mediabox = [x0, max(0, y1 - (low / DOTS + 2) * POINTS), x1, y1]
        return saved(pdf)


class Ink:
    """Where a page carries ink: sums over a grid of dots of half a millimetre."""

    def __init__(self, width, height, rows):
        self.width, self.height = width, height
        self.columns = len(rows[0]) if rows else 0
        self.sums = [[0] * (self.columns + 1)]
        for row in rows:
            total, above, line = 0, self.sums[-1], [0]
            for column, dot in enumerate(row, start=1):
                total += dot
                line.append(above[column] + total)
            self.sums.append(line)

    @classmethod
    def of_page(cls, content, index=0):
        """Look at a page.

        :param bytes content: PDF
        :param int index: page from 0
        """
        picture = _picture(content, index)
        counts = picture.histogram()
        # what there is most of among the light greys is the paper
        paper = max(range(128, 256), key=counts.__getitem__)
        mark = bytes(1 if grey < paper - INK else 0 for grey in range(256))
        data = picture.tobytes().translate(mark)
        wide = picture.width
        rows = [bytearray(data[start : start + wide]) for start in range(0, len(data), wide)]
        _clean_dust(rows)
        return cls(wide / DOTS, picture.height / DOTS, rows)

    def dots(self, left, top, width, height):
        """Dots with ink in a rectangle; too many when it reaches over the page."""
        x0, y0 = int(left * DOTS), int(top * DOTS)
        x1, y1 = int((left + width) * DOTS), int((top + height) * DOTS)
        if x0 < 0 or y0 < 0 or x1 > self.columns or y1 >= len(self.sums) or x1 <= x0 or y1 <= y0:
            return DUST + 1
        sums = self.sums
        return sums[y1][x1] - sums[y0][x1] - sums[y1][x0] + sums[y0][x0]

    def row_has_ink(self, y):
        return self.sums[y + 1][-1] != self.sums[y][-1]

    def take(self, left, top, width, height):
        """Count a rectangle as printed from now on."""
        x0, x1 = max(0, int(left * DOTS)), min(self.columns, int((left + width) * DOTS))
        y0, y1 = max(0, int(top * DOTS)), min(len(self.sums) - 1, int((top + height) * DOTS))
        rows = []
        for y in range(len(self.sums) - 1):
            above, below = self.sums[y], self.sums[y + 1]
            row = [below[x + 1] - above[x + 1] - below[x] + above[x] for x in range(self.columns)]
            if y0 <= y < y1:
                row[x0:x1] = [1] * (x1 - x0)
            rows.append(row)
        self.__init__(self.width, self.height, rows)

    def find(self, width, height, corner="top_right"):
        """The free place for a stamp that lies nearest to a corner.

        :param float width: of the stamp
        :param float height: of the stamp
        :param str corner: ``top_right``, ``top_left``, ``bottom_right`` or ``bottom_left``
        :rtype: Place
        """
        right = self.width - EDGE - width
        bottom = self.height - EDGE - height
        wanted = (
            EDGE if corner.endswith("left") else right,
            EDGE if corner.startswith("top") else bottom,
        )
        places = sorted(
            ((left, top) for left in _steps(EDGE, right) for top in _steps(EDGE, bottom)),
            key=lambda place: (place[0] - wanted[0]) ** 2 + (place[1] - wanted[1]) ** 2,
        )
        for left, top in [wanted, *places]:
            ink = self.dots(left - GAP, top - GAP, width + 2 * GAP, height + 2 * GAP)
            if ink <= DUST:
                return Place(left, top, True)
        return Place(max(0, wanted[0]), max(0, wanted[1]), False)

    def find_below(self, width, height, after=0.0):
        """The first free place in the lower part of a page, from the top and from the left.

        :param float after: nothing above this line is taken, so that notes keep their order
        :rtype: Place or None
        """
        first = max(self.height * LOWER, after, EDGE)
        for top in _steps(first, self.height - EDGE - height):
            for left in _steps(EDGE + MARGIN, self.width - EDGE - width):
                ink = self.dots(left - GAP, top - GAP, width + 2 * GAP, height + 2 * GAP)
                if ink <= DUST:
                    return Place(left, top, True)
        return None


def lay(pdf, index, stamp, place):
    """Lay a stamp over a page of an open PDF.

    :param pikepdf.Pdf pdf: changed in memory
    :param int index: page from 0
    :param Sheet stamp: what to lay
    :param Place place: where
    """
    page = pikepdf.Page(pdf.pages[index])
    x0, y0, x1, y1 = (float(number) for number in page.cropbox)
    left, top = place.left * POINTS, place.top * POINTS
    height = stamp.height * POINTS
    turn = _turn(page)
    if turn == 90:
        matrix = (0, 1, -1, 0, x0 + top + height, y0 + left)
    elif turn == 180:
        matrix = (-1, 0, 0, -1, x1 - left, y0 + top + height)
    elif turn == 270:
        matrix = (0, -1, 1, 0, x1 - top - height, y1 - left)
    else:
        matrix = (1, 0, 0, 1, x0 + left, y1 - top - height)
    with opened(stamp.content) as source:
        origin = [float(number) for number in source.pages[0].mediabox][:2]
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
    a, b, c, d, e, f = matrix
    matrix = (a, b, c, d, e - a * origin[0] - c * origin[1], f - b * origin[0] - d * origin[1])
    name = page.add_resource(form, pikepdf.Name.XObject)
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {numbers} cm {name} Do Q".encode())


def drop_signatures(pdf):
    """Make an open PDF a plain copy: signatures do not survive a stamp, none shall look broken.

    What a signature shows on the page stays.

    :param pikepdf.Pdf pdf: changed in memory
    """
    form = pdf.Root.get("/AcroForm")
    signed = form is not None and int(form.get("/SigFlags", 0)) & 1
    if not signed and "/Perms" not in pdf.Root:
        return
    pdf.flatten_annotations("print")
    for page in pdf.pages:
        # what had no appearance was not drawn into the page and still stands as a field
        notes = page.get("/Annots", [])
        page.Annots = pikepdf.Array([note for note in notes if note.get("/Subtype") != "/Widget"])
    for name in ("/AcroForm", "/Perms", "/DSS"):
        if name in pdf.Root:
            del pdf.Root[name]


def saved(pdf):
    """The file of an open PDF.

    :rtype: bytes
    """
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _clean_dust(rows):
    """Wipe dots that have no neighbour."""
    height, width = len(rows), len(rows[0]) if rows else 0
    alone = []
    for y, row in enumerate(rows):
        x = row.find(1)
        while x >= 0:
            near = sum(
                sum(rows[line][max(0, x - 1) : x + 2])
                for line in range(max(0, y - 1), min(height, y + 2))
            )
            if near == 1:
                alone.append((x, y))
            x = row.find(1, x + 1) if x + 1 < width else -1
    for x, y in alone:
        rows[y][x] = 0


def _turn(page):
    return int(page.obj.get("/Rotate", 0) or 0) % 360


def _steps(first, last):
    result, value = [], first
    while value <= last - STEP / 2:
        result.append(value)
        value += STEP
    return [*result, last] if last >= first else []


def _picture(content, index):
    """The page in grey, ``DOTS`` dots a millimetre."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[index]
        bitmap = page.render(scale=DOTS / POINTS, grayscale=True, may_draw_forms=False)
        return bitmap.to_pil().convert("L")
    finally:
        document.close()

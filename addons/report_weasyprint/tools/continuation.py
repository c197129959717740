# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The first words of the next page at the foot of the page before: ``/ทั้งนี้...``.

Saraban Regulation B.E. 2526, explanation of the forms: a letter of several pages carries, at the
bottom right of each page but the last, the words with which the next page begins.  What they are
is known only after the pages are made, so a document that wants them is laid out twice: the words
stand in the margin and move nothing.
"""

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import get_log_attrs

from .thai_justify import JOINED

#: Attribute of the article that asks for it (``page['continuation']`` of the template).
WANTED = 'data-continuation="'
#: Characters printed at most; a phrase is cut between two words.
LIMIT = 18
_OUT_OF_FLOW = ("absolute", "fixed")


def page_rules(document, size="16pt"):
    """Style sheet text that prints the words into a laid-out document, empty for one page.

    :param document: ``weasyprint.Document``
    :param str size: font size as CSS length
    :rtype: str
    """
    rules = []
    for number, page in enumerate(document.pages[1:], start=1):
        words = first_words(page)
        if words:
            rules.append(
                f"@page :nth({number}) {{ @bottom-center {{ width: auto }} @bottom-right {{"
                f' content: "{_css_text(words)}"; font: {size}/1 "TH Sarabun New";'
                f" vertical-align: top; padding-top: 4pt; white-space: nowrap }} }}"
            )
    return "\n".join(rules)


def first_words(page, limit=LIMIT):
    """The words with which the text of a page begins; empty when it has none.

    :param page: ``weasyprint.document.Page``
    :param int limit: characters at most
    """
    # The first child is the root element; the others are boxes in the margins.
    for line in _lines(page._page_box.children[0]):
        text = " ".join(_text(line).replace("\u200b", "").split())
        if text:
            return shorten(text, limit)
    return ""


def shorten(text, limit=LIMIT):
    """Cut ``text`` at the end of a word, behind at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    attributes = get_log_attrs(text, "th")
    ends = [index for index in range(1, len(text)) if attributes[index].is_line_break]
    end = max((index for index in ends if index <= limit), default=0)
    if not end:
        end = limit
        while end < len(text) and text[end] in JOINED:
            end += 1
    return text[:end].rstrip()


def _lines(box):
    """Lines of text of a box in the order of reading, without what stands outside the flow."""
    for child in getattr(box, "children", ()):
        if child.style["position"] in _OUT_OF_FLOW or getattr(child, "is_header", False):
            continue
        if isinstance(child, boxes.LineBox):
            yield child
        else:
            yield from _lines(child)


def _text(box):
    if isinstance(box, boxes.TextBox):
        return box.text
    if getattr(box, "style", None) and box.style["position"] in _OUT_OF_FLOW:
        return ""
    return "".join(_text(child) for child in getattr(box, "children", ()))


def _css_text(words):
    """``/words...`` as the inside of a CSS string in double quotes."""
    return "/" + words.replace("\\", "\\\\").replace('"', '\\"') + "..."

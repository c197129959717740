# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The text of a letter as the paper prints it, whatever was pasted into the editor.

Saraban Regulation B.E. 2526, explanation of the forms: one typeface, one size, black, paragraphs
indented by 2.5 cm.  So only the structure of the typed text is kept (paragraphs, lists, tables,
pictures, bold, italic, underlined, raised and lowered letters, centred and right-aligned
paragraphs); fonts, sizes, colours, positions, links and everything active is left out.
"""

import re

import lxml.html
from lxml import etree
from markupsafe import Markup

#: Inline elements that say something on paper.
INLINE = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u",
    "s": "s", "del": "s", "strike": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ol", "ul"})
BLOCKS = HEADINGS | LISTS | frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
        "html", "li", "main", "nav", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr",
    }
)  # fmt: skip
#: Elements whose content is no text of the letter.
DROPPED = frozenset(
    {
        "applet", "audio", "base", "button", "canvas", "embed", "frame", "frameset", "head",
        "iframe", "input", "link", "map", "math", "meta", "noscript", "object", "option", "param",
        "script", "select", "source", "style", "svg", "template", "textarea", "title", "track",
        "video", "xml",
    }
)  # fmt: skip
#: Nesting beyond which only the text is kept: people do not write deeper.
DEPTH = 40
#: Columns and rows that one cell may span.
SPAN = 50
#: Pictures that come from this office or lie in the text itself; nothing is fetched.
PICTURE = re.compile(r"/web/image/[\w./?=&%-]+|data:image/(?:png|jpeg|gif|webp);base64,[\w+/=\s]+")
SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f\ufffe\uffff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "strong"),
    (re.compile(r"font-style\s*:\s*italic", re.IGNORECASE), "em"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.IGNORECASE), "u"),
)


def clean(html, text=None):
    """Reduce typed or pasted HTML to what an official letter prints.

    :param html: text of an ``Html`` field; nothing gives nothing
    :param text: function applied to each piece of text, such as one that writes Thai digits
    :rtype: markupsafe.Markup
    """
    source = str(html or "").strip()
    if not source:
        return Markup()
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = lxml.html.fragment_fromstring(
        source.encode("utf-8", "replace"), create_parent="div", parser=parser
    )
    out = lxml.html.Element("div")
    _Cleaner(text or str).flow(root, out, 0)
    return Markup("").join(
        Markup(lxml.html.tostring(child, encoding="unicode", with_tail=False))  # noqa: S704
        for child in out
    )


def with_first_words(html, words):
    """Put words in front of the first text of typed HTML.

    :param html: text of an ``Html`` field
    :param str words: plain text, with the space behind it
    :rtype: str
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = lxml.html.fragment_fromstring(
        str(html or "").encode("utf-8", "replace"), create_parent="div", parser=parser
    )
    for node in root.iter():
        if _tag(node) in DROPPED:
            continue
        if (node.text or "").strip():
            node.text = words + node.text.lstrip()
            break
    else:
        first = etree.SubElement(root, "p")
        first.text = words
        root.insert(0, first)
    return lxml.html.tostring(root, encoding="unicode")


class _Cleaner:
    def __init__(self, text):
        self.text = text

    # -- blocks ------------------------------------------------------------------------------

    def flow(self, node, out, depth, align="", bold=False):
        """Write the content of ``node`` into ``out`` as blocks."""
        paragraph = _Paragraph(self, out, align, bold)
        paragraph.put(node.text)
        for child in node:
            tag = _tag(child)
            if tag in BLOCKS or (
                tag not in DROPPED and tag and depth < DEPTH and _holds_block(child)
            ):
                paragraph.close()
                self.block(child, tag, out, depth + 1, _align(child) or align, bold)
            elif tag and tag not in DROPPED:
                paragraph.inline(child)
            paragraph.put(child.tail)
        paragraph.close()

    def block(self, node, tag, out, depth, align, bold):
        if depth > DEPTH:
            flat = lxml.html.Element("p")
            flat.text = " ".join(node.itertext())
            self.flow(flat, out, 0, align, bold)
        elif tag in LISTS:
            self.list(node, tag, out, depth)
        elif tag == "table":
            self.table(node, out, depth)
        elif tag == "pre":
            for line in "".join(node.itertext()).splitlines():
                flat = lxml.html.Element("p")
                flat.text = line
                self.flow(flat, out, depth, align)
        elif tag != "hr":
            self.flow(node, out, depth, align, bold or tag in HEADINGS)

    def list(self, node, tag, out, depth):
        result = etree.SubElement(out, tag)
        start = (node.get("start") or "").strip()
        if tag == "ol" and re.fullmatch(r"[0-9]{1,4}", start):
            result.set("style", f"counter-reset: lgo_item {int(start) - 1}")
        for child in node:
            if _tag(child) in LISTS and len(result):
                # What browsers write for a list inside a list.
                self.list(child, _tag(child), result[-1], depth + 1)
            elif _tag(child) and _tag(child) not in DROPPED:
                item = etree.SubElement(result, "li")
                self.flow(child, item, depth + 1)
                _open_first_paragraph(item)
                if not len(item) and not (item.text or "").strip():
                    result.remove(item)
        if not len(result):
            out.remove(result)

    def table(self, node, out, depth):
        result = etree.SubElement(out, "table", {"class": "grid"})
        for row in node.iter("tr"):
            if next(row.iterancestors("table"), None) is not node:
                continue
            line = etree.SubElement(result, "tr")
            for cell in row:
                if _tag(cell) not in ("td", "th"):
                    continue
                field = etree.SubElement(line, _tag(cell))
                for name in ("colspan", "rowspan"):
                    number = cell.get(name) or ""
                    if re.fullmatch(r"[0-9]{1,4}", number) and int(number) > 1:
                        field.set(name, str(min(int(number), SPAN)))
                align = _align(cell)
                if align:
                    field.set("class", align)
                self.flow(cell, field, depth + 1)
                _open_first_paragraph(field)
            if not len(line):
                result.remove(line)
        if not len(result):
            out.remove(result)

    # -- text --------------------------------------------------------------------------------

    def put(self, element, text):
        """Append text to an element, behind its last child."""
        # Spaces first: line breaks are control characters too.
        text = INVISIBLE.sub("", SPACES.sub(" ", text or ""))
        if not text:
            return
        text = self.text(text)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

    def inline(self, element, node, depth=0):
        """Append an inline node to an element."""
        tag = _tag(node)
        if not tag or tag in DROPPED:
            return
        if tag == "br":
            etree.SubElement(element, "br")
            return
        if tag == "img":
            source = (node.get("src") or "").strip()
            if PICTURE.fullmatch(source):
                etree.SubElement(element, "img", {"src": source, "alt": node.get("alt") or ""})
            return
        if depth > DEPTH:
            self.put(element, " ".join(node.itertext()))
            return
        for name in _wrappers(node, tag):
            element = etree.SubElement(element, name)
        self.put(element, node.text)
        for child in node:
            self.inline(element, child, depth + 1)
            self.put(element, child.tail)


class _Paragraph:
    """A paragraph that exists as soon as it has something to print."""

    def __init__(self, cleaner, out, align, bold):
        self.cleaner, self.out = cleaner, out
        self.classes = " ".join(filter(None, (align, "lgo_body_head" if bold else "")))
        self.element = None

    def _open(self):
        if self.element is None:
            self.element = etree.SubElement(self.out, "p")
            if self.classes:
                self.element.set("class", self.classes)
        return self.element

    def put(self, text):
        if self.element is None:
            text = (text or "").lstrip()
        if text:
            self.cleaner.put(self._open(), text)

    def inline(self, node):
        self.cleaner.inline(self._open(), node)

    def close(self):
        element, self.element = self.element, None
        if element is None:
            return
        while len(element) and element[-1].tag == "br" and not (element[-1].tail or "").strip():
            element.remove(element[-1])
        empty = not "".join(element.itertext()).strip()
        if empty and next(element.iter("img"), None) is None:
            self.out.remove(element)


def _tag(node):
    """Name of an element in small letters, empty for anything else (comments, instructions)."""
    if not isinstance(node.tag, str):
        return ""
    # Word's own elements, such as <o:p>, hold nothing but text.
    return "span" if ":" in node.tag else node.tag.lower()


def _holds_block(node):
    return any(_tag(child) in BLOCKS for child in node.iterdescendants())


def _align(node):
    if _tag(node) == "center":
        return "center"
    match = ALIGN.search(node.get("style") or "")
    align = match[1] if match else node.get("align") or ""
    return align.lower() if align.lower() in ("center", "right") else ""


def _wrappers(node, tag):
    """Elements to wrap around an inline node: what its name and its style say."""
    names = [INLINE[tag]] if tag in INLINE else []
    style = node.get("style") or ""
    names += [name for pattern, name in STYLES if pattern.search(style) and name not in names]
    return names


def _open_first_paragraph(element):
    """Let the first paragraph of a list item or cell stand directly in it."""
    first = element[0] if len(element) else None
    if first is None or first.tag != "p":
        return
    if first.get("class") and element.tag != "li" and not element.get("class"):
        element.set("class", first.get("class"))
    first.drop_tag()

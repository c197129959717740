# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from lxml import html

# the same in Thai print
ALLOWED = {"LINE", "SMS", "PDF", "PNG", "JPG", "JPEG", "MB", "QR", "ThaID", "WCAG", "AA", "URL"}
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b")
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")


def words(source):
    """Latin words that a person sees or hears on a page."""
    tree = html.fromstring(source)
    for node in tree.xpath("//script | //style | //noscript | //head/*[not(self::title)]"):
        node.drop_tree()
    # technical source text that another script reads, never shown
    for node in tree.xpath("//*[@id='totp_wizard_view']"):
        node.drop_tree()
    texts = list(tree.itertext(with_tail=True))
    for name in READ_ALOUD:
        texts += tree.xpath(f"//@{name}")
    return set(LATIN.findall(ADDRESS.sub(" ", "\n".join(texts)))) - ALLOWED

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changed between two texts, readable by people: a pure function."""

import difflib
import re

from markupsafe import Markup, escape

# Thai is written without spaces: parts are cut at what is no Thai letter, and inside a Thai run
# before each leading vowel or consonant that carries its signs, so that no sign is torn off.
PART = re.compile(r"\s+|[A-Za-z0-9๐-๙]+|[เแโใไ]?[ก-ฮฤฦ][\u0e30-\u0e3a\u0e45-\u0e4e]*|.", re.DOTALL)

#: A run that short between a change and a space is no word of its own.
STUB = 2


def parts(text):
    """The smallest parts in which two texts are compared, whole Thai syllable signs included."""
    return PART.findall(text or "")


def _runs(old, new):
    """(before, after) of each run; equal in both where nothing changed."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        [old[first:last], new[start:stop]]
        for _kind, first, last, start, stop in matcher.get_opcodes()
    ]


def _stub(run):
    """How many parts stand before the first space, where that is too few to be a word."""
    length = next((place for place, part in enumerate(run) if part.isspace()), len(run))
    return length if length <= STUB else 0


def _is_apart(run, edge):
    """A space stands at the edge of the change: nothing was torn there."""
    return any(side and side[edge].isspace() for side in run)


def _whole_words(runs):
    """Give the rest of a torn word to the change beside it: ถนน → สะพาน share their last letter."""
    for place, (before, after) in enumerate(runs):
        if before != after:
            continue
        if place:
            cut = 0 if _is_apart(runs[place - 1], -1) else _stub(after)
            for side in (0, 1):
                runs[place - 1][side] = runs[place - 1][side] + after[:cut]
            after = after[cut:]
        if place + 1 < len(runs):
            torn = 0 if _is_apart(runs[place + 1], 0) else _stub(after[::-1])
            cut = len(after) - torn
            for side in (0, 1):
                runs[place + 1][side] = after[cut:] + runs[place + 1][side]
            after = after[:cut]
        runs[place] = [after, after]
    return runs


def difference(before, after):
    """Markup of ``after`` with what was taken out in ``<del>`` and what was added in ``<ins>``.

    :param str before: plain text
    :param str after: plain text
    :return: ``Markup``; empty when nothing changed
    """
    if (before or "") == (after or ""):
        return Markup("")
    found = []
    for old, new in _whole_words(_runs(parts(before), parts(after))):
        old, new = "".join(old), "".join(new)
        if old == new:
            found.append(escape(new))
            continue
        if old:
            found.append(Markup("<del>%s</del>") % old)
        if new:
            found.append(Markup("<ins>%s</ins>") % new)
    return Markup("").join(found)

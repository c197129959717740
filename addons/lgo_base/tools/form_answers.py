# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which questions of a form apply, and how repeated groups travel in a form: pure functions.

A question is a property definition with two keys of ours: ``condition`` (``question``,
``operator``, ``values``) and, on a separator that begins a repeated group, ``group`` (``min``,
``max``, ``questions``).
"""

import re

#: Most rows that a repeated group may have: a page with more is no form any more.
MAX_ROWS = 50
#: A field of a row: group, number of the row, question.  Codes hold no double underscore.
ROW_FIELD = re.compile(
    r"(?P<group>[a-z][a-z0-9_]*?)__(?P<index>\d{1,3})__(?P<name>[a-z][a-z0-9_]*)"
)
OPERATORS = ("is", "is_not", "contains", "yes", "no")


def is_group(question):
    """Whether the definition begins a repeated group."""
    return "group" in question


def row_field(group, index, name):
    """Name of the form field of a question in a row, without the prefix of all answers."""
    return f"{group}__{index}__{name}"


def _texts(value):
    """An answer as a list of comparable texts; ``[]`` when there is none."""
    if value is None or value is False or value == "":
        return []
    items = value if isinstance(value, (list, tuple)) else [value]
    return [str(item).strip().casefold() for item in items]


def is_met(condition, answers):
    """Whether a question or document with this condition applies.

    :param dict condition: ``question``, ``operator`` and ``values``; ``None`` always applies
    :param dict answers: answers of the questions that apply themselves, by code; a question
        that is not shown has no key, and what hangs on it does not apply either
    :rtype: bool
    """
    if not condition:
        return True
    if condition["question"] not in answers:
        return False
    value = answers[condition["question"]]
    operator = condition["operator"]
    if operator in ("yes", "no"):
        return bool(value) is (operator == "yes")
    given = _texts(value)
    wanted = _texts(condition.get("values") or [])
    if operator == "contains":
        return any(text in answer for text in wanted for answer in given)
    hit = bool(set(given) & set(wanted))
    return hit if operator == "is" else bool(given) and not hit


def nest(flat, questions):
    """Put the fields of rows under their group.

    :param dict flat: code or ``group__index__code`` -> value
    :param list questions: the definition of the form
    :return: {code: value, group code: {index: {code: value}}}
    """
    groups = {question["name"] for question in questions if is_group(question)}
    nested = {group: {} for group in groups}
    for field, value in flat.items():
        match = ROW_FIELD.fullmatch(field)
        if match and match["group"] in groups:
            row = nested[match["group"]].setdefault(int(match["index"]), {})
            row[match["name"]] = value
        else:
            nested[field] = value
    return nested


def rows_of(raw):
    """Rows of a group as {index: {code: value}}, given so or as a list."""
    if isinstance(raw, dict):
        return {index: raw[index] for index in sorted(raw)}
    return dict(enumerate(raw or []))


def is_blank(row):
    """Whether nothing was typed in a row: such rows are left out."""
    return not any(
        any(str(item or "").strip() for item in value)
        if isinstance(value, (list, tuple))
        else str(value or "").strip()
        for value in row.values()
    )

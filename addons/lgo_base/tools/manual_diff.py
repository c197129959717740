# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is different between two frozen manuals of a service: pure functions."""

#: Keys that belong to the organisation, not to the service.
NOT_OURS = frozenset({"offices", "organisation"})


def _name(item):
    return item.get("name") if "string" not in item else item["string"]


def _key(item):
    return item.get("id") or item.get("name")


def _without_id(item):
    return {
        key: value
        for key, value in item.items()
        if key != "id" and value not in (None, False, "", [])
    }


def changes(old, new):
    """List of (key, kind, before, after).

    ``kind`` is ``changed`` for a text or number, ``added``, ``removed`` or ``altered`` for a
    line of a list (step, document, fee, question), named by ``before`` or ``after``; ``moved``
    when only the order of a list is another.

    :param dict old: content of a version
    :param dict new: content of a later one
    """
    found = []
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if key in NOT_OURS or before == after or not (before or after):
            continue
        if _is_rows(before) and _is_rows(after):
            found += _row_changes(key, before or [], after or [])
        else:
            found.append((key, "changed", before, after))
    return found


def _is_rows(value):
    return not value or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _row_changes(key, before, after):
    old = {_key(item): item for item in before}
    new = {_key(item): item for item in after}
    found = [(key, "removed", _name(item), None) for code, item in old.items() if code not in new]
    for code, item in new.items():
        if code not in old:
            found.append((key, "added", None, _name(item)))
        elif _without_id(item) != _without_id(old[code]):
            found.append((key, "altered", _name(old[code]), _name(item)))
    if not found and list(old) != list(new):
        found.append((key, "moved", None, None))
    return found

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The mark of what an anonymous person does: nothing that identifies is written.

The mark is an object, not a flag: a remote call can send any context value but never this one,
so nobody hides the own traces with it.
"""

SENTINEL = object()
KEY = "lgo_anonymous"
#: Who sees restricted complaints; nobody else, not the administrator either.
RESTRICTED_GROUP = "lgo_oss_complaint.group_restricted_complaint"


def is_anonymous(env):
    """Whether ``env`` works for somebody who wants to stay unknown."""
    return env.context.get(KEY) is SENTINEL

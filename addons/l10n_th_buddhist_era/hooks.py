# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import babel_patch


def post_load():
    """Teach Babel the Buddhist era as soon as the server loads the add-on."""
    babel_patch.apply()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What production needs, in one folder: `python3 -m lgo_cli.image FOLDER`.

For the container image and for a server without ./lgo: Odoo's source and the environment of
run.lock come into the cache, and FOLDER/odoo starts Odoo with them.
"""

import sys
from pathlib import Path

from . import paths, source, venv
from .console import say


def main(folder):
    """Fetch everything and write the starter."""
    tree, python = source.ensure(), venv.ensure()
    # the libraries of a wheel cache are only needed to install
    paths.remove(paths.cache_dir() / "uv")
    starter = Path(folder) / "odoo"
    # through the tree's own script: `python -m odoo` with workers has no websocket
    starter.write_text(f'#!/bin/sh\nexec "{python}" "{tree}/setup/odoo" "$@"\n', "utf-8")
    starter.chmod(0o755)
    say("{starter} starts Odoo.", starter=starter)


if __name__ == "__main__":
    main(*sys.argv[1:])

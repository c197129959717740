# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.modules import Manifest


def own_addons(env):
    """Names of the installed add-ons of this project: a gate looks at them and at no others."""
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    return {
        name
        for name in installed.mapped("name")
        if (manifest := Manifest.for_addon(name, display_warning=False))
        and manifest.get("author") == "LGO"
    }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from base64 import b64decode, b64encode

from odoo import models

#: Names that begin with a Thai letter; their initial is a box where no Thai font is installed,
#: because a picture takes no font from the page.
THAI = re.compile(r"\s*[\u0e00-\u0e7f]")
LETTER = re.compile(rb"<text .*?</text>", re.S)
PERSON = (
    b"<circle fill='#ffffff' cx='90' cy='70' r='32'/>"
    b"<path fill='#ffffff' d='M30 162c0-34 27-50 60-50s60 16 60 50z'/>"
)


class AvatarMixin(models.AbstractModel):
    _inherit = "avatar.mixin"

    def _avatar_generate_svg(self):
        """The figure of a person in the colour of the name, in place of a Thai initial."""
        svg = super()._avatar_generate_svg()
        if not THAI.match(self[self._avatar_name_field] or ""):
            return svg
        return b64encode(LETTER.sub(PERSON, b64decode(svg)))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.misc import get_lang

from ..buddhist_era import is_thai, to_gregorian_text


def _gregorian_element(env, element):
    """Return what the website editor sent back, with its years Gregorian.

    :param element: the edited ``lxml`` element
    :return: a copy whose text a Gregorian parser understands; the element itself for a user of
        another language
    """
    if not is_thai(get_lang(env, env.user.lang).code):
        return element
    copy = element.makeelement(element.tag, dict(element.attrib))
    copy.text = to_gregorian_text(element.text_content())
    return copy


class IrQwebFieldDate(models.AbstractModel):
    """A date that was edited in place on the website is read back in the era it is shown in."""

    _inherit = "ir.qweb.field.date"

    @api.model
    def from_html(self, model, field, element):
        return super().from_html(model, field, _gregorian_element(self.env, element))

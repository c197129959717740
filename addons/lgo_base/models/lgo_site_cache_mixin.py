# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoSiteCacheMixin(models.AbstractModel):
    """A record on which every page of the citizens' site depends: a change empties the cache.

    Header, footer and opening hours are the same for every visitor, so they are worked out once
    (``website._lgo_shell``, ``res.company._lgo_open_days``) and not on each page. The models that
    they read inherit this; all workers are told.
    """

    _name = "lgo.site.cache.mixin"
    _description = "Shown on Every Page"

    #: Fields that are shown; empty: all.
    _site_fields = frozenset()

    def _shown_on_site(self):
        """Whether these records are shown at all."""
        return True

    def _clear_site_cache(self, names=None):
        if (names is None or not self._site_fields or self._site_fields & names) and (
            self._shown_on_site()
        ):
            self.env.registry.clear_cache()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._clear_site_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._clear_site_cache(vals.keys())
        return result

    def unlink(self):
        self._clear_site_cache()
        return super().unlink()

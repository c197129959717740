# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

WINDOW_MINUTES = 15
PER_ADDRESS = 20
PER_NUMBER = 8


class LgoOssAttempt(models.Model):
    """A failed try on the tracking page, so that nobody can count through phone numbers.

    The web server limits requests too (``config/nginx``); this holds also behind one address
    and across workers. Rows live for a day.
    """

    _name = "lgo.oss.attempt"
    _description = "Failed Tracking Attempt"

    address = fields.Char(required=True, index=True)
    number = fields.Char(index=True)
    create_date = fields.Datetime(index=True)

    @api.model
    def _too_many(self, address, number):
        """Whether this address, or tries on this number, passed the limit in the window."""
        since = fields.Datetime.now() - timedelta(minutes=WINDOW_MINUTES)
        recent = [("create_date", ">=", since)]
        if (
            self.search_count([*recent, ("address", "=", address or "")], limit=PER_ADDRESS)
            >= PER_ADDRESS
        ):
            return True
        return bool(number) and (
            self.search_count([*recent, ("number", "=", number)], limit=PER_NUMBER) >= PER_NUMBER
        )

    @api.model
    def _remember(self, address, number):
        self.create({"address": address or "", "number": number or ""})

    @api.autovacuum
    def _gc_attempts(self):
        before = fields.Datetime.now() - timedelta(days=1)
        self.search([("create_date", "<", before)], limit=10000).unlink()

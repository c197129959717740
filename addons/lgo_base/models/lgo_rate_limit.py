# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ipaddress
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

KEPT = timedelta(days=1)
KEY_LENGTH = 200


class Limit(NamedTuple):
    """So many calls in so many seconds; ``scope`` tells the uses apart."""

    scope: str
    count: int
    seconds: int
    """at most one day: then the calls are forgotten"""


class LgoRateLimit(models.Model):
    """Calls of the public pages that must not be made by machine, for all workers together.

    Each call is a row that is written in a transaction of its own, so that a failed guess stays
    counted when the request is rolled back, and so that no request waits for another one. Calls
    that come in the very same moment may pass together: the limit is exceeded by the number of
    workers at most. The web server limits requests too (``config/nginx``); this holds where it is
    missing, and by more than the address. Addresses are personal data: they live for a day.
    """

    _name = "lgo.rate.limit"
    _description = "Counted Call"
    _log_access = False
    _rec_name = "scope"

    scope = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, index=True)

    _call_idx = models.Index("(scope, key, at)")

    @api.model
    def _allows(self, *calls):
        """Count a call; ``False``, and nothing counted, when one of its limits is reached.

        :param calls: pairs of :class:`Limit` and the key that is limited (address, number)
        """
        if self._is_full(*calls):
            return False
        self._count(*calls)
        return True

    @api.model
    def _is_full(self, *calls):
        """Whether a limit is reached, without counting.

        :param calls: pairs of :class:`Limit` and key
        """
        now = fields.Datetime.now()
        full = [
            SQL(
                """(SELECT count(*) FROM (
                       SELECT 1 FROM lgo_rate_limit
                        WHERE scope = %s AND key = %s AND at > %s LIMIT %s) AS calls) >= %s""",
                limit.scope,
                self._clean_key(key),
                now - timedelta(seconds=limit.seconds),
                limit.count,
                limit.count,
            )
            for limit, key in calls
        ]
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("SELECT %s", SQL(" OR ").join(full)))
            return cr.fetchone()[0]

    @api.model
    def _count(self, *calls):
        """Count a call, whatever becomes of the request.

        :param calls: pairs of :class:`Limit` and key
        """
        now = fields.Datetime.now()
        rows = [SQL("(%s, %s, %s)", limit.scope, self._clean_key(key), now) for limit, key in calls]
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL("INSERT INTO lgo_rate_limit (scope, key, at) VALUES %s", SQL(", ").join(rows))
            )

    @api.model
    def _address(self, address):
        """The part of a network address that one caller does not choose.

        An IPv6 customer gets 2^64 addresses (RFC 6177): they count as one.

        :param str address: as the web server saw it; may be empty
        """
        try:
            ip = ipaddress.ip_address(address or "")
        except ValueError:
            return address or ""
        if ip.version == 4:
            return str(ip)
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))

    @api.model
    def _clean_key(self, key):
        return (key or "").replace("\x00", "")[:KEY_LENGTH]

    @api.autovacuum
    def _gc_calls(self):
        before = fields.Datetime.now() - KEPT
        self.env.cr.execute(SQL("DELETE FROM lgo_rate_limit WHERE at < %s", before))

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Longer than any signature lives.
KEPT = timedelta(days=1)


class LgoEofficeNonce(models.Model):
    """Signatures of other offices that were used: each serves once (RFC 9421 section 7.2.2).

    The row belongs to the transaction of the request. When that is rolled back, nothing was done,
    and the same request may come again.
    """

    _name = "lgo.eoffice.nonce"
    _description = "Used Signature"
    _log_access = False
    _rec_name = "nonce"

    keyid = fields.Char(required=True, readonly=True)
    nonce = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, index=True)

    _nonce_uniq = models.UniqueIndex("(keyid, nonce)", "This request was made already.")

    @api.model
    def _use(self, keyid, nonce):
        """Whether the signature is used for the first time."""
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO lgo_eoffice_nonce (keyid, nonce, at) VALUES (%s, %s, %s)
                   ON CONFLICT (keyid, nonce) DO NOTHING RETURNING id""",
                keyid,
                nonce,
                fields.Datetime.now(),
            )
        )
        return bool(rows)

    @api.autovacuum
    def _gc_nonces(self):
        before = fields.Datetime.now() - KEPT
        self.env.cr.execute(SQL("DELETE FROM lgo_eoffice_nonce WHERE at < %s", before))

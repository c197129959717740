# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

BATCH = 5000
GENESIS = "0" * 64
# Computer Crime Act B.E. 2550, section 26: not less than 90 days.
RETENTION_MINIMUM_DAYS = 90
RETENTION_DEFAULT_DAYS = 3653


class LgoAuditSeal(models.Model):
    """A link of the audit chain: so many rows with this content, after that seal."""

    _name = "lgo.audit.seal"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Audit Seal"
    _order = "number desc"
    _rec_name = "number"
    _log_access = False

    _append_only_key = "lgo_audit"

    number = fields.Integer(required=True, readonly=True, aggregator=None)
    at = fields.Datetime(string="Sealed on", required=True, readonly=True)
    row_count = fields.Integer(string="Rows", required=True, readonly=True)
    last_at = fields.Datetime(string="Newest row", required=True, readonly=True)
    content_hash = fields.Char(string="SHA-256 of the rows", required=True, readonly=True)
    prev_hash = fields.Char(string="Seal before", required=True, readonly=True)
    seal_hash = fields.Char(string="SHA-256 of the seal", required=True, readonly=True)
    purged_at = fields.Datetime(
        string="Rows removed on", readonly=True, help="The retention of the rows is over."
    )

    # Two seal jobs at once: the second fails here instead of forking the chain.
    _number_uniq = models.UniqueIndex("(number)")

    def init(self):
        self.env.cr.execute(
            SQL(
                """
            CREATE OR REPLACE FUNCTION lgo_audit_seal_guard() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND OLD.purged_at IS NULL
                    AND current_setting('lgo.audit_purge', true) = 'on' THEN
                    OLD.purged_at := NEW.purged_at;
                    IF NEW IS NOT DISTINCT FROM OLD THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'lgo_audit_seal is append-only';
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER lgo_audit_seal_row BEFORE UPDATE OR DELETE
                ON lgo_audit_seal FOR EACH ROW EXECUTE FUNCTION lgo_audit_seal_guard();
            CREATE OR REPLACE TRIGGER lgo_audit_seal_table BEFORE TRUNCATE
                ON lgo_audit_seal FOR EACH STATEMENT EXECUTE FUNCTION lgo_audit_seal_guard();
            """
            )
        )

    def _append_only_message(self):
        return self.env._("The audit trail is written by the system only and never changes.")

    # -- sealing ---------------------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Seal what is new, batch by batch."""
        while self._seal_batch():
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _seal_batch(self):
        """Seal up to ``BATCH`` rows; return the seal, empty when there was nothing to seal."""
        rows = self._rows("seal_id IS NULL", limit=BATCH)
        if not rows:
            return self.browse()
        [[last_number, last_hash]] = self.env.execute_query(
            SQL("SELECT number, seal_hash FROM lgo_audit_seal ORDER BY number DESC LIMIT 1")
        ) or [[0, GENESIS]]
        vals = {
            "number": last_number + 1,
            "at": fields.Datetime.now(),
            "row_count": len(rows),
            "last_at": max(row["at"] for row in rows),
            # A row that was changed before it was sealed must not become genuine by the seal:
            # what is sealed is the hash that was written with the row.
            "content_hash": self._rows_hash(rows),
            "prev_hash": last_hash,
        }
        vals["seal_hash"] = self._seal_hash(vals)
        seal = self.sudo()._append_only_permitted().create(vals)
        self.env.execute_query(
            SQL(
                "UPDATE lgo_audit_log SET seal_id = %s WHERE id IN %s RETURNING id",
                seal.id,
                tuple(row["id"] for row in rows),
            )
        )
        self.env["lgo.audit.log"].invalidate_model(["seal_id"])
        # Outside the database on purpose: who can rewrite the table cannot rewrite this log.
        _logger.info("audit seal %s rows %s hash %s", seal.number, len(rows), seal.seal_hash)
        return seal

    @api.model
    def _rows(self, where, *params, limit=None):
        self.env["lgo.audit.log"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """SELECT id, at, company_id, uid, user_name, real_uid, ip, action, res_model,
                          res_id, res_name, detail, severity, row_hash, seal_id
                     FROM lgo_audit_log WHERE %s ORDER BY id LIMIT %s""",
                SQL(where, *params),
                limit,
            )
        )

    @api.model
    def _rows_hash(self, rows):
        digest = hashlib.sha256()
        for row in rows:
            digest.update(f"{row['id']}:{row['row_hash']}\n".encode())
        return digest.hexdigest()

    @api.model
    def _seal_hash(self, vals):
        text = "|".join(
            (
                str(vals["number"]),
                fields.Datetime.to_string(vals["at"]),
                str(vals["row_count"]),
                fields.Datetime.to_string(vals["last_at"]),
                vals["content_hash"],
                vals["prev_hash"],
            )
        )
        return hashlib.sha256(text.encode()).hexdigest()

    # -- checking --------------------------------------------------------------------------

    @api.model
    def _verify_all(self):
        """Check seals and rows; see ``lgo.audit.log._verify``."""
        problems = []
        self.invalidate_model()
        expected_hash = GENESIS
        seals = self.search([], order="number")  # pylint: disable=no-search-all
        for expected_number, seal in enumerate(seals, start=1):
            if seal.number != expected_number or seal.prev_hash != expected_hash:
                problems.append({"kind": "chain", "seal": seal.number, "row": 0})
            if self._seal_hash({name: seal[name] for name in seal._fields}) != seal.seal_hash:
                problems.append({"kind": "seal", "seal": seal.number, "row": 0})
            expected_hash = seal.seal_hash
            rows = self._rows("seal_id = %s", seal.id)
            problems += self._verify_rows(rows, seal.number)
            if seal.purged_at and not rows:
                continue
            if len(rows) < seal.row_count:
                problems.append({"kind": "missing", "seal": seal.number, "row": 0})
            elif len(rows) > seal.row_count:
                problems.append({"kind": "inserted", "seal": seal.number, "row": 0})
            elif self._rows_hash(rows) != seal.content_hash:
                problems.append({"kind": "changed", "seal": seal.number, "row": 0})
        return problems + self._verify_rows(self._rows("seal_id IS NULL"), 0)

    @api.model
    def _verify_rows(self, rows, seal_number):
        content_hash = self.env["lgo.audit.log"]._content_hash
        return [
            {"kind": "changed", "seal": seal_number, "row": row["id"]}
            for row in rows
            if content_hash(row) != row["row_hash"]
        ]

    # -- retention -------------------------------------------------------------------------

    @api.model
    def _cron_purge(self):
        """Remove the rows of seals whose retention is over; the seals themselves stay.

        Days come from the system parameter ``lgo_base.audit_retention_days``; never less than
        the 90 days of the Computer Crime Act B.E. 2550, section 26.
        """
        parameter = self.env["ir.config_parameter"].sudo()
        days = int(parameter.get_param("lgo_base.audit_retention_days", RETENTION_DEFAULT_DAYS))
        limit = fields.Datetime.now() - timedelta(days=max(days, RETENTION_MINIMUM_DAYS))
        seals = self.sudo().search(
            [("last_at", "<", limit), ("purged_at", "=", False)], order="number"
        )
        if not seals:
            return
        self.env.cr.execute("SET LOCAL lgo.audit_purge = 'on'")
        self.env.cr.execute(SQL("DELETE FROM lgo_audit_log WHERE seal_id IN %s", tuple(seals.ids)))
        self.env.cr.execute(
            SQL(
                "UPDATE lgo_audit_seal SET purged_at = %s WHERE id IN %s",
                fields.Datetime.now(),
                tuple(seals.ids),
            )
        )
        self.env.cr.execute("SET LOCAL lgo.audit_purge = 'off'")
        self.invalidate_model()
        self.env["lgo.audit.log"].invalidate_model()
        self.env["lgo.audit.log"]._log(
            "audit.purge", None, detail={"seals": seals.mapped("number")}, severity="warning"
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import SQL

# Thirteen digits, Arabic or Thai, with or without the usual dashes: an ID number.
# Not inside a word, so that a hash stays whole.
ID_NUMBER = re.compile(r"(?<![\dA-Za-z])\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d(?![\dA-Za-z])")


class LgoAuditLog(models.Model):
    """The audit trail: who did what to which record, from where, and when.

    Computer Crime Act B.E. 2550, section 26 (traffic data at least 90 days) and the ministerial
    announcement on keeping it (integrity protected, limited access). Retention is a setting.

    **Integrity.** Each row carries the SHA-256 of its own content. Rows are not chained one by
    one: to know the hash before it, each transaction would have to wait for the one before it,
    and every officer for all others. Instead a scheduled job seals all new rows every few
    minutes into ``lgo.audit.seal``, and the seals form the chain. A row cannot be changed, taken
    away or slipped into a seal without ``_verify`` noticing; the window is the time until the
    next seal. The head of the chain is also written to the server log, so that it exists outside
    the database. A trigger refuses UPDATE, DELETE and TRUNCATE on the table.
    """

    _name = "lgo.audit.log"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Audit Trail"
    _order = "id desc"
    _rec_name = "action"
    _log_access = False

    _append_only_key = "lgo_audit"

    at = fields.Datetime(string="Time", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="restrict")
    # Plain numbers and a copied name: the trail must outlive the account.
    uid = fields.Integer(string="User ID", required=True, readonly=True, aggregator=None)
    user_name = fields.Char(string="User", readonly=True)
    real_uid = fields.Integer(
        string="Signed-in user ID",
        readonly=True,
        aggregator=None,
        help="The account that was signed in; differs when the system acted on its behalf.",
    )
    ip = fields.Char(string="IP address", readonly=True)
    action = fields.Char(required=True, readonly=True, index=True)
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", readonly=True, aggregator=None
    )
    res_name = fields.Char(string="Record", readonly=True)
    detail = fields.Text(readonly=True)
    severity = fields.Selection(
        [("info", "Normal"), ("warning", "Warning"), ("critical", "Critical")],
        required=True,
        default="info",
        readonly=True,
    )
    row_hash = fields.Char(string="SHA-256", required=True, readonly=True)
    seal_id = fields.Many2one("lgo.audit.seal", readonly=True, index=True, ondelete="restrict")

    _record_idx = models.Index("(res_model, res_id)")
    _uid_idx = models.Index("(uid, at)")
    _unsealed_idx = models.Index("(id) WHERE seal_id IS NULL")

    def init(self):
        # The one UPDATE allowed puts an unsealed row into a seal and changes nothing else. The
        # one DELETE allowed is the purge of sealed rows when their retention is over; even then
        # never within 90 days (Computer Crime Act B.E. 2550, s. 26).
        self.env.cr.execute(
            SQL(
                """
            CREATE OR REPLACE FUNCTION lgo_audit_log_guard() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL THEN
                    OLD.seal_id := NEW.seal_id;
                    IF NEW IS NOT DISTINCT FROM OLD THEN
                        RETURN NEW;
                    END IF;
                ELSIF TG_OP = 'DELETE' AND OLD.seal_id IS NOT NULL
                    AND current_setting('lgo.audit_purge', true) = 'on'
                    AND OLD.at < (now() AT TIME ZONE 'UTC') - interval '90 days' THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'lgo_audit_log is append-only';
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER lgo_audit_log_row BEFORE UPDATE OR DELETE
                ON lgo_audit_log FOR EACH ROW EXECUTE FUNCTION lgo_audit_log_guard();
            CREATE OR REPLACE TRIGGER lgo_audit_log_table BEFORE TRUNCATE
                ON lgo_audit_log FOR EACH STATEMENT EXECUTE FUNCTION lgo_audit_log_guard();
            """
            )
        )

    # -- writing ---------------------------------------------------------------------------

    @api.model
    def _log(self, action, records, detail=None, severity="info"):
        """Write one row per record, in the caller's transaction.

        :param str action: dotted code, e.g. "case.accept", "citizen.unmask", "export"
        :param records: recordset; an empty one or None writes one row without a record
        :param detail: dict or str; no personal data. ID numbers are blanked out all the same
        :param str severity: info, warning or critical
        :return: the new rows, in sudo
        """
        if detail is not None and not isinstance(detail, str):
            detail = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
        base = {
            "at": fields.Datetime.now(),
            "uid": self.env.uid or 0,
            "user_name": self.env.user.sudo().name or "",
            "real_uid": self._real_uid(),
            "ip": self._remote_address(),
            "action": action,
            "detail": self._blank_id_numbers(detail) or False,
            "severity": severity,
        }
        rows = []
        for record in records.sudo() if records else ():
            company = "company_id" in record._fields and record.company_id
            rows.append(
                base
                | {
                    "company_id": (company or self.env.company).id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "res_name": self._blank_id_numbers(record._lgo_book_name()) or False,
                }
            )
        if not rows:
            model = records._name if records is not None else False
            rows = [base | {"company_id": self.env.company.id, "res_model": model}]
        for row in rows:
            row["row_hash"] = self._content_hash(row)
        return self.sudo()._append_only_permitted().create(rows)

    @api.model
    def _real_uid(self):
        """Return who is signed in, also when the code runs as another user."""
        return (request and request.session.uid) or self.env.uid or 0

    @api.model
    def _remote_address(self):
        """Return the address of the caller, or False outside a request.

        ``remote_addr`` is the peer, or what the trusted proxy reports when ``proxy_mode`` is on;
        a forwarding header sent by the caller itself is never believed.
        """
        return (request and request.httprequest.remote_addr) or False

    @api.model
    def _blank_id_numbers(self, text):
        return ID_NUMBER.sub("[…]", text) if text else text

    @api.model
    def _content_hash(self, row):
        """Return the SHA-256 of a row: its fields as canonical JSON (sorted keys, UTF-8)."""
        content = {
            "at": fields.Datetime.to_string(row["at"]),
            "company": int(row.get("company_id") or 0),
            "uid": row["uid"],
            "user_name": row.get("user_name") or "",
            "real_uid": row.get("real_uid") or 0,
            "ip": row.get("ip") or "",
            "action": row["action"],
            "res_model": row.get("res_model") or "",
            "res_id": row.get("res_id") or 0,
            "res_name": row.get("res_name") or "",
            "detail": row.get("detail") or "",
            "severity": row["severity"],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    # -- append-only -----------------------------------------------------------------------

    def _append_only_message(self):
        return self.env._("The audit trail is written by the system only and never changes.")

    # -- checking --------------------------------------------------------------------------

    @api.model
    def _verify(self):
        """Check every row and every seal.

        :return: list of dicts ``{"kind": "changed|missing|inserted|seal|chain", "seal": number or
            0, "row": id or 0}``; empty when the trail is whole
        """
        return self.env["lgo.audit.seal"].sudo()._verify_all()

    def action_verify(self):
        """Check the whole trail and tell the result (auditors and administrators)."""
        if not self.env.user.has_groups("lgo_base.group_auditor,lgo_base.group_admin"):
            raise AccessError(self.env._("Only an auditor checks the audit trail."))
        problems = self._verify()
        self._log("audit.verify", None, detail={"problems": len(problems)})
        if problems:
            first = problems[0]
            raise UserError(
                self.env._(
                    "The audit trail is damaged in %(count)s places; the first one: %(kind)s, "
                    "seal %(seal)s, row %(row)s.",
                    count=len(problems),
                    kind=first["kind"],
                    seal=first["seal"],
                    row=first["row"],
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("The audit trail is whole.")},
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime

from cryptography.hazmat.primitives.serialization import Encoding

from odoo import api, models

from odoo.addons.lgo_base.tools import thai

from ..tools import signature_judge

_logger = logging.getLogger(__name__)
SECONDS = 30
MAX_BYTES = 25 * 1024 * 1024


class LgoSignValidation(models.AbstractModel):
    """Says what the signatures of a PDF are worth, for our own papers and for received ones."""

    _name = "lgo.sign.validation"
    _description = "Check of Electronic Signatures"

    @api.model
    def _validate_pdf(self, content, company=None):
        """Judge all signatures of a file.

        The file is read in a process of its own and calls no address: revocation is known only
        from what the file brings along and from our own list of certificates.

        :param bytes content: the file
        :param company: ``res.company`` whose trusted authorities count
        :return: dict: ``error`` ('' | broken | locked | big | slow) and ``signatures``, a list of
            dicts with ``kind`` (signature | timestamp), ``signer``, ``subject``, ``issuer``,
            ``fingerprint``, ``signed_at`` and ``stamped_at`` (ISO text, UTC), ``stamp_trusted``,
            ``intact``, ``valid``, ``trusted``, ``revoked``, ``whole_file``, ``coverage``,
            ``modification`` (NONE | LTA_UPDATES | FORM_FILLING | ANNOTATIONS | OTHER),
            ``allowed``, ``certifies``, ``reason``, ``problem``, ``good`` (all is well)
        """
        if len(content or b"") > MAX_BYTES:
            return {"error": "big", "signatures": []}
        roots = [
            base64.b64encode(one.public_bytes(Encoding.DER)).decode()
            for one in self.env["lgo.sign.trust"]._roots(company)
        ]
        found = self._run_judge(json.dumps({"roots": roots}).encode() + b"\n" + (content or b""))
        self._mark_revoked(found["signatures"])
        return found

    @api.model
    def _run_judge(self, data):
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell, no argument from outside
                [sys.executable, "-P", signature_judge.__file__],
                input=data,
                capture_output=True,
                timeout=SECONDS,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
            return json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return {"error": "slow", "signatures": []}
        except ValueError:
            _logger.info("a PDF could not be judged: %s", done.stderr[-500:])
            return {"error": "broken", "signatures": []}

    @api.model
    def _mark_revoked(self, rows):
        """What we revoked ourselves is revoked, from that moment on."""
        prints = [row["fingerprint"] for row in rows if row["fingerprint"]]
        revoked = {
            one.fingerprint: one.revoked_at
            for one in self.env["lgo.sign.certificate"]
            .sudo()
            .with_context(active_test=False)
            .search([("fingerprint", "in", prints), ("revoked_at", "!=", False)])
        }
        for row in rows:
            since = revoked.get(row["fingerprint"])
            if since is None:
                continue
            proven = self._moment(row["stamped_at"]) if row["stamp_trusted"] else None
            if proven is None or proven >= since:
                row.update(revoked=True, trusted=False, good=False, problem="REVOKED")

    @api.model
    def _moment(self, text):
        """A moment of the answer as naive UTC, or None."""
        if not text:
            return None
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment

    @api.model
    def _when(self, text):
        """A moment of the answer as people read it, Bangkok time."""
        moment = self._moment(text)
        if moment is None:
            return ""
        day = thai.format_date(thai.local_date(moment), style="short", digits="arabic")
        return f"{day} {thai.format_time(moment, digits='arabic')}"

    @api.model
    def _report(self, content, company=None):
        """The verdict on a file as HTML for officers.

        :rtype: markupsafe.Markup
        """
        found = self._validate_pdf(content, company)
        return self.env["ir.qweb"]._render(
            "lgo_sign.signature_report",
            {
                "error": found["error"],
                "rows": found["signatures"],
                "when": self._when,
                "roots": bool(self.env["lgo.sign.trust"]._roots(company)),
            },
        )

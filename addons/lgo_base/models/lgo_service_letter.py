# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import thai

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
#: What the text of a result letter may name; nothing else is looked up, nothing is run.
PLACEHOLDERS = (
    "applicant_name", "number", "service", "organisation", "unit", "date_submitted",
    "date_due", "date_today", "outcome",
)  # fmt: skip
#: General rule of appeals; special laws differ and are written in the service.
APPEAL_LAW = "มาตรา ๔๔ แห่งพระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙"


class LgoService(models.Model):
    """What the letters of a service say."""

    _inherit = "lgo.service"

    appeal_law = fields.Char(
        string="Law of the appeal",
        default=APPEAL_LAW,
        translate=True,
        help="Named in a refusal. Special laws have their own authority and days.",
    )
    result_letter_subject = fields.Char(
        string="Subject of the result letter",
        help="Empty: the name of the service.",
    )
    result_letter_text = fields.Text(
        string="Text of the result letter",
        help="When set, a letter is prepared for signature as soon as the work is done. Paragraphs"
        " are separated by an empty line. Placeholders: "
        + ", ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS),
    )

    @api.constrains("result_letter_subject", "result_letter_text")
    def _check_result_letter(self):
        for service in self:
            text = f"{service.result_letter_subject or ''}\n{service.result_letter_text or ''}"
            unknown = [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
            if unknown or re.search(r"\{\{|\}\}", PLACEHOLDER.sub("", text)):
                raise ValidationError(
                    self.env._(
                        "The result letter has a placeholder that does not exist: %(unknown)s."
                        " Allowed are: %(allowed)s",
                        unknown=", ".join(unknown) or "{{",
                        allowed=", ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS),
                    )
                )

    def _fill_letter(self, text, case):
        """``text`` with its placeholders replaced, once, by plain text of ``case``."""
        values = {
            "applicant_name": case.applicant_name,
            "number": case.name,
            "service": case.service_id.name,
            "organisation": case.company_id.name,
            "unit": case.unit_id.name,
            "date_submitted": case._paper_date(case.submitted_at),
            "date_due": case._paper_date(case.date_due),
            "date_today": case._paper_date(thai.local_date(fields.Datetime.now())),
            "outcome": case.outcome,
        }
        return PLACEHOLDER.sub(lambda match: values.get(match[1]) or "", text or "")

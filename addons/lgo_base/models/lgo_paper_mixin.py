# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import SUPERUSER_ID, api, models

from ..tools import thai

#: A code with Latin letters keeps its digits as they are: DS-6909-LIGHT-00003-1.
CODE = re.compile(r"([0-9./-]*[A-Za-z][A-Za-z0-9@._/-]*)")
#: A word that stays on one line with the number after it.
KEEP = re.compile(r"(พ\.ศ\.|เลขที่)[ \t]+(?=[0-9๐-๙A-Za-z])")


class LgoPaperMixin(models.AbstractModel):
    """What every printed paper asks for: dates, moments and typed text as papers write them."""

    _name = "lgo.paper.mixin"
    _description = "Printed Paper"

    def _paper_digit_style(self):
        """``thai`` or ``arabic``: the digits that the papers of this record are printed with."""
        return "thai"

    def _paper_digits(self, value):
        """A text or number with the digits of the paper; nothing gives ``""``."""
        if value is None or value is False:
            return ""
        return thai.to_thai_digits(value) if self._paper_digit_style() == "thai" else str(value)

    def _paper_date(self, value):
        """A date as official papers write it: ๒๓ พฤศจิกายน ๒๕๖๙."""
        if not value:
            return "-"
        day = thai.local_date(value) if hasattr(value, "hour") else value
        return thai.format_date(day, style="long", digits=self._paper_digit_style())

    def _paper_datetime(self, value):
        """A moment with Bangkok time: ๒๓ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๓๐ น."""
        if not value:
            return "-"
        time = thai.format_time(value, digits=self._paper_digit_style())
        return f"{self._paper_date(value)} เวลา {time}"

    @api.model
    def _paper_text(self, text):
        """Typed text as papers print it: Thai digits, but not in codes.

        No line ends between "พ.ศ." and its year, or "เลขที่" and its number.
        """
        text = KEEP.sub("\\1\u00a0", str(text or ""))
        if self._paper_digit_style() != "thai":
            return text
        words = CODE.split(text)
        # every second part is a code with Latin letters, such as a tracking number
        words[::2] = [thai.to_thai_digits(word) for word in words[::2]]
        return "".join(words)

    @api.model
    def _paper_lines(self, text):
        """The lines of a typed text, without the empty ones, as papers print them."""
        lines = (line.strip() for line in self._paper_text(text).splitlines())
        return [line for line in lines if line]

    @api.model
    def _officer_signers(self, user=None):
        """The officer as signer of a paper of the counter: name, and post or job title.

        The system is no officer: what it issues carries no name.

        :return: list for ``signers`` of ``lgo.issued.document._issue``
        """
        user = (user or self.env.user).sudo()
        if user.id == SUPERUSER_ID or user.share:
            return []
        company = ("company_id" in self._fields and self.company_id) or self.env.company
        own = [
            capacity
            for capacity in self.env["lgo.delegation"].with_company(company)._capacities(user)
            if capacity.kind == "own"
        ]
        employee = user.employee_ids.filtered(lambda row: row.company_id == company)[:1]
        title = "\n".join(own[0].lines) if own else employee.job_title
        return [{"user_id": user.id, "name": user.name, "capacity": title or ""}]

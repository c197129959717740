# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.lgo_base.tools import thai

from ..tools import ecms


class LgoEofficeLetter(models.Model):
    """Own letters by e-CMS."""

    _inherit = "lgo.eoffice.letter"

    def _acknowledge_ecms(self, data):
        self.env["lgo.eoffice.dispatch"]._queue_call(
            self, "acknowledgement", "ecms", values={"data": data}
        )

    def _ecms_letter(self, connection, agency):
        """The letter as e-CMS wants it.

        :param connection: ``lgo.eoffice.ecms``
        :param agency: ``lgo.eoffice.agency`` that it goes to
        :raises CallError: the codes were not loaded
        """
        self.ensure_one()
        files = self._exchange_files()
        binary = [(found.mimetype or "", found.raw or b"") for found, _role in files]
        signer = self._exchange_signer()
        return ecms.Letter(
            letter_id=thai.to_arabic_digits(self.doc_no),
            day=self.doc_date,
            subject=self.subject,
            secret_code=connection._code("secret", self.secrecy),
            speed_code=connection._code("speed", self.urgency),
            sender=ecms.Party(
                connection.department_code or "",
                connection.ministry_code or "",
                given_name=signer.get("name", ""),
                job_title=" ".join(signer.get("lines", [])),
            ),
            receiver=ecms.Party(
                agency.ecms_department or "",
                agency.ecms_ministry or "",
                job_title=self.addressee or "",
            ),
            references=tuple(
                (thai.to_arabic_digits(row.doc_no or ""), row.doc_date or None, "")
                for row in self.reference_ids
            ),
            attachment="\n".join(
                f"{number}. {row.name} {row.qty} {row.unit_name or ''}".strip()
                for number, row in enumerate(self.enclosure_ids, start=1)
            ),
            send_date=thai.local_date(self.sent_at or self.numbered_at),
            main=binary[0] if binary else None,
            files=tuple(binary[1:]),
        )

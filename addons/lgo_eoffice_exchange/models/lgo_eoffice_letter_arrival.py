# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

#: Set by the system alone: they show later when a letter was received.
ARRIVAL = frozenset({"arrived_at", "deemed_received_at"})


class LgoEofficeLetter(models.Model):
    """When a letter that came electronically was received.

    It is received when it enters the information system of the addressee (Electronic Transactions
    Act B.E. 2544, s.23); what enters outside office hours, at the next working time (Electronic
    Administration Act B.E. 2565, s.10, on what people send to an agency). Whether the latter
    counts between agencies too, the head of the agency decides: a setting of the organisation.
    The receive number keeps the moment at which a clerk registers the letter (``received_at``).
    """

    _inherit = "lgo.eoffice.letter"
    _case_protected = ARRIVAL

    arrived_at = fields.Datetime(
        string="Arrived", readonly=True, copy=False, help="When this system got the letter."
    )
    deemed_received_at = fields.Datetime(
        string="Counts as received",
        readonly=True,
        copy=False,
        help="By the rule of the organisation for letters that come outside office hours.",
    )

    def _note_arrival(self):
        """Keep when this letter came in, and when it counts as received."""
        now = fields.Datetime.now()
        for letter in self:
            company = letter.company_id.sudo()
            opening = company.lgo_letter_deemed == "opening"
            letter._from_machine().write(
                {
                    "arrived_at": now,
                    "deemed_received_at": company._lgo_deemed_received(now) if opening else now,
                }
            )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools.case_machine import Transition

from .lgo_oss_complaint import OPEN
from .lgo_oss_complaint import LgoOssComplaint as Complaint

_lt = LazyTranslate(__name__)


class LgoOssComplaint(models.Model):
    """What a report of Traffy Fondue does to a complaint; only the import takes these steps."""

    _inherit = "lgo.oss.complaint"

    _case_transitions = (
        *Complaint._case_transitions,
        Transition(
            "traffy_in_progress",
            _lt("In progress on Traffy Fondue"),
            source=(
                "received",
                "triaged",
                "assigned",
                "waiting",
                "reopened",
                "resolved",
                "confirmed",
            ),
            target="in_progress",
            message=_lt("Traffy Fondue: being worked on."),
        ),
        Transition(
            "traffy_forwarded",
            _lt("Forwarded on Traffy Fondue"),
            source=OPEN,
            target="forwarded",
            before="_before_answer",
            message=_lt("Traffy Fondue: forwarded to another agency."),
        ),
        Transition(
            "traffy_rejected",
            _lt("Not taken up on Traffy Fondue"),
            source=OPEN,
            target="rejected",
            before="_before_answer",
            message=_lt("Traffy Fondue: not our matter."),
        ),
        Transition(
            "traffy_resolved",
            _lt("Finished on Traffy Fondue"),
            source=OPEN,
            target="resolved",
            before="_before_answer",
            after="_after_resolve",
            message=_lt("Traffy Fondue: finished."),
        ),
    )

    traffy_state = fields.Char(readonly=True, copy=False, help="State at the last import.")

    @api.model
    def _traffy_create(self, report, type_, company):
        """A complaint for a report, filed at the time of the report, without a reporter."""
        complaint = self.create(
            {
                "type_id": type_.id,
                "company_id": company.id,
                "channel": "web",
                "reporter_kind": "anonymous",
                "description": report.description,
                "latitude": report.latitude,
                "longitude": report.longitude,
                "location_text": report.address,
            }
        )
        complaint._from_machine().write(
            {"traffy_ticket": report.ticket, "photo_link": report.photo}
        )
        complaint._transition("submit")
        complaint._from_machine().write(
            {"submitted_at": report.reported_at, "deemed_received_at": report.reported_at}
        )
        return complaint

    def _traffy_move(self, report):
        """Follow the state of the report, where the work here is not further already."""
        self.ensure_one()
        vals = {"traffy_state": report.state, "after_photo_link": report.after_photo}
        self._from_machine().write(vals)
        step = f"traffy_{report.state}"
        codes = {transition.code: transition for transition in self._case_transitions}
        if step in codes and self.state in codes[step].source:
            self._transition(step)

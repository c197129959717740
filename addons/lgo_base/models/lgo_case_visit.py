# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import vobject
from dateutil.tz import UTC

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools import thai
from ..tools.upload import clean_attachments

#: What the citizen is told about again when it changes.
TOLD = {"start", "stop", "place"}


class LgoCaseVisit(models.Model):
    """A visit to the place of a case (นัดตรวจสถานที่), with its result.

    The citizen reads the day on the timeline and gets it by message with a calendar file
    (RFC 5545). The own calendar of an officer is asked when Odoo's calendar is installed; the
    visits themselves need no other add-on.
    """

    _name = "lgo.case.visit"
    _inherit = ["lgo.action.only.mixin", "lgo.case.child.mixin"]
    _description = "Site Visit"
    _order = "start desc, id desc"

    _action_only = frozenset({"state", "sequence"})

    _forgotten = ("place", "result", "photo_ids")

    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True, string="Until")
    place = fields.Char(required=True)
    officer_ids = fields.Many2many(
        comodel_name="res.users",
        string="Officers",
        required=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("done", "Done"),
            ("not_met", "Nobody met"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )
    result = fields.Text(
        string="Findings",
        copy=False,
        help="What was found; for the office, not for the citizen.",
    )
    photo_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="lgo_case_visit_photo_rel",
        string="Photos",
        copy=False,
        bypass_search_access=True,
    )
    sequence = fields.Integer(
        string="Changes", readonly=True, copy=False, help="Counts the changes told so far."
    )
    case_name = fields.Char(string="Number of the case", compute="_compute_case_name")
    conflict = fields.Text(compute="_compute_conflict")

    _when_idx = models.Index("(start, stop) WHERE state = 'planned'")
    _order_of_time = models.Constraint(
        "CHECK (stop > start)", "The visit must end after it begins."
    )

    @api.depends("case_name", "place")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = " · ".join(filter(None, (visit.case_name, visit.place)))

    @api.depends("start", "stop", "officer_ids", "state")
    def _compute_conflict(self):
        """Names what an officer has already at that time; a warning, never a bar."""
        for visit in self:
            visit.conflict = "\n".join(visit._conflicts()) if visit.state == "planned" else ""

    def _conflicts(self):
        """Sentences about other visits, absences and calendar entries of the officers."""
        self.ensure_one()
        if not (self.start and self.stop and self.start < self.stop and self.officer_ids):
            return []
        start, stop, officers = self.start, self.stop, self.officer_ids._origin
        found = []
        # only officer and time are told: the other case may be none of the reader's
        others = self.sudo().search(
            Domain("state", "=", "planned")
            & Domain("start", "<", stop)
            & Domain("stop", ">", start)
            & Domain("officer_ids", "in", officers.ids)
            & Domain("id", "!=", self._origin.id or 0)
        )
        for other in others:
            found += [
                self.env._(
                    "%(officer)s visits another place from %(start)s to %(stop)s.",
                    officer=officer.name,
                    start=thai.format_time(other.start, digits="arabic"),
                    stop=thai.format_time(other.stop, digits="arabic"),
                )
                for officer in other.officer_ids & officers
            ]
        absences = (
            self.env["lgo.post.absence"]
            .sudo()
            .search(
                Domain("holder_id.user_id", "in", officers.ids)
                & Domain("date_from", "<", stop)
                & Domain("date_to", ">", start)
            )
        )
        found += [
            self.env._("%(officer)s is away at that time.", officer=user.name)
            for user in absences.holder_id.user_id
        ]
        if "calendar.event" in self.env:
            events = (
                self.env["calendar.event"]
                .sudo()
                .search(
                    Domain("partner_ids", "in", officers.partner_id.ids)
                    & Domain("show_as", "=", "busy")
                    & Domain("start", "<", stop)
                    & Domain("stop", ">", start)
                )
            )
            found += [
                self.env._("%(officer)s has an entry in the own calendar.", officer=user.name)
                for user in officers
                if user.partner_id in events.partner_ids
            ]
        return found

    # ------------------------------------------------------------ planning
    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.su:
            clean_attachments(visits.photo_ids)
        for visit in visits:
            case = visit._case()
            if case.is_final:
                raise UserError(self.env._("The case is over: no visit can be planned."))
            visit._tell("plan")
        return visits

    def write(self, vals):
        """A planned visit may be moved; officers and citizen are told each time.

        :raises UserError: the visit is over
        """
        moved = TOLD & vals.keys()
        if moved and any(visit.state != "planned" for visit in self):
            raise UserError(self.env._("A visit that is over cannot be moved; plan a new one."))
        before = {visit: [visit[name] for name in sorted(TOLD)] for visit in self} if moved else {}
        photos = self.photo_ids
        result = super().write(vals)
        if "photo_ids" in vals and not self.env.su:
            clean_attachments(self.photo_ids - photos)
        for visit, old in before.items():
            if old != [visit[name] for name in sorted(TOLD)]:
                visit.sudo().sequence += 1
                visit._tell("move")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A visit stays in the file of the case; cancel it instead."))

    def _tell(self, what):
        """Put it on the citizen's timeline and send it to the citizen and the officers."""
        self.ensure_one()
        case = self._case()
        day = self._when_text()
        text = {
            "plan": self.env._("Site visit planned for %(when)s", when=day),
            "move": self.env._("Site visit moved to %(when)s", when=day),
            "cancel": self.env._("Site visit of %(when)s cancelled", when=day),
        }[what]
        self.env["lgo.case.event"]._add(case, f"visit_{what}", text, public=True, note=self.place)
        file = self._ics(cancelled=what == "cancel")
        sent = case._notify_applicant("case_visit", {"visit": self, "what": text})
        for mail in sent.sudo().mail_id:
            mail.attachment_ids = [
                fields.Command.create(
                    {"name": "visit.ics", "raw": file, "mimetype": "text/calendar"}
                )
            ]
        others = self.officer_ids - self.env.user
        if others:
            case.sudo().message_notify(
                partner_ids=others.partner_id.ids,
                subject=text,
                body=f"{case.display_name}: {text} {self.place}",
                attachments=[("visit.ics", file)],
            )

    def _when_text(self):
        """``23 พฤศจิกายน 2569 เวลา 09.30 น. - 10.30 น.``, in Bangkok time."""
        self.ensure_one()
        begin = thai.format_datetime(self.start, digits="arabic")
        return f"{begin} - {thai.format_time(self.stop, digits='arabic')}"

    def _ics(self, cancelled=False):
        """The visit as an iCalendar file (RFC 5545), ``bytes``; nothing in it names a person."""
        self.ensure_one()
        calendar = vobject.iCalendar()
        calendar.add("method").value = "CANCEL" if cancelled else "PUBLISH"
        event = calendar.add("vevent")
        event.add("uid").value = f"lgo-visit-{self.id}@{self.get_base_url().split('//')[-1]}"
        event.add("sequence").value = str(self.sequence + bool(cancelled))
        event.add("dtstamp").value = fields.Datetime.now().replace(tzinfo=UTC)
        event.add("dtstart").value = self.start.replace(tzinfo=UTC)
        event.add("dtend").value = self.stop.replace(tzinfo=UTC)
        event.add("summary").value = self.env._("Site visit %(number)s", number=self._case().name)
        event.add("location").value = self.place
        event.add("status").value = "CANCELLED" if cancelled else "CONFIRMED"
        return calendar.serialize().encode()

    # ------------------------------------------------------------ buttons
    def _finish(self, state, public_text):
        """The visit is over: say so on the timeline, with ``public_text`` when it is not empty."""
        for visit in self:
            case = visit._case()
            case.check_access("write")
            if visit.state != "planned":
                raise UserError(self.env._("The visit is over already."))
            visit.sudo().state = state
            if public_text:
                self.env["lgo.case.event"]._add(case, f"visit_{state}", public_text, public=True)
            self.env["lgo.audit.log"]._log("case.visit", case, detail={"state": state})
        return True

    def action_done(self):
        """Button: the visit took place.

        :raises ValidationError: nobody wrote what was found
        """
        if any(not (visit.result or "").strip() for visit in self):
            raise ValidationError(self.env._("Write what was found first."))
        return self._finish("done", self.env._("The site was visited."))

    def action_not_met(self):
        """Button: nobody was there or the place could not be seen."""
        return self._finish(
            "not_met", self.env._("We came to the site but met nobody. A new visit will be set.")
        )

    def action_cancel(self):
        """Button: the visit does not take place."""
        self._finish("cancelled", "")
        for visit in self:
            visit._tell("cancel")
        return True

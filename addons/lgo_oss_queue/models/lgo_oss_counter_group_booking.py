# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

BOOKING_FIELDS = {
    "bookable",
    "booking_capacity",
    "booking_notice_hours",
    "calendar_id",
    "name",
    "slot_minutes",
}


class LgoOssCounterGroup(models.Model):
    """Appointments of a counter group: a booking type of ``resource_booking`` that follows it."""

    _inherit = "lgo.oss.counter.group"

    bookable = fields.Boolean(
        string="Appointments on the website",
        help="Citizens may book a time without an account.",
    )
    booking_capacity = fields.Integer(
        string="Persons at the same time",
        default=1,
        help="How many appointments may begin in the same slot.",
    )
    booking_days = fields.Integer(
        string="Days ahead", default=30, help="So many days ahead can be booked."
    )
    booking_notice_hours = fields.Integer(
        string="Hours in advance",
        default=2,
        help="Up to so many hours before the time one may book, change or cancel.",
    )
    booking_per_person = fields.Integer(
        string="Open appointments per person",
        default=2,
        help="How many future appointments one phone number or e-mail address may hold.",
    )
    booking_type_id = fields.Many2one(
        "resource.booking.type",
        string="Booking type",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _booking_numbers = models.Constraint(
        "CHECK (booking_capacity BETWEEN 1 AND 50 AND booking_days BETWEEN 1 AND 180"
        " AND booking_notice_hours BETWEEN 0 AND 720 AND booking_per_person BETWEEN 1 AND 20)",
        "A number of the appointments is out of range: 1 to 50 persons at the same time, 1 to 180 "
        "days ahead, at most 720 hours in advance, 1 to 20 appointments per person.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._sync_booking()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if BOOKING_FIELDS & vals.keys():
            self._sync_booking()
        return result

    def _sync_booking(self):
        """Keep booking type and places like the settings of the group.

        A place is a material resource that is free or taken; an appointment takes one. Places are
        never deleted, because old appointments name them; what is too many is no longer offered.
        """
        # who keeps the counters is no manager of the booking add-on
        for group in self.sudo().filtered(lambda group: group.bookable or group.booking_type_id):
            calendar = group.calendar_id or group.company_id.lgo_office_calendar_id
            vals = {
                "name": group.name,
                "active": group.bookable,
                "company_id": group.company_id.id,
                "duration": group.slot_minutes / 60,
                "slot_duration": group.slot_minutes / 60,
                "modifications_deadline": group.booking_notice_hours,
                "resource_calendar_id": calendar.id,
                "combination_assignment": "sorted",
                "location": group.company_id.name,
            }
            if group.booking_type_id:
                group.booking_type_id.write(vals)
            else:
                group.booking_type_id = group.booking_type_id.create(vals)
            group._sync_places(calendar)

    def _sync_places(self, calendar):
        self.ensure_one()
        booking_type = self.booking_type_id
        places = booking_type.combination_rel_ids.sorted("sequence")
        places[self.booking_capacity :].unlink()
        places = places[: self.booking_capacity]
        places.combination_id.resource_ids.filtered(
            lambda place: place.calendar_id != calendar
        ).calendar_id = calendar
        for number in range(len(places) + 1, self.booking_capacity + 1):
            place = self.env["resource.resource"].create(
                {
                    "name": f"{self.prefix} {number}",
                    "resource_type": "material",
                    "company_id": self.company_id.id,
                    "calendar_id": calendar.id,
                    "tz": "Asia/Bangkok",
                }
            )
            combination = self.env["resource.booking.combination"].create(
                {"resource_ids": [Command.link(place.id)]}
            )
            booking_type.combination_rel_ids = [
                Command.create({"combination_id": combination.id, "sequence": number})
            ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.env["lgo.oss.ticket"].sudo().search_count([("group_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._("A counter group that gave tickets cannot be deleted: archive it.")
            )

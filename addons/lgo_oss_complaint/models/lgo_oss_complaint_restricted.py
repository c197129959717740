# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, Command, api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools.anonymous import RESTRICTED_GROUP


class LgoOssComplaint(models.Model):
    """Restricted complaints: their group sees them, nobody else, in no list, task or message.

    What the office does with a case (tasks, hand-over, visits, escalation, papers) goes on for
    its members; each way on which a word of the case could leave it is closed here.
    """

    _inherit = "lgo.oss.complaint"

    @api.depends("type_id")
    def _compute_restricted(self):
        """Fixed when the type is chosen: editing a type later opens no old case."""
        for complaint in self:
            complaint.restricted = complaint.sudo().type_id.restricted

    def _is_kept_apart(self):
        return self.restricted

    def _sees_restricted(self):
        return self.env.su or self.env.user.has_group(RESTRICTED_GROUP)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not bypass_access and not self._sees_restricted():
            domain = Domain(domain) & Domain("restricted", "=", False)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self or self._sees_restricted():
            return result
        secret = self.sudo().filtered("restricted").with_env(self.env)
        if not secret:
            return result
        forbidden = secret | result[0] if result else secret
        return forbidden, lambda: AccessError(self.env._("This case is not open to you."))

    @api.depends("restricted")
    def _compute_display_name(self):  # pylint: disable=missing-return
        """Of a restricted complaint the number only, also in the audit trail."""
        super()._compute_display_name()
        for complaint in self.filtered("restricted"):
            complaint.display_name = complaint.name or self.env._("Draft")

    def _track_prepare(self, fields_iter):
        """Old and new values are kept in a table that administrators read: none of these."""
        return super(
            LgoOssComplaint, self.filtered(lambda complaint: not complaint.restricted)
        )._track_prepare(fields_iter)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Followers are listed for every officer: restricted complaints have none."""
        return super(
            LgoOssComplaint, self.filtered(lambda complaint: not complaint.restricted)
        )._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        return super(
            LgoOssComplaint, self.filtered(lambda complaint: not complaint.restricted)
        )._message_auto_subscribe(updated_values, followers_existing_policy)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """No copy of a note leaves a restricted complaint, by e-mail or inbox."""
        if len(self) == 1 and self.restricted:
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    def message_post(self, **kwargs):  # pylint: disable=missing-return
        """A note in the file; nobody becomes its recipient, who could read it from outside."""
        if len(self) == 1 and self.restricted:
            kwargs.pop("partner_ids", None)
        return super().message_post(**kwargs)

    def message_notify(self, **kwargs):
        """What the case would tell an officer becomes a message without a word about it."""
        if len(self) == 1 and self.restricted:
            partners = self.env["res.partner"].sudo().browse(kwargs.get("partner_ids") or [])
            self._tell_members(partners.user_ids)
            return self.env["mail.message"]
        return super().message_notify(**kwargs)

    def activity_schedule(self, *args, **kwargs):
        """Tasks carry names of records into the lists of others: none for these."""
        rest = self.filtered(lambda complaint: not complaint.restricted)
        if self and not rest:
            return self.env["mail.activity"]
        return super(LgoOssComplaint, rest).activity_schedule(*args, **kwargs)

    def _tell_officer(self):
        """No task, but the officer learns that there is something in the list of the group."""
        secret = self.filtered("restricted")
        result = super(LgoOssComplaint, self - secret)._tell_officer()
        for complaint in secret.sudo():
            if complaint.user_id != self.env.user and not complaint.is_final:
                complaint._tell_members(complaint.user_id)
        return result

    @api.model
    def _handles_restricted(self, user):
        """Whether ``user`` may have a restricted complaint; the system may."""
        return user.id == SUPERUSER_ID or user.sudo().has_group(RESTRICTED_GROUP)

    def _tell_members(self, users):
        """Tell those of ``users`` who are in the group to look; which case stands in no message."""
        for user in users.sudo():
            if user.active and self._handles_restricted(user):
                user.partner_id.message_notify(
                    partner_ids=user.partner_id.ids,
                    subject=self.env._("A restricted complaint waits for you"),
                    body=self.env._("Please open the list of restricted complaints."),
                )

    def _tell_restricted_group(self):
        """Tell the group that something came; what and from whom stands in no message."""
        for user in self._restricted_members():
            user.partner_id.sudo().message_notify(
                partner_ids=user.partner_id.ids,
                subject=self.env._("A restricted complaint has come"),
                body=self.env._("Please open the list of restricted complaints."),
            )

    @api.model
    def _restricted_members(self):
        """Active members of the group, in sudo, in a fixed order."""
        users = self.env.ref(RESTRICTED_GROUP).sudo().all_user_ids
        return users.filtered("active").sorted("id")

    @api.constrains("user_id")
    def _check_officer_in_group(self):
        for complaint in self.sudo():
            if complaint.restricted and complaint.user_id:
                complaint._refuse_outsiders(complaint.user_id)

    @api.model
    def _refuse_outsiders(self, users):
        """
        :raises ValidationError: one of ``users`` may not see restricted complaints
        """
        for user in users:
            if not self._handles_restricted(user):
                raise ValidationError(
                    self.env._(
                        "%(officer)s is no member of the group for restricted complaints. Choose"
                        " one of its members.",
                        officer=user.sudo().name,
                    )
                )

    def _route(self, moment):
        """Rules name units and officers outside the group: restricted complaints follow none."""
        if self.restricted:
            return self.env["lgo.case.route"].sudo()
        return super()._route(moment)

    def _case_paper(self, kind):
        """A paper names the reporter: only who reported by name gets one."""
        if self.restricted or self.reporter_kind != "named":
            return self.env["ir.actions.report"]
        return super()._case_paper(kind)

    @api.model
    def _restricted_count(self, since=None, until=None):
        """How many restricted complaints came in and how many are over: all that is published.

        :param since: first ``datetime``, or None
        :param until: first ``datetime`` after the period, or None
        :returns: dict ``{"received": n, "finished": n}``
        """
        domain = Domain("restricted", "=", True) & Domain("name", "!=", False)
        domain &= Domain("company_id", "=", self.env.company.id)
        if since:
            domain &= Domain("submitted_at", ">=", since)
        if until:
            domain &= Domain("submitted_at", "<", until)
        finished = [state.code for state in self._case_states if state.final]
        everything = self.sudo()
        return {
            "received": everything.search_count(domain),
            "finished": everything.search_count(domain & Domain("state", "in", finished)),
        }

    def _clear_open_traces(self):
        """A complaint that turns out to be restricted: take away what others could read."""
        for complaint in self:
            complaint._track_discard()
            complaint.message_follower_ids.unlink()
            complaint.activity_ids.unlink()
            complaint.message_ids.tracking_value_ids.unlink()
            complaint._drop_outsiders()
            complaint._drop_ties()
            notifications = self.env["lgo.notification"].search(
                [("res_model", "=", self._name), ("res_id", "=", complaint.id)]
            )
            notifications.write(
                {
                    "email": False, "phone": False, "partner_id": False, "body": False,
                    "subject": False, "record_name": complaint.name, "unit_id": False,
                }
            )  # fmt: skip
            self.env["lgo.audit.log"]._log("complaint.restrict", complaint, severity="warning")

    def _drop_outsiders(self):
        """Who had a part in the case and is not in the group has none any more."""
        self.ensure_one()
        messages = self.message_ids
        messages.notification_ids.unlink()
        messages.write({"partner_ids": [Command.clear()]})
        self.env["lgo.case.notice"]._drop_open(self)
        self.letter_ids.filtered(lambda letter: letter.state == "to_sign").write(
            {"state": "dropped"}
        )
        for visit in self.visit_ids.filtered(lambda visit: visit.state == "planned"):
            if not all(self._handles_restricted(user) for user in visit.officer_ids):
                visit.state = "cancelled"
        if self.user_id and not self._handles_restricted(self.user_id):
            self.user_id = False

    # ------------------------------------------------------------ steps
    def _after_submit(self):  # pylint: disable=missing-return
        super()._after_submit()
        if self.restricted:
            self._tell_restricted_group()

    @api.model
    def _duplicate_candidates(self, key, latitude, longitude, at=None, company=None):
        """Restricted complaints are no double of anything: not even that they exist is told."""
        found = super()._duplicate_candidates(key, latitude, longitude, at=at, company=company)
        return found.filtered(lambda complaint: not complaint.restricted)

    def _check_mergeable(self, main):  # pylint: disable=missing-return
        super()._check_mergeable(main)
        if self.restricted or main.restricted:
            raise UserError(self.env._("Restricted complaints are not joined."))

    def _rate(self, value, feedback):
        """Ratings are listed for every officer: none for restricted complaints."""
        self.ensure_one()
        if self.restricted:
            raise UserError(self.env._("A restricted complaint cannot be rated."))
        return super(LgoOssComplaint, self._as_reporter())._rate(value, feedback)

    @api.model
    def _public_domain(self):
        """Restricted complaints stand on no map."""
        return super()._public_domain() & Domain("restricted", "=", False)

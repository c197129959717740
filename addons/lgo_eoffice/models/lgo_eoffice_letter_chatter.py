# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

LETTER = "lgo.eoffice.letter"
#: Fields whose values say what a letter is about; those of a secret one are not tracked.
TOLD = frozenset({"subject", "result"})


class LgoEofficeLetter(models.Model):
    """Messages on a secret letter stay in the system and with the persons named.

    Odoo lets whoever is notified of a message read it, and keeps copies where those who
    administer the system look: the queue of mails, the tracked values. Nothing of a secret letter
    goes there.
    """

    _inherit = "lgo.eoffice.letter"

    def _mail_track(self, tracked_fields, initial_values):
        if self.is_secret:
            tracked_fields = {
                name: value for name, value in tracked_fields.items() if name not in TOLD
            }
        return super()._mail_track(tracked_fields, initial_values)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whoever may not open the letter does not follow it."""
        secret = self.filtered("is_secret")
        for letter in secret:
            partners = set(partner_ids or ()) & set(letter._who_may_open().partner_id.ids)
            super(LgoEofficeLetter, letter)._message_subscribe(
                list(partners), subtype_ids, customer_ids
            )
        if self - secret:
            super(LgoEofficeLetter, self - secret)._message_subscribe(
                partner_ids, subtype_ids, customer_ids
            )
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        rows = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if len(self) == 1 and self.sudo().is_secret:
            allowed = set(self._who_may_open().partner_id.ids)
            # in the system only, whatever the person prefers
            rows = [{**row, "notif": "inbox"} for row in rows if row["id"] in allowed]
        return rows

    def _notify_thread_by_inbox(self, message, recipients_data, msg_vals=False, **kwargs):
        """The person told gets a number beside the bell; the words are fetched, and noted then."""
        if not (len(self) == 1 and self.sudo().is_secret):
            return super()._notify_thread_by_inbox(message, recipients_data, msg_vals, **kwargs)
        told = [row for row in recipients_data if row["id"] and row["notif"] == "inbox"]
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": message.author_id.id,
                    "mail_message_id": message.id,
                    "notification_status": "sent",
                    "notification_type": "inbox",
                    "res_partner_id": row["id"],
                }
                for row in told
            ]
        )
        last = self.env["bus.bus"].sudo()._bus_last_id()
        for user in self.env["res.users"].sudo().browse(row["uid"] for row in told if row["uid"]):
            inbox = {
                "counter": user.partner_id._get_needaction_count(),
                "counter_bus_id": last,
                "id": "inbox",
                "model": "mail.box",
            }
            Store(bus_channel=user).add_global_values(inbox=inbox).bus_send()
        return None

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        """No e-mail carries what is said on a secret letter."""
        if len(self) == 1 and self.sudo().is_secret:
            return True
        return super()._notify_thread_by_email(message, recipients_data, **kwargs)

    def _notify_thread_by_web_push(self, message, recipients_data, msg_vals=False, **kwargs):
        """No service outside carries it either."""
        if len(self) == 1 and self.sudo().is_secret:
            return None
        return super()._notify_thread_by_web_push(message, recipients_data, msg_vals, **kwargs)

    def _check_told(self, partners):
        """Refuse that somebody is told of this secret letter who may not open it.

        :param partners: ``res.partner``
        :raises UserError: with the names
        """
        strangers = partners - self._who_may_open().partner_id
        if strangers:
            raise UserError(
                self.env._(
                    "%(names)s may not open this secret letter. Let its registrar name them "
                    "first, or leave them out.",
                    names=", ".join(strangers.sudo().mapped("name")),
                )
            )

    def _close_chatter(self):
        """Take back what was told: the letter became secret, or closed to somebody."""
        self.ensure_one()
        letter = self.sudo()
        users = letter._who_may_open()
        partners = users.partner_id
        letter.message_follower_ids.filtered(lambda row: row.partner_id not in partners).unlink()
        messages = self.env["mail.message"].sudo().search(
            [("model", "=", self._name), ("res_id", "=", self.id)]
        )  # fmt: skip
        messages.notification_ids.filtered(lambda row: row.res_partner_id not in partners).unlink()
        for message in messages.filtered(lambda row: row.partner_ids - partners):
            message.partner_ids &= partners
        messages.tracking_value_ids.filtered(lambda row: row.field_id.name in TOLD).unlink()
        self.env["mail.mail"].sudo().search([("mail_message_id", "in", messages.ids)]).unlink()
        self.env["mail.message.schedule"].sudo().search(
            [("mail_message_id", "in", messages.ids)]
        ).unlink()
        tasks = letter.activity_ids
        tasks.filtered(lambda task: task.user_id not in users).unlink()
        tasks.exists()._compute_res_name()


class MailMessage(models.Model):
    """A message on a secret letter is for the persons named only; to read it is an opening."""

    _name = "mail.message"
    _inherit = ["lgo.eoffice.trail.mixin", "mail.message"]

    _trail_words = frozenset({"body", "preview", "subject"})

    def _trail_letters(self):
        return self._letters_behind("model")

    @api.model
    def _trail_domain(self, letters):
        return Domain("model", "=", LETTER) & Domain("res_id", "in", letters)

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_secret_recipients()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if {"partner_ids", "model", "res_id", "notification_ids"} & vals.keys():
            self._check_secret_recipients()
        return result

    def _check_secret_recipients(self):
        """Refuse that a message on a secret letter names somebody who may not open it.

        :raises UserError: with the names
        """
        rows = self.sudo().filtered(
            lambda row: row.model == LETTER and row.res_id and row.partner_ids
        )
        for letter in rows._trail_letters().filtered("is_secret"):
            own = rows.filtered(lambda row, own=letter: row.res_id == own.id)
            letter._check_told(own.partner_ids)


class MailNotification(models.Model):
    """Who is notified of a message may read it: of a secret letter nobody but who may open it."""

    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_secret_recipients()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"mail_message_id", "res_partner_id"} & vals.keys():
            self._check_secret_recipients()
        return result

    def _check_secret_recipients(self):
        messages = self.sudo().mail_message_id
        for letter in messages._trail_letters().filtered("is_secret"):
            told = self.sudo().filtered(
                lambda row, own=letter: (
                    row.mail_message_id.model == LETTER and row.mail_message_id.res_id == own.id
                )
            )
            letter._check_told(told.res_partner_id)


class MailActivity(models.Model):
    """A task on a secret letter: its words are words of the letter."""

    _name = "mail.activity"
    _inherit = ["lgo.eoffice.trail.mixin", "mail.activity"]

    _trail_words = frozenset({"display_name", "feedback", "note", "summary"})

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_secret_people()
        return tasks

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "res_model_id", "res_model", "res_id"} & vals.keys():
            self._check_secret_people()
        return result

    def _check_secret_people(self):
        """Whoever has a task reads it, whatever they may read of its record.

        :raises UserError: a task on a secret letter for somebody who may not open it
        """
        rows = self.sudo().filtered(lambda row: row.res_model == LETTER and row.user_id)
        for letter in rows._trail_letters().filtered("is_secret"):
            own = rows.filtered(lambda row, own=letter: row.res_id == own.id)
            letter._check_told(own.user_id.partner_id)

    def _trail_letters(self):
        return self._letters_behind("res_model")

    @api.model
    def _trail_domain(self, letters):
        return Domain("res_model", "=", LETTER) & Domain("res_id", "in", letters)


class MailScheduledMessage(models.Model):
    """What will be said on a secret letter."""

    _name = "mail.scheduled.message"
    _inherit = ["lgo.eoffice.trail.mixin", "mail.scheduled.message"]

    _trail_words = frozenset({"body", "subject"})

    def _trail_letters(self):
        return self._letters_behind("model")

    @api.model
    def _trail_domain(self, letters):
        return Domain("model", "=", LETTER) & Domain("res_id", "in", letters)


class MailRenderMixin(models.AbstractModel):
    """A template that is filled from a letter reads it."""

    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, template_src, model, res_ids, *args, **kwargs):
        texts = super()._render_template(template_src, model, res_ids, *args, **kwargs)
        if isinstance(self.env[model], self.env.registry["lgo.eoffice.trail.mixin"]):
            self.env[model].browse(res_ids)._trail_letters().with_env(self.env)._note_sitting()
        return texts

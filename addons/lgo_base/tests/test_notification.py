# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

LOGGER = "odoo.addons.lgo_base.models.lgo_notification"


@tagged("post_install", "-at_install")
class TestNotification(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Notification = cls.env["lgo.notification"]
        cls.email = cls.env.ref("lgo_base.lgo_notification_channel_email")
        cls.partner = cls.env["res.partner"].create(
            {"name": "สมชาย <b>ใจดี</b>", "email": "somchai@example.com"}
        )
        cls.template = cls.env["lgo.notification.template"].create(
            {
                "name": "ทดสอบ",
                "code": "t_notify",
                "channel_id": cls.email.id,
                "subject": "ถึง {{ object.name }} {{ extra }}",
                "body_html": '<p>เรียน <t t-out="object.name"/> <t t-out="extra"/></p>',
            }
        )
        cls.clerk = new_test_user(cls.env, "t_not_clerk", "lgo_base.group_clerk")
        cls.staff = new_test_user(cls.env, "t_not_staff", "lgo_base.group_staff")

    def _notify(self, code="t_notify", user=None, **kwargs):
        kwargs.setdefault("partner", self.partner)
        kwargs.setdefault("values", {"extra": "ครับ"})
        return self.Notification.with_user(user or self.clerk)._notify(self.partner, code, **kwargs)

    def test_email_is_queued(self):
        note = self._notify()
        self.assertEqual((note.state, note.email), ("queued", "somchai@example.com"))
        self.assertEqual(note.subject, "ถึง สมชาย <b>ใจดี</b> ครับ")
        self.assertIn("&lt;b&gt;", note.body, "HTML in a name stays text")
        mail = note.mail_id
        self.assertEqual((mail.state, mail.email_to), ("outgoing", "somchai@example.com"))

    def test_given_address_first(self):
        self.assertEqual(self._notify(email="other@example.com").email, "other@example.com")

    def test_sent(self):
        note = self._notify()
        note.mail_id._postprocess_sent_message([], ["somchai@example.com"])
        self.assertEqual(note.state, "sent")
        self.assertTrue(note.sent_at)

    def test_failed_and_again(self):
        note = self._notify()
        note.mail_id._postprocess_sent_message(
            [], [], failure_reason="mailbox full", failure_type="mail_smtp"
        )
        self.assertEqual((note.state, note.error), ("failed", "mailbox full"))
        with self.assertRaises(UserError):
            note.with_user(self.staff).action_retry()
        note.with_user(self.clerk).action_retry()
        self.assertEqual(note.state, "queued")
        with self.assertRaises(UserError):
            note.with_user(self.clerk).action_retry()

    def test_no_address(self):
        for address in (False, "not an address"):
            self.partner.email = address
            note = self._notify()
            self.assertEqual(note.state, "skipped")
            self.assertFalse(note.mail_id)

    def test_never_raises(self):
        self.template.body_html = '<p><t t-out="object.no_such_field"/></p>'
        with mute_logger(LOGGER, "odoo.addons.mail.models.mail_render_mixin"):
            note = self._notify()
        self.assertEqual(note.state, "failed")
        self.assertTrue(note.error)
        with mute_logger(LOGGER):
            self.assertFalse(self._notify("no_such_text"))
        self.template.body_html = "<p>x</p>"
        Mail = type(self.env["mail.mail"])
        with (
            mute_logger(LOGGER),
            patch.object(Mail, "create", side_effect=ZeroDivisionError("broken")),
        ):
            self.assertEqual(self._notify().error, "broken")

    def test_channels(self):
        sms = self.env.ref("lgo_base.lgo_notification_channel_sms")
        self.assertFalse(sms.active)
        self.template.copy({"code": "t_notify", "channel_id": sms.id, "body_text": "สั้น"})
        self.assertEqual(self._notify().channel_id, self.email)
        sms.active = True
        notes = self._notify()
        self.assertEqual(len(notes), 2)
        self.assertEqual(notes.filtered(lambda n: n.channel_id == sms).state, "skipped")

    def test_generic(self):
        note = self._notify("generic")
        self.assertEqual(note.state, "queued")
        self.assertIn("สมชาย", note.body)

    def test_who_reads(self):
        note = self._notify()
        own = self._notify(user=self.staff)
        domain = [("id", "in", (note | own).ids)]
        self.assertEqual(self.Notification.with_user(self.clerk).search(domain), note | own)
        self.assertEqual(self.Notification.with_user(self.staff).search(domain), own)
        with self.assertRaises(AccessError):
            own.with_user(self.staff).write({"state": "sent"})
        portal = new_test_user(self.env, "t_not_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.Notification.with_user(portal).search_count([])
        with self.assertRaises(AccessError):
            self.template.with_user(self.clerk).write({"subject": "x"})

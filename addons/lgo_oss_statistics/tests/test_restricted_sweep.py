# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_oss_complaint.tests.common import SECRET, ComplaintCommon

REPORTER = "พยานจันทร์ เห็นเหตุกลางคืน"
ADDRESS = "witness-of-the-night@example.com"
NOTE = "นัดพยานหลังวัดวันศุกร์"
PLACE = "โกดังหลังตลาดริมคลอง"
COST = "ค่าพาหนะพยานปากเอก"
OUTCOME = "ส่งเรื่องให้คณะกรรมการสอบข้อเท็จจริงชุดลับ"
FILE = "หลักฐานการโอนเงิน"
WORDS = (SECRET, REPORTER, ADDRESS, NOTE, PLACE, COST, OUTCOME, FILE)
#: What keeps the link of a record to a case in two columns.
PAIRS = (("res_model", "res_id"), ("model", "res_id"), ("case_model", "case_id"))
#: Tables that name the case by its number or id alone, and what for.
NUMBER_ONLY = {
    "lgo.audit.log": "who did what; the number is no secret",
    "lgo.register.entry": "each number of the book is accounted for",
}


class SweepCommon(ComplaintCommon):
    """A restricted complaint on which its group has done everything that it can do."""

    @classmethod
    def _set_up_secret(cls):
        cls._set_up_complaint()
        cls.case = cls._secret(
            applicant_name=REPORTER, applicant_email=ADDRESS, location_text=PLACE
        )
        mine = cls.case.with_user(cls.member)
        mine._transition("triage")
        mine._assign(user=cls.member, reason=NOTE)
        mine.unit_id = cls.unit
        mine._transition("start")
        mine.message_post(body=NOTE, partner_ids=cls.officer.partner_id.ids)
        mine.activity_schedule("mail.mail_activity_data_todo", summary=NOTE, user_id=cls.member.id)
        mine.cost_ids = [Command.create({"res_model": mine._name, "name": COST, "amount": 5})]
        start = fields.Datetime.now() + timedelta(days=1)
        cls.env["lgo.case.visit"].with_user(cls.member).create(
            {
                "res_model": mine._name,
                "res_id": mine.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "place": PLACE,
                "officer_ids": cls.member.ids,
            }
        )
        mine.outcome = OUTCOME
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{FILE}.txt",
                "raw": f"{FILE} {SECRET}".encode(),
                "index_content": f"{FILE} {SECRET}",
                "res_model": mine._name,
                "res_id": mine.id,
            }
        )
        mine._answer(NOTE)
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def _outsiders(self):
        return (
            self.admin, self.env.ref("base.user_admin"), self.clerk, self.head, self.stranger,
            self.mayor, self.auditor,
        )  # fmt: skip

    @staticmethod
    def _tables(env):
        """Models with rows that the user may read, as a client names them."""
        for name in sorted(env.registry):
            model = env[name]
            stored = not model._abstract and (model._auto or model._table_query is not None)
            if stored and model.has_access("read"):
                yield model.with_context(active_test=False)


@tagged("post_install", "-at_install")
class TestRestrictedSweep(SweepCommon, TransactionCase):
    """Not one table, whichever it is, tells an outsider what stands in the complaint."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_secret()

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        )

    def _texts(self, model):
        """Stored fields of the model in which text can stand and that the user may search."""
        for name, field in model._fields.items():
            text = field.type in ("char", "text", "html")
            if (
                text
                and field.store
                and field.column_type
                and model._has_field_access(field, "read")
            ):
                yield name

    def test_the_words_are_there_to_be_found(self):
        """The sweep would find them: a member of the group does."""
        case = self.env["lgo.oss.complaint"].with_user(self.member)
        self.assertTrue(case.search([("description", "ilike", SECRET)]))
        messages = self.env["mail.message"].with_user(self.member)
        self.assertTrue(messages.search([("body", "ilike", NOTE)]))
        self.assertIn(
            PLACE, self.env["lgo.case.visit"].with_user(self.member).search([]).mapped("place")
        )

    def test_no_text_of_any_table(self):
        for user in (self.admin, self.env.ref("base.user_admin"), self.clerk, self.head):
            env = self.env(user=user)
            seen = 0
            for model in self._tables(env):
                names = list(self._texts(model))
                if not names:
                    continue
                seen += 1
                domain = Domain.OR(Domain(name, "ilike", word) for name in names for word in WORDS)
                try:
                    found = model.search(domain, limit=3)
                except AccessError:
                    continue
                self.assertFalse(found, f"{user.login} finds it in {model._name}")
            self.assertGreater(seen, 60)

    def test_no_row_of_any_table_hangs_on_it(self):
        for user in self._outsiders():
            for model in self._tables(self.env(user=user)):
                for name, key in PAIRS:
                    if name not in model._fields or key not in model._fields:
                        continue
                    if model._name in NUMBER_ONLY or not model._fields[key].store:
                        continue
                    domain = [(name, "=", self.case._name), (key, "=", self.case.id)]
                    with self.subTest(user=user.login, model=model._name):
                        try:
                            self.assertEqual(model.search_count(domain), 0)
                            self.assertFalse(model.search(domain))
                        except AccessError:
                            continue

    def test_tables_that_name_the_number_say_no_more(self):
        for user in (self.admin, self.auditor):
            for name in NUMBER_ONLY:
                Model = self.env[name].with_user(user)
                if not Model.has_access("read"):
                    continue
                rows = Model.search(
                    [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
                )
                text = str(rows.read(list(self._texts(Model))))
                for word in WORDS:
                    self.assertNotIn(word, text, name)

    def _ways_in(self, env):
        """Calls by which a user would get a part in the complaint, by name."""
        case, user = env["lgo.oss.complaint"].browse(self.case.id), env.user
        partners = self.officer.partner_id | self.admin.partner_id
        model_id = self.env["ir.model"]._get_id(self.case._name)
        return {
            "subscribe": lambda: case.message_subscribe(user.partner_id.ids),
            "follower": lambda: env["mail.followers"].create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "partner_id": user.partner_id.id,
                }
            ),
            "message": lambda: env["mail.message"].create(
                {"model": case._name, "res_id": case.id, "body": "x"}
            ),
            "activity": lambda: env["mail.activity"].create(
                {
                    "res_model_id": model_id,
                    "res_id": case.id,
                    "user_id": user.id,
                    "activity_type_id": env.ref("mail.mail_activity_data_todo").id,
                }
            ),
            "notify": lambda: case.message_notify(partner_ids=partners.ids, body="x"),
            "composer": lambda: (
                env["mail.compose.message"]
                .with_context(active_ids=case.ids)
                .create(
                    {
                        "model": case._name,
                        "res_ids": str(case.ids),
                        "composition_mode": "comment",
                        "body": "x",
                    }
                )
                ._action_send_mail()
            ),
            "template": lambda: env["mail.render.mixin"]._render_template(
                "{{ object.description }}", case._name, case.ids, engine="inline_template"
            ),
            "qweb": lambda: env["mail.render.mixin"]._render_template(
                "<t t-out='object.description'/>", case._name, case.ids, engine="qweb"
            ),
        }

    def test_nobody_joins_in(self):
        """Follow, be mentioned, take a task, write a message of it or a mail template over it."""
        self.admin.group_ids |= self.env.ref("mail.group_mail_template_editor")
        for user in (self.admin, self.clerk, self.head):
            # Odoo's own Thai of one of these refusals is no well-formed sentence
            env = self.env(user=user, context={**self.env.context, "lang": "en_US"})
            for name, call in self._ways_in(env).items():
                with (
                    self.subTest(user=user.login, call=name),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    # a call that does nothing at all has given nothing away either
                    self.assertNotIn(SECRET, str(call()))
                    self._refuse_when_nothing_happened(user)
        self.assertFalse(self.case.message_follower_ids or self.case.activity_ids)

    def _refuse_when_nothing_happened(self, user):
        """Turn silence into the refusal that the loop expects, after looking."""
        case = self.case
        case.invalidate_recordset()
        self.assertFalse(case.message_follower_ids)
        self.assertFalse(case.sudo().message_ids.partner_ids & user.partner_id)
        silence = "nothing happened"
        raise UserError(silence)

    def test_not_by_mention(self):
        for user in (self.admin, self.clerk, self.stranger):
            found = self.env["res.partner"].with_user(user).get_mention_suggestions(REPORTER)
            self.assertNotIn(REPORTER, str(found))

    def test_sums_tell_nothing(self):
        """Groups by each field that names a service, a type or a unit: no row is added."""
        Register = self.env["lgo.case.register"]
        for user in self._outsiders():
            for model in (Register, self.env["lgo.oss.statistic"]):
                model = model.with_user(user)
                if not model.has_access("read"):
                    continue
                rows = model.formatted_read_group([], ["service_id"], ["__count"])
                names = {row["service_id"] and row["service_id"][0] for row in rows}
                self.assertNotIn(self.secret_service.id, names, (user.login, model._name))

    def test_ticket_of_the_counter_is_not_tied(self):
        """Whoever came to the counter by name is not named beside a restricted complaint."""
        group = self.env["lgo.oss.counter.group"].create(
            {"prefix": "Z", "name": "งานลับ", "always_open": True, "company_id": self.company.id}
        )
        ticket = self.env["lgo.oss.ticket"]._issue(group)
        ticket.sudo().write(
            {
                "state": "serving",
                "user_id": self.member.id,
                "partner_id": self.citizen.partner_id.id,
            }
        )
        mine = self.env["lgo.oss.complaint"].with_user(self.member)
        mine = mine.with_context(lgo_queue_ticket_id=ticket.id)
        values = {"description": SECRET, "channel": "counter", "applicant_name": REPORTER}
        mine.create({"type_id": self.bribe.id, **values})
        self.assertFalse(ticket.res_id or ticket.res_model)
        open_case = mine.with_user(self.clerk).create({"type_id": self.road.id, **values})
        ticket.sudo().user_id = self.clerk
        self.env["lgo.oss.ticket"].with_user(self.clerk)._link_case(ticket.id, open_case)
        self.assertEqual(ticket.res_id, open_case.id)
        open_case._transition("submit")
        open_case.with_user(self.clerk).write({"type_id": self.bribe.id})
        self.assertTrue(open_case.restricted)
        self.assertFalse(ticket.res_id or ticket.res_model, "nor when it turns out later")

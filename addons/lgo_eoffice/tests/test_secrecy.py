# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import EofficeCase

#: A word that stands nowhere else.
WORD = "กระต่ายจันทรคติ"
PDF = b"%PDF-1.4 secret"
TEXTS = ("subject", "summary", "body", "content_text", "result")


class SecretCase(EofficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lgo_secret_electronic = True
        cls.Letter = cls.env["lgo.eoffice.letter"]
        cls.second_admin = cls._person(
            "eo_admin_secret", cls.office,
            "lgo_base.group_admin,base.group_system,lgo_eoffice.group_secret",
        )  # fmt: skip
        cls.portal = new_test_user(cls.env, "eo_portal", groups="base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        cls.strangers = (
            cls.admin, cls.second_admin, cls.registrar, cls.mayor, cls.auditor, cls.outsider,
            cls.officer, cls.clerk, cls.head, cls.portal, cls.public,
        )  # fmt: skip
        export = cls.env.ref("base.group_allow_export")
        for user in (*cls.strangers[:-2], cls.secret):
            user.group_ids |= export
        cls.letter = cls._secret_letter()

    @classmethod
    def _secret_letter(cls, **vals):
        return cls._received(
            user=cls.secret,
            **{
                "secrecy": "secret",
                "subject": f"เรื่อง {WORD}",
                "summary": f"สรุป {WORD}",
                "body": f"<p>{WORD}</p>",
                "content_text": f"ข้อความ {WORD}",
                "doc_no": "ลับ 77/1",
                "owner_unit_id": cls.works.id,
                **vals,
            },
        )

    def _openings(self, letter=None):
        return self.env["lgo.audit.log"].search_count(
            [
                ("action", "=", "letter.open_secret"),
                ("res_model", "=", "lgo.eoffice.letter"),
                ("res_id", "=", (letter or self.letter).id),
            ]
        )

    def _rows(self, action, letter=None):
        return self.env["lgo.audit.log"].search(
            [("action", "=", action), ("res_id", "=", (letter or self.letter).id)]
        )

    def _file(self, letter=None, **vals):
        return self.env["ir.attachment"].create(
            {
                "name": f"{WORD}.pdf",
                "raw": PDF,
                "res_model": "lgo.eoffice.letter",
                "res_id": (letter or self.letter).id,
                **vals,
            }
        )

    def _sees(self, user, model, domain):
        try:
            return bool(self.env[model].with_user(user).search(domain))
        except AccessError:
            return False


@tagged("post_install", "-at_install")
class TestSecrecy(SecretCase):
    # ------------------------------------------------------------ the letter itself
    def test_no_way_of_reading(self):
        calls = (
            lambda letter: letter.read(list(TEXTS)),
            lambda letter: letter.web_read({"subject": {}, "body": {}}),
            lambda letter: letter.export_data(["subject", "body"]),
            lambda letter: letter.copy(),
            lambda letter: letter.write({"access_user_ids": [Command.link(letter.env.uid)]}),
            lambda letter: letter.onchange({}, [], {"subject": {}, "body": {}}),
            lambda letter: letter.action_change_secrecy(),
            lambda letter: letter._change_secrecy("normal", "x"),
            lambda letter: letter.message_post(body="x"),
            lambda letter: letter.get_formview_action() and letter.read(["subject"]),
        )
        for user in self.strangers:
            # citizens may not even ask for an export
            error = UserError if user in (self.portal, self.public) else AccessError
            for number, call in enumerate(calls):
                with self.assertRaises(error, msg=f"{user.login} {number}"):
                    call(self.letter.with_user(user))
        self.assertFalse(self._openings())

    def test_no_search_answers(self):
        """Neither finding nor counting nor grouping tells whether a word stands in the letter."""
        domains = [
            [(name, "ilike", WORD)]
            for name in ("subject", "summary", "body", "content_text", "search_text", "query")
        ] + [
            [("display_name", "ilike", WORD)],
            [("doc_no", "=", "ลับ 77/1")],
            [("number_query", "=", "ลับ 77/1")],
            [("secrecy", "!=", "normal")],
            ["!", ("subject", "not ilike", WORD)],
        ]
        for user in self.strangers[:-2]:
            letters = self.Letter.with_user(user)
            for domain in domains:
                self.assertFalse(letters.search_count(domain), (user.login, domain))
                self.assertFalse(letters.search_read(domain, ["subject"]))
                self.assertFalse(letters.formatted_read_group(domain, ["subject"], ["__count"]))
                self.assertFalse(letters.web_read_group(domain, ["kind_id"], ["__count"])["groups"])
                self.assertFalse(letters.web_search_read(domain, {"subject": {}})["records"])
            self.assertFalse(letters.name_search(WORD))

    def test_no_way_through_other_records(self):
        """A linked record shows the number and a mark, and no domain looks through the link."""
        answer = self._draft(reply_to_id=False)
        answer.sudo().reply_to_id = self.letter
        answer.sudo().reference_ids = [Command.create({"ref_letter_id": self.letter.id})]
        for user in (self.officer, self.registrar, self.auditor, self.mayor):
            own = answer.with_user(user)
            self.assertNotIn(WORD, str(own.read(["reply_to_id"])))
            self.assertNotIn(WORD, str(own.web_read({"reply_to_id": {"fields": {
                "display_name": {}}}})))  # fmt: skip
            self.assertNotIn(WORD, str(own.reference_ids.read(["ref_letter_id"])))
            for path in ("reply_to_id.subject", "reference_ids.ref_letter_id.subject"):
                self.assertFalse(own.search([("id", "=", own.id), (path, "ilike", WORD)]))
            for name in ("reply_to_id", "reply_to_id/subject"):
                with self.assertRaises(AccessError):
                    own.export_data([name])
            with self.assertRaises(AccessError):
                own.reply_to_id.read(["subject"])

    def test_administrator_with_the_group_is_no_registrar(self):
        self.assertFalse(self.second_admin._lgo_is_secret_registrar())
        self.letter.access_user_ids |= self.second_admin
        self.assertTrue(self.letter.with_user(self.second_admin).read(["subject"]))

    def test_rules_and_appointments(self):
        """An administrator neither switches the rule off nor appoints a registrar unseen."""
        rule = self.env.ref("lgo_eoffice.lgo_eoffice_letter_rule_secret").with_user(self.admin)
        for change in ({"active": False}, {"domain_force": "[]"}):
            with self.assertRaises(AccessError):
                rule.write(change)
        with self.assertRaises(AccessError):
            rule.unlink()
        group = self.env.ref("lgo_eoffice.group_secret")
        self.outsider.with_user(self.admin).write({"group_ids": [Command.link(group.id)]})
        group.with_user(self.admin).write({"user_ids": [Command.link(self.officer.id)]})
        for user in (self.outsider, self.officer):
            row = self.env["lgo.audit.log"].search(
                [("action", "=", "letter.registrar"), ("res_id", "=", user.id)]
            )
            self.assertEqual((row.severity, row.uid), ("critical", self.admin.id))

    # ------------------------------------------------------------ the trail of openings
    def test_every_opening_leaves_a_row(self):
        self.letter.access_user_ids |= self.mayor
        letter = self.letter.with_user(self.mayor)
        own = [("id", "=", letter.id)]
        calls = (
            lambda: letter.read(["subject"]),
            lambda: letter.web_read({"body": {}}),
            lambda: letter.search_read(own, ["summary"]),
            lambda: letter.web_search_read(own, {"body": {}}),
            lambda: letter.web_search_read(own, {"version_ids": {"fields": {"reason": {}}}}),
            lambda: letter.export_data(["subject"]),
            lambda: letter.formatted_read_group(own, ["subject"], ["__count"]),
            lambda: letter.formatted_read_group(own, [], ["content_text:array_agg"]),
        )
        for number, call in enumerate(calls, start=1):
            before = self._openings()
            call()
            self.assertGreater(self._openings(), before, number)
        before = self._openings()
        letter.web_search_read(own, {"subject": {}, "doc_no": {}})
        letter.read(["display_name", "secrecy"])
        letter.formatted_read_group(own, ["kind_id"], ["__count"])
        self.assertEqual(self._openings(), before)

    def test_trail_says_nothing(self):
        """Who reads the trail learns no subject, not even of a letter that became secret later."""
        letter = self._received(subject=f"เดิม {WORD}")
        letter.action_register()
        letter._correct({"from_text": "อำเภออื่น"}, "พิมพ์ผิด")
        letter._change_secrecy("secret", "มีข้อมูลอ่อนไหว")
        self.letter.with_user(self.secret).read(["subject"])
        rows = self.env["lgo.audit.log"].search([("res_id", "in", (letter | self.letter).ids)])
        self.assertNotIn(WORD, str(rows.read(["res_name", "detail"])))

    # ------------------------------------------------------------ chatter
    def test_chatter(self):
        message = self.letter.message_post(body=f"ลับ {WORD}", message_type="comment")
        self.letter.write({"result": f"ผล {WORD}", "subject": f"ใหม่ {WORD}"})
        self.letter.activity_schedule(
            "mail.mail_activity_data_todo", summary=f"งาน {WORD}", user_id=self.secret.id
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        for user in self.strangers:
            for model, domain in (
                ("mail.message", [("body", "ilike", WORD)]),
                ("mail.activity", [("summary", "ilike", WORD)]),
                ("mail.activity", [("res_name", "ilike", WORD)]),
                ("mail.mail", [("body_html", "ilike", WORD)]),
                ("mail.mail", [("subject", "ilike", WORD)]),
                ("mail.mail", [("body", "ilike", WORD)]),
                ("mail.tracking.value", [("old_value_char", "ilike", WORD)]),
                ("mail.tracking.value", [("new_value_char", "ilike", WORD)]),
                ("mail.scheduled.message", [("body", "ilike", WORD)]),
            ):
                self.assertFalse(self._sees(user, model, domain), (user.login, model, domain))
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])

    def test_message_names_only_who_may_open(self):
        with self.assertRaisesRegex(UserError, "eo_officer"):
            self.letter.message_post(body="x", partner_ids=self.officer.partner_id.ids)
        with self.assertRaisesRegex(UserError, "eo_officer"):
            self.letter.message_notify(body="x", partner_ids=self.officer.partner_id.ids)
        message = self.letter.message_post(body=WORD)
        with self.assertRaises(UserError):
            message.partner_ids |= self.officer.partner_id
        self.letter.message_subscribe((self.officer | self.mayor).partner_id.ids)
        self.assertNotIn(self.officer.partner_id, self.letter.message_partner_ids)
        for user in (self.officer, self.admin):
            with self.assertRaises(AccessError):
                self.env["mail.notification"].with_user(user).create(
                    {"mail_message_id": message.id, "res_partner_id": user.partner_id.id}
                )

    def test_no_mail_leaves(self):
        self.letter.access_user_ids |= self.mayor
        self.mayor.notification_type = "email"
        before = self.env["mail.mail"].search_count([])
        self.letter.message_post(
            body=WORD, message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.mayor.partner_id.ids,
        )  # fmt: skip
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        found = self.env["mail.message"].with_user(self.mayor).search([("body", "ilike", WORD)])
        self.assertTrue(found.needaction)

    # ------------------------------------------------------------ files
    def test_files(self):
        file = self._file(public=True)
        self.assertFalse(file.public)
        with self.assertRaises(AccessError):
            file.with_user(self.admin).generate_access_token()
        file.generate_access_token()
        self.assertFalse(file.access_token)
        loose = self.env["ir.attachment"].with_user(self.secret).create(
            {"name": f"{WORD} 2.pdf", "raw": PDF}
        )  # fmt: skip
        self.letter.enclosure_ids = [
            Command.create({"name": f"แนบ {WORD}", "attachment_id": loose.id})
        ]
        self.assertEqual((loose.res_model, loose.res_id), (self.letter._name, self.letter.id))
        for user in self.strangers:
            self.assertFalse(self._sees(user, "ir.attachment", [("name", "ilike", WORD)]))
            self.assertFalse(
                self._sees(user, "ir.attachment", [("id", "in", (file | loose).ids)]), user.login
            )
            for one in file | loose:
                with self.assertRaises(AccessError):
                    one.with_user(user).read(["raw"])
        before = self._openings()
        file.with_user(self.secret).read(["raw"])
        self.assertEqual(self._openings(), before + 1)

    def test_another_ones_file_is_not_taken(self):
        """A posted id of somebody else's file does not bring the file to the letter."""
        foreign = self.env["ir.attachment"].with_user(self.officer).create(
            {"name": "ของผู้อื่น", "raw": b"x"}
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.letter.with_user(self.secret).write({"main_attachment_id": foreign.id})

    # ------------------------------------------------------------ who may open
    def test_access_list(self):
        with self.assertRaises(AccessError):
            self.letter.with_user(self.registrar).write(
                {"access_user_ids": [Command.link(self.registrar.id)]}
            )
        self.letter.access_user_ids |= self.mayor
        self.letter.with_user(self.mayor).access_user_ids |= self.chief
        self.letter.access_user_ids -= self.mayor
        rows = self._rows("letter.access")
        self.assertEqual(
            [row.uid for row in rows[:3]], [self.secret.id, self.mayor.id, self.secret.id]
        )
        self.assertIn("eo_mayor", rows[0].detail)
        with self.assertRaises(AccessError):
            self.letter.with_user(self.mayor).read(["subject"])
        self.assertTrue(self.letter.with_user(self.chief).read(["subject"]))

    def test_writer_of_a_secret_letter_writes_its_parts_too(self):
        kind = self.env["lgo.eoffice.kind"].search([("code", "=", "EXT")])
        letter = self.Letter.with_user(self.officer).create(
            {
                "kind_id": kind.id,
                "subject": f"ตอบ {WORD}",
                "secrecy": "secret",
                "recipient_ids": [Command.create({"role": "to", "name": "ที่ว่าการอำเภอ"})],
                "reference_ids": [Command.create({"org": "อำเภอ", "doc_no": "ชม ๑"})],
                "enclosure_ids": [Command.create({"name": "บัญชี"})],
            }
        )
        self.assertEqual(letter.access_user_ids, self.officer)
        self.assertEqual(letter.recipient_ids.name, "ที่ว่าการอำเภอ")
        with self.assertRaises(AccessError):
            letter.with_user(self.clerk).recipient_ids.read(["name"])

    def test_names_cannot_be_laid_in_beforehand(self):
        draft = self._draft()
        with self.assertRaises(AccessError):
            draft.access_user_ids |= self.officer
        with self.assertRaises(AccessError):
            self._draft(access_user_ids=[Command.link(self.officer.id)])

    def test_break_glass(self):
        Dialog = self.env["lgo.eoffice.break.glass"]
        vals = {"number": "ลับ ๗๗/๑", "reason": "ผู้ว่าราชการจังหวัดเรียกประชุมด่วน"}
        for user in (self.chief, self.admin, self.registrar, self.officer, self.auditor):
            with self.assertRaises(AccessError):
                Dialog.with_user(user).create(vals).action_break_glass()
            with self.assertRaises(AccessError):
                self.Letter.with_user(user)._break_glass(vals["number"], vals["reason"])
        with self.assertRaises(UserError):
            self.Letter.with_user(self.mayor)._break_glass("ลับ 77/1", " ")
        with self.assertRaisesRegex(UserError, "No secret letter"):
            self.Letter.with_user(self.mayor)._break_glass("ไม่มี 1", "x")
        action = Dialog.with_user(self.mayor).create(vals).action_break_glass()
        self.assertEqual(action["res_id"], self.letter.id)
        self.assertTrue(self.letter.with_user(self.mayor).read(["subject"]))
        row = self._rows("letter.break_glass")
        self.assertEqual((row.severity, row.uid), ("critical", self.mayor.id))
        self.assertIn("เรียกประชุมด่วน", row.detail)
        task = self.letter.with_user(self.secret).activity_ids.filtered(
            lambda task: task.user_id == self.secret
        )
        self.assertEqual(len(task), 1)

    def test_administrator_who_is_head_opens_nothing(self):
        self.mayor.group_ids |= self.env.ref("lgo_base.group_admin")
        with self.assertRaises(AccessError):
            self.Letter.with_user(self.mayor)._break_glass("ลับ 77/1", "x")

    # ------------------------------------------------------------ changing the class
    def test_lowering(self):
        self.letter.access_user_ids |= self.mayor
        with self.assertRaises(UserError):
            self.letter.write({"secrecy": "normal"})
        with self.assertRaises(AccessError):
            self.letter.with_user(self.mayor)._change_secrecy("normal", "หมดความลับ")
        with self.assertRaisesRegex(UserError, "reason"):
            self.letter._change_secrecy("normal", " ")
        self.letter._change_secrecy("normal", "หมดความจำเป็น")
        self.assertTrue(self.letter.with_user(self.head).read(["subject"]))
        self.assertFalse(self.letter.access_user_ids)
        row = self._rows("letter.declassify")
        self.assertEqual(row.severity, "critical")
        self.assertIn("หมดความจำเป็น", row.detail)

    def test_copy_is_as_secret(self):
        with self.assertRaises(AccessError):
            self.letter.copy({"secrecy": "normal"})
        self.assertEqual(self.letter.copy().secrecy, "secret")

    def test_raising_hides_at_once(self):
        letter = self._received(subject=f"เดิม {WORD}", owner_unit_id=self.works.id)
        letter.action_register()
        file = self._file(letter, public=True)
        letter.message_subscribe((self.officer | self.head).partner_id.ids)
        letter.message_post(
            body=WORD, message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.officer.partner_id.ids,
        )  # fmt: skip
        letter.with_user(self.head).result = f"ผล {WORD}"
        letter.activity_schedule(
            "mail.mail_activity_data_todo", summary=WORD, user_id=self.officer.id
        )
        self.env.cr.precommit.run()
        self.assertIn(WORD, letter.register_entry_id.label)
        self.assertTrue(self._sees(self.officer, "mail.message", [("body", "ilike", WORD)]))
        change = self.env["lgo.eoffice.secrecy.change"].with_user(self.registrar).create(
            {
                "letter_id": letter.id,
                "secrecy": "secret",
                "reason": "พบข้อมูลลับในสิ่งที่ส่งมาด้วย",
                "user_ids": [Command.set(self.head.ids)],
            }
        )  # fmt: skip
        change.action_apply()
        self.assertEqual(letter.sudo().access_user_ids, self.registrar | self.head)
        strangers = [user for user in self.strangers if user not in (self.registrar, self.head)]
        for user in strangers:
            with self.assertRaises(AccessError):
                letter.with_user(user).read(["subject"])
            for model, domain in (
                ("mail.message", [("body", "ilike", WORD)]),
                ("mail.activity", [("res_id", "=", letter.id)]),
                ("mail.activity", [("res_name", "ilike", WORD)]),
                ("mail.mail", [("body_html", "ilike", WORD)]),
                ("mail.tracking.value", [("new_value_char", "ilike", WORD)]),
                ("ir.attachment", [("id", "=", file.id)]),
                ("lgo.register.entry", [("label", "ilike", WORD)]),
                ("lgo.audit.log", [("res_name", "ilike", WORD)]),
                ("lgo.audit.log", [("detail", "ilike", WORD)]),
            ):
                self.assertFalse(self._sees(user, model, domain), (user.login, model, domain))
        line = self.env["lgo.register.entry"].with_user(self.auditor).browse(
            letter.register_entry_id.ids
        )  # fmt: skip
        self.assertTrue(line.name)
        with self.assertRaises(AccessError):
            letter.register_entry_id.sudo().label = "x"

    def test_cancelling_tells_no_reason(self):
        self.letter.sudo()._register_letters()
        self.letter.sudo()._transition("cancel", reason=f"ผิด {WORD}")
        entry = self.letter.sudo().register_entry_id
        self.assertEqual(entry.state, "void")
        self.assertNotIn(WORD, f"{entry.label} {entry.void_reason}")

    def test_registers_of_secret_letters(self):
        self.letter.sudo()._register_letters()
        entry = self.letter.sudo().register_entry_id
        self.assertEqual(entry.register_id.code, "secret_receive")
        for user in self.strangers:
            self.assertFalse(
                self._sees(user, "lgo.register.entry", [("id", "=", entry.id)]), user.login
            )
        self.assertTrue(self._sees(self.secret, "lgo.register.entry", [("id", "=", entry.id)]))

    # ------------------------------------------------------------ the highest class
    def test_most_secret(self):
        letter = self._received(user=self.secret, secrecy="top_secret", subject=WORD, doc_no="ลส 1")
        self.assertNotIn(WORD, letter.subject)
        letter.write({"subject": WORD})
        self.assertNotIn(WORD, f"{letter.subject} {letter.search_text}")
        tries = (
            lambda: self._file(letter),
            lambda: letter.message_post(body="x", attachments=[("x.pdf", PDF)]),
            lambda: letter.write({"summary": "x"}),
            lambda: self._file(self.letter, res_id=0, res_model=False).write(
                {"res_model": letter._name, "res_id": letter.id}
            ),
            lambda: letter.write(
                {"enclosure_ids": [Command.create({"name": "x", "attachment_id": self._file().id})]}
            ),
        )
        for number, call in enumerate(tries):
            with self.assertRaises(ValidationError, msg=number), self.env.cr.savepoint():
                call()
        draft = self._draft(user=self.secret, secrecy="top_secret", body=False, doc_no=False)
        self.assertIn("paper only", "\n".join(draft._sign_problems()))

    def test_raising_to_the_highest_needs_an_empty_letter(self):
        self._file()
        with self.assertRaises(ValidationError):
            self.letter._change_secrecy("top_secret", "x")

    def test_no_file_while_only_register_data_is_kept(self):
        self.company.lgo_secret_electronic = False
        letter = self._received(user=self.secret, secrecy="secret", doc_no="ล 2")
        with self.assertRaisesRegex(ValidationError, "only register data"):
            self._file(letter)

    # ------------------------------------------------------------ parts
    def test_parts_stay_closed(self):
        self.letter.reference_ids = [Command.create({"org": WORD})]
        self.letter.enclosure_ids = [Command.create({"name": WORD})]
        self.letter.sudo().recipient_ids = [Command.create({"name": WORD})]
        self.letter.sudo()._keep_version("review", ["subject"], WORD)
        for user in self.strangers:
            for name, field in (
                ("reference", "org"), ("enclosure", "name"), ("recipient", "name"),
                ("version", "reason"),
            ):  # fmt: skip
                model = f"lgo.eoffice.{name}"
                domain = Domain(field, "ilike", WORD)
                self.assertFalse(self._sees(user, model, domain), (user.login, model))
                row = self.env[model].sudo().search(domain)[:1]
                self.assertTrue(row)
                with self.assertRaises(AccessError):
                    row.with_user(user).read([field])


@tagged("post_install", "-at_install")
class TestSecrecyWeb(SecretCase, HttpCase):
    # the tests make Odoo begin with a read-only cursor; it repeats the call with another one
    @mute_logger("odoo.http", "odoo.sql_db")
    def test_web_content(self):
        file = self._file()
        token = file._get_raw_access_token()
        plain = f"/web/content/{file.id}"
        for url in (plain, f"{plain}?access_token={token}", f"/web/image/{file.id}"):
            for login in (None, "eo_admin", "eo_auditor", "eo_registrar", "eo_portal"):
                self.authenticate(login, login)
                response = self.url_open(url)
                self.assertNotIn(PDF, response.content, (login, url))
        self.assertFalse(self._openings())
        self.authenticate("eo_secret", "eo_secret")
        self.assertEqual(self.url_open(plain).content, PDF)
        self.assertEqual(self._openings(), 1)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_other_files_stay_open(self):
        """Citizens have no right on letters and still see the pictures of the pages."""
        picture = self.env["ir.attachment"].create(
            {"name": "ตราเทศบาล.txt", "raw": b"picture", "public": True}
        )
        for login in (None, "eo_portal", "eo_officer"):
            self.authenticate(login, login)
            response = self.url_open(f"/web/content/{picture.id}")
            self.assertEqual(response.content, b"picture", login)

    def test_signed_letter(self):
        """Neither the list of issued documents nor the page behind the QR code tells anything."""
        report = self.env["ir.actions.report"].create(
            {
                "name": "x", "model": "lgo.eoffice.letter", "report_type": "qweb-pdf",
                "report_name": "lgo_eoffice.none",
            }
        )  # fmt: skip
        draft = self._draft(user=self.secret, secrecy="secret", subject=WORD, body=f"<p>{WORD}</p>")
        kind = draft._document_kind()
        self.assertEqual(kind.register_id.code, "secret_send")
        kind.sudo().public_fields = "subject"
        documents = self.env.registry["lgo.issued.document"]
        self.patch(documents, "_render", lambda document, record, report: PDF)
        document = self.env["lgo.issued.document"].with_user(self.secret)._issue(
            draft, kind=kind.code, report=report, unit=self.works
        )  # fmt: skip
        self.assertEqual(document.name, "ชม 52301.3/ล 1")
        self.assertNotIn(WORD, f"{document.record_name} {document.public_values}")
        self.assertNotIn(WORD, document.register_entry_id.label)
        for user in self.strangers:
            for domain in ([("id", "=", document.id)], [("record_name", "ilike", "ลับ")]):
                self.assertFalse(self._sees(user, "lgo.issued.document", domain), user.login)
            with self.assertRaises(AccessError):
                document.sudo(False).with_user(user).read(["name"])
            self.assertFalse(
                self._sees(user, "ir.attachment", [("id", "=", document.attachment_id.id)])
            )
        for login in (None, "eo_admin", "eo_auditor", "eo_registrar"):
            self.authenticate(login, login)
            self.assertNotIn(PDF, self.url_open(f"/lgo/document/{document.id}").content)
            page = self.url_open(f"/verify/{document.token}")
            self.assertNotIn(WORD, page.text)
            self.assertNotIn("/download", page.text)
            self.assertNotIn(PDF, self.url_open(f"/verify/{document.token}/download").content)
        before = self._openings(draft)
        self.authenticate("eo_secret", "eo_secret")
        self.assertEqual(self.url_open(f"/lgo/document/{document.id}").content, PDF)
        self.assertEqual(self._openings(draft), before + 1)

    @mute_logger("odoo.http")
    def test_rpc(self):
        """What the tests above call runs over the network as well."""
        self.authenticate("eo_admin", "eo_admin")
        for method, args in (
            ("read", [[self.letter.id], ["subject"]]),
            ("search_read", [[("id", "=", self.letter.id)], ["subject"]]),
            ("_note_opening", [[self.letter.id]]),
            ("_break_glass", ["ลับ 77/1", "x"]),
        ):
            answer = self.url_open(
                f"/web/dataset/call_kw/lgo.eoffice.letter/{method}",
                json={
                    "params": {
                        "model": "lgo.eoffice.letter", "method": method, "args": args,
                        "kwargs": {"context": {"lgo_listed": True, "lgo_without_subject": True}},
                    }
                },
            )  # fmt: skip
            self.assertFalse(answer.json().get("result"), method)
            self.assertNotIn(WORD, str(answer.json()))

    def test_staff_raise_the_class_and_add_parts_at_once(self):
        draft = self._draft()
        draft.write(
            {"secrecy": "secret", "recipient_ids": [Command.create({"agency_id": self.agency.id})]}
        )
        self.assertEqual(draft.recipient_ids.name, self.agency.name)
        self.assertEqual(draft.access_user_ids, self.officer)

    def test_class_by_default_is_a_class(self):
        """A class that comes from the context counts as one that was chosen."""
        letters = self.Letter.with_user(self.officer).with_context(default_secrecy="secret")
        vals = {
            "kind_id": self._kind("EXT").id, "subject": WORD, "addressee": "นายอำเภอ",
            "recipient_ids": [Command.create({"agency_id": self.agency.id})],
        }  # fmt: skip
        self.assertEqual(letters.create(dict(vals)).access_user_ids, self.officer)
        top = letters.with_context(default_secrecy="top_secret").create(dict(vals))
        self.assertNotIn(WORD, f"{top.subject} {top.search_text}")

    def test_names_as_plain_ids(self):
        named = self._draft(secrecy="secret", access_user_ids=self.head.ids)
        self.assertEqual(named.access_user_ids, self.officer | self.head)

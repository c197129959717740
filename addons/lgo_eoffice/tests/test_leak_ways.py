# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_leak_openings import OpeningCase
from .test_secrecy import PDF, WORD


@tagged("post_install", "-at_install")
class TestLeakWays(OpeningCase):
    """What a hostile officer, administrator or auditor tries over the network."""

    def _gets_nothing(self, tries):
        """Each of ``tries`` (name, call with a user) is refused or says nothing, to all."""
        others = set(self.strangers[:-2]) - set(self.named)
        for user in sorted(others, key=lambda one: one.login):
            for name, call in tries:
                self.env.invalidate_all()
                try:
                    with self.env.cr.savepoint():
                        answer = call(user)
                except UserError:
                    continue
                self.assertNotIn(WORD, str(answer), (user.login, name))

    def _own(self, user):
        return self.env["ir.attachment"].with_user(user).create({"name": "x.pdf", "raw": PDF})

    # ------------------------------------------------------------ files
    def test_files_are_not_linked_anew(self):
        file = self._file()
        note = self._received(subject="หนังสือเปิดเผย")
        values = {"res_model": note._name, "res_id": note.id}
        for user in self.named:
            for change in (values, {"res_id": 0, "res_model": False}, {"res_id": note.id}):
                with self.assertRaises(AccessError, msg=(user.login, change)):
                    file.with_user(user).write(change)
        # the same place is no move
        file.with_user(self.secret).write({"res_id": self.letter.id, "name": "ชื่อใหม่.pdf"})
        self._gets_nothing(
            (
                ("take away", lambda user: file.with_user(user).write(values)),
                ("copy", lambda user: file.with_user(user).copy({**values}).read(["raw"])),
            )
        )
        for user in set(self.strangers[:-2]) - set(self.named):
            with self.assertRaises(AccessError, msg=user.login):
                self._own(user).write({"res_model": self.letter._name, "res_id": self.letter.id})

    def test_messages_of_ones_own_letter_bring_no_foreign_file(self):
        file = self._file()
        note = self._draft(user=self.outsider, owner_unit_id=self.office.id)
        stranger = note.with_user(self.outsider)

        def posted(user):
            message = stranger.message_post(body="x", attachment_ids=file.ids)
            return message.with_user(self.outsider).attachment_ids.read(["name", "raw"])

        def created(user):
            return (
                self.env["mail.message"]
                .with_user(self.outsider)
                .create(
                    {
                        "model": note._name,
                        "res_id": note.id,
                        "body": "x",
                        "attachment_ids": [Command.link(file.id)],
                    }
                )
                .attachment_ids.read(["name", "raw"])
            )

        for call in (posted, created):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call(None)

    # ------------------------------------------------------------ messages and tasks
    def test_nobody_else_is_told(self):
        message = self.letter.message_post(body=f"ลับ {WORD}", message_type="comment")
        task = self.letter.activity_schedule(
            "mail.mail_activity_data_todo", summary=WORD, user_id=self.officer.id
        )
        for user in self.named:
            env = self.env(user=user)
            calls = (
                lambda env=env: env["mail.notification"].create(
                    {"mail_message_id": message.id, "res_partner_id": self.head.partner_id.id}
                ),
                lambda env=env: env["mail.message"]
                .browse(message.id)
                .write({"partner_ids": [Command.link(self.head.partner_id.id)]}),
                lambda env=env: env["mail.activity"].browse(task.id).write(
                    {"user_id": self.head.id}
                ),
                lambda env=env: env[self.letter._name].browse(self.letter.id).activity_schedule(
                    "mail.mail_activity_data_todo", summary=WORD, user_id=self.admin.id
                ),
                lambda env=env: env[self.letter._name].browse(self.letter.id).message_post(
                    body=WORD, partner_ids=self.head.partner_id.ids
                ),
            )  # fmt: skip
            for number, call in enumerate(calls):
                with (
                    self.assertRaises(UserError, msg=(user.login, number)),
                    self.env.cr.savepoint(),
                ):
                    call()

    def test_whoever_is_taken_off_the_list_loses_what_was_told(self):
        self.letter.access_user_ids |= self.mayor
        message = self.letter.message_post(
            body=f"ลับ {WORD}", message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.mayor.partner_id.ids,
        )  # fmt: skip
        task = self.letter.activity_schedule(
            "mail.mail_activity_data_todo", summary=WORD, user_id=self.mayor.id
        )
        self.assertTrue(message.with_user(self.mayor).read(["body"]))
        self.letter.access_user_ids -= self.mayor
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            message.with_user(self.mayor).read(["body"])
        self.assertFalse(self._sees(self.mayor, "mail.message", [("body", "ilike", WORD)]))
        self.assertFalse(self._sees(self.mayor, "mail.activity", [("id", "=", task.id)]))
        self.assertNotIn(self.mayor.partner_id, self.letter.message_partner_ids)

    def test_dialogs_of_messages(self):
        message = self.letter.message_post(body=f"ลับ {WORD}", message_type="comment")
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id(self.letter._name),
                "subject": "{{ object.subject }}",
                "body_html": "<p t-out='object.body'/>",
            }
        )
        composed = {"model": self.letter._name, "res_ids": str(self.letter.ids)}

        def compose(user, **vals):
            composer = self.env["mail.compose.message"].with_user(user).create(composed | vals)
            return composer.read(["subject", "body", "reply_to"])

        self._gets_nothing(
            (
                ("compose", compose),
                ("template", lambda user: compose(user, template_id=template.id)),
                ("answer", lambda user: compose(user, parent_id=message.id)),
                (
                    "first values",
                    lambda user: self.env["mail.compose.message"]
                    .with_user(user)
                    .with_context(
                        default_model=self.letter._name, default_res_ids=self.letter.ids,
                        default_template_id=template.id,
                    )
                    .onchange({}, [], {"subject": {}, "body": {}}),
                ),
                (
                    "generate",
                    lambda user: template.with_user(user)._generate_template(
                        self.letter.ids, ("subject", "body_html")
                    ),
                ),
                ("send", lambda user: template.with_user(user).send_mail(self.letter.id)),
                (
                    "star",
                    lambda user: message.with_user(user).toggle_message_starred()
                    or message.with_user(user).read(["body"]),
                ),
                ("copy", lambda user: message.with_user(user).copy_data()),
                ("export", lambda user: message.with_user(user).export_data(["body"])),
                (
                    "link",
                    lambda user: self.env["mail.message"]
                    .with_user(user)
                    .create({"body": "x", "parent_id": message.id})
                    .export_data(["parent_id/body"]),
                ),
                (
                    "through a notification",
                    lambda user: self.env["mail.notification"]
                    .with_user(user)
                    .create(
                        {"mail_message_id": message.id, "res_partner_id": user.partner_id.id}
                    )
                    .export_data(["mail_message_id/body"]),
                ),
                (
                    "follow",
                    lambda user: self.env["mail.followers"]
                    .with_user(user)
                    .create(
                        {
                            "res_model": self.letter._name,
                            "res_id": self.letter.id,
                            "partner_id": user.partner_id.id,
                        }
                    )
                    and message.with_user(user).read(["body"]),
                ),
            )
        )  # fmt: skip
        mails = self.env["mail.mail"].sudo().search([])
        self.assertNotIn(WORD, str(mails.read(["subject", "body_html", "body"])))

    # ------------------------------------------------------------ forged forms
    def test_forged_forms(self):
        """Ids in the values of a form that was never saved bring nothing out."""
        file = self._file()
        self.letter.enclosure_ids = [Command.create({"name": WORD})]
        line = self.letter.enclosure_ids
        letter_id = self.letter.id
        spec = {"fields": {"subject": {}, "body": {}, "summary": {}, "display_name": {}}}

        def letters(user):
            return self.Letter.with_user(user)

        self._gets_nothing(
            (
                (
                    "answer to",
                    lambda user: letters(user).onchange(
                        {"reply_to_id": letter_id}, ["reply_to_id"], {"reply_to_id": spec}
                    ),
                ),
                (
                    "default",
                    lambda user: (
                        letters(user)
                        .with_context(default_reply_to_id=letter_id, default_reply_ids=[letter_id])
                        .onchange({}, [], {"reply_to_id": spec, "reply_ids": spec})
                    ),
                ),
                (
                    "lines",
                    lambda user: letters(user).onchange(
                        {"reply_ids": [[4, letter_id]], "enclosure_ids": [[4, line.id]]},
                        ["reply_ids", "enclosure_ids"],
                        {"reply_ids": spec, "enclosure_ids": {"fields": {"name": {}}}},
                    ),
                ),
                (
                    "changed lines",
                    lambda user: letters(user).onchange(
                        {"enclosure_ids": [[1, line.id, {"qty": 2}]]},
                        ["enclosure_ids"],
                        {"enclosure_ids": {"fields": {"name": {}, "qty": {}}}},
                    ),
                ),
                (
                    "file",
                    lambda user: letters(user).onchange(
                        {"main_attachment_id": file.id},
                        ["main_attachment_id"],
                        {"main_attachment_id": {"fields": {"name": {}, "raw": {}, "datas": {}}}},
                    ),
                ),
                (
                    "part",
                    lambda user: (
                        self.env["lgo.eoffice.enclosure"]
                        .with_user(user)
                        .onchange({"letter_id": letter_id}, ["letter_id"], {"letter_id": spec})
                    ),
                ),
                (
                    "place",
                    lambda user: (
                        self.env["lgo.eoffice.copy"]
                        .with_user(user)
                        .onchange(
                            {"letter_id": letter_id},
                            ["letter_id"],
                            {"subject": {}, "from_text": {}, "letter_id": spec},
                        )
                    ),
                ),
                (
                    "correction",
                    lambda user: (
                        self.env["lgo.eoffice.correction"]
                        .with_user(user)
                        .with_context(default_letter_id=letter_id)
                        .onchange({}, [], {"subject": {}, "letter_id": spec})
                    ),
                ),
                (
                    "save",
                    lambda user: letters(user).web_save(
                        {"subject": "x", "reply_to_id": letter_id}, {"reply_to_id": spec}
                    ),
                ),
            )
        )

    def test_dialogs_with_foreign_ids(self):
        self.letter.sudo()._register_letters()
        copy = self.letter.sudo().copy_ids[:1] or self.env["lgo.eoffice.copy"].sudo().create(
            {"letter_id": self.letter.id, "unit_id": self.office.id}
        )
        before = self.letter.sudo().read(["secrecy", "state", "subject", "unit_ids"])
        ids = {"letter_id": self.letter.id}

        def dialog(model, user, vals):
            return self.env[model].with_user(user).create(vals)

        for user in set(self.strangers[:-2]) - set(self.named):
            calls = (
                lambda u=user: dialog(
                    "lgo.eoffice.secrecy.change", u, {**ids, "secrecy": "normal", "reason": "x"}
                ).action_apply(),
                lambda u=user: dialog(
                    "lgo.eoffice.correction", u,
                    {**ids, "subject": "x", "from_text": "x", "to_text": "x", "reason": "x"},
                ).action_confirm(),
                lambda u=user: dialog(
                    "lgo.eoffice.route.wizard", u,
                    {
                        "letter_ids": [Command.set(self.letter.ids)],
                        "act_unit_ids": [Command.set(self.works.ids)],
                    },
                ).action_pass_on(),
                lambda u=user: dialog(
                    "lgo.eoffice.endorse.wizard", u, {"copy_id": copy.id, "action": "comment"}
                ).action_apply(),
                lambda u=user: dialog(
                    "lgo.eoffice.endorse.wizard", u, {**ids, "action": "propose"}
                ).action_apply(),
                lambda u=user: copy.with_user(u).action_read(),
                lambda u=user: copy.with_user(u).action_move("comment", text="x"),
                lambda u=user: self.letter.with_user(u).action_answer(),
                lambda u=user: self.letter.with_user(u).action_preview_unsaved({}),
                lambda u=user: self.letter.with_user(u).action_download_paper(),
            )  # fmt: skip
            for number, call in enumerate(calls):
                with (
                    self.assertRaises(UserError, msg=(user.login, number)),
                    self.env.cr.savepoint(),
                ):
                    call()
        self.assertEqual(
            self.letter.sudo().read(["secrecy", "state", "subject", "unit_ids"]), before
        )

    def test_counts(self):
        """No group, progress bar or report of another unit counts a secret letter."""
        self.letter.sudo()._register_letters()
        for user in set(self.strangers[:-2]) - set(self.named):
            letters = self.Letter.with_user(user)
            own = [("owner_unit_id", "=", self.works.id), ("direction", "=", "in")]
            self.assertFalse(letters.formatted_read_group(own, ["secrecy"], ["__count"]))
            bar = {"field": "secrecy", "colors": {"secret": "danger", "normal": "success"}}
            counted = letters.read_progress_bar(own, "kind_id", bar)
            self.assertFalse(any(row["secret"] for row in counted.values()))
            for model in ("letter.report", "copy", "reader", "endorsement"):
                rows = self.env[f"lgo.eoffice.{model}"].with_user(user)
                if rows.has_access("read"):
                    self.assertFalse(rows.search_count([("letter_id", "=", self.letter.id)]), model)


@tagged("post_install", "-at_install")
class TestLeakWeb(OpeningCase, HttpCase):
    @mute_logger("odoo.http", "odoo.sql_db")
    def test_pages_and_reports(self):
        """Neither papers by address nor the chatter open anything to whoever is not named."""
        message = self.letter.message_post(body=f"ลับ {WORD}", message_type="comment")
        file = self._file()
        self.letter.main_attachment_id = file
        number = self.letter.id
        reports = self.env["ir.actions.report"].search([("model", "=", self.letter._name)])
        self.assertTrue(reports)
        pages = [f"/report/html/{report.report_name}/{number}" for report in reports]
        pages += [
            f"/lgo/eoffice/preview/{number}",
            f"/lgo/eoffice/stamped/{number}",
            f"/web/content/lgo.eoffice.letter/{number}/body",
            f"/web/content/lgo.eoffice.letter/{number}/main_attachment_id",
            f"/web/image/lgo.eoffice.letter/{number}/main_attachment_id",
            f"/web/content/{file.id}/x.pdf?download=1",
            f"/mail/attachment/zip?file_ids={file.id}&zip_name=x",
            f"/mail/message/{message.id}",
        ]
        calls = [
            ("/mail/thread/messages", {"thread_model": self.letter._name, "thread_id": number}),
            (
                "/mail/data",
                {
                    "fetch_params": [
                        [
                            "mail.thread",
                            {
                                "thread_model": self.letter._name,
                                "thread_id": number,
                                "request_list": ["activities", "attachments", "followers"],
                            },
                        ]
                    ]
                },
            ),
            ("/mail/inbox/messages", {}),
            (
                "/mail/message/update_content",
                {"message_id": message.id, "update_data": {"body": "x"}},
            ),
            ("/mail/message/reaction", {"message_id": message.id, "content": "x", "action": "add"}),
        ]
        for login in (None, "eo_portal", "eo_admin", "eo_auditor", "eo_registrar", "eo_head"):
            self.authenticate(login, login)
            for page in pages:
                answer = self.url_open(page)
                self.assertNotIn(WORD, answer.text, (login, page))
                self.assertNotIn(PDF, answer.content, (login, page))
            for page, params in calls:
                answer = self.url_open(page, json={"params": params})
                self.assertNotIn(WORD, str(answer.json()), (login, page))
        self.assertFalse(self._openings())

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_the_chatter_of_whoever_is_named(self):
        """Messages and tasks that a form fetches are an opening, also without the form."""
        self.letter.message_post(body=f"ลับ {WORD}", message_type="comment")
        self._no_sitting()
        self.authenticate("eo_officer", "eo_officer")
        before = self._openings()
        answer = self.url_open(
            "/mail/thread/messages",
            json={"params": {"thread_model": self.letter._name, "thread_id": self.letter.id}},
        )
        self.assertIn(WORD, str(answer.json()))
        self.assertGreater(self._openings(), before)

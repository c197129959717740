# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..models import lgo_eoffice_letter_trail
from .test_secrecy import WORD, SecretCase

#: What may link to a letter and tells nothing of it but its number.
SILENT = {
    "lgo.eoffice.letter",
    "lgo.eoffice.break.glass",
    "lgo.eoffice.correction",
    "lgo.eoffice.endorse.wizard",
    "lgo.eoffice.publish",
    "lgo.eoffice.secrecy.change",
    "lgo.eoffice.withdraw",
    # lists of letters that are open to those who keep or destroy them; see their own tests
    "lgo.eoffice.destruction.line",
    "lgo.eoffice.loan",
    "lgo.eoffice.transfer.line",
    # made public, or minutes
    "lgo.announcement",
    "lgo.eoffice.board",
    "lgo.eoffice.meeting",
}


def ways(row, field):
    """Each remote call that brings out ``field`` of ``row``: name and what is called."""
    own = [("id", "=", row.id)]
    stored = row._fields[field].store
    yield "read", lambda: row.read([field])
    yield "search_read", lambda: row.search_read(own, [field])
    yield "web_read", lambda: row.web_read({field: {}})
    yield "web_search_read", lambda: row.web_search_read(own, {field: {}})
    yield "export_data", lambda: row.export_data([field])
    yield "copy_data", lambda: row.copy_data()
    if stored and row._fields[field].type in ("char", "text", "html"):
        yield "search", lambda: row.search([*own, (field, "ilike", WORD)])
        yield "search_count", lambda: row.search_count([*own, (field, "ilike", WORD)])
        yield "search without", lambda: row.search_count([*own, (field, "not ilike", "#")])
        yield "order", lambda: row.search(own, order=f"{field} desc")
        yield "group", lambda: row.formatted_read_group(own, [field], ["__count"])
        yield "web group", lambda: row.web_read_group(own, [field], ["__count"])
        yield "array", lambda: row.formatted_read_group(own, [], [f"{field}:array_agg"])
        yield "maximum", lambda: row.formatted_read_group(own, [], [f"{field}:max"])


class OpeningCase(SecretCase):
    """Each way of reading, without a sitting that covers the second one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter.access_user_ids |= cls.officer
        cls.named = (cls.officer, cls.secret)

    def _no_sitting(self):
        self.patch(lgo_eoffice_letter_trail, "SITTING", timedelta(minutes=-5))

    def _check_noted(self, call, user, *told):
        before = self._openings()
        call()
        self.assertGreater(self._openings(), before, (user.login, *told))
        last = self._rows("letter.open_secret")[:1]
        self.assertEqual(last.uid, user.id)

    def _check_ways(self, row, field, but=()):
        """Every way is noted of who is named, and closed to everybody else."""
        self._no_sitting()
        self.env.flush_all()
        for user in self.named:
            self.env.invalidate_all()
            for name, call in ways(row.with_user(user), field):
                if name not in but:
                    self.env.invalidate_all()
                    self._check_noted(call, user, row._name, field, name)
        before = self._openings()
        for user in set(self.strangers[:-2]) - set(self.named):
            for name, call in ways(row.with_user(user), field):
                self.env.invalidate_all()
                try:
                    with self.env.cr.savepoint():
                        answer = call()
                except AccessError:
                    continue
                self.assertNotIn(WORD, str(answer), (user.login, row._name, field, name))
                self.assertFalse(
                    name.startswith("search") and answer, (user.login, row._name, field, name)
                )
        self.assertEqual(self._openings(), before)


@tagged("post_install", "-at_install")
class TestLeakOpenings(OpeningCase):
    def _note(self, letter=None):
        notes = self.env["lgo.eoffice.endorsement"].sudo()._append_only_permitted()
        return notes.create(
            {
                "letter_id": (letter or self.letter).id,
                "sequence": 1,
                "action": "comment",
                "text": f"เห็นควร {WORD}",
                "user_id": self.secret.id,
                "name": "สมชาย ใจดี",
                "at": "2026-01-06 03:00:00",
            }
        )

    def test_notes(self):
        # a copy would bring a field of the administrator as well: nobody gets one
        self._check_ways(self._note(), "text", but=("copy_data",))

    def test_versions(self):
        version = self.letter.sudo()._keep_version("review", ["subject"], f"แก้ {WORD}")
        for field in ("content", "reason", "difference"):
            self._check_ways(version, field)

    def test_lines(self):
        self.letter.write(
            {
                "reference_ids": [Command.create({"org": f"อำเภอ {WORD}"})],
                "enclosure_ids": [Command.create({"name": f"บัญชี {WORD}"})],
                "recipient_ids": [Command.create({"name": f"ผู้รับ {WORD}"})],
            }
        )
        self._check_ways(self.letter.reference_ids, "org")
        self._check_ways(self.letter.enclosure_ids, "name")
        # to whom it goes stands in the lists, as with the letter itself
        listed = ("web_search_read", "search", "search_count", "search without", "order")
        self._check_ways(self.letter.recipient_ids, "name", but=listed)

    def test_names(self):
        self.letter.enclosure_ids = [Command.create({"name": f"บัญชี {WORD}"})]
        self._no_sitting()
        for user in self.named:
            rows = self.env["lgo.eoffice.enclosure"].with_user(user)
            self._check_noted(lambda rows=rows: rows.name_search(WORD), user)
            self._check_noted(lambda rows=rows: rows.name_search(""), user)
            self._check_noted(
                lambda rows=rows: rows.web_name_search("", {"display_name": {}}), user
            )
        before = self._openings()
        for user in (self.admin, self.registrar, self.head):
            self.assertFalse(self.env["lgo.eoffice.enclosure"].with_user(user).name_search(WORD))
        self.assertEqual(self._openings(), before)

    def test_messages(self):
        message = self.letter.message_post(body=f"ลับ {WORD}", subject=f"เรื่อง {WORD}")
        for field in ("body", "subject", "preview"):
            # Odoo lets nobody but an administrator export messages, who may not read these
            self._check_ways(message, field, but=("export_data",))

    def test_tasks(self):
        task = self.letter.activity_schedule(
            "mail.mail_activity_data_todo", summary=f"งาน {WORD}", note=f"<p>{WORD}</p>",
            user_id=self.officer.id,
        )  # fmt: skip
        for field in ("summary", "note", "display_name"):
            self._check_ways(task, field)
        self._no_sitting()
        task = task.with_user(self.officer)
        self._check_noted(task.activity_format, self.officer)
        self._check_noted(
            lambda: (
                task.get_activity_data(self.letter._name, [("id", "=", self.letter.id)])
                and task.web_search_read([("id", "=", task.id)], {"summary": {}})
            ),
            self.officer,
        )

    def test_files(self):
        file = self._file()
        file.sudo().write({"index_content": f"ข้อความ {WORD}"})
        for field in ("raw", "datas", "index_content"):
            self._check_ways(file, field)

    def test_places(self):
        """The subject stands in the inbox; whoever asks for it besides opens the letter."""
        self.letter.sudo()._register_letters()
        copy = self.letter.sudo().copy_ids[:1] or self.env["lgo.eoffice.copy"].sudo().create(
            {"letter_id": self.letter.id, "unit_id": self.office.id}
        )
        self._check_ways(copy, "subject", but=("web_search_read",))
        self._no_sitting()
        for user in self.named:
            copies = copy.with_user(user)
            self._check_noted(lambda c=copies: c.export_data(["letter_id/body"]), user)
            self._check_noted(
                lambda c=copies: c.web_read({"letter_id": {"fields": {"body": {}}}}), user
            )
            self._check_noted(lambda c=copies: c.search([("letter_id.body", "ilike", WORD)]), user)
            with self.assertRaises(AccessError):
                copies.formatted_read_group([], ["letter_id.body"], ["__count"])
            before = self._openings()
            copies.web_search_read([], {"subject": {}, "doc_no": {}, "display_name": {}})
            copies.formatted_read_group([], ["letter_id.kind_id"], ["__count"])
            self.assertEqual(self._openings(), before)

    def test_the_letter_itself(self):
        for field in ("body", "summary", "content_text"):
            self._check_ways(self.letter, field)
        # nothing of the content stands in it
        self._check_ways(self.letter, "search_text", but=("search", "search_count"))
        self._no_sitting()
        for user in self.named:
            letter = self.letter.with_user(user)
            own = [("id", "=", letter.id)]
            note = [("endorsement_ids.text", "ilike", WORD)]
            self._note()
            for number, call in enumerate(
                (
                    lambda letter=letter: letter.export_data(["endorsement_ids/text"]),
                    lambda letter=letter, note=note: letter.search_count(note),
                    lambda letter=letter, own=own: letter.web_search_read(
                        own, {"content_text": {}}
                    ),
                    lambda letter=letter: letter.onchange({}, [], {"search_text": {}}),
                    lambda letter=letter: letter.onchange(
                        {"urgency": "urgent"}, ["urgency"], {"body": {}, "urgency": {}}
                    ),
                    lambda letter=letter: letter.web_save({"urgency": "normal"}, {"body": {}}),
                    lambda letter=letter, own=own: letter.web_search_read(
                        own, {"endorsement_ids": {"fields": {"text": {}}}}
                    ),
                    lambda letter=letter, own=own: letter.search(own, order="summary"),
                    lambda letter=letter: letter.copy(),
                )
            ):
                self._check_noted(call, user, number)

    def test_searching_finds_by_what_lists_show(self):
        """No word of the content is found out by typing it into the search field."""
        letters = self.Letter.with_user(self.officer)
        self.letter.write({"subject": "เรื่องปกปิด"})
        self.env.flush_all()
        self.assertEqual(letters.search([("query", "ilike", "เรื่องปกปิด")]), self.letter)
        for name in ("query", "search_text"):
            self.assertFalse(letters.search([(name, "ilike", WORD)]))
        before = self._openings()
        letters.web_search_read([("query", "ilike", "เรื่องปกปิด")], {"subject": {}})
        letters.search([("subject", "ilike", "เรื่องปกปิด")])
        self.assertEqual(self._openings(), before)

    def test_templates(self):
        self._no_sitting()
        for user in self.named:
            user.group_ids |= self.env.ref("mail.group_mail_template_editor")
            composer = self.env["mail.compose.message"].with_user(user)
            self._check_noted(
                lambda c=composer: c._render_template(
                    "{{ object.subject }}", self.letter._name, self.letter.ids
                ),
                user,
            )

    def test_dialog_of_correction(self):
        self._no_sitting()
        dialog = self.env["lgo.eoffice.correction"].with_context(default_letter_id=self.letter.id)
        self._check_noted(
            lambda: dialog.with_user(self.secret).default_get(["letter_id", "subject"]), self.secret
        )
        with self.assertRaises(AccessError):
            dialog.with_user(self.registrar).default_get(["letter_id", "subject"])

    def test_one_row_a_sitting(self):
        """A form that was opened reads its notes, messages and files without rows of their own."""
        note = self._note().with_user(self.officer)
        message = self.letter.message_post(body=WORD).with_user(self.officer)
        before = self._openings()
        self.letter.with_user(self.officer).web_read({"subject": {}})
        note.read(["text"])
        message.read(["body"])
        self.letter.with_user(self.officer).onchange(
            {"urgency": "urgent"}, ["urgency"], {"urgency": {}}
        )
        self.assertEqual(self._openings(), before + 1)
        note.with_user(self.secret).read(["text"])
        self.assertEqual(self._openings(), before + 2, "another person has a sitting of their own")
        self._no_sitting()
        note.read(["text"])
        self.assertEqual(self._openings(), before + 3)

    def test_open_letters_cost_nothing(self):
        """A list of notes of open letters asks for the class of their letters, and once."""
        letters = [self._draft() for _each in range(3)]
        notes = self.env["lgo.eoffice.endorsement"].union(*(self._note(one) for one in letters))
        notes = notes.with_user(self.officer)
        before = self._rows("letter.open_secret", letters[0])
        self.env.flush_all()
        counts = []
        for rows in (notes[:1], notes):
            rows.read(["text"])
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            rows.read(["text"])
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
        self.assertFalse(before)

    def test_whatever_links_to_a_letter_is_known(self):
        """A new model with words of a letter is noted as well, or is shown to be silent."""
        noted = self.env.registry["lgo.eoffice.trail.mixin"]
        links = {
            model._name
            for model in self.env.values()
            if not model._abstract
            and any(
                field.type == "many2one" and field.comodel_name == "lgo.eoffice.letter"
                for field in model._fields.values()
            )
        }
        missing = {name for name in links if not issubclass(self.env.registry[name], noted)}
        self.assertFalse(missing - SILENT)


@tagged("post_install", "-at_install")
class TestLeakBus(OpeningCase):
    def test_nothing_of_it_in_the_bus(self):
        """What is said on a secret letter is fetched by the person told, and noted then."""
        self.env.cr.precommit.run()
        self.letter.message_post(
            body=f"ลับ {WORD}", message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.officer.partner_id.ids,
        )  # fmt: skip
        self.env.cr.precommit.run()
        for row in self.env["bus.bus"].sudo().search([]):
            self.assertNotIn(WORD, str(json.loads(row.message)))
        openings = self._rows("letter.open_secret").filtered(lambda row: row.uid == self.officer.id)
        self.assertFalse(openings)
        message = self.env["mail.message"].with_user(self.officer).search(
            [("needaction", "=", True), ("res_id", "=", self.letter.id)]
        )  # fmt: skip
        self.assertEqual(len(message), 1)
        self.assertIn(WORD, message.read(["body"])[0]["body"])
        openings = self._rows("letter.open_secret").filtered(lambda row: row.uid == self.officer.id)
        self.assertEqual(len(openings), 1)

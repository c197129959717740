# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.lgo_base.tools import identity_vault

from .identity_common import ID_A, ID_B, JURISTIC, KEY, NEXT_KEY, IdentityCase, use_keys

SECRET = ("lgo_identity_cipher", "lgo_identity_hash", "lgo_identity_key")


@tagged("post_install", "-at_install", "lgo")
class TestIdentity(IdentityCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        roles = {
            "clerk": "lgo_base.group_clerk",
            "unmasker": "lgo_base.group_unmask",
            "staff": "lgo_base.group_staff",
            "auditor": "lgo_base.group_auditor",
            "admin": "lgo_base.group_admin,base.group_system",
            "portal": "base.group_portal",
        }
        cls.users = {
            role: new_test_user(cls.env, f"identity_{role}", groups=groups)
            for role, groups in roles.items()
        }
        cls.a = cls._citizen()
        cls.a._lgo_set_identity("citizen", ID_A)

    def _rows(self, action, partner):
        return self.env["lgo.audit.log"].search_count(
            [
                ("action", "=", action),
                ("res_model", "=", "res.partner"),
                ("res_id", "in", partner.ids),
            ]
        )

    def _column(self, partner, column):
        partner.flush_recordset()
        query = SQL("SELECT %s FROM res_partner WHERE id = %s", SQL.identifier(column), partner.id)
        return self.env.execute_query(query)[0][0]

    # ------------------------------------------------------------------ storing

    def test_stored_sealed_and_masked(self):
        self.assertEqual(self.a.lgo_identity_masked, "x-xxxx-xxxxx-12-1")
        self.a.flush_recordset()
        row = self.env.execute_query(
            SQL("SELECT to_jsonb(p)::text FROM res_partner p WHERE id = %s", self.a.id)
        )[0][0]
        self.assertNotIn(ID_A, row)
        self.assertEqual(self.a.sudo()._lgo_open_identity(), ID_A)

    def test_same_number_seals_differently(self):
        first = self._column(self.a, "lgo_identity_cipher")
        self.a._lgo_set_identity("citizen", ID_A)
        self.assertNotEqual(self._column(self.a, "lgo_identity_cipher"), first)

    def test_vectors(self):
        person = self._citizen()
        bad = "1234567890122 1101700203451 123456789012 12345678901210 abcdefghijklm 0 -123"
        for number in [*bad.split(), "１２３４５６７８９０１２１"]:
            with self.assertRaises(ValidationError, msg=number):
                person._lgo_set_identity("citizen", number)
            self.assertFalse(person.lgo_identity_masked)
        for number in ("1101700203450", "๑๑๐๑๗๐๐๒๐๓๔๕๐", "1-1017-00203-45-0", " 1 1017 00203 45 0"):
            person._lgo_set_identity("citizen", number)
            self.assertEqual(person.lgo_identity_masked, "x-xxxx-xxxxx-45-0")

    def test_passport_needs_country(self):
        foreigner = self._citizen(lgo_kind="foreigner", lgo_first_name="John")
        with self.assertRaises(ValidationError):
            foreigner._lgo_set_identity("passport", "AB1234567")
        for number in ("AB<1234567", "A1", "A" * 21, "กข123456"):
            with self.assertRaises(ValidationError, msg=number):
                foreigner._lgo_set_identity("passport", number, self.env.ref("base.de"))
        foreigner._lgo_set_identity("passport", "ab 1234567", self.env.ref("base.de"))
        self.assertEqual(foreigner.lgo_identity_masked, "xxxxxx567")
        # the same number of another country is another person
        other = self._citizen(lgo_kind="foreigner", lgo_first_name="Jean")
        other._lgo_set_identity("passport", "AB1234567", self.env.ref("base.fr"))
        find = self.env["res.partner"]._lgo_find_by_identity
        self.assertEqual(find("passport", "ab1234567", self.env.ref("base.fr")), other)
        self.assertEqual(find("passport", "AB1234567"), foreigner | other)

    def test_kinds_do_not_collide(self):
        company = self._citizen(lgo_kind="juristic", lgo_first_name="ตัวอย่าง")
        company._lgo_set_identity("juristic", JURISTIC)
        find = self.env["res.partner"]._lgo_find_by_identity
        self.assertEqual(find("juristic", JURISTIC), company)
        self.assertFalse(find("citizen", JURISTIC))

    def test_no_key_no_storage(self):
        person = self._citizen()
        with use_keys(None), mute_logger("odoo.addons.lgo_base.models.res_partner_identity"):
            with self.assertRaisesRegex(UserError, "lgo_secret_key"):
                person._lgo_set_identity("citizen", ID_B)
            with self.assertRaises(UserError):
                self.a.sudo()._lgo_open_identity()
        for bad in ("short", "AAAA", KEY[:-4]):
            with (
                use_keys(bad),
                mute_logger("odoo.addons.lgo_base.models.res_partner_identity"),
                self.assertRaises(UserError),
            ):
                person._lgo_set_identity("citizen", ID_B)
        for column in (*SECRET, "lgo_identity_masked", "lgo_identity_kind"):
            self.assertFalse(person.sudo()[column], column)

    def test_key_lies_in_its_own_section_or_where_older_installations_have_it(self):
        vault = "odoo.addons.lgo_base.tools.identity_vault"
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/odoo.conf"
            with open(file, "w", encoding="utf-8") as handle:
                handle.write(f"[lgo]\nlgo_secret_key = {KEY}\nlgo_secret_key_old = {NEXT_KEY}\n")
            with patch(f"{vault}.config", {"config": file, "lgo_secret_key": NEXT_KEY}):
                found = identity_vault.keys()
            self.assertEqual(found, [identity_vault.make_key(text) for text in (KEY, NEXT_KEY)])
            # a file without the section
            with patch(f"{vault}.config", {"config": f"{file}.none", "lgo_secret_key": NEXT_KEY}):
                found = identity_vault.keys()
            self.assertEqual(found, [identity_vault.make_key(NEXT_KEY)])

    def test_a_locked_secret_outlives_a_new_key_and_no_other(self):
        with use_keys(KEY):
            stored = identity_vault.lock("ความลับ", "here")
        with use_keys(NEXT_KEY, KEY):
            self.assertEqual(identity_vault.unlock(stored, "here"), "ความลับ")
        with use_keys(KEY):
            for text, context in (
                (stored, "elsewhere"), (stored[:-4], "here"), ("", "here"), (False, "here"),
            ):  # fmt: skip
                with self.assertRaises(identity_vault.VaultError):
                    identity_vault.unlock(text, context)
        with use_keys(NEXT_KEY), self.assertRaises(identity_vault.VaultError):
            identity_vault.unlock(stored, "here")

    def test_one_number_one_person(self):
        twin = self._citizen(lgo_first_name="สมหมาย")
        with self.assertRaisesRegex(ValidationError, "สมชาย"):
            twin._lgo_set_identity("citizen", ID_A)
        self.a.active = False
        with self.assertRaises(ValidationError):
            twin._lgo_set_identity("citizen", ID_A)
        # the index stands behind the check
        values = {name: self.a.sudo()[name] for name in (*SECRET, "lgo_identity_masked")}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            twin.sudo().write({**values, "lgo_identity_kind": "citizen"})
            twin.flush_recordset()

    def test_outsider_is_not_told_whose_number_it_is(self):
        mine = self.users["portal"].partner_id.with_user(self.users["portal"]).sudo()
        with self.assertRaises(ValidationError) as caught:
            mine._lgo_set_identity("citizen", ID_A)
        self.assertNotIn("สมชาย", str(caught.exception))

    def test_whole_or_nothing(self):
        person = self._citizen()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            person.sudo().lgo_identity_cipher = "x"
            person.flush_recordset()

    def test_clear(self):
        self.a._lgo_set_identity("citizen", False)
        self.assertFalse(self.a.lgo_identity_masked)
        self.assertFalse(self._column(self.a, "lgo_identity_cipher"))

    def test_altered_cipher_is_noticed(self):
        other = self._citizen(lgo_first_name="มะลิ")
        other._lgo_set_identity("citizen", ID_B)
        other.sudo().lgo_identity_cipher = self.a.sudo().lgo_identity_cipher
        with self.assertRaises(UserError):
            other.sudo()._lgo_open_identity()

    def test_house_code(self):
        self.a.lgo_house_code = "50010000001"
        for code in ("5001000000", "500100000011", "5001000000๑"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.a.lgo_house_code = code

    # ------------------------------------------------------------------ leaving

    def test_copy_leaves_the_identity_behind(self):
        copy = self.a.sudo().copy()
        for name in self.a._lgo_identity_columns():
            self.assertFalse(copy[name], name)

    def test_secret_columns_are_closed_to_everybody(self):
        for role, user in self.users.items():
            partner = (user.partner_id if role == "portal" else self.a).with_user(user)
            model = self.env["res.partner"].with_user(user)
            for name in SECRET:
                for attempt in (
                    lambda p=partner, n=name: p.read([n]),
                    lambda m=model, n=name: m.search([(n, "!=", False)]),
                    lambda m=model, n=name: m.search_count([(n, "=like", "a%")]),
                    lambda m=model, n=name: m.search([], order=f"{n} desc"),
                    lambda m=model, n=name: m.search_read([(f"parent_id.{n}", "!=", False)]),
                    lambda m=model, n=name: m.formatted_read_group([], [n], ["__count"]),
                    lambda m=model, n=name: m.env["res.users"].search(
                        [(f"partner_id.{n}", "!=", 0)]
                    ),
                    lambda p=partner, n=name: p.write({n: "x"}),
                    lambda p=partner, n=name: p.filtered_domain([(n, "!=", False)]),
                ):
                    with self.assertRaises(AccessError, msg=(role, name)):
                        attempt()
                self.assertNotIn(name, model.fields_get())

    def test_export_of_secret_columns_is_refused(self):
        exporters = self.env.ref("base.group_allow_export")
        for role in ("clerk", "auditor", "admin"):
            self.users[role].group_ids += exporters
            for name in SECRET:
                with self.assertRaises(AccessError):
                    self.a.with_user(self.users[role]).export_data(["name", name])
        with self.assertRaises(UserError):
            self.users["portal"].partner_id.with_user(self.users["portal"]).export_data(
                ["lgo_identity_hash"]
            )

    def test_need_to_know(self):
        for name in ("lgo_identity_masked", "lgo_birth_date", "lgo_house_code"):
            for role in ("clerk", "unmasker", "auditor"):
                self.a.with_user(self.users[role]).read([name])
            for role in ("staff", "admin"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    self.a.with_user(self.users[role]).read([name])
        portal = self.users["portal"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.a.with_user(portal).read(["name"])
        self.assertEqual(
            self.env["res.partner"].with_user(portal).search_count([("id", "=", self.a.id)]), 0
        )
        with self.assertRaises(AccessError):
            self.a.with_user(portal).write({"lgo_first_name": "x"})
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(portal).search([("lgo_identity_number", "=", ID_A)])
        for role in ("portal", "staff", "admin", "auditor"):
            for model, name in (
                ("res.partner", "parent_id.lgo_identity_number"),
                ("res.users", "partner_id.lgo_identity_number"),
                ("res.users", "lgo_identity_number"),
                ("res.company", "partner_id.lgo_identity_number"),
            ):
                with self.assertRaises(AccessError, msg=(role, model, name)):
                    self.env[model].with_user(self.users[role]).search_count([(name, "=", ID_A)])

    def test_only_clerks_write(self):
        self.a.with_user(self.users["clerk"]).lgo_last_name = "มีสุข"
        for role in ("staff", "auditor", "unmasker"):
            with self.assertRaises(AccessError, msg=role):
                self.a.with_user(self.users[role]).lgo_last_name = "อื่น"

    def test_typed_number_is_never_read_back(self):
        clerk = self.users["clerk"]
        model = self.env["res.partner"].with_user(clerk)
        person = model.create(
            {
                "lgo_kind": "citizen",
                "lgo_first_name": "มะลิ",
                "lgo_identity_entry_kind": "citizen",
                "lgo_identity_number": ID_B,
            }
        )
        self.assertFalse(person.lgo_identity_number)
        self.assertFalse(person.read(["lgo_identity_number"])[0]["lgo_identity_number"])
        names = [name for name in model.fields_get() if name.startswith("lgo_")]
        self.assertNotIn(ID_B, str(person.read(names)))
        person.write({"lgo_identity_entry_kind": "citizen", "lgo_identity_number": ID_B})
        self.assertFalse(person.lgo_identity_number)

    def test_search_by_whole_number(self):
        model = self.env["res.partner"].with_user(self.users["clerk"])
        self.assertEqual(model.search([("lgo_identity_number", "=", "1-2345-67890-12-1")]), self.a)
        self.assertFalse(model.search([("lgo_identity_number", "=", "12345")]))
        with self.assertRaises(UserError):
            model.search([("lgo_identity_number", "like", "1234")])

    def test_duplicate_hint_in_the_form(self):
        model = self.env["res.partner"].with_user(self.users["clerk"])
        form = Form(
            model.with_context(default_lgo_kind="citizen"),
            "lgo_base.res_partner_view_form_citizen",
        )
        with self.assertLogs("odoo.tests.form.onchange", level="WARNING") as logs:
            form.lgo_identity_number = ID_A
        self.assertIn("สมชาย ใจดี", "".join(logs.output))

    # ------------------------------------------------------------------ unmasking

    def test_unmask_shows_once_and_logs(self):
        user = self.users["unmasker"]
        action = self.a.with_user(user).action_unmask_identity()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"reason": "เทียบกับทะเบียนบ้าน"})
        )
        self.assertNotIn(ID_A, str(wizard.read()))
        before = self._rows("citizen.unmask", self.a)
        self.assertIn(ID_A, str(wizard.action_confirm()))
        self.assertEqual(self._rows("citizen.unmask", self.a), before + 1)

    def test_unmask_needs_the_right(self):
        for role in ("clerk", "staff", "auditor", "admin", "portal"):
            partner = self.a.with_user(self.users[role])
            with self.assertRaises(AccessError, msg=role):
                partner.action_unmask_identity()
            with self.assertRaises(AccessError, msg=role):
                partner._lgo_reveal_identity("x")
            with self.assertRaises(AccessError, msg=role):
                self.env["lgo.identity.unmask"].with_user(self.users[role]).create(
                    {"partner_id": self.a.id, "reason": "x"}
                )
        self.assertEqual(self._rows("citizen.unmask", self.a), 0)

    def test_export_leaves_audit_rows(self):
        clerk = self.users["clerk"]
        clerk.group_ids += self.env.ref("base.group_allow_export")
        other = self._citizen(lgo_first_name="มะลิ")
        rows = (self.a + other).with_user(clerk).export_data(["name", "lgo_identity_masked"])
        self.assertNotIn(ID_A, str(rows))
        self.assertEqual(self._rows("export", self.a), 1)
        self.assertEqual(self._rows("export", other), 1)
        # also when a citizen leaves through another model
        child = self.env["res.partner"].create({"name": "ผู้ติดต่อ", "parent_id": self.a.id})
        child.with_user(clerk).export_data(["name", "parent_id/lgo_first_name"])
        self.assertEqual(self._rows("export", self.a), 2)

    # ------------------------------------------------------------------ key and merge

    def test_rotation(self):
        archived = self._citizen(lgo_first_name="มะลิ", active=False)
        archived._lgo_set_identity("citizen", ID_B)
        find = self.env["res.partner"]._lgo_find_by_identity
        with use_keys(NEXT_KEY, KEY):
            # before, during and after: both are found, and no second one can be made
            self.assertEqual(find("citizen", ID_A), self.a)
            others = self.env["res.partner"].sudo().with_context(active_test=False)
            waiting = others.search_count([("lgo_identity_key", "!=", False)])
            self.assertEqual(self.env["res.partner"]._lgo_rotate_identity_key(1), waiting - 1)
            self.assertEqual(find("citizen", ID_A), self.a)
            with self.assertRaises(ValidationError):
                self._citizen()._lgo_set_identity("citizen", ID_B)
            while self.env["res.partner"]._lgo_rotate_identity_key():
                pass
        with use_keys(NEXT_KEY):
            self.assertEqual(find("citizen", ID_B), archived)
            self.assertEqual(self.a.sudo()._lgo_open_identity(), ID_A)
            self.assertEqual(self.env["res.partner"]._lgo_rotate_identity_key(), 0)
        self.assertFalse(find("citizen", ID_A), "the retired key opens nothing")
        with self.assertRaises(UserError):
            self.a.sudo()._lgo_open_identity()

    def _merge(self, partners, into):
        self.env["base.partner.merge.automatic.wizard"]._merge(partners.ids, into)

    def test_merge_carries_the_number_over(self):
        double = self._citizen()
        self._merge(self.a + double, double)
        self.assertFalse(self.a.exists())
        self.assertEqual(double.sudo()._lgo_open_identity(), ID_A)
        self.assertEqual(double.lgo_identity_masked, "x-xxxx-xxxxx-12-1")
        self.assertEqual(self._rows("citizen.merge", double), 1)

    def test_merge_keeps_the_number_of_the_target(self):
        double = self._citizen()
        self._merge(self.a + double, self.a)
        self.assertEqual(self.a.sudo()._lgo_open_identity(), ID_A)

    def test_two_persons_are_not_merged(self):
        other = self._citizen()
        other._lgo_set_identity("citizen", ID_B)
        with self.assertRaises(UserError):
            self._merge(self.a + other, self.a)
        self.assertTrue(other.exists())

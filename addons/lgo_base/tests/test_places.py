# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPlaces(TransactionCase):
    def test_all_places_are_there(self):
        for model, count in (("province", 77), ("district", 928), ("subdistrict", 7436)):
            self.assertEqual(self.env[f"lgo.{model}"].search_count([]), count)
        place = self.env["lgo.subdistrict"].search([("code", "=", "500116")])
        self.assertEqual(place._postcode_list(), ["50290", "50300"])
        self.assertEqual(place.province_id.letter_code, "ชม")
        self.assertFalse(self.env["lgo.province"].search([("letter_code", "=", False)]))

    def test_loading_again_changes_nothing_that_is_right(self):
        place = self.env["lgo.subdistrict"].search([("code", "=", "500109")])
        place.name = "ผิด"
        self.env["lgo.province"]._load_places()
        self.assertEqual(place.name, "แม่เหียะ")
        self.assertEqual(self.env["lgo.subdistrict"].search_count([]), 7436)

    def test_names_are_found(self):
        model = self.env["lgo.subdistrict"]
        for text in ("แม่เหียะ", "500109", "๕๐๐๑๐๙", "Mae Hia"):
            with self.subTest(text=text):
                names = [name for _id, name in model.name_search(text)]
                self.assertIn("แม่เหียะ", names)

    def test_dictionary_order(self):
        names = self.env["lgo.province"].search([]).mapped("name")
        self.assertEqual(names[0], "กระบี่")
        self.assertLess(names.index("พิษณุโลก"), names.index("เพชรบุรี"))
        self.assertLess(names.index("เพชรบุรี"), names.index("แพร่"))
        self.assertLess(names.index("แพร่"), names.index("ภูเก็ต"))

    def test_everyone_reads_and_nobody_else_writes(self):
        for user in (
            self.env.ref("base.public_user"),
            new_test_user(self.env, "places_citizen", "base.group_portal"),
            new_test_user(self.env, "places_clerk", "lgo_base.group_clerk"),
        ):
            for name in ("province", "district", "subdistrict"):
                place = self.env[f"lgo.{name}"].with_user(user).search([], limit=1)
                self.assertTrue(place.name)
                with self.assertRaises(AccessError):
                    place.name = "x"
        admin = new_test_user(self.env, "places_place_admin", "lgo_base.group_admin")
        self.env["lgo.province"].with_user(admin).search([], limit=1).letter_code = "กก"

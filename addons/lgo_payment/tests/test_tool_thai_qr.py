# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools import barcode, slip, thai_qr

BILLER = "099999999999101"
V1 = (
    "00020101021230690016A00000067701011201150999999999991010210010100018403121700000001385303764"
    "540540.005802TH6304B95B"
)
#: (arguments, payload); checked by three other programs
BILLS = (
    ((BILLER, "0101000184", "170000000138", "40.00"), {}, V1),
    (
        (BILLER, "0101000184"),
        {},
        "00020101021130530016A00000067701011201150999999999991010210010100018453037645802TH630451B9",
    ),
    (
        (BILLER, "0302002323", "270000000327", "480.00"),
        {"ref3": "WF01"},
        "00020101021230690016A000000677010112011509999999999910102100302002323031227000000032753037"
        "645406480.005802TH62080704WF016304EB42",
    ),
    (
        (BILLER, "0202010164", "170000002563", "150.00"),
        {"mcc": "9399", "name": "TAMBON TEST MUNICIPALITY", "city": "CHIANG MAI"},
        "00020101021230690016A000000677010112011509999999999910102100202010164031217000000256352049"
        "39953037645406150.005802TH5924TAMBON TEST MUNICIPALITY6010CHIANG MAI630433D9",
    ),
    (
        (BILLER, "0101000184", "170000000138"),
        {},
        "00020101021130690016A00000067701011201150999999999991010210010100018403121700000001385303764"
        "5802TH6304E643",
    ),
)
TRANSFERS = (
    (("tax_id", "0999999999991", "100.50"),
     "00020101021229370016A0000006770101110213099999999999153037645406100.505802TH6304DAD5"),
    (("mobile", "0812345678"),
     "00020101021129370016A0000006770101110113006681234567853037645802TH6304823E"),
    (("ewallet", "999999999999999", "0.25"),
     "00020101021229390016A0000006770101110315999999999999999530376454040.255802TH6304BFAB"),
)  # fmt: skip
OTHER_ORDER = (
    "00020101021229370016A000000677010111021309999999999915802TH53037645406100.506304DDBD",
    "00020101021230690016A00000067701011201150999999999991010210010100018403121700000001385303764"
    "5802TH540540.006304B570",
)


@tagged("post_install", "-at_install")
class TestThaiQr(BaseCase):
    def test_bills(self):
        for arguments, options, payload in BILLS:
            self.assertEqual(thai_qr.bill_payment(*arguments, **options), payload)
            read = thai_qr.parse(payload)
            self.assertEqual(
                (read.kind, read.biller, read.ref1, read.currency), ("bill", *arguments[:2], "764")
            )
            self.assertEqual(read.dynamic, len(arguments) > 3)
            self.assertEqual(read.ref3, options.get("ref3", ""))

    def test_transfers(self):
        for arguments, payload in TRANSFERS:
            self.assertEqual(thai_qr.credit_transfer(*arguments), payload)
            self.assertEqual(thai_qr.parse(payload).proxy_kind, arguments[0])

    def test_other_order(self):
        transfer, bill = map(thai_qr.parse, OTHER_ORDER)
        self.assertEqual((transfer.kind, transfer.amount), ("transfer", Decimal("100.50")))
        self.assertEqual((bill.ref1, bill.ref2), ("0101000184", "170000000138"))
        self.assertEqual(bill.amount, Decimal("40.00"))

    def test_amount_of_others(self):
        body = V1[:-4].replace("540540.00", "540440.5")
        read = thai_qr.parse(body + thai_qr.crc(body))
        self.assertEqual(read.amount, Decimal("40.50"))
        self.assertEqual(thai_qr.parse(V1[:-4] + V1[-4:].lower()).ref1, "0101000184")

    def test_refused(self):
        for arguments in (
            (BILLER, "0101-00184"),
            (BILLER, "abc"),
            (BILLER, "1" * 21),
            (BILLER, "บ้าน"),
            (BILLER, ""),
            (BILLER[:-1], "1"),
            (BILLER, "1", "", "0"),
            (BILLER, "1", "", "-1"),
            (BILLER, "1", "", "40.005"),
            (BILLER, "1", "", 40.005),
            (BILLER, "1", "", "10000000000"),
            (BILLER, "1", "", "x"),
            (BILLER, "1", "", "NaN"),
        ):
            with self.assertRaises(thai_qr.PayloadError, msg=arguments):
                thai_qr.bill_payment(*arguments)
        for text in ("", "0002", V1[:-1] + "A", V1 + "0", V1.replace("3069", "3068"), "ก" * 40):
            with self.assertRaises(thai_qr.PayloadError, msg=text):
                thai_qr.parse(text)

    def test_any_reference_and_amount_comes_back(self):
        chance = random.Random(2570)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        for _turn in range(300):
            ref1 = "".join(chance.choices(letters, k=chance.randint(1, 20)))
            ref2 = "".join(chance.choices(letters, k=chance.randint(0, 20)))
            amount = Decimal(chance.randint(1, 10**12 - 1)) / 100
            payload = thai_qr.bill_payment(BILLER, ref1, ref2, amount)
            read = thai_qr.parse(payload)
            self.assertEqual((read.ref1, read.ref2, read.amount), (ref1, ref2, amount))
            place = chance.randrange(len(payload))
            other = chance.choice([c for c in letters if c != payload[place].upper()])
            with self.assertRaises(thai_qr.PayloadError):
                thai_qr.parse(payload[:place] + other + payload[place + 1 :])

    def test_every_single_change_is_noticed(self):
        for place, char in enumerate(V1):
            for other in "0123456789ABCDEF":
                if other != char:
                    with self.assertRaises(thai_qr.PayloadError):
                        thai_qr.parse(V1[:place] + other + V1[place + 1 :])

    def test_bar_code(self):
        text = "|099999999999101\r0101000184\r170000000138\r4000"
        self.assertEqual(thai_qr.bot_barcode(BILLER, "0101000184", "170000000138", "40.00"), text)
        self.assertEqual(
            thai_qr.bot_barcode(BILLER, "0101000184"), "|099999999999101\r0101000184\r\r0"
        )
        read = thai_qr.parse_bot_barcode(text.replace("\r", "\n"))
        self.assertEqual((read.ref2, read.amount), ("170000000138", Decimal("40.00")))
        self.assertIsNone(thai_qr.parse_bot_barcode("|099999999999101\r0101000184\r\r0").amount)
        with self.assertRaises(thai_qr.PayloadError):
            thai_qr.parse_bot_barcode("|1\r2\r3\r4")
        self.assertIn(b"<rect", barcode.code128_svg(text))

    def test_slips(self):
        for text, bank, reference in (
            ("004100060000010103014022000111222233344ABCD125102TH910417DF", "014",
             "00111222233344ABCD12"),
            ("0041000600000101030060220SYN202611050000000015102TH91040EDF", "006",
             "SYN20261105000000001"),
            ("0041000600000101030060220SYN202611050000000015102TH9104EDF", "006",
             "SYN20261105000000001"),
        ):  # fmt: skip
            found = slip.parse_slip(text)
            self.assertEqual((found.bank, found.reference), (bank, reference))
        for text in ("", V1, "0041000600000101030060220SYN202611050000000025102TH91040EDF"):
            with self.assertRaises(thai_qr.PayloadError):
                slip.parse_slip(text)

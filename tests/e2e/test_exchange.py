# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two offices, two databases of one machine: a letter goes there, its receive number comes home.

Once directly, by signed requests over HTTP, and once by e-mail over a mail server. Needs two
servers with ``lgo_demo``; the offices learn each other's keys as two officers would.
"""

import os
import time
import unittest

from .base import BASE_URL, Backend, E2ECase

PEER_URL = os.environ.get("LGO_PEER_URL", "").rstrip("/")
LETTER = "lgo.eoffice.letter"
SECONDS = 90


class Office(Backend):
    """One office, worked on by its administrator, who also keeps the central register here."""

    def __init__(self, base_url, database, name, email):
        super().__init__(base_url, database)
        self.name, self.email = name, email
        self.login()

    def prepare(self):
        """Name, saraban address and key."""
        groups = [(4, self.ref("lgo_eoffice.group_saraban"))]
        (me,) = self.call("res.users", "search", [("login", "=", "admin")])
        self.call("res.users", "write", [me], {"group_ids": groups})
        company = self.ref("base.main_company")
        values = {"name": self.name, "lgo_saraban_email": self.email}
        self.call("res.company", "write", [company], values)
        action = self.call("lgo.eoffice.exchange.key", "action_make", [])
        (self.key,) = self.call(
            "lgo.eoffice.exchange.key", "read", [action["res_id"]], ["keyid", "fingerprint"]
        )

    def meet(self, other):
        """Enter the other office, fetch its key, compare the fingerprint."""
        (self.agency,) = self.call(
            "lgo.eoffice.agency",
            "create",
            [{"name": other.name, "saraban_email": other.email, "exchange_url": other.base_url}],
        )
        self.call("lgo.eoffice.agency", "action_fetch_keys", [self.agency])
        domain = [("keyid", "=", other.key["keyid"])]
        peers = self.call("lgo.eoffice.peer", "search", domain)
        values = {"fingerprint_typed": other.key["fingerprint"]}
        self.call("lgo.eoffice.peer", "write", peers, values)
        self.call("lgo.eoffice.peer", "action_confirm", peers)

    def read(self, model, domain, names):
        return self.call(model, "search_read", domain, names, order="id")

    def wait(self, model, domain, names):
        """The first record of ``domain``, as soon as the jobs of the server have made it so."""
        end = time.monotonic() + SECONDS
        while True:
            found = self.read(model, domain, names)
            if found:
                return found[0]
            if time.monotonic() > end:
                state = self.read(model, domain[:1], [*names, "state"])
                raise AssertionError(f"{model} {domain} did not come; there is {state}")
            time.sleep(1)

    def signed(self, channel, subject="ขอเชิญ & ประชุม"):
        """A letter that the mayor has signed and the registry has sent.

        :return: its number, subject and date, and the id of its recipient
        """
        (letter,) = self.call(
            LETTER,
            "create",
            [
                {
                    "kind_id": self.ref("lgo_eoffice.lgo_eoffice_kind_ext"),
                    "subject": f"{subject} {time.time_ns()}",
                    "agency_id": self.agency,
                    "addressee": "นายกเทศมนตรี",
                    "body": "<p>ตามที่ได้หารือร่วมกัน นั้น จึงขอเชิญประชุม</p>",
                    "urgency": "urgent",
                    "signer_post_id": self.ref("lgo_demo.post_mayor"),
                    "recipient_ids": [(0, 0, {"agency_id": self.agency, "channel": channel})],
                }
            ],
        )
        mayor = Backend(self.base_url, self.database).login("mayor", "mayor-lgo")
        mayor.call(LETTER, "action_sign", [letter])
        self.call(LETTER, "action_transition", [letter], context={"transition": "send"})
        (row,) = self.read("lgo.eoffice.recipient", [("letter_id", "=", letter)], ["id"])
        (values,) = self.call(LETTER, "read", [letter], ["doc_no", "subject", "doc_date"])
        return values, row["id"]

    def take_mails(self, mails):
        """Mails reach the office as its mailbox would hand them over."""
        for mail in mails:
            text = mail.as_bytes().decode("ascii", "replace")
            self.call("mail.thread", "message_process", LETTER, text)


def two_offices():
    """Two offices that know each other's addresses and have confirmed each other's keys."""
    mark = time.time_ns()
    home = Office(BASE_URL, os.environ.get("LGO_DB"), "เทศบาลต้นทาง (ทดสอบ)",
                  f"saraban{mark}@home.example.go.th")  # fmt: skip
    there = Office(PEER_URL, os.environ.get("LGO_PEER_DB"), "เทศบาลปลายทาง (ทดสอบ)",
                   f"saraban{mark}@there.example.go.th")  # fmt: skip
    for office in (home, there):
        office.prepare()
    home.meet(there)
    there.meet(home)
    return home, there


@unittest.skipUnless(BASE_URL and PEER_URL, "LGO_PEER_URL is not set: no second office")
class TestExchange(unittest.TestCase):
    mails_to = E2ECase.mails_to

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home, cls.there = two_offices()

    def accepted(self, row, number):
        """Wait at home for the receive number of the other office."""
        domain = [("id", "=", row), ("state", "=", "accepted")]
        found = self.home.wait("lgo.eoffice.recipient", domain, ["ack_no"])
        self.assertEqual(found["ack_no"], str(number))

    def test_directly(self):
        sent, row = self.home.signed("exchange")
        received = self.there.wait(
            LETTER,
            [("subject", "=", sent["subject"]), ("receive_channel", "=", "exchange")],
            ["doc_no", "doc_date", "urgency", "state", "agency_id", "main_attachment_id"],
        )
        self.assertEqual((received["doc_no"], received["doc_date"]),
                         (sent["doc_no"], sent["doc_date"]))  # fmt: skip
        self.assertEqual((received["state"], received["urgency"]), ("new", "urgent"))
        self.assertEqual(received["agency_id"][0], self.there.agency)
        self.assertTrue(received["main_attachment_id"])
        self.there.call(LETTER, "action_register", [received["id"]])
        (after,) = self.there.call(LETTER, "read", [received["id"]], ["receive_no"])
        self.accepted(row, after["receive_no"])

    def hand_over(self, office, address):
        """What the mail server holds for ``address`` reaches the office, as its mailbox would."""
        mails = self.mails_to(address, timeout=SECONDS)
        self.assertTrue(mails, f"no mail to {address}")
        office.take_mails(mails)

    def test_by_mail(self):
        sent, row = self.home.signed("email")
        self.hand_over(self.there, self.there.email)
        domain = [("subject", "=", sent["subject"]), ("receive_channel", "=", "email")]
        received = self.there.wait(LETTER, domain, ["doc_no", "agency_id", "main_attachment_id"])
        self.assertEqual(received["doc_no"], sent["doc_no"])
        self.assertEqual(received["agency_id"][0], self.there.agency)
        self.assertTrue(received["main_attachment_id"])
        self.there.call(LETTER, "action_register", [received["id"]])
        (after,) = self.there.call(LETTER, "read", [received["id"]], ["receive_no"])
        self.hand_over(self.home, self.home.email)
        self.accepted(row, after["receive_no"])

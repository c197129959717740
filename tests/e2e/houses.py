# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of payments share: a house that is billed, and the bank that pays."""

import base64
import contextlib
import importlib.util
import sys
import time
from datetime import datetime

from .base import ROOT, Backend, E2ECase

HOUSE = "99/1"
#: Longest time in which a billing run is done.
SECONDS = 60


def load_bank():
    """The bank that the tests of lgo_payment use."""
    path = ROOT / "addons" / "lgo_payment" / "tests" / "bank.py"
    spec = importlib.util.spec_from_file_location("lgo_test_bank", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


bank = load_bank()


class HouseCase(E2ECase):
    """Houses of the made-up municipality; needs a server with ``lgo_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = Backend().login()
        cls.people = {
            name: Backend().login(name, f"{name}-lgo") for name in ("waste", "health", "finance")
        }
        [cls.biller] = cls.people["finance"].call(
            "lgo.payment.biller", "search_read", [["state", "=", "approved"]], ["bank_account"],
            limit=1,
        )  # fmt: skip

    def bill_a_house(self, months, collector=None):
        """A new citizen whose house is served and billed.

        :param int collector: user whose route the house is on
        :return: ``(login, number)``
        """
        waste, health, finance = (self.people[name] for name in ("waste", "health", "finance"))
        login = self.admin.make_portal_user("จันทร์ ทดสอบชำระ")
        [user] = self.admin.call(
            "res.users", "search_read", [["login", "=", login[0]]], ["partner_id"]
        )
        code = f"E{time.time_ns()}"
        zone = health.call("lgo.waste.zone", "create", {"name": code, "code": code})
        route = False
        if collector:
            values = {"name": code, "code": code, "zone_id": zone}
            values["collector_ids"] = [(6, 0, [collector])]
            route = health.call("lgo.waste.route", "create", values)
        [tariff] = waste.call("lgo.waste.tariff", "search", [["code", "=", "01"]])
        today = datetime.now(bank.HERE).date()
        values = {
            "house": HOUSE,
            "partner_id": user["partner_id"][0],
            "zone_id": zone,
            "route_id": route,
            "tariff_id": tariff,
            "date_start": f"{today:%Y-%m}-01",
        }
        point = waste.call("lgo.waste.point", "create", values)
        waste.call("lgo.waste.point", "action_inspect", [point])
        health.call("lgo.waste.point", "action_activate", [point])
        run = finance.call(
            "lgo.waste.run",
            "create",
            {"zone_ids": [(6, 0, [zone])], "month_count": months, "date": str(today)},
        )
        finance.call("lgo.waste.run", "action_preview", [run])
        finance.call("lgo.waste.run", "action_start", [run])
        found = self.billed(run)
        self.assertEqual((found["state"], found["bill_count"]), ("done", 1))
        [row] = waste.call("lgo.waste.point", "read", [point], ["number"])
        return login, row["number"]

    def billed(self, run):
        """What became of a billing run: the scheduled job of the server does it, or we do."""
        for _second in range(SECONDS):
            [found] = self.people["finance"].call(
                "lgo.waste.run", "read", [run], ["state", "bill_count"]
            )
            if found["state"] == "done":
                break
            # refused while the server's own job is at it
            with contextlib.suppress(AssertionError):
                self.admin.call(
                    "ir.cron", "method_direct_trigger", [self.admin.ref("lgo_waste.ir_cron_run")]
                )
            time.sleep(1)
        return found

    def take_in(self, orders):
        """The finance officer takes in the file of the day."""
        finance = self.people["finance"]
        data = bank.day_file(self.biller["bank_account"], orders)
        file = finance.call(
            "lgo.bank.file",
            "create",
            {
                "name": f"day-{time.time_ns()}.txt",
                "data": base64.b64encode(data).decode(),
                "biller_id": self.biller["id"],
            },
        )
        finance.call("lgo.bank.file", "action_check", [file])
        finance.call("lgo.bank.file", "action_import", [file])
        [found] = finance.call("lgo.bank.file", "read", [file], ["state"])
        self.assertEqual(found["state"], "imported")

    def check_page(self):
        self.axe()
        self.no_english()
        self.no_overflow()

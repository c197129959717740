# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..tools import references

DATA = Path(__file__).parent / "data"
BILLER = "099999999999101"


def rows_of(name):
    """Rows of a CSV file of the test data as dicts."""
    with open(DATA / name, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class PaymentCase(TransactionCase):
    """An organisation with accounts, a bank account in force and one user a role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.company = cls.env["res.company"].create({"name": "เทศบาลตำบลตัวอย่าง"})
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.company._lgo_payment_setup()
        common = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        roles = {
            "cashier": "lgo_base.group_cashier",
            "cashier2": "lgo_base.group_cashier",
            "finance": "lgo_base.group_finance",
            "finance2": "lgo_base.group_finance",
            "approver": "lgo_payment.group_approver",
            "auditor": "lgo_base.group_auditor",
            "outsider": "lgo_base.group_staff",
        }
        for name, group in roles.items():
            user = new_test_user(cls.env, f"pay_{name}", groups=group, lang="en_US", **common)
            setattr(cls, name, user)
        cls.revenue = cls.env["lgo.payment.revenue"].create(
            {
                "name": "ค่าธรรมเนียมเก็บและขนมูลฝอย",
                "code": "test_collect",
                "company_id": cls.company.id,
            }
        )
        cls.bank_journal = cls.env["account.journal"].create(
            {"name": "ธนาคารทดสอบ", "code": "TB1", "type": "bank", "company_id": cls.company.id}
        )
        cls.biller = cls.env["lgo.payment.biller"].create(
            {
                "name": "ธนาคารทดสอบ",
                "bank_code": "006",
                "bank_account": "9990000011",
                "account_name": "เทศบาลตำบลตัวอย่าง",
                "biller_code": BILLER,
                "layout": "A",
                "journal_id": cls.bank_journal.id,
                "company_id": cls.company.id,
            }
        )
        cls.biller.with_user(cls.approver).action_approve()

    @classmethod
    def _account(cls, number=None, name="บ้านเลขที่ 1", **vals):
        number = number or references.account_number(cls._next())
        partner = cls.env["res.partner"].create({"name": f"ผู้ชำระ {name}"})
        return cls.env["lgo.payment.account"].create(
            {
                "number": number,
                "name": name,
                "partner_id": partner.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    _run = 50_000_000

    @classmethod
    def _next(cls):
        PaymentCase._run += 1
        return PaymentCase._run

    @classmethod
    def _bill(cls, account, amount="40.00", **spec):
        lines = [{"revenue": cls.revenue, "name": "ค่าเก็บและขนมูลฝอย", "amount": Decimal(amount)}]
        return cls.env["lgo.payment.bill"]._issue(
            cls.company, [{"account": account, "lines": lines, **spec}]
        )

    @classmethod
    def _file(cls, data, name="file.txt", user=None, **vals):
        files = cls.env["lgo.bank.file"].with_user(user or cls.finance)
        return files.create(
            {
                "name": name,
                "data": base64.b64encode(data),
                "biller_id": cls.biller.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _money(self):
        """{where: baht} of every part in force."""
        groups = self.env["lgo.payment.allocation"]._read_group(
            [("company_id", "=", self.company.id), ("state", "=", "active")],
            ["kind"],
            ["amount:sum"],
        )
        return {kind: Decimal(f"{amount:.2f}") for kind, amount in groups}

    def _balance(self, name):
        """Balance of an account of the organisation in the ledger, debit above zero."""
        self.env.flush_all()
        account = self.company._lgo_payment_account(name)
        groups = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")], [], ["balance:sum"]
        )
        return Decimal(f"{groups[0][0] or 0:.2f}")


class FixtureCase(PaymentCase):
    """The service points, bills and groups that the bank files of the test data pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = {}
        partners = cls.env["res.partner"].create(
            [{"name": f"ผู้ชำระ {row['ref1']}"} for row in rows_of("fixture_points.csv")]
        )
        for row, partner in zip(rows_of("fixture_points.csv"), partners, strict=True):
            cls.accounts[row["ref1"]] = cls.env["lgo.payment.account"].create(
                {
                    "number": row["ref1"],
                    "name": row["house"],
                    "house": row["house"],
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "is_closed": row["state"] != "active",
                }
            )
        specs = []
        rows = rows_of("fixture_bills.csv")
        for row in rows:
            year, month = map(int, row["period"].split("-"))
            specs.append(
                {
                    "account": cls.accounts[row["ref1"]],
                    "number": row["bill_no"],
                    "date": date.fromisoformat(row["issue"]),
                    "date_due": date.fromisoformat(row["due"]),
                    "fiscal_year": int(row["fy"]),
                    "period_from": date(year - 543, month, 1),
                    "lines": [
                        {
                            "revenue": cls.revenue,
                            "name": f"ค่าเก็บและขนมูลฝอย {row['period']}",
                            "amount": Decimal(row["amount"]),
                        }
                    ],
                }
            )
        bills = cls.env["lgo.payment.bill"]._issue(cls.company, specs)
        cls.bills = {bill.number: bill for bill in bills}
        for row in rows:
            bill = cls.bills[row["bill_no"]]
            if row["state"] == "cancelled":
                bill._close("cancelled", bill.date)
            elif row["state"] == "paid":
                bill._reduce(bill.residual, "adjusted", bill.date)
        for row in rows_of("fixture_groups.csv"):
            members = [cls.bills[number] for number in row["bills"].split(";")]
            cls.env["lgo.payment.group"].create(
                {
                    "number": row["group_no"],
                    "account_id": members[0].account_id.id,
                    "bill_ids": [Command.set([bill.id for bill in members])],
                    "amount": sum(bill.amount for bill in members),
                }
            )

    def _import(self, name):
        data = (DATA / name).read_bytes()
        vals = {}
        if name.endswith(".csv"):
            vals = {"layout": "table", "mapping_id": self.mapping().id}
        file = self._file(data, name, **vals)
        file.action_check()
        file.action_import()
        return file

    def mapping(self):
        """The common layout of a bank's table."""
        return self.env.ref("lgo_payment.lgo_bank_mapping_detail")

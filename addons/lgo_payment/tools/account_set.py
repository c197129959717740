# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Accounts and journals that the collection of fees needs; codes and names may be edited later.

The chart of ``l10n_th`` is that of private companies. What a local government keeps apart (money
in transit at each collector, money of the bank that is not credited yet, money received in advance,
money that must be looked into or paid back) follows the registers of ระเบียบกระทรวงมหาดไทยว่าด้วย
การรับเงิน การเบิกจ่ายเงินฯ ขององค์กรปกครองส่วนท้องถิ่น.
"""

#: (field of the company, code, name, type, reconcile)
ACCOUNTS = (
    ("lgo_receivable_account_id", "L1210", "ลูกหนี้ค่าธรรมเนียม", "asset_receivable", True),
    ("lgo_clearing_account_id", "L1130", "พักรับชำระผ่านธนาคาร", "asset_current", True),
    ("lgo_cash_account_id", "L1110", "เงินสด-เคาน์เตอร์", "asset_cash", False),
    ("lgo_transit_account_id", "L1120", "เงินสดระหว่างทาง", "asset_current", True),
    ("lgo_short_account_id", "L1220", "ลูกหนี้เงินขาดบัญชี", "asset_current", True),
    ("lgo_advance_account_id", "L2110", "เงินรับล่วงหน้า", "liability_current", True),
    ("lgo_suspense_account_id", "L2120", "เงินรอตรวจสอบ", "liability_current", True),
    ("lgo_refund_account_id", "L2130", "เงินรับรอคืน", "liability_current", True),
    ("lgo_over_account_id", "L2140", "เงินเกินบัญชี", "liability_current", True),
    ("lgo_fee_account_id", "L4100", "รายได้ค่าธรรมเนียม", "income", False),
    ("lgo_written_off_account_id", "L5100", "หนี้สูญ", "expense", False),
    ("lgo_bank_fee_account_id", "L5200", "ค่าธรรมเนียมธนาคาร", "expense", False),
)

#: (field of the company, code, name, type)
JOURNALS = (
    ("lgo_bill_journal_id", "BILL", "ใบแจ้งค่าธรรมเนียม", "sale"),
    ("lgo_collection_journal_id", "RCV", "รับชำระค่าธรรมเนียม", "general"),
)

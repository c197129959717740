# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bank statements in ISO 20022 camt.053: booked entries with their references."""

from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from .bank_file import BankFile, BankLine


def parse(data):
    """Read a statement; nothing outside the file is ever asked for."""
    file = BankFile("camt053", "statement")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        file.add(0, "FORMAT")
        return file
    if root.getroottree().docinfo.doctype or "camt.053" not in (root.nsmap.get(None) or ""):
        file.add(0, "FORMAT")
        return file
    space = {"c": root.nsmap[None]}
    account = root.find(".//c:Stmt/c:Acct/c:Id//c:Id", space)
    file.account = account.text.strip() if account is not None and account.text else ""
    for number, entry in enumerate(root.iterfind(".//c:Stmt/c:Ntry", space), start=1):
        _entry(file, number, entry, space)
    if not file.lines and not file.problems:
        file.add(0, "EMPTY")
    return file


def _entry(file, number, entry, space):
    def text(path):
        found = entry.find(path, space)
        return (found.text or "").strip() if found is not None else ""

    if text("c:Sts/c:Cd") not in ("", "BOOK") or text("c:Sts") in ("PDNG", "INFO"):
        return
    try:
        amount = Decimal(text("c:Amt"))
        if amount != amount.quantize(Decimal("0.01")) or amount < 0:
            raise ValueError(amount)
    except (InvalidOperation, ValueError):
        file.add(number, "AMT")
        return
    try:
        day = date.fromisoformat((text("c:BookgDt/c:Dt") or text("c:BookgDt/c:DtTm"))[:10])
    except ValueError:
        file.add(number, "DATE")
        return
    file.lines.append(
        BankLine(
            number=number,
            date=day,
            amount=amount,
            kind="D" if text("c:CdtDbtInd") == "DBIT" else "C",
            name=text("c:AddtlNtryInf"),
            ref1=text(".//c:EndToEndId"),
            bank_ref=text("c:AcctSvcrRef") or text("c:NtryRef"),
        )
    )

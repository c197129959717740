# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.sql import table_columns

#: Bills of one shape from which on the others are cloned from the first.
CLONE_FROM = 5


class LgoPaymentBill(models.Model):
    """Thousands of bills that differ in nothing but payer and number.

    The first bill of a shape goes through the ORM and through Odoo's posting: lock dates, balance
    and every stored field are checked and computed there. The others are its rows once more, with
    their own numbers and payers, in one statement a table. ``TestBillClone`` compares the rows of
    both ways column by column. Where entries are chained by hash none is cloned.
    """

    _inherit = "lgo.payment.bill"

    @api.model
    def _shape(self, spec):
        """What bills must have in common for one to be a copy of another."""
        lines = tuple((line["revenue"].id, line["name"], line["amount"]) for line in spec["lines"])
        names = (
            "date", "date_due", "period_from", "period_to", "fiscal_year", "title", "amount",
        )  # fmt: skip
        return (lines, *(spec[name] for name in names))

    @api.model
    def _split_by_shape(self, company, specs):
        """Sort specs into those that are made by the ORM and those that are cloned.

        :return: list of specs, and list of (spec of the pattern, list of specs)
        """
        if company.lgo_bill_journal_id.restrict_mode_hash_table:
            return specs, []
        shapes = {}
        for spec in specs:
            shapes.setdefault(self._shape(spec), []).append(spec)
        made, cloned = [], []
        for members in shapes.values():
            if len(members) < CLONE_FROM:
                made += members
            else:
                made.append(members[0])
                cloned.append((members[0], members[1:]))
        return made, cloned

    def _clone(self, specs):
        """Rows like those of this bill for other payers; returns the bills in the order of specs.

        :param specs: complete specs (see :meth:`_issue`) of the same shape
        """
        self.ensure_one()
        self.env.flush_all()
        partners = self.env["res.partner"].union(*(spec["partner"] for spec in specs))
        (partners | partners.commercial_partner_id)._lgo_mark_customers()
        move_ids = self._new_ids("account_move", len(specs))
        bill_ids = self._new_ids("lgo_payment_bill", len(specs))
        self._clone_moves(move_ids, specs)
        receivable = self._clone_move_lines(move_ids, specs)
        self._clone_rows(
            "lgo_payment_bill",
            SQL("source.id = %s", self.id),
            {
                "id": ("int", bill_ids),
                "number": ("text", [spec["number"] for spec in specs]),
                "account_id": ("int", [spec["account"].id for spec in specs]),
                "partner_id": ("int", [spec["partner"].id for spec in specs]),
                "move_id": ("int", move_ids),
                "receivable_line_id": ("int", [receivable[move_id] for move_id in move_ids]),
                "key": ("text", [spec["key"] or None for spec in specs]),
            },
        )
        self._clone_rows(
            "lgo_payment_bill_line",
            SQL("source.bill_id = %s", self.id),
            {"bill_id": ("int", bill_ids)},
        )
        return self.browse(bill_ids)

    def _clone_moves(self, move_ids, specs):
        sequences = [self._split_number(spec["number"]) for spec in specs]
        numbers = [spec["number"] for spec in specs]
        self._clone_rows(
            "account_move",
            SQL("source.id = %s", self.move_id.id),
            {
                "id": ("int", move_ids),
                "name": ("text", numbers),
                "payment_reference": ("text", numbers),
                "sequence_prefix": ("text", [prefix for prefix, _number in sequences]),
                "sequence_number": ("int", [number for _prefix, number in sequences]),
                "partner_id": ("int", [spec["partner"].id for spec in specs]),
                "commercial_partner_id": (
                    "int",
                    [spec["partner"].commercial_partner_id.id for spec in specs],
                ),
                "invoice_partner_display_name": (
                    "text",
                    [spec["partner"].display_name for spec in specs],
                ),
            },
        )

    def _clone_move_lines(self, move_ids, specs):
        """Clone the items of the invoice; returns {id of the move: id of the receivable item}."""
        rows = self._clone_rows(
            "account_move_line",
            SQL("source.move_id = %s", self.move_id.id),
            {
                "move_id": ("int", move_ids),
                "move_name": ("text", [spec["number"] for spec in specs]),
                "partner_id": ("int", [spec["partner"].commercial_partner_id.id for spec in specs]),
            },
            {
                "name": SQL(
                    "CASE source.display_type WHEN 'payment_term' THEN own.move_name"
                    " ELSE source.name END"
                )
            },
            SQL("RETURNING move_id, id, display_type"),
        )
        return {move_id: line_id for move_id, line_id, kind in rows if kind == "payment_term"}

    def _split_number(self, number):
        """Prefix and running part of a number, as ``sequence.mixin`` stores them."""
        regex = self.env["account.move"]._sequence_fixed_regex
        regex = re.sub(r"\?P<\w+>", "?:", regex.replace(r"?P<seq>", ""))
        match = re.match(regex, number)
        return number[: match.start(1)], int(match[1] or 0)

    def _new_ids(self, table, count):
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                table,
                count,
            )
        )
        return [row[0] for row in rows]

    def _clone_rows(self, table, condition, own, computed=None, returning=None):
        """Insert the rows of ``table`` that meet the condition once for each own value.

        :param dict own: column -> (type in PostgreSQL, list of values, one a clone)
        :param dict computed: column -> SQL over ``source`` (a row) and ``own`` (the values)
        :param returning: SQL, for the rows to return
        """
        columns = [
            name for name in table_columns(self.env.cr, table) if name != "id" or name in own
        ]
        values = {name: SQL("source.%s", SQL.identifier(name)) for name in columns}
        values |= {name: SQL("own.%s", SQL.identifier(name)) for name in own}
        values |= computed or {}
        arrays = SQL(", ").join(SQL("%s::%s[]", list_, SQL(kind)) for kind, list_ in own.values())
        query = SQL(
            "INSERT INTO %(table)s (%(columns)s) SELECT %(values)s FROM %(table)s AS source,"
            " unnest(%(arrays)s) AS own(%(names)s) WHERE %(condition)s %(returning)s",
            table=SQL.identifier(table),
            columns=SQL(", ").join(SQL.identifier(name) for name in columns),
            values=SQL(", ").join(values[name] for name in columns),
            arrays=arrays,
            names=SQL(", ").join(SQL.identifier(name) for name in own),
            condition=condition,
            returning=returning or SQL(),
        )
        self.env.cr.execute(query)
        return self.env.cr.fetchall() if returning else []

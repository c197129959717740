# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai


class LgoEofficeLetter(models.Model):
    """Numbers of the registers: taken in the transaction that registers or signs.

    ข้อ ๓๗ (receive number), ข้อ ๓๑-๓๒ (number of an outgoing letter, circulars). The year is that
    of the calendar in Bangkok, in พ.ศ.
    """

    _inherit = "lgo.eoffice.letter"

    register_entry_id = fields.Many2one(
        comodel_name="lgo.register.entry", string="Line of the register", readonly=True,
        copy=False, index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    register_date = fields.Date(related="register_entry_id.date", store=True, index=True)
    year_be = fields.Integer(
        string="Year (B.E.)", compute="_compute_years", store=True, aggregator=None
    )
    fiscal_year_be = fields.Integer(
        string="Fiscal year (B.E.)", compute="_compute_years", store=True, aggregator=None
    )
    receive_no = fields.Integer(string="Receive number", readonly=True, copy=False, aggregator=None)
    received_at = fields.Datetime(string="Registered on", readonly=True, copy=False)
    receive_channel = fields.Selection(
        [
            ("paper", "By hand"),
            ("post", "By post"),
            ("email", "Saraban e-mail"),
            ("exchange", "Between offices"),
            ("ecms", "e-CMS"),
            ("counter", "Counter"),
            ("web", "Website"),
        ],
        string="Came by",
        copy=False,
    )
    send_no = fields.Integer(string="Send number", readonly=True, copy=False, aggregator=None)
    numbered_at = fields.Datetime(readonly=True, copy=False)
    sent_at = fields.Datetime(readonly=True, copy=False)
    duplicate_of_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", string="Received before as", copy=False,
        index="btree_not_null",
        help="The letter was received a second time on purpose (รับซ้ำ).",
    )  # fmt: skip
    duplicate_hint_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", compute="_compute_duplicate_hint_id"
    )
    is_old = fields.Boolean(compute="_compute_is_old")

    _year_idx = models.Index("(company_id, year_be, direction, receive_no)")

    @api.depends("register_entry_id.date")
    def _compute_years(self):
        for letter in self:
            day = letter.register_entry_id.date
            letter.year_be = thai.buddhist_year(day) if day else 0
            letter.fiscal_year_be = thai.fiscal_year(day) if day else 0

    @api.depends("doc_no", "doc_date", "agency_id", "from_text")
    def _compute_duplicate_hint_id(self):
        """The same number, date and sender in this or the last year: probably received twice."""
        for letter in self:
            letter.duplicate_hint_id = letter._find_duplicate()

    def _find_duplicate(self, among=Domain.TRUE):
        """A letter of the same number, date and sender.

        :param Domain among: only letters of this kind
        """
        self.ensure_one()
        key = self._normalise_no(self.doc_no)
        if self.direction != "in" or not key or not self.doc_date:
            return self.browse()
        sender = Domain("from_text", "=", self.from_text)
        if self.agency_id:
            sender |= Domain("agency_id", "=", self.agency_id.id)
        return self.search(
            Domain("doc_no_key", "=", key)
            & Domain("direction", "=", "in")
            & Domain("doc_date", "=", self.doc_date)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "not in", ("rejected", "cancelled"))
            & Domain("id", "!=", self._origin.id)
            & sender
            & among,
            limit=1,
        )

    @api.depends("doc_date", "company_id")
    def _compute_is_old(self):
        today = thai.local_date(fields.Datetime.now())
        for letter in self:
            limit = letter.company_id.lgo_old_letter_days
            letter.is_old = bool(
                limit and letter.doc_date and letter.doc_date < today - timedelta(days=limit)
            )

    # ------------------------------------------------------------ receiving
    def _guard_register(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("subject", "from_text", "to_text")
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._("Fill in before registering: %(fields)s.", fields=", ".join(missing))
            )
        # of two that both wait for their number, one gets it
        twin = self._find_duplicate(Domain("register_entry_id", "!=", False))
        if twin and not self.duplicate_of_id:
            raise UserError(
                self.env._(
                    "This letter seems to be registered already: %(letter)s, receive number "
                    "%(number)s. If it really came twice, choose it under “Received before as”.",
                    letter=twin.display_name,
                    number=twin.receive_no,
                )
            )

    def _receive_register(self):
        """Code of the book that numbers this received letter."""
        return "receive" if self.secrecy == "normal" else "secret_receive"

    def _take_receive_number(self):
        now = fields.Datetime.now()
        entry = self.env["lgo.register"]._take_number(
            self._receive_register(), record=self, at=now, label=self._register_label()
        )
        self._from_machine().write(
            {
                "register_entry_id": entry.id,
                "receive_no": entry.number,
                "received_at": now,
                "receive_channel": self.receive_channel or "paper",
            }
        )

    def _register_label(self):
        """What the book shows; a secret subject stays out of it."""
        self.ensure_one()
        return self.subject if self.secrecy == "normal" else self.env._("(secret)")

    def _register_letters(self):
        """Register received letters: number and moment, in one transaction.

        :raises UserError: something is missing, or the letter is registered already
        """
        for letter in self:
            letter._transition("register")

    def action_register(self):
        """Button: register the letter."""
        self._register_letters()
        return True

    # ------------------------------------------------------------ sending
    def _before_send(self):
        now = fields.Datetime.now()
        self._list_the_agency()
        self._send_out()
        self._from_machine().write({"sent_at": now})

    def _list_the_agency(self):
        """The agency that a letter is written to is its recipient when nobody was listed.

        Else the letter would count as sent, and nothing would have left.
        """
        for letter in self.sudo():
            if letter.direction == "out" and letter.agency_id and not letter.recipient_ids:
                on_paper = letter.is_secret or letter.medium == "paper"
                channel = {"channel": "paper"} if on_paper else {}
                letter.recipient_ids = [
                    fields.Command.create({"agency_id": letter.agency_id.id, **channel})
                ]

    def _send_out(self):
        """Bring the letter to its recipients; hook for the ways of sending.

        Here the ways that need nobody else: on paper, and inside the office.
        """
        rows = self.recipient_ids.filtered(
            lambda row: row.state in ("draft", "failed") and row.channel in ("paper", "internal")
        )
        rows.sudo().write({"state": "sent", "sent_at": fields.Datetime.now(), "error": False})

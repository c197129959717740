# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai

#: What both sides signed.
SIGNED = frozenset({"kind", "year_be", "reason", "giver", "receiver", "line_ids", "company_id"})
#: Age at which a document goes to the National Archives (ข้อ ๕๘).
AGE = 20


class LgoEofficeTransfer(models.Model):
    """A list for the National Archives: handed over, kept by us, or deposited (forms 21-23).

    Saraban Regulation B.E. 2526, ข้อ ๕๘: documents that reached twenty years go to the Fine Arts
    Department by 31 January of the next year, but for secret ones, those kept under a law, and
    those the office needs itself.
    """

    _name = "lgo.eoffice.transfer"
    _inherit = ["lgo.action.only.mixin", "lgo.eoffice.paper.mixin", "mail.thread"]
    _description = "List for the National Archives"
    _order = "year_be desc, id desc"

    _action_only = frozenset({"state", "done_on"})

    name = fields.Char(compute="_compute_name", store=True)
    kind = fields.Selection(
        [
            ("hand_over", "Documents of 20 years, handed over"),
            ("keep", "Documents of 20 years that we keep"),
            ("deposit", "Documents deposited"),
        ],
        required=True,
        default="hand_over",
    )
    year_be = fields.Integer(
        string="Year (B.E.)", required=True, aggregator=None,
        default=lambda self: thai.buddhist_year(thai.local_date(fields.Datetime.now())) - 1,
        help="Documents that reached twenty years in this calendar year.",
    )  # fmt: skip
    deadline = fields.Date(compute="_compute_deadline")
    reason = fields.Char(help="Why the office keeps them itself.")
    line_ids = fields.One2many("lgo.eoffice.transfer.line", "transfer_id", string="Letters")
    giver = fields.Char(string="Handed over by")
    receiver = fields.Char(string="Taken over by")
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Signed")], required=True, default="draft", readonly=True
    )
    done_on = fields.Date(readonly=True, copy=False)
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        readonly=True, default=lambda self: self.env.company,
    )  # fmt: skip

    _year_range = models.Constraint(
        "CHECK (year_be BETWEEN 2500 AND 2700)", "Give the year in B.E., such as 2570."
    )

    @api.depends("kind", "year_be")
    def _compute_name(self):
        names = {
            "hand_over": "บัญชีส่งมอบหนังสือครบ ๒๐ ปี",
            "keep": "บัญชีหนังสือครบ ๒๐ ปีที่ขอเก็บเอง",
            "deposit": "บัญชีฝากหนังสือ",
        }
        for row in self:
            row.name = f"{names.get(row.kind, '')} ประจำปี {row.year_be}"

    @api.depends("year_be")
    def _compute_deadline(self):
        for row in self:
            # a year that is still being typed is none
            known = row.year_be in range(2500, 2701)
            row.deadline = known and date(row.year_be - thai.BUDDHIST_OFFSET + 1, 1, 31)

    def write(self, vals):
        """:raises UserError: what both sides signed is changed"""
        if SIGNED & vals.keys():
            for row in self:
                row._check_draft()
        return super().write(vals)

    def action_fill(self):
        """List the paper documents that reached twenty years in the year.

        :raises UserError: the list is signed
        """
        for row in self:
            row.check_access("write")
            row._check_draft()
            first = date(row.year_be - 543 - AGE, 1, 1)
            last = date(row.year_be - 543 - AGE, 12, 31)
            letters = self.env["lgo.eoffice.letter"].search(
                Domain("company_id", "=", row.company_id.id)
                & Domain("medium", "!=", "electronic")
                & Domain("secrecy", "=", "normal")
                & Domain("doc_date", ">=", first)
                & Domain("doc_date", "<=", last)
                & Domain("destroyed_at", "=", False)
                & Domain("transferred_at", "=", False)
                & Domain("state", "=", "closed")
            )
            new = letters - row.line_ids.letter_id
            row.line_ids = [Command.create({"letter_id": letter.id}) for letter in new]
        return True

    def action_done(self):
        """The list is signed by both sides."""
        today = thai.local_date(fields.Datetime.now())
        for row in self:
            row.check_access("write")
            row._check_draft()
            if not row.line_ids or not row.giver or not (row.receiver or row.kind == "keep"):
                raise UserError(self.env._("Fill the list and name who signs it."))
            if row.kind == "keep" and not (row.reason or "").strip():
                raise UserError(self.env._("Give the reason why the office keeps them itself."))
            row.sudo().write({"state": "done", "done_on": today})
            if row.kind == "hand_over":
                row._check_handed_over()
                row.line_ids.letter_id._from_machine().sudo().write({"transferred_at": today})
        self.env["lgo.audit.log"]._log("letter.transfer", self)
        return True

    def _check_handed_over(self):
        """Secret letters stay with the office (ข้อ ๕๘); what was given away is not given again."""
        refused = self.line_ids.letter_id.filtered(
            lambda letter: letter.is_secret or letter.destroyed_at or letter.transferred_at
        )
        if refused:
            raise UserError(
                self.env._(
                    "Not handed over, because secret, destroyed or handed over already: "
                    "%(letters)s.",
                    letters=", ".join(refused.mapped("display_name")),
                )
            )

    def _check_draft(self):
        if self.state != "draft":
            raise UserError(self.env._("A signed list never changes."))

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for row in self:
            row._check_draft()

    # ------------------------------------------------------------ paper
    def _paper_day(self):
        """The day both sides signed; before that the day the list is written."""
        self.ensure_one()
        return thai.format_date(self.done_on or thai.local_date(fields.Datetime.now()))

    def _paper_lines(self):
        """The lines, oldest letter first."""
        self.ensure_one()
        return self.line_ids.sorted(lambda line: (line.doc_date or date.max, line.id))

    def action_print(self):
        """Print the form."""
        return self.env.ref("lgo_eoffice_archive.action_report_transfer").report_action(self)

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.lgo_base.tools import thai

#: Who answers for the keeping of letters.
LIFTERS = (
    "lgo_eoffice.group_saraban,lgo_eoffice.group_unit_saraban,lgo_eoffice.group_archive,"
    "lgo_base.group_unit_head"
)


class LgoEofficeLetter(models.Model):
    """Until when a letter is kept; computed from its class and the year it was closed.

    Paper and electronic documents have regimes of their own: paper by class (ข้อ ๕๗), electronic
    documents without an age, deleted only by order of the head after some years (No. 4, B.E. 2564).
    """

    _inherit = "lgo.eoffice.letter"

    _case_protected = frozenset({"destroyed_at", "transferred_at", "extended_until_be"})

    retention_id = fields.Many2one(
        comodel_name="lgo.eoffice.retention", string="Class of keeping", index="btree_not_null",
        ondelete="restrict", tracking=True, copy=False,
        default=lambda self: self.env["lgo.eoffice.retention"]._default(),
    )  # fmt: skip
    closed_year_be = fields.Integer(
        string="Finished in (B.E.)", compute="_compute_keep_until", store=True, aggregator=None
    )
    keep_until_year_be = fields.Integer(
        string="Kept until (B.E.)", compute="_compute_keep_until", store=True, aggregator=None,
        help="0: without an age, for ever, or not closed yet.",
    )  # fmt: skip
    extended_until_be = fields.Integer(
        string="Kept longer until (B.E.)", readonly=True, copy=False, aggregator=None,
        help="A committee or the archives decided to keep it longer (ข้อ ๖๘-๖๙).",
    )  # fmt: skip
    is_archival = fields.Boolean(
        string="Of lasting value", tracking=True, copy=False,
        help="Of historical value: never deleted, handed to the National Archives.",
    )  # fmt: skip
    legal_hold = fields.Boolean(
        string="Needed in a case", tracking=True, copy=False,
        help="Evidence in a case or an inquiry: not destroyed while it is set.",
    )  # fmt: skip
    legal_hold_reason = fields.Char(tracking=True, copy=False)
    audited_by_sao = fields.Boolean(
        string="Audited without issue", tracking=True, copy=False,
        help="The State Audit Office has audited it without issue.",
    )  # fmt: skip
    storage_stage = fields.Selection(
        [
            ("in_work", "While in work"),
            ("stored", "In the store"),
            ("for_audit", "Kept for inspection"),
        ],
        required=True,
        default="in_work",
        tracking=True,
        copy=False,
        help="ข้อ ๕๒-๕๕: with the unit while in work, then in the store, or with the unit for "
        "inspection.",
    )
    storage_place = fields.Char(copy=False, help="Room, shelf, box.")
    destroyed_at = fields.Datetime(readonly=True, copy=False)
    transferred_at = fields.Date(string="Handed over on", readonly=True, copy=False)
    loan_ids = fields.One2many("lgo.eoffice.loan", "letter_id", string="Loans")
    stamp_text = fields.Char(string="Stamp of keeping", compute="_compute_stamp_text")

    _keep_idx = models.Index(
        "(company_id, medium, keep_until_year_be)"
        " WHERE destroyed_at IS NULL AND closed_at IS NOT NULL"
    )

    @api.depends(
        "closed_at", "medium", "retention_id.years", "retention_id.keep_forever",
        "extended_until_be",
    )  # fmt: skip
    def _compute_keep_until(self):
        for letter in self:
            closed = letter.closed_at
            year = thai.buddhist_year(thai.local_date(closed)) if closed else 0
            letter.closed_year_be = year
            retention = letter.retention_id
            ages = letter.medium != "electronic" and not retention.keep_forever and retention.years
            until = year + retention.years if year and ages else 0
            letter.keep_until_year_be = until and max(until, letter.extended_until_be)

    def write(self, vals):
        """What keeps a letter from being destroyed is lifted by who answers for its keeping.

        :raises AccessError: somebody else
        """
        self._check_lifted(vals)
        return super().write(vals)

    def _check_lifted(self, vals):
        names = {"legal_hold", "is_archival", "retention_id"} & vals.keys()
        if not names or self.env.su or self.env.user.has_groups(LIFTERS):
            return
        for letter in self:
            held = (
                (letter.legal_hold and not vals.get("legal_hold", True))
                or (letter.is_archival and not vals.get("is_archival", True))
                or (
                    letter.retention_id.keep_forever
                    and vals.get("retention_id", letter.retention_id.id) != letter.retention_id.id
                )
            )
            if held:
                raise AccessError(
                    self.env._(
                        "The registry, the keeper of letters or the head of the unit decides that "
                        "a letter need no longer be kept."
                    )
                )

    @api.depends("keep_until_year_be", "retention_id", "medium")
    def _compute_stamp_text(self):
        """What is stamped on the lower right of the first page (ข้อ ๕๖)."""
        for letter in self:
            if letter.medium == "electronic":
                letter.stamp_text = False
            elif letter.retention_id.keep_forever:
                letter.stamp_text = "ห้ามทำลาย"
            elif letter.keep_until_year_be:
                year = thai.to_thai_digits(str(letter.keep_until_year_be))
                letter.stamp_text = f"เก็บถึง พ.ศ. {year}"
            else:
                letter.stamp_text = False

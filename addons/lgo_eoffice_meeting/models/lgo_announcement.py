# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.lgo_base.models.lgo_announcement import LgoAnnouncement as Base
from odoo.addons.lgo_base.tools import thai, thai_search
from odoo.addons.lgo_base.tools.moment import BANGKOK, end_of_day

from .lgo_eoffice_letter import SIGNED

OFFICIAL = "official"
#: What only publishing a letter writes.
OF_LETTER = frozenset(
    {
        "letter_id", "document_id", "kind_code", "kind_name", "doc_no", "doc_date", "year_be",
        "confirmed_by_id", "withdraw_reason",
    }
)  # fmt: skip
#: Words of a question that count, so that a pasted page is no heavy question.
MOST_WORDS = 8
NO_SLUG = re.compile(r"[^0-9a-z]+")


class LgoAnnouncement(models.Model):
    """Signed orders, rules and announcements among what the website shows.

    Official Information Act B.E. 2540, s. 7 and 9: rules, orders and announcements that concern
    the people are open to everyone. Number, date and kind are kept as text, so that the public
    page asks nothing of the letter.
    """

    _inherit = "lgo.announcement"

    _action_only = Base._action_only | OF_LETTER

    kind = fields.Selection(
        selection_add=[(OFFICIAL, "Orders, rules and announcements")],
        ondelete={OFFICIAL: "set default"},
    )
    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    document_id = fields.Many2one(
        comodel_name="lgo.issued.document", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    kind_code = fields.Char(readonly=True, copy=False)
    kind_name = fields.Char(string="Kind of document", readonly=True, copy=False)
    doc_no = fields.Char(string="Number", readonly=True, copy=False)
    doc_date = fields.Date(string="Dated", readonly=True, copy=False)
    year_be = fields.Integer(string="Year (B.E.)", readonly=True, copy=False, aggregator=None)
    confirmed_by_id = fields.Many2one(
        comodel_name="res.users", string="Looked for personal data", readonly=True, copy=False,
        ondelete="restrict", help="Who confirmed that no personal data is shown by it.",
    )  # fmt: skip
    withdraw_reason = fields.Text(string="Why withdrawn", readonly=True, copy=False)
    is_withheld = fields.Boolean(
        compute="_compute_is_withheld", store=True, compute_sudo=True,
        help="The letter was cancelled, became secret, or its document was revoked.",
    )  # fmt: skip
    search_text = fields.Text(compute="_compute_search_text", store=True)

    _board_idx = models.Index(
        "(company_id, year_be, kind_code, doc_date DESC) WHERE letter_id IS NOT NULL"
    )
    _letter_uniq = models.UniqueIndex(
        "(letter_id) WHERE state = 'published'", "This document is on the website already."
    )
    _search_text_idx = models.Index("USING gin (search_text gin_trgm_ops)")

    @api.depends("letter_id.secrecy", "letter_id.state", "document_id.state")
    def _compute_is_withheld(self):
        for notice in self:
            letter = notice.letter_id
            notice.is_withheld = bool(letter) and (
                letter.secrecy != "normal"
                or letter.state not in SIGNED
                or notice.document_id.state != "valid"
            )

    @api.depends("name", "doc_no", "kind_name")
    def _compute_search_text(self):
        for notice in self:
            words = filter(None, (notice.kind_name, notice.doc_no, notice.name))
            notice.search_text = thai_search.normalise(" ".join(words))

    @api.constrains("kind", "letter_id")
    def _check_kind(self):
        for notice in self:
            if (notice.kind == OFFICIAL) != bool(notice.letter_id):
                raise ValidationError(
                    self.env._(
                        "Orders, rules and announcements are published from the signed letter; a "
                        "notice without one is an announcement or news."
                    )
                )

    # ------------------------------------------------------------ steps
    @api.model
    def _publish_letter(
        self, letter, name, first_day, last_day=None, pinned=False, no_personal_data=False
    ):
        """Show a signed letter to everyone.

        :param letter: ``lgo.eoffice.letter``
        :param str name: title on the website
        :param date first_day: first day in Bangkok
        :param last_day: last day, or nothing
        :param bool no_personal_data: somebody read it and says so; demanded
        :return: ``lgo.announcement``
        :raises AccessError: the user may not publish, or may not read the letter
        :raises UserError: the letter may not be shown, or was not read
        """
        letter.ensure_one()
        letter._check_publisher()
        problem = letter._publish_problem()
        if problem:
            raise UserError(problem)
        if not no_personal_data:
            raise UserError(
                self.env._(
                    "Read the document and confirm that no personal data stands in it. If some "
                    "does, publish a version in which it is blacked out."
                )
            )
        if last_day and last_day < first_day:
            raise UserError(self.env._("The last day is before the first one."))
        document = letter.document_id
        notice = self.sudo().create(
            {
                "name": name,
                "kind": OFFICIAL,
                # as it is printed: no colours and sizes of somebody's editor on a page for all
                "body": letter._paper_body(),
                "date_from": _begin_of_day(first_day),
                "date_to": end_of_day(last_day) + timedelta(seconds=1) if last_day else False,
                "pinned": pinned,
                "company_id": letter.company_id.id,
                "letter_id": letter.id,
                "document_id": document.id,
                "kind_code": letter.kind_id.code,
                "kind_name": letter.kind_id.name,
                "doc_no": letter.doc_no,
                "doc_date": letter.doc_date,
                "year_be": thai.buddhist_year(letter.doc_date),
                "confirmed_by_id": self.env.uid,
            }
        )
        notice._step("published", "announcement.publish", published_by_id=self.env.uid)
        return notice.with_env(self.env)

    def action_publish(self):
        """A letter is published from the letter, where the look at personal data is asked for."""
        if any(notice.letter_id for notice in self):
            raise UserError(self.env._("Publish it again from the letter."))
        return super().action_publish()

    def action_withdraw(self):
        """A letter is taken away with a reason."""
        letters = self.filtered("letter_id")
        if not letters:
            return super().action_withdraw()
        if len(self) > 1:
            raise UserError(self.env._("Withdraw official documents one by one, with a reason."))
        return self._ask_reason()

    def _ask_reason(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw from the website"),
            "res_model": "lgo.eoffice.withdraw",
            "view_mode": "form",
            "target": "new",
            "context": {"default_announcement_id": self.id},
        }

    def _withdraw_letter(self, reason):
        """Take a letter from the website; the reason stays in the office.

        :raises AccessError: the user may not publish
        :raises UserError: no reason, or it is not on the website
        """
        self.ensure_one()
        self.letter_id._check_publisher()
        self.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for the withdrawal."))
        if not self.letter_id or self.state != "published":
            raise UserError(self.env._("It is not on the website."))
        self.sudo()._step("withdrawn", "announcement.withdraw", withdraw_reason=reason)

    # ------------------------------------------------------------ what citizens see
    @api.model
    def _shown_domain(self, company):
        return super()._shown_domain(company) & Domain("is_withheld", "=", False)

    @api.model
    def _board_domain(self, company, code="", year=0, query=""):
        """What the board shows now.

        :param str code: code of a kind, or all
        :param int year: Buddhist year, or all
        :param str query: words of title, kind or number, in any spelling
        """
        domain = self._shown_domain(company) & Domain("letter_id", "!=", False)
        if code:
            domain &= Domain("kind_code", "=", code)
        if year:
            domain &= Domain("year_be", "=", year)
        words = thai_search.normalise(query).split()[:MOST_WORDS]
        if query.strip() and not words:
            return Domain.FALSE
        # what is left holds no character that LIKE reads as a pattern
        return domain & Domain.AND(Domain("search_text", "like", word) for word in words)

    def _url(self):
        self.ensure_one()
        if not self.letter_id:
            return super()._url()
        slug = NO_SLUG.sub("-", f"{self.kind_code} {self.doc_no}".lower()).strip("-")
        return f"/board/{slug}-{self.id}"

    def _doc_date_text(self):
        """Day of the document as citizens read it."""
        self.ensure_one()
        return thai.format_date(self.doc_date, style="long", digits="arabic")


def _begin_of_day(day):
    """First moment of a Bangkok day, as naive UTC ``datetime``."""
    begin = datetime.combine(day, time.min, tzinfo=BANGKOK)
    return begin.astimezone(UTC).replace(tzinfo=None)

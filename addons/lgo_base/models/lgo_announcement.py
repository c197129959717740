# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..tools import thai

#: Characters of the beginning of the text that a list shows.
TEASER = 160


class LgoAnnouncement(models.Model):
    """A notice or a piece of news on the citizens' site, shown between two moments.

    What the office has to publish for everyone to see: Official Information Act B.E. 2540,
    sections 7 and 9; Royal Decree on Good Governance B.E. 2546, section 43.
    """

    _name = "lgo.announcement"
    _description = "Announcement"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _order = "pinned desc, date_from desc, id desc"

    name = fields.Char(string="Title", required=True, tracking=True)
    kind = fields.Selection(
        selection=[("announcement", "Announcement"), ("news", "News")],
        required=True,
        default="announcement",
        help="An announcement has legal weight, such as a tender or a rule; news informs.",
    )
    body = fields.Html(string="Text", sanitize_overridable=False)
    date_from = fields.Datetime(
        string="Shown from",
        required=True,
        default=lambda self: fields.Datetime.now().replace(second=0),
        help="Nobody outside the office sees it before.",
    )
    date_to = fields.Datetime(
        string="Shown until", help="It is hidden from then on. Empty: it stays."
    )
    pinned = fields.Boolean(help="Stands above the others on the home page.")
    _action_only = frozenset({"state", "published_by_id"})

    state = fields.Selection(
        selection=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    published_by_id = fields.Many2one(
        comodel_name="res.users", string="Published by", readonly=True, copy=False
    )
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Files",
        help="Such as the signed announcement as PDF. Everyone can open them.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _shown_idx = models.Index("(company_id, date_from DESC) WHERE state = 'published'")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for notice in self:
            if notice.date_to and notice.date_to <= notice.date_from:
                raise ValidationError(self.env._("“Shown until” must be later than “Shown from”."))

    @api.constrains("name", "body", "attachment_ids", "state")
    def _check_content(self):
        for notice in self.filtered(lambda notice: notice.state == "published"):
            if not notice._plain_text() and not notice.attachment_ids:
                raise ValidationError(
                    self.env._(
                        "Write a text or add a file before you publish “%(name)s”.",
                        name=notice.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(notice.state == "published" for notice in self):
            raise UserError(self.env._("Withdraw an announcement before you delete it."))

    # ------------------------------------------------------------ steps
    def action_publish(self):
        """Show it to everyone from its date on."""
        return self._step("published", "announcement.publish", published_by_id=self.env.uid)

    def action_withdraw(self):
        """Hide it; it can be published again."""
        return self._step("withdrawn", "announcement.withdraw")

    def action_open_page(self):
        """The page of this announcement, as citizens see it."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._url(), "target": "new"}

    def _step(self, state, action, **values):
        notices = self.filtered(lambda notice: notice.state != state)
        notices.check_access("write")
        notices.sudo().write({"state": state, **values})
        self.env["lgo.audit.log"]._log(action, notices)
        return True

    # ------------------------------------------------------------ what citizens see
    @api.model
    def _shown_domain(self, company):
        """What the site of ``company`` shows at this moment."""
        now = fields.Datetime.now()
        return (
            Domain("state", "=", "published")
            & Domain("company_id", "=", company.id)
            & Domain("date_from", "<=", now)
            & (Domain("date_to", "=", False) | Domain("date_to", ">", now))
        )

    @api.model
    def _latest(self, company, limit):
        """The first ``limit`` that the site shows: pinned ones, then the newest."""
        return self.search(self._shown_domain(company), limit=limit)

    def _url(self):
        """Path of its page."""
        self.ensure_one()
        return f"/announcements/{self.id}"

    def _plain_text(self):
        self.ensure_one()
        return " ".join(html2plaintext(self.body or "").split())

    def _teaser(self):
        """The beginning of the text, for lists."""
        text = self._plain_text()
        return text if len(text) <= TEASER else text[: TEASER - 1].rstrip() + "…"

    def _date_text(self):
        """Day from which it is shown, as citizens read it."""
        self.ensure_one()
        return thai.format_date(self.date_from, style="long", digits="arabic")

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..tools import mask

#: What the person filed or was told. An add-on adds the fields of its own kind of case.
EXPORTED = (
    "name", "service_id", "channel", "state_public", "submitted_at", "deemed_received_at",
    "completed_at", "date_due", "decided_at", "closed_at", "applicant_name", "applicant_phone",
    "applicant_email", "preferred_channel",
)  # fmt: skip


#: Marks, as the very object, that a case is read as one of a list; RPC cannot forge it.
LISTED = object()


class LgoCasePersonalMixin(models.AbstractModel):
    """What a case holds on its applicant."""

    _name = "lgo.case.personal.mixin"
    _description = "Personal Data of a Case"

    #: Fields of the concrete model that the person filed.
    _case_personal = ()

    def web_read(self, specification):
        """Note that an officer opened the form; a list, also one of a single case, is not noted."""
        # cases that the form shows in a list of its own are not opened with it
        values = super(LgoCasePersonalMixin, self._as_listed()).web_read(specification)
        form = len(self) == 1 and self.id and len(specification) > 1
        listed = self.env.context.get("lgo_listed") is LISTED
        if form and not listed and not self.env.su and self.env.user._is_internal():
            self.env["lgo.case.opening"]._note(self)
        return values

    # it writes: a call on a read-only copy of the database would have to be done twice
    web_read._readonly = False

    def _as_listed(self):
        return self.with_context(lgo_listed=LISTED)

    @api.model
    @api.readonly
    def web_search_read(self, *args, **kwargs):
        """A list: no case in it was opened."""
        return super(LgoCasePersonalMixin, self._as_listed()).web_search_read(*args, **kwargs)

    @api.model
    @api.readonly
    def web_read_group(self, *args, **kwargs):
        """A grouped list: no case in it was opened."""
        return super(LgoCasePersonalMixin, self._as_listed()).web_read_group(*args, **kwargs)

    # ------------------------------------------------------------ cases that are kept apart
    def _is_kept_apart(self):
        """Whether only a group of its own may learn of the case: nothing else names it."""
        self.ensure_one()
        return False

    def _drop_ties(self):
        """A case is kept apart from now on: an add-on whose records name it takes that back."""

    @api.model
    def _lgo_personal_data(self, partner):
        """Own cases whole; of a case in which the person acted for somebody only that it is."""
        cases = self.sudo().search(
            Domain("partner_id", "=", partner.id) | Domain("agent_partner_id", "=", partner.id),
            order="id",
        )
        own = cases.filtered(lambda case: case.partner_id == partner)
        acted = cases - own
        names = [*EXPORTED, *self._case_personal]
        holding = self._lgo_holding(own, names, extra=self._personal_pairs)
        short = self._lgo_holding(
            acted,
            ["name", "service_id", "submitted_at"],
            extra=lambda case: [(self.env._("Role"), self.env._("Agent of another person"))],
        )
        files = self.env["ir.attachment"].sudo()
        papers = files
        for case in own:
            files |= case._citizen_attachments()
            papers |= case._issued_documents().attachment_id
        return holding._replace(
            rows=holding.rows + short.rows,
            data=holding.data + short.data,
            files=files,
            papers=papers,
        )

    @api.model
    def _personal_pairs(self, case):
        """Answers, agent, result, timeline, own messages and rating of an own case."""
        pairs = list(case._answer_lines())
        agent = case._agent_display_name()
        if agent:
            pairs.append((self.env._("Agent"), mask.name(agent)))
        if case._citizen_sees_result():
            pairs.append((case._fields["outcome"]._description_string(self.env), case.outcome))
        for event in case.event_ids.filtered("public"):
            line = " ".join(filter(None, (event.text, event.note)))
            pairs.append((self._lgo_plain(event, "date"), line))
        for message in (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", case._name),
                    ("res_id", "=", case.id),
                    ("author_id", "=", case.partner_id.id),
                    ("message_type", "in", ("email", "comment")),
                ],
                order="id",
            )
        ):
            pairs.append((self._lgo_plain(message, "date"), html2plaintext(message.body or "")))
        rating = case._citizen_rating()
        if rating:
            text = " ".join(filter(None, (f"{rating.rating:.0f}/5", rating.feedback)))
            pairs.append((self.env._("Your rating"), text))
        return pairs

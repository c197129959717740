# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.lgo_base.tools import api_client

from ..tools import ecms, letter_data, signing
from ..tools.charset import clean

#: Minutes before the second, third … try of a call to another system.
WAITS = (1, 5, 30, 120, 480, 1440)
BATCH = 50
#: A letter with large files takes its time.
CALL_SECONDS = 90


class LgoEofficeDispatch(models.Model):
    """One sending: a letter to one recipient, or an acknowledgement to one sender.

    Saraban Regulation (No. 4) B.E. 2564: the sender checks the result of every sending. A letter
    that is sent again gets a second row, so that what was tried, and when, stays known.
    """

    _name = "lgo.eoffice.dispatch"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _description = "Electronic Sending"
    _order = "id desc"
    _rec_name = "channel"

    _trail_plain = frozenset({"message_ref", "process_ref"})
    _trail_listed = frozenset({"address", "error"})
    _action_only = frozenset({"state", "tries", "sent_at", "error", "values"})

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [("letter", "Letter"), ("acknowledgement", "Acknowledgement")],
        required=True,
        readonly=True,
    )
    channel = fields.Selection(
        [("email", "Saraban e-mail"), ("exchange", "Between offices"), ("ecms", "e-CMS")],
        required=True,
        readonly=True,
    )
    recipient_id = fields.Many2one(
        comodel_name="lgo.eoffice.recipient", readonly=True, index="btree_not_null",
        ondelete="cascade",
    )  # fmt: skip
    address = fields.Char(readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Sent by", readonly=True, ondelete="restrict"
    )
    mail_id = fields.Many2one(
        comodel_name="mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    message_ref = fields.Char(
        string="Message-ID", readonly=True, index="btree_not_null",
        help="By it answers and reports find the letter.",
    )  # fmt: skip
    process_ref = fields.Char(string="Process number", readonly=True)
    values = fields.Json(readonly=True)
    state = fields.Selection(
        [("queued", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
        required=True,
        default="queued",
        readonly=True,
    )
    tries = fields.Integer(readonly=True, aggregator=None)
    next_try_at = fields.Datetime(string="Next try", readonly=True)
    sent_at = fields.Datetime(readonly=True)
    error = fields.Char(string="Reason", readonly=True)

    _queue_idx = models.Index("(next_try_at) WHERE state = 'queued' AND next_try_at IS NOT NULL")

    @api.model
    def _find_sent(self, message_ids):
        """The sendings with these Message-IDs, oldest first, in sudo."""
        rows = self.sudo()
        if not message_ids:
            return rows
        return rows.search([("message_ref", "in", list(message_ids))], order="id")

    # ------------------------------------------------------------ e-mail
    @api.model
    def _send_mail(self, letter, kind, address, subject, body, attachments, **more):
        """Queue one e-mail; Odoo's mail queue sends it after the commit.

        :param letter: ``lgo.eoffice.letter``
        :param str kind: letter or acknowledgement
        :param str address: one address
        :param body: HTML
        :param attachments: ``ir.attachment``
        :param more: ``recipient``, ``headers`` (dict), ``references`` (Message-IDs)
        :return: the row, in sudo
        """
        sender = letter.company_id._lgo_saraban_sender()
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": subject,
                    "body_html": body,
                    "email_from": sender,
                    "reply_to": sender,
                    "email_to": address,
                    "attachment_ids": [fields.Command.set(attachments.ids)],
                    "headers": repr(more.get("headers") or {}),
                    "references": more.get("references") or False,
                    "auto_delete": True,
                }
            )
        )
        recipient = more.get("recipient")
        row = self.sudo().create(
            {
                "letter_id": letter.id,
                "company_id": letter.company_id.id,
                "kind": kind,
                "channel": "email",
                "recipient_id": recipient.id if recipient else False,
                "address": address,
                "user_id": self.env.uid,
                "mail_id": mail.id,
                "message_ref": mail.message_id,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return row

    # ------------------------------------------------------------ results
    def _done(self):
        """It has left the house."""
        now = fields.Datetime.now()
        self.write({"state": "sent", "sent_at": now, "error": False, "next_try_at": False})
        for row in self:
            if row.kind == "acknowledgement":
                row.letter_id._ack_done(row.values)
                continue
            values = {"sent_at": now}
            if row.recipient_id.state in ("queued", "draft", "failed"):
                values.update(state="sent", error=False)
            row.recipient_id.write(values)

    def _failed(self, error):
        """It could not be sent, for good."""
        error = str(error or "")[:500]
        self.write({"state": "failed", "error": error, "next_try_at": False})
        for row in self:
            if row.kind == "acknowledgement":
                row.letter_id._ack_failed(error)
            else:
                row.recipient_id._sending_failed(error)

    def _take_outcomes(self, outcomes):
        """Note what a mail server reports of this e-mail.

        A report about another address than the one we wrote to (a member of a list behind it)
        says nothing about the recipient.
        """
        self.ensure_one()
        ours = email_normalize(self.address or "")
        for outcome in outcomes:
            about = email_normalize(outcome.address or "")
            if about and ours and about != ours and outcome.action != "displayed":
                continue
            if outcome.action == "failed":
                self._failed(" ".join(filter(None, (outcome.status, outcome.detail))))
            elif self.recipient_id:
                self.recipient_id._take_delivery(outcome.action)

    # ------------------------------------------------------------ queue of calls
    @api.model
    def _queue_call(self, letter, kind, channel, recipient=None, values=None):
        """Queue a call to another system; the job makes it after the commit.

        :return: the row, in sudo
        """
        row = self.sudo().create(
            {
                "letter_id": letter.id,
                "company_id": letter.company_id.id,
                "kind": kind,
                "channel": channel,
                "recipient_id": recipient.id if recipient else False,
                "address": recipient.agency_id.name if recipient else letter.from_text,
                "user_id": self.env.uid,
                "values": values or {},
                "next_try_at": fields.Datetime.now(),
            }
        )
        self.env.ref("lgo_eoffice_exchange.ir_cron_dispatch").sudo()._trigger()
        return row

    def _call_once(self):
        """Make the call of this row; the row says what became of it."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                if self.kind == "letter":
                    # it may have become secret while it waited
                    self.recipient_id._check_sendable()
                getattr(self, f"_call_{self.channel}")()
        except (UserError, letter_data.DataError) as error:
            # a later try would mend nothing, and the other sendings must go on
            self.tries += 1
            self._failed(error)
            return
        except CallError as error:
            tries = self.tries + 1
            self.tries = tries
            if error.permanent or tries > len(WAITS):
                self._failed(error)
                return
            self.write(
                {
                    "error": str(error)[:500],
                    "next_try_at": fields.Datetime.now() + timedelta(minutes=WAITS[tries - 1]),
                }
            )
            return
        self.tries += 1
        self._done()

    def _call_exchange(self):
        """Bring a letter or an acknowledgement to the system of another office.

        :raises CallError: it was not taken
        """
        self.ensure_one()
        letter = self.letter_id
        key = self.env["lgo.eoffice.exchange.key"]._active(self.company_id)
        agency = self.recipient_id.agency_id or letter.agency_id
        peer = self.env["lgo.eoffice.peer"]._of_agency(agency, self.company_id)
        if not key or not peer:
            raise CallError(
                self.env._("There is no confirmed key for this office."), permanent=True
            )
        if self.kind == "letter":
            url, payload = peer._url("letters"), letter._exchange_payload(self.recipient_id, peer)
        else:
            url, payload = peer._url("acknowledgements"), self.values["data"]
        body = json.dumps(payload, ensure_ascii=False).encode()
        try:
            headers = signing.sign("POST", url, body, key._private())
            answer = api_client.call(
                "POST", url, headers=headers, body=body, seconds=CALL_SECONDS,
                read_seconds=CALL_SECONDS,
            )  # fmt: skip
        except api_client.ApiError as error:
            raise CallError(
                self.env._("The system of the office does not answer: %(why)s", why=error.code),
                permanent=error.code == "bad_address",
            ) from error
        if answer.status != 200:
            raise CallError(
                self.env._(
                    "The system of the office refused: %(status)s %(why)s",
                    status=answer.status,
                    why=_word(answer),
                ),
                permanent=answer.status in (400, 403, 413, 415),
            )
        if self.kind == "letter":
            self.recipient_id._take_acknowledgement({"status": "received"})

    def _call_ecms(self):
        """Bring a letter or an acknowledgement to e-CMS.

        :raises CallError: it was not taken
        """
        self.ensure_one()
        connection = self.env["lgo.eoffice.ecms"]._of(self.company_id)
        if not connection:
            raise CallError(self.env._("e-CMS is not switched on."), permanent=True)
        letter = self.letter_id
        if self.kind == "acknowledgement":
            self.env["lgo.eoffice.ecms.item"]._answer_call(connection, letter, self.values["data"])
            return
        agency = self.recipient_id.agency_id
        content = letter._ecms_letter(connection, agency)
        if self.values.get("again"):
            connection._call(
                ecms.delete_to_resend(
                    content.letter_id,
                    content.day,
                    content.sender.department,
                    content.receiver.department,
                )
            )
        reply = connection._call(ecms.outbound_letter(content))
        if not reply.process_id:
            raise CallError(self.env._("e-CMS gave the letter no process number."))
        self.process_ref = reply.process_id

    @api.model
    def _cron_dispatch(self):
        """Make the calls that are due; each is committed, so that none is made twice."""
        domain = [("state", "=", "queued"), ("next_try_at", "<=", fields.Datetime.now())]
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=self.sudo().search_count(domain))
        for row in self.sudo().search(domain, order="next_try_at, id", limit=BATCH):
            if not row.try_lock_for_update():
                continue
            row._call_once()
            if not Cron._commit_progress(1):
                break


def _word(answer):
    """The code of a refusal, when the answer has one."""
    try:
        return clean(str(answer.json().get("error") or ""), 100)
    except api_client.ApiError:
        return ""


class CallError(Exception):
    """The other system did not take it. ``permanent``: trying again is of no use."""

    def __init__(self, message, permanent=False):
        super().__init__(message)
        self.permanent = permanent

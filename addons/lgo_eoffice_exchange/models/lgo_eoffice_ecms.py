# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import api_client

from ..tools import ecms
from .lgo_eoffice_dispatch import CallError

_logger = logging.getLogger(__name__)

#: Items that one run of the job takes from the queue.
BATCH = 50
CALL_SECONDS = 90
MEGABYTE = 1024 * 1024
#: Names of codes -> our values; compared without spaces.
SPEED_NAMES = {"ปกติ": "normal", "ด่วน": "urgent", "ด่วนมาก": "very_urgent", "ด่วนที่สุด": "most_urgent"}
SECRET_NAMES = {"ปกติ": "normal", "ลับ": "secret", "ลับมาก": "very_secret", "ลับที่สุด": "top_secret"}


class LgoEofficeEcms(models.Model):
    """Connection to the e-CMS letter exchange of TH e-GIF; off until it is set up.

    Access, codes of the organisations and the address are given by the agency that runs the
    exchange, so all of them are settings. Codes of urgency and secrecy are loaded and matched by
    name.
    """

    _name = "lgo.eoffice.ecms"
    _description = "e-CMS Connection"
    _rec_name = "endpoint"

    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    active = fields.Boolean(string="On", help="Off: nothing is fetched and nothing is sent.")
    endpoint = fields.Char(
        string="Address", required=True, help="Such as https://host/ecms-ws01/service2."
    )
    plain_http = fields.Boolean(
        string="Without TLS",
        help="Only for an address inside the closed network of the state that knows no https.",
    )
    wsa_namespace = fields.Char(
        string="WS-Addressing", required=True, default="http://www.w3.org/2005/08/addressing",
        help="Some installations use http://w3.org/2005/08/addressing.",
    )  # fmt: skip
    service_namespace = fields.Char(
        string="Namespace of requests", help="Empty: the elements of a request have none."
    )
    ministry_code = fields.Char(string="Own ministry code", help="2 digits, such as 11.")
    department_code = fields.Char(string="Own department code", help="5 digits, such as 11008.")
    code_ids = fields.One2many("lgo.eoffice.ecms.code", "ecms_id", string="Codes")
    last_poll_at = fields.Datetime(string="Last fetched", readonly=True)
    last_error = fields.Char(string="Last fault", readonly=True)

    _company_uniq = models.UniqueIndex("(company_id)", "The organisation has a connection already.")

    @api.constrains("endpoint", "plain_http")
    def _check_endpoint(self):
        for row in self:
            if not api_client.is_address(row.endpoint, row.plain_http):
                raise ValidationError(
                    self.env._("The address must begin with https://: %(url)s", url=row.endpoint)
                )

    @api.constrains("active", "department_code")
    def _check_complete(self):
        for row in self:
            if row.active and not row.department_code:
                raise ValidationError(
                    self.env._("Enter the code of the own department before switching it on.")
                )

    @api.model
    def _of(self, company):
        """The connection of an organisation when it is on, in sudo."""
        return self.sudo().search([("company_id", "=", company.id)])

    # ------------------------------------------------------------ calls
    def _call(self, request):
        """Make one request.

        :param request: one of ``tools.ecms``
        :return: :class:`~..tools.ecms.Reply`
        :raises CallError: no answer, a web page, or a fault
        """
        self.ensure_one()
        stamp = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        body = ecms.envelope(
            request,
            self.endpoint,
            self.wsa_namespace,
            stamp.strftime("%Y%m%d.%H%M%S000"),
            self.service_namespace or "",
        )
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "Accept": "text/xml",
            "SOAPAction": "",
        }
        try:
            answer = api_client.call(
                "POST",
                self.endpoint,
                headers=headers,
                body=body,
                seconds=CALL_SECONDS,
                read_seconds=CALL_SECONDS,
                max_bytes=self.company_id.lgo_mail_max_mb * MEGABYTE * 3 // 2,
                plain_http=self.plain_http,
            )
        except api_client.ApiError as error:
            raise CallError(self.env._("e-CMS does not answer: %(why)s", why=error.code)) from error
        try:
            return ecms.parse(answer.body)
        except ecms.EcmsError as error:
            raise CallError(
                self.env._(
                    "e-CMS answered with a fault (%(status)s): %(why)s",
                    status=answer.status,
                    why=error,
                ),
                permanent=error.fault and answer.status < 500,
            ) from error

    def action_test(self):
        """Button: ask for the time of the other side."""
        self.ensure_one()
        self.check_access("write")
        try:
            reply = self._call(ecms.time_check())
        except CallError as error:
            raise UserError(str(error)) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "e-CMS answers: %(time)s", time=reply.process_time or reply.name
                ),
            },
        }

    def action_load_codes(self):
        """Button: load the codes of urgency and secrecy and match them by name."""
        self.ensure_one()
        self.check_access("write")
        rows = []
        for kind, name, names in (
            ("speed", "GetSpeedCodes", SPEED_NAMES),
            ("secret", "GetSecretCodes", SECRET_NAMES),
        ):
            try:
                codes = self._call(ecms.reference(name)).codes
            except CallError as error:
                raise UserError(str(error)) from error
            if not codes:
                raise UserError(self.env._("e-CMS sent no codes for %(list)s.", list=name))
            rows += [
                {
                    "kind": kind,
                    "code": code,
                    "name": text,
                    "value": names.get("".join(text.split()), False),
                }
                for code, text in codes
            ]
        self.code_ids = [fields.Command.clear(), *(fields.Command.create(row) for row in rows)]
        return True

    def _code(self, kind, value):
        """Code of one of our values.

        :raises CallError: the codes were not loaded
        """
        found = self.code_ids.filtered(lambda row: row.kind == kind and row.value == value)[:1]
        if not found:
            raise CallError(
                self.env._("Load the codes of e-CMS first (Configuration > Saraban > e-CMS)."),
                permanent=True,
            )
        return found.code

    def _value(self, kind, code):
        """Our value of a code; ``False`` when it is unknown."""
        found = self.code_ids.filtered(lambda row: row.kind == kind and row.code == code)[:1]
        return found.value

    # ------------------------------------------------------------ fetching
    @api.model
    def _cron_poll(self):
        """Fetch what waits in the queues; an item leaves its queue after the commit only."""
        Cron = self.env["ir.cron"]
        for row in self.sudo().search([("active", "=", True)]):
            for _number in range(BATCH):
                try:
                    item = row._fetch_next()
                    if not item:
                        break
                    # stored for good; a crash from here on brings the item once more, not twice
                    Cron._commit_progress(1)
                    item._answer_and_delete()
                except CallError as error:
                    _logger.warning("e-CMS of %s: %s", row.company_id.name, error)
                    row.last_error = str(error)[:300]
                    break
                if not Cron._commit_progress(1):
                    return
            else:
                _logger.info("e-CMS of %s: more is waiting", row.company_id.name)
            row.last_poll_at = fields.Datetime.now()
            Cron._commit_progress(1)

    def _fetch_next(self):
        """Store the next item of the queue.

        :return: ``lgo.eoffice.ecms.item``; empty when the queue is empty
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL("SELECT id FROM lgo_eoffice_ecms WHERE id = %s FOR UPDATE SKIP LOCKED", self.id)
        )
        Item = self.env["lgo.eoffice.ecms.item"]
        if not self.env.cr.fetchone():
            return Item
        reply = self._call(ecms.inbound())
        self.last_error = False
        if not reply.letter and not reply.notice:
            return Item
        if not reply.process_id:
            raise CallError(self.env._("e-CMS sent an item without a process number."))
        return Item._store(self, reply)

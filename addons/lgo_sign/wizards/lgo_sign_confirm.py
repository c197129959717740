# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.http import request
from odoo.service.model import call_kw

from odoo.addons.base.models.res_users import check_identity

from ..tools import grant

#: As long as Odoo itself takes an identity for confirmed.
IDENTITY_SECONDS = 10 * 60
SECRET = "lgo_sign_secret"  # noqa: S105 - the name of a context key
CALLED = frozenset({"model", "method", "args", "kwargs"})


class LgoSignConfirm(models.TransientModel):
    """Asks who signs to prove it and to open the key, then repeats what they were doing.

    Electronic Transactions Act B.E. 2544, s. 9 (the method identifies the signer and shows the
    intent) and s. 26 (the key was under the control of the signer alone). The call that needed a
    signature was rolled back; with the answer it is made once more, with the rights of the same
    user. The passphrase is a value of that one request; nothing stores it.
    """

    _name = "lgo.sign.confirm"
    _description = "Sign with the Own Certificate"

    call = fields.Json(readonly=True)
    certificate_id = fields.Many2one(comodel_name="lgo.sign.certificate", readonly=True)
    # the id comes from the browser: only what the user may read of it is shown
    storage = fields.Selection(related="certificate_id.storage", related_sudo=False)
    valid_to = fields.Datetime(related="certificate_id.valid_to", related_sudo=False)
    issuer_name = fields.Char(related="certificate_id.issuer_name", related_sudo=False)
    is_identified = fields.Boolean(compute="_compute_is_identified")
    # a button saves the dialog, then takes the value for its context from what was saved: with an
    # inverse the value is there to be read until the end of that request, also in a new record
    secret = fields.Char(
        string="Passphrase or PIN",
        compute="_compute_secret",
        inverse="_inverse_secret",
        exportable=False,
    )

    @api.depends_context("uid")
    def _compute_is_identified(self):
        self.is_identified = self._is_identified()

    def _compute_secret(self):
        """What was typed is never stored."""
        self.secret = False

    def _inverse_secret(self):
        """Nothing is stored."""

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        values["certificate_id"] = self.env["lgo.sign.certificate"]._mine().id
        values["is_identified"] = self._is_identified()
        call = self.env.context.get("lgo_sign_call")
        if isinstance(call, dict):
            values["call"] = {name: call.get(name) for name in CALLED}
        return values

    @api.model
    def _is_identified(self):
        """Whether the user has proven in the last minutes who they are."""
        last = (request and request.session.get("identity-check-last")) or 0
        return last > time.time() - IDENTITY_SECONDS

    # ------------------------------------------------------------ asking
    @api.model
    def _ask(self):
        """Stop what is going on and show the dialog instead.

        :raises RedirectWarning: with the dialog that repeats the call
        :raises UserError: nobody is there to answer
        """
        call = self._current_call()
        if call is None:
            raise UserError(
                self.env._(
                    "This document is signed with the certificate of the signer: open it in the "
                    "office and sign there."
                )
            )
        question = RedirectWarning(
            self.env._("To sign, confirm that it is you. Nothing was saved or numbered yet."),
            self._action(call),
            self.env._("Sign"),
        )
        question.loglevel = logging.INFO  # a question, no fault of the server
        raise question

    @api.model
    def _current_call(self):
        """What the screen of the user has just called, or None outside of a screen."""
        if not request or not request.httprequest.path.startswith("/web/dataset/call_"):
            return None
        params = request.get_json_data().get("params") or {}
        return {name: params.get(name) for name in CALLED}

    @api.model
    def _action(self, call):
        """The dialog.

        :param dict call: ``model``, ``method``, ``args``, ``kwargs`` of the call to repeat
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"lgo_sign_call": call, "dialog_size": "medium"},
        }

    # ------------------------------------------------------------ answering
    @check_identity
    def action_identify(self):
        """Prove who it is (password or passkey), then come back to the dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    def action_confirm(self):
        """Repeat the call with the key of the user."""
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(self.env._("Only its owner signs with this certificate."))
        if not self._is_identified():
            raise UserError(self.env._("Confirm first that it is you."))
        call = self.call or {}
        if not call.get("model") or call["model"] not in self.env or call["model"] == self._name:
            raise UserError(
                self.env._("There is nothing to sign. Close this window and try again.")
            )
        secret = self.env.context.get(SECRET)
        given = grant.Grant(self.env.uid, secret if isinstance(secret, str) else "")
        kwargs = dict(call["kwargs"] or {})
        own = self.env["res.users"].context_get()  # language and time zone
        context = {**own, **(kwargs.get("context") or {}), grant.KEY: given}
        result = call_kw(
            self.env[call["model"]],
            call["method"],
            call["args"] or [],
            {**kwargs, "context": context},
        )
        kind = result.get("type") if isinstance(result, dict) else None
        if kind and kind != "ir.actions.act_window_close":
            return result
        return self._say_what_was_signed(given.documents)

    @api.model
    def _say_what_was_signed(self, documents):
        """Name what was signed, then show the screen below as it is now."""
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        if not documents:
            return reload
        names = ", ".join(f"{one.kind_id.name} {one.name}" for one in documents)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Signed and numbered: %(names)s", names=names),
                "next": reload,
            },
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time

from odoo import fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

from ..tools.sign_in import GRANT_TYPE, Grant
from .lgo_service_builder import ASSURANCE

SESSION_KEY = "lgo_sign_in"


class ResUsers(models.Model):
    """Sign-in by proof instead of password, and how sure the office is who is signed in."""

    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        """Accept a :class:`Grant`; everything that comes by network is text and is none."""
        if credential.get("type") != GRANT_TYPE:
            return super()._check_credentials(credential, env)
        grant = credential.get("grant")
        if not isinstance(grant, Grant) or grant.uid != self.env.uid or not self.env.user.active:
            raise AccessDenied()
        return {"uid": self.env.uid, "auth_method": GRANT_TYPE, "mfa": grant.mfa}

    def _lgo_sign_in(self, level, mfa="default"):
        """Sign this citizen in to the session of the request; its id changes.

        :param str level: code of ``ASSURANCE`` that was proven just now
        :param str mfa: ``skip`` when the proof has two factors of its own
        :raises AccessDenied: an officer, who signs in with password and second factor
        """
        self.ensure_one()
        user = self.sudo()
        if not user.active or user._is_internal() or user._is_public():
            raise AccessDenied()
        self.env.flush_all()
        fresh = not request.session.uid
        credential = {
            "login": user.login,
            "type": GRANT_TYPE,
            "grant": Grant(user.id, level, mfa),
        }
        request.session.authenticate(request.env, credential)
        request.session[SESSION_KEY] = {
            "uid": user.id,
            "level": level,
            "at": fields.Datetime.to_string(fields.Datetime.now()),
        }
        # Who has no password could never answer the question that Odoo asks before it adds a
        # passkey. A proof by somebody who was signed in already is no answer: whoever finds the
        # telephone unlocked can prove an address of their own.
        if fresh and request.session.uid == user.id:
            request.session["identity-check-last"] = time.time()

    def _lgo_assurance(self):
        """How sure it is who this user is: the best of account, session and counter.

        An account alone proves nothing. Who has ever proven the address or the person behind the
        account (code, ThaID) has an account with a proven address; ThaID itself counts for the
        session in which it was used.

        :return: a code of ``ASSURANCE``
        """
        self.ensure_one()
        levels = ["none"]
        if self._is_public():
            return "none"
        if request and request.session.uid == self.id:
            proof = request.session.get(SESSION_KEY) or {}
            if proof.get("uid") == self.id and proof.get("level") in ASSURANCE:
                levels.append(proof["level"])
        methods = self.env["lgo.identity.proof"]._methods(self.partner_id)
        if methods & {"otp", "thaid"}:
            levels.append("otp")
        if "counter" in methods:
            levels.append("counter")
        return max(levels, key=ASSURANCE.index)

    def _lgo_has_password(self):
        """Whether who is signed in here can be asked for a password.

        Who came in by a proof (code, ThaID) has none, or one that nobody knows: proving the
        address of an account that another person opened gives it a random one.
        """
        self.ensure_one()
        if request and request.session.uid == self.id:
            proof = request.session.get(SESSION_KEY) or {}
            if proof.get("uid") == self.id:
                return False
        query = SQL("SELECT COALESCE(password, '') <> '' FROM res_users WHERE id = %s", self.id)
        return bool(self.env.execute_query(query)[0][0])

    def _lgo_provable(self):
        """Codes of ``ASSURANCE`` that a citizen can reach here; whoever verifies adds its own."""
        return {"none", "counter"}

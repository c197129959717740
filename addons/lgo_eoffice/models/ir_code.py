# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.exceptions import AccessError

# An object, not a flag: a remote call can send any context value but never this object.
_INSIDE = object()
#: Words with which an expression leaves the rights of whoever runs it.
BEYOND = re.compile(r"\b(?:sudo|with_user|with_env|env|cr|registry)\b")


class LgoEofficeCodeMixin(models.AbstractModel):
    """Program text in records: it comes with the program, not from whoever administers it.

    Code that runs here runs past every right. With it an administrator would read secret letters
    (Rule on keeping official secrets B.E. 2544: persons named one by one) and leave no row in the
    audit trail. So what is nothing but code is refused, and of papers, pages, rules and templates
    that begin to leave the rights of their reader the trail knows at once.
    """

    _name = "lgo.eoffice.code.mixin"
    _description = "Program Text in Records"

    #: Fields that hold code and nothing else.
    _code_fields = frozenset()
    #: Fields in which expressions stand among other things.
    _code_expressions = frozenset()

    def _code_watched(self):
        return not self.env.su and self.env.registry.ready

    @api.model
    def _refuse_code(self, vals):
        """:raises AccessError: code from outside"""
        if self._code_watched() and any(vals.get(name) for name in self._code_fields):
            raise AccessError(
                self.env._("Program code comes with the program; nobody writes it here.")
            )

    def _code_words(self):
        """How many expressions of these records leave the rights of their reader."""
        return sum(
            len(BEYOND.findall(str(row[name] or "")))
            for row in self.sudo()
            for name in self._code_expressions
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_code(vals)
        if not self._code_watched() or self._is_code_inside():
            return super().create(vals_list)
        inside = self.with_context(lgo_code_inside=_INSIDE)
        rows = super(LgoEofficeCodeMixin, inside).create(vals_list).with_env(self.env)
        rows._log_code(0)
        return rows

    def write(self, vals):
        self._refuse_code(vals)
        if (
            not self._code_watched()
            or self._is_code_inside()
            or not self._code_expressions & vals.keys()
        ):
            return super().write(vals)
        before = self._code_words()
        inside = self.with_context(lgo_code_inside=_INSIDE)
        done = super(LgoEofficeCodeMixin, inside).write(vals)
        self._log_code(before)
        return done

    @api.model
    def _is_code_inside(self):
        """Whether a call further out takes note: a text is written through several fields."""
        return self.env.context.get("lgo_code_inside") is _INSIDE

    def _log_code(self, before):
        if self._code_words() > before:
            self.env["lgo.audit.log"]._log("system.code", self, severity="critical")


class IrActionsServer(models.Model):
    """Actions of the server, jobs included: no code."""

    _name = "ir.actions.server"
    _inherit = ["lgo.eoffice.code.mixin", "ir.actions.server"]

    _code_fields = frozenset({"code"})

    @api.model
    def _refuse_code(self, vals):
        if vals.get("state") == "code" or vals.get("evaluation_type") == "equation":
            vals = {"code": True}
        return super()._refuse_code(vals)


class IrModelFields(models.Model):
    """Fields of the administrator: none that is computed, or taken over from behind a link.

    Odoo computes both past the rights of whoever reads them.
    """

    _name = "ir.model.fields"
    _inherit = ["lgo.eoffice.code.mixin", "ir.model.fields"]

    _code_fields = frozenset({"compute", "related"})


class IrUiView(models.Model):
    """Papers and pages."""

    _name = "ir.ui.view"
    _inherit = ["lgo.eoffice.code.mixin", "ir.ui.view"]

    _code_expressions = frozenset({"arch", "arch_base", "arch_db"})

    def _code_words(self):
        # one text in three fields
        return sum(len(BEYOND.findall(row.arch_db or "")) for row in self.sudo())


class IrActionsReport(models.Model):
    """Names and places of printed papers are computed."""

    _name = "ir.actions.report"
    _inherit = ["lgo.eoffice.code.mixin", "ir.actions.report"]

    _code_expressions = frozenset({"attachment", "print_report_name"})


class IrRule(models.Model):
    """Conditions of rules are computed."""

    _name = "ir.rule"
    _inherit = ["lgo.eoffice.code.mixin", "ir.rule"]

    _code_expressions = frozenset({"domain_force"})


class MailTemplate(models.Model):
    """What templates of messages are filled with."""

    _name = "mail.template"
    _inherit = ["lgo.eoffice.code.mixin", "mail.template"]

    _code_expressions = frozenset(
        {
            "subject", "body_html", "email_from", "email_to", "email_cc", "partner_to", "reply_to",
            "lang", "scheduled_date",
        }
    )  # fmt: skip

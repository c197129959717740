# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoNotificationTemplate(models.Model):
    """The text of a message for one occasion and one channel.

    Rendered by Odoo's own template engine: ``object`` is the record, and the values given to
    ``_notify`` are added. As with e-mail templates only members of the template editor group may
    write one with placeholders.
    """

    _name = "lgo.notification.template"
    _description = "Notification Template"
    _inherit = ["mail.render.mixin"]
    _order = "code, channel_id, id"
    _unrestricted_rendering = True

    name = fields.Char(required=True)
    code = fields.Char(required=True, index=True, help="The occasion, e.g. case_submitted.")
    channel_id = fields.Many2one(
        "lgo.notification.channel", required=True, index=True, ondelete="restrict"
    )
    active = fields.Boolean(default=True)
    subject = fields.Char(help="Placeholders like {{ object.display_name }} are filled in.")
    body_html = fields.Html(
        string="Body (e-mail)",
        render_engine="qweb",
        render_options={"post_process": True},
        sanitize="email_outgoing",
    )
    body_text = fields.Text(string="Body (short message)")

    _code_channel_uniq = models.UniqueIndex(
        "(code, channel_id)", "This occasion has a text for the channel already."
    )

    def _compose(self, record, values):
        """Return ``(subject, body)`` of this template for ``record``.

        :param dict values: more variables for the text
        """
        self.ensure_one()
        template = self.sudo()

        def render(source, engine, options=None):
            if not source:
                return ""
            return template._render_template(
                source,
                record._name,
                record.ids,
                engine=engine,
                add_context=values,
                options=options,
            )[record.id]

        subject = " ".join(render(template.subject, "inline_template").split())
        if template.channel_id.code == "email":
            return subject, render(template.body_html, "qweb", {"post_process": True})
        return subject, render(template.body_text, "inline_template")

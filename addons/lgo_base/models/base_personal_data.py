# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..tools import thai
from ..tools.personal_data import Holding


class Base(models.AbstractModel):
    """Each model says what it holds on a person, and how it forgets the person."""

    _inherit = "base"

    @api.model
    def _lgo_personal_data(self, partner):
        """What this model holds on ``partner`` (PDPA B.E. 2562, s. 30).

        A model with a link to citizens overrides it, or stands on the list of exceptions of
        ``TestPersonalDataGate`` with the reason. Data of third persons are masked: an agent,
        another reporter, the private data of an officer.

        :param partner: ``res.partner``; identity and right were checked
        :return: :class:`~odoo.addons.lgo_base.tools.personal_data.Holding`, or None
        """
        return None

    @api.model
    def _lgo_forget_person(self, partner):
        """Erase what this model holds on ``partner`` and the law does not keep (s. 33).

        :return: number of records that were emptied or deleted
        """
        return 0

    @api.model
    def _lgo_holding(self, records, names, *, extra=None, **kwargs):
        """A :class:`Holding` of ``records`` with the fields ``names``.

        :param extra: function of a record that returns more pairs (label, text)
        """
        labels = self.sudo().fields_get(names, ["string"])
        rows, data = [], []
        for record in records:
            more = extra(record) if extra else []
            rows.append(
                [
                    (labels[name]["string"], text)
                    for name in names
                    if (text := self._lgo_plain(record, name))
                ]
                + [pair for pair in more if pair[1]]
            )
            data.append(
                {name: self._lgo_machine_value(record, name) for name in names}
                | {label: text for label, text in more if text}
            )
        return Holding(self.env["ir.model"]._get(self._name).name, rows, data, **kwargs)

    @api.model
    def _lgo_plain(self, record, name):
        """A value as a person reads it."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else ""
        if not value:
            return ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "datetime":
            return thai.format_datetime(value, digits="arabic")
        if field.type == "date":
            return thai.format_date(value, style="long", digits="arabic")
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        return html2plaintext(value).strip() if field.type == "html" else str(value)

    @api.model
    def _lgo_machine_value(self, record, name):
        """A value for a program: ISO 8601 in UTC, names instead of database ids."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return bool(value)
        if value is False or value is None:
            return None
        if field.type == "datetime":
            return fields.Datetime.to_string(value).replace(" ", "T") + "Z"
        if field.type == "date":
            return fields.Date.to_string(value)
        if field.relational:
            return (
                value.mapped("display_name")
                if field.type.endswith("many")
                else (value.display_name or None)
            )
        return value if isinstance(value, (int, float)) else str(value)

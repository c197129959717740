# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoServiceTopic(models.Model):
    """An occasion of life under which citizens look for a service (birth, house, business …)."""

    _name = "lgo.service.topic"
    _description = "Service Topic"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Part of the address of its page.")
    sequence = fields.Integer(default=10)
    icon = fields.Char(default="fa-folder-o", help="Font Awesome class of the tile.")
    service_ids = fields.One2many(comodel_name="lgo.service", inverse_name="topic_id")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code of a topic is already used.")

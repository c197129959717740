# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeKind(models.Model):
    """A kind of official document with its form, register and paper.

    Saraban Regulation B.E. 2526, ข้อ ๑๐-๒๖: six kinds with their sub-kinds. Which book gives the
    number differs between organisations and is a setting here.
    """

    _name = "lgo.eoffice.kind"
    _description = "Kind of Official Document"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    form_no = fields.Char(string="Form", help="Number of the form in the regulation (แบบที่).")
    group = fields.Selection(
        [
            ("external", "External letter"),
            ("internal", "Internal letter"),
            ("stamped", "Stamped letter"),
            ("directive", "Directive"),
            ("public", "Public relations"),
            ("evidence", "Evidence"),
        ],
        required=True,
    )
    direction = fields.Selection(
        [
            ("out", "Outgoing"),
            ("internal", "Internal"),
            ("order", "Order"),
            ("announce", "Announcement"),
        ],
        required=True,
        default="out",
        help="In which list an own document of this kind stands.",
    )
    register_id = fields.Many2one(
        comodel_name="lgo.register", index="btree_not_null", ondelete="restrict",
        help="The book that numbers it; empty: it has no number.",
    )  # fmt: skip
    circular_register_id = fields.Many2one(
        comodel_name="lgo.register", index="btree_not_null", ondelete="restrict",
        help="The book of its circulars (ว); empty: the book above (ข้อ ๓๒ allows both).",
    )  # fmt: skip
    document_kind_id = fields.Many2one(
        comodel_name="lgo.document.kind", index="btree_not_null", ondelete="restrict",
        help="Kind of the issued document when it is signed.",
    )  # fmt: skip
    circular_document_kind_id = fields.Many2one(
        comodel_name="lgo.document.kind", index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    report_id = fields.Many2one(
        comodel_name="ir.actions.report", string="Printed form", ondelete="restrict"
    )
    has_recipients = fields.Boolean(default=True)
    has_closing = fields.Boolean(help="Ends with a complimentary close (คำลงท้าย).")
    is_received = fields.Boolean(string="Can be received", default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another kind has this code already.")

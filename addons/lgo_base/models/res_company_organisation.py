# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import re

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SHORT_CODE = re.compile(r"[A-Z0-9]{2,6}")
IMAGE_FIELDS = ("lgo_seal", "lgo_emblem", "lgo_garuda")
SVG_FORBIDDEN = {"script", "foreignobject", "iframe", "object", "embed", "style", "image"}
# what must be set before the office opens to citizens
CHECKLIST = (
    "lgo_kind_id",
    "lgo_short_code",
    "lgo_province_id",
    "lgo_letter_code",
    "lgo_number_code",
    "lgo_saraban_email",
    "lgo_emblem",
    "lgo_dpo_email",
    "lgo_boundary",
    "phone",
)


def clean_svg(data):
    """SVG without anything that runs or reaches another place.

    :param bytes data: an SVG document
    :return: ``bytes``
    :raises ValueError: when it is no SVG
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)  # noqa: S320  (no entities, no network)
    except etree.XMLSyntaxError as error:
        raise ValueError("no SVG") from error
    if etree.QName(root).localname.lower() != "svg" or root.getroottree().docinfo.doctype:
        raise ValueError("no SVG")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname.lower() in SVG_FORBIDDEN:
            if element.getparent() is not None:
                element.getparent().remove(element)
            continue
        for name, value in list(element.attrib.items()):
            local = etree.QName(name).localname.lower()
            outside = local == "href" and not value.strip().startswith("#")
            reaches = re.search(r"url\s*\(\s*['\"]?\s*(?!#)|script\s*:|@import", value, re.I)
            if local.startswith("on") or outside or reaches:
                del element.attrib[name]
    return etree.tostring(root)


class ResCompany(models.Model):
    """Profile of the organisation: what letters, papers and the site say of it."""

    _inherit = "res.company"

    lgo_kind_id = fields.Many2one(
        comodel_name="lgo.organisation.kind", string="Kind of local government"
    )
    lgo_short_code = fields.Char(
        string="Short code", help="2 to 6 capital letters or digits; begins tracking numbers."
    )
    lgo_province_id = fields.Many2one(comodel_name="lgo.province", string="Province")
    lgo_letter_code = fields.Char(
        string="Letter code",
        compute="_compute_lgo_letter_code",
        store=True,
        readonly=False,
        help="In front of the number of a letter: ชม in ชม 52301/124.",
    )
    lgo_number_code = fields.Char(
        string="Number code", help="5 digits given to the organisation: 52301 in ชม 52301/124."
    )
    lgo_seal = fields.Binary(string="Seal", attachment=True)
    lgo_emblem = fields.Binary(string="Emblem", attachment=True)
    lgo_saraban_email = fields.Char(
        string="Saraban e-mail", help="Central address of the organisation for official letters."
    )
    lgo_line_id = fields.Char(string="LINE ID")
    lgo_complaint_channels = fields.Text(string="Complaint channels")
    lgo_missing_text = fields.Text(string="Still missing", compute="_compute_lgo_missing_text")

    @api.depends("lgo_province_id")
    def _compute_lgo_letter_code(self):
        for company in self:
            company.lgo_letter_code = company.lgo_province_id.letter_code or company.lgo_letter_code

    @api.depends(*CHECKLIST)
    def _compute_lgo_missing_text(self):
        labels = self.fields_get(CHECKLIST, ["string"])
        for company in self:
            missing = [labels[name]["string"] for name in CHECKLIST if not company[name]]
            company.lgo_missing_text = ", ".join(missing)

    @api.constrains("lgo_short_code", "lgo_number_code")
    def _check_lgo_codes(self):
        for company in self:
            if company.lgo_short_code and not SHORT_CODE.fullmatch(company.lgo_short_code):
                raise ValidationError(
                    self.env._("The short code must be 2 to 6 letters A-Z or digits.")
                )
            if company.lgo_number_code and not re.fullmatch(r"[0-9]{5}", company.lgo_number_code):
                raise ValidationError(
                    self.env._("The number code must be 5 digits, for example 52301.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._lgo_clean_images(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._lgo_clean_images(vals))

    def _lgo_paper_seal(self):
        """Picture (base64) for the head of papers: the seal, else the emblem, else ``False``."""
        self.ensure_one()
        return self.lgo_seal or self.lgo_emblem

    @api.model
    def _lgo_clean_images(self, vals):
        """Take scripts and outside links from SVG; refuse what is no picture."""
        vals = dict(vals)
        for name in IMAGE_FIELDS:
            if not vals.get(name):
                continue
            try:
                data = base64.b64decode(vals[name], validate=True)
                if not data.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
                    vals[name] = base64.b64encode(clean_svg(data))
            except (ValueError, binascii.Error) as error:
                raise ValidationError(
                    self.env._("Seal, emblem and Garuda must be a PNG, JPEG or SVG picture.")
                ) from error
        return vals

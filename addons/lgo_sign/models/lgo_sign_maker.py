# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai

from ..tools import appearance, key_file, pades

_logger = logging.getLogger(__name__)
SEAL_FIELD = "Seal"
#: Levels to be tried. Each try asks others while the register waits: what B-LTA lacks, B-LT lacks
#: too, so after it the lists of the revoked are not asked for again.
TRIED = {"lta": ("lta", "t", "b"), "lt": ("lt", "t", "b"), "t": ("t", "b"), "b": ("b",)}


class Part(NamedTuple):
    """One signature to be put into a document."""

    role: str
    """seal or signer"""
    field: str
    """name of its field"""
    number: int
    """place among those who sign, from 1; 0 for the seal"""
    name: str = ""
    lines: tuple = ()
    """what the visible signature says besides the name"""


class LgoSignMaker(models.AbstractModel):
    """Puts signatures into the file of an issued document and writes down what was done."""

    _name = "lgo.sign.maker"
    _description = "Maker of Electronic Signatures"

    @api.model
    def _parts(self, document):
        """The signatures that a document gets, the seal first: it certifies.

        :return: list of :class:`Part`
        """
        kind = document.kind_id
        parts = []
        if kind.sign_mode in ("seal", "signer_and_seal"):
            parts.append(Part("seal", SEAL_FIELD, 0, document.company_id.name))
        if kind.sign_mode in ("signer", "signer_and_seal"):
            for number, row in enumerate(document.signature_ids, start=1):
                lines = tuple((row.capacity or "").splitlines())
                parts.append(Part("signer", f"Signer{number}", number, row.name, lines))
        return parts

    @api.model
    def _prepare(self, document, content, parts):
        """Put all fields into a fresh file.

        :param parts: from :meth:`_parts`
        :return: bytes
        :raises UserError: the file cannot be signed
        """
        visible = document.company_id.lgo_sign_visible
        wanted = []
        for part in parts:
            page, box = (
                appearance.box(content, part.number) if visible and part.number else (-1, None)
            )
            last = len(parts) > 1 and part == parts[-1]
            wanted.append(pades.Field(part.field, part.name, page, box, locks=last))
        try:
            return pades.add_fields(content, wanted)
        except pades.PadesError as error:
            raise UserError(self.env._("This file cannot be signed: %(why)s", why=error)) from error

    @api.model
    def _sign(self, document, content, part, certificate, last=False):
        """Make one signature, at the level that is wanted or the next lower one that can be had.

        :param document: ``lgo.issued.document`` with the permit to write
        :param bytes content: the file so far
        :param part: :class:`Part`
        :param certificate: ``lgo.sign.certificate``, of the seal or of the user
        :param bool last: no other signature follows
        :return: bytes
        :raises UserError: the certificate or what its owner typed does not allow it
        """
        company = document.company_id
        wanted = company.lgo_sign_level
        timestamper = company._lgo_timestamper()
        now = fields.Datetime.now()
        roots = ()
        if wanted in ("lt", "lta"):
            trusted = self.env["lgo.sign.trust"]._roots(company)
            roots = tuple(key_file.as_asn1(one) for one in trusted)
        picture = self._picture(document, content, part, now)
        with certificate.with_env(self.env)._signer() as signer:
            for level in TRIED[wanted if timestamper is not None else "b"]:
                wish = pades.Wish(
                    level=level,
                    timestamper=timestamper,
                    roots=roots,
                    reason=f"{document.kind_id.name} {document.name}",
                    name=part.name,
                    certify=not document.sign_record_ids,
                    last=last,
                    appearance=picture,
                )
                try:
                    signed = pades.sign(content, signer, part.field, wish)
                    break
                except pades.PadesError as error:
                    raise UserError(
                        self.env._("This file cannot be signed: %(why)s", why=error)
                    ) from error
                except pades.OUTSIDE as error:
                    if level == "b":
                        raise UserError(
                            self.env._("The signature could not be made: %(why)s", why=error)
                        ) from error
                    _logger.warning("no signature at level %s: %s", level, error)
        self._record(document, part, certificate.sudo(), signed, level, wanted, now)
        return signed

    @api.model
    def _picture(self, document, content, part, now):
        """The visible signature; empty when signatures are not seen."""
        if not (document.company_id.lgo_sign_visible and part.number):
            return b""
        left, bottom, right, top = appearance.box(content, part.number)[1]
        day = thai.format_date(thai.local_date(now), style="short")
        lines = [
            f"ลงลายมือชื่ออิเล็กทรอนิกส์โดย {part.name}",
            f"{day} เวลา {thai.format_time(now)} {' '.join(part.lines)}",
        ]
        size = (right - left, top - bottom)
        return appearance.draw(lines, size, appearance.variant(content))

    @api.model
    def _record(self, document, part, certificate, signed, level, wanted, now):
        vals = {
            "document_id": document.id,
            "sequence": part.number,
            "role": part.role,
            "certificate_id": certificate.id,
            "user_id": self.env.uid,
            "field_name": part.field,
            "signer_name": certificate.subject_name,
            "issuer_name": certificate.issuer_name,
            "serial": certificate.serial,
            "fingerprint": certificate.fingerprint,
            "signed_at": now,
            "stamped_at": pades.stamped_at(signed, part.field),
            "level": level,
            "wanted_level": wanted,
            "is_short": pades.LEVELS.index(level) < pades.LEVELS.index(wanted),
        }
        self.env["lgo.sign.signature"].sudo()._append_only_permitted().create(vals)
        document.invalidate_recordset(["sign_record_ids"])
        self.env["lgo.audit.log"]._log(
            "document.sign",
            document,
            detail={
                "role": part.role,
                "fingerprint": certificate.fingerprint,
                "level": level,
                "wanted": wanted,
            },
            severity="info" if level == wanted else "warning",
        )

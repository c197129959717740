# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import pdf_stamp

STAMP_REPORT = "lgo_eoffice.report_receive_stamp"
NOTE_REPORT = "lgo_eoffice.report_note"
NOTES_REPORT = "lgo_eoffice.report_notes"


class Stamp(NamedTuple):
    """What one receive stamp says."""

    org: str
    number: str
    moment: fields.Datetime


class LgoEofficeLetter(models.Model):
    """The received paper with its stamps and notes: a copy, made when it is asked for.

    Saraban Regulation B.E. 2526, ข้อ ๓๗ and form 12: the receive stamp stands at the upper right of
    the first page; every unit that registers the letter puts its own. The file that came in is
    never touched.
    """

    _inherit = "lgo.eoffice.letter"

    # ------------------------------------------------------------ the file
    def _paper_file(self):
        """The PDF of the letter as bytes: the issued paper, or the file that came in.

        :raises UserError: there is none, or it cannot be read
        """
        self.ensure_one()
        letter = self.sudo()
        if letter.document_id:
            return letter.document_id._content()
        attachment = letter.main_attachment_id
        if not attachment:
            raise UserError(self.env._("The letter has no paper yet. Attach its PDF."))
        content = attachment.raw or b""
        if attachment.mimetype != "application/pdf" and not content.startswith(b"%PDF"):
            raise UserError(
                self.env._("“%(name)s” is no PDF. Only a PDF can be stamped.", name=attachment.name)
            )
        return content

    def _preview_file(self):
        """What the letter looks like on paper now: issued, received, or a draft.

        :rtype: bytes
        :raises UserError: a received letter has no readable paper
        """
        self.ensure_one()
        if self.direction == "in" or self.document_id:
            content = self._paper_file()
            self._opened(content).close()
            return content
        return self.env["ir.actions.report"]._render_weasyprint(
            "lgo_eoffice.action_report_letter", self.ids
        )

    def _opened(self, content):
        """Open a PDF, or say in words what is wrong with it."""
        name = self.sudo().main_attachment_id.name or self.display_name
        try:
            return pdf_stamp.opened(content)
        except pdf_stamp.LockedPdf as error:
            raise UserError(
                self.env._(
                    "“%(name)s” is locked with a password. Ask the sender for a file without one, "
                    "or print and scan it.",
                    name=name,
                )
            ) from error
        except pdf_stamp.UnreadablePdf as error:
            raise UserError(
                self.env._(
                    "“%(name)s” is damaged and cannot be read. Ask the sender to send it again.",
                    name=name,
                )
            ) from error

    # ------------------------------------------------------------ stamps
    def _paper_stamps(self):
        """Central office first, then each unit that registered the letter."""
        self.ensure_one()
        letter = self.sudo()
        stamps = []
        if letter.receive_no and letter.received_at:
            stamps.append(Stamp(letter.company_id.name, str(letter.receive_no), letter.received_at))
        for copy in letter.copy_ids.sorted("id"):
            if copy.unit_receive_no and copy.received_at:
                stamps.append(Stamp(copy.unit_id.name, str(copy.unit_receive_no), copy.received_at))
        return stamps

    def _paper_notes(self):
        """Notes on the letter in the order in which they were written."""
        self.ensure_one()
        return self.sudo().endorsement_ids.sorted("sequence")

    def _paper_note_action(self, note):
        """What a note without words says: the name of its step."""
        return dict(note._fields["action"]._description_selection(self.env)).get(note.action, "")

    def _print_piece(self, report, **values):
        """Print a piece of paper of this letter: ``values`` go to its template.

        :param str report: XML id of a template that prints ``o`` with ``values``
        :rtype: bytes
        """
        reports = self.env["ir.actions.report"].sudo()
        action = reports._get_report("lgo_eoffice.action_report_notes")
        html = self.env["ir.ui.view"]._render_template(
            report, reports._get_rendering_context(action, self.ids, {"o": self, **values})
        )
        bodies, _ids, header, footer, arguments = action.with_context(
            report_weasyprint_engine=True
        )._prepare_html(html, report_model=self._name)
        return reports.with_context(report_weasyprint_engine=True)._run_wkhtmltopdf(
            bodies,
            report_ref=action.report_name,
            header=header,
            footer=footer,
            specific_paperformat_args=arguments,
        )

    def _stamped_file(self, notes=True):
        """The paper with receive stamps and, unless ``notes`` is false, the notes on it.

        :rtype: bytes
        :raises UserError: no paper, locked or damaged
        """
        self.ensure_one()
        content = self._paper_file()
        stamps = self._paper_stamps()
        lines = self._paper_notes() if notes else self.env["lgo.eoffice.endorsement"]
        pdf = self._opened(content)
        if not stamps and not lines:
            return content
        with pdf:
            pdf_stamp.drop_signatures(pdf)
            ink = pdf_stamp.Ink.of_page(pdf_stamp.drawable(content, pdf))
            corner = self.company_id.sudo().lgo_stamp_corner
            for stamp in stamps:
                sheet = pdf_stamp.sheet(self._print_piece(STAMP_REPORT, stamp=stamp))
                self._lay(pdf, ink, sheet, corner)
            rest = lines
            if lines and self.company_id.sudo().lgo_notes_place == "face":
                rest = self._lay_notes(pdf, ink, lines)
            if rest:
                page = self._print_piece(NOTES_REPORT, notes=rest)
                with pdf_stamp.opened(page) as behind:
                    pdf.pages.extend(behind.pages)
            return pdf_stamp.saved(pdf)

    @staticmethod
    def _lay(pdf, ink, sheet, corner):
        place = ink.find(sheet.width, sheet.height, corner)
        pdf_stamp.lay(pdf, 0, sheet, place)
        ink.take(place.left, place.top, sheet.width, sheet.height)

    def _lay_notes(self, pdf, ink, notes):
        """Lay notes on free places of the first page, in their order.

        :return: the notes for which there was no room: from the first one that did not fit
        """
        after = 0.0
        for index, note in enumerate(notes):
            piece = pdf_stamp.trimmed(self._print_piece(NOTE_REPORT, note=note))
            sheet = pdf_stamp.sheet(piece)
            place = ink.find_below(sheet.width, sheet.height, after)
            if not place:
                return notes[index:]
            after = place.top
            pdf_stamp.lay(pdf, 0, sheet, place)
            ink.take(place.left, place.top, sheet.width, sheet.height)
        return notes.browse()

    def action_stamped_file(self):
        """Button: the paper with stamps and notes."""
        self.ensure_one()
        self.check_access("read")
        self._stamped_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lgo/eoffice/stamped/{self.id}",
            "target": "new",
        }

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import logging
import os
import tempfile

from odoo import api, fields, models
from odoo.tools import config

from odoo.addons.lgo_base.tools import thai

from ..tools import letter_parser, reader

_logger = logging.getLogger(__name__)

WAITING = [("state", "in", ("queued", "reading"))]
#: Pages whose text layer is read at once.
CHUNK = 20
#: Pages in which number, date, subject, sender and signature are looked for.
FACE_PAGES = 4
#: Characters of each that are looked at; the densest page of a letter has 4,000. What the parser
#: does with a long line or list grows with the square of its length.
FACE_TEXT = 5_000
#: A step that ended the worker is not tried more often.
MAX_TRIES = 3
#: Text of a paper that is kept for searching, in characters.
MAX_TEXT = 2_000_000
#: Seconds of Odoo's limit for a job that are kept for what is done beside Tesseract.
SPARE = 25
READABLE = ("application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp")


class LgoEofficeReading(models.Model):
    """The reading of the paper of a received letter, a few pages a step.

    Each step is committed, so that whatever ends it (a restart, a page that eats all memory) costs
    that step only. Short papers go first: a scan of 300 pages keeps nobody waiting.
    """

    _name = "lgo.eoffice.reading"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Reading of a Paper"
    _order = "id desc"
    _rec_name = "letter_id"

    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="Paper", required=True, index=True, ondelete="cascade"
    )
    checksum = fields.Char(help="Of the file as it was when it was queued.")
    state = fields.Selection(
        [
            ("queued", "Waits to be read"),
            ("reading", "Being read"),
            ("done", "Read"),
            ("needs_ocr", "Needs text recognition"),
            ("failed", "Cannot be read"),
            ("secret", "Marked secret"),
        ],
        required=True,
        default="queued",
        index=True,
    )
    error = fields.Selection(
        [
            ("empty", "The file is empty. Ask the sender for it again, or scan the paper."),
            (
                "locked",
                "The file asks for a password. It is kept; ask the sender for one without.",
            ),
            (
                "broken",
                "The file is damaged or is no PDF. It is kept; ask the sender for it again, or "
                "scan the paper.",
            ),
            ("stopped", "The reading stopped three times. The file is kept; type the letter in."),
        ]
    )
    page_count = fields.Integer(aggregator=None)
    pages_known = fields.Integer(help="Pages whose text layer was looked at.", aggregator=None)
    pages_left = fields.Integer(help="Pages that wait to be read.", aggregator=None)
    pages_unread = fields.Integer(aggregator=None)
    tries = fields.Integer(aggregator=None)
    not_secret = fields.Boolean(help="A clerk saw that the paper is not secret.")
    page_ids = fields.One2many("lgo.eoffice.reading.page", "reading_id")

    _letter_uniq = models.UniqueIndex("(letter_id)", "The paper of this letter is being read.")
    _queue_idx = models.Index("(pages_left, id) WHERE state IN ('queued', 'reading')")

    # ------------------------------------------------------------ queue
    @api.model
    def _queue(self, letters, again=False, not_secret=False):
        """Let the papers of letters be read.

        :param letters: ``lgo.eoffice.letter``; those whose paper was read already stay as they are
        :param bool again: read these anew
        :param bool not_secret: the word "ลับ" on the face does not count
        """
        readings = self.sudo()
        letters = letters.sudo()
        known = {row.letter_id: row for row in readings.search([("letter_id", "in", letters.ids)])}
        queued = False
        for letter in letters:
            reading, paper = known.get(letter), letter.main_attachment_id
            if not letter._is_to_be_read():
                if reading:
                    reading._forget()
                continue
            same = reading and (reading.attachment_id, reading.checksum) == (paper, paper.checksum)
            if same and not again:
                continue
            values = {
                "letter_id": letter.id, "attachment_id": paper.id, "checksum": paper.checksum,
                "state": "queued", "error": False, "page_count": 0, "pages_known": 0,
                "pages_left": 0, "pages_unread": 0, "tries": 0, "not_secret": not_secret,
            }  # fmt: skip
            if reading:
                reading._forget(keep=True)
                reading.write(values)
            else:
                readings.create(values)
            queued = True
        if queued:
            self.env.ref("lgo_eoffice_scan.ir_cron_read").sudo()._trigger()

    def _forget(self, keep=False):
        """Take away what was read of the papers: pages, text and proposals."""
        self.page_ids.unlink()
        self.letter_id.filtered("content_text").content_text = False
        self.letter_id.proposal_ids.unlink()
        if not keep:
            self.unlink()

    @api.model
    def _cron_read(self):
        """Read what waits, step by step, until the time of the job is over."""
        cron = self.env["ir.cron"]
        readings = self.sudo()
        cron._commit_progress(remaining=readings.search_count(WAITING))
        while reading := readings.search(WAITING, order="pages_left, id", limit=1):
            reading._try_step()
            if not cron._commit_progress(1, remaining=readings.search_count(WAITING)):
                break

    def _try_step(self):
        """A step; whatever happens in it, the next ones are reached."""
        self.ensure_one()
        if self.tries >= MAX_TRIES:
            self._fail("stopped")
            return
        self.tries += 1
        # a step that ends the process has counted
        self.env["ir.cron"]._commit_progress()
        try:
            with self.env.cr.savepoint():
                self._step()
        except Exception:
            self.env.invalidate_all()
            _logger.exception("reading %s", self.id)

    # ------------------------------------------------------------ reading
    def _step(self):
        """Look at the next pages, or read the next picture; put all together behind the last."""
        letter = self.letter_id
        if not letter._is_to_be_read() or letter.main_attachment_id != self.attachment_id:
            self._forget()
            return
        try:
            with self._file() as path:
                self._read_some(path)
        except reader.ReadError as error:
            if error.args[0] == "slow":
                raise
            known = dict(self._fields["error"].selection)
            self._fail(error.args[0] if error.args[0] in known else "broken")
            return
        self.tries = 0
        if self.pages_known >= self._last_page() and not self.pages_left:
            self._finish()

    def _last_page(self):
        return min(self.page_count, self.letter_id.company_id.lgo_scan_pages)

    def _read_some(self, path):
        self.state = "reading"
        if not self.page_count:
            self.page_count = reader.count_pages(path)
        if self.pages_known < self._last_page():
            self._look_at_pages(path)
        else:
            self._read_next_picture(path)

    def _look_at_pages(self, path):
        first = self.pages_known + 1
        count = min(CHUNK, self._last_page() - self.pages_known)
        languages = reader.ocr_languages()
        pages = reader.read_text(path, first, count)
        self.env["lgo.eoffice.reading.page"].create(
            [
                self._page_values(page)
                | ({"source": "waiting"} if page.source == "unread" and languages else {})
                for page in pages
            ]
        )
        waiting = sum(page.source == "unread" for page in pages)
        self.write(
            {
                "pages_known": self.pages_known + (len(pages) or count),
                "pages_left": self.pages_left + (waiting if languages else 0),
                "pages_unread": self.pages_unread + (0 if languages else waiting),
            }
        )

    def _page_values(self, page):
        return {
            "letter_id": self.letter_id.id,
            "reading_id": self.id,
            "number": page.number,
            "source": page.source,
            "text": page.text.replace("\x00", ""),
            "confidence": page.confidence,
            "sure_digits": " ".join(page.sure_digits),
        }

    def _read_next_picture(self, path):
        row = self.page_ids.filtered(lambda page: page.source == "waiting")[:1]
        languages = reader.ocr_languages()
        if not row or not languages:
            rest = self.page_ids.filtered(lambda page: page.source == "waiting")
            rest.source = "unread"
            self.write({"pages_left": 0, "pages_unread": self.pages_unread + len(rest)})
            return
        page = reader.read_picture(path, row.number, languages, seconds=self._picture_seconds())
        values = self._page_values(page)
        if page.source != "ocr":
            del values["text"]
        row.write(values)
        self.write(
            {
                "pages_left": self.pages_left - 1,
                "pages_unread": self.pages_unread + (page.source == "unread"),
            }
        )

    def _picture_seconds(self):
        """Seconds for a scanned page: those of the office, but Odoo must not end the worker."""
        seconds, limit = self.letter_id.company_id.lgo_scan_seconds, config["limit_time_real_cron"]
        if limit < 0:  # as other work
            limit = config["limit_time_real"]
        return min(seconds, max(SPARE, limit - SPARE)) if limit > 0 else seconds

    @contextlib.contextmanager
    def _file(self):
        """Path of the paper; a temporary one when it lies in the database."""
        attachment = self.attachment_id
        if attachment.store_fname:
            path = attachment._full_path(attachment.store_fname)
            if os.path.exists(path):
                yield path
                return
        with tempfile.NamedTemporaryFile(prefix="lgo-scan-") as file:
            file.write(attachment.raw or b"")
            file.flush()
            yield file.name

    def _fail(self, error):
        self.page_ids.unlink()
        self.write({"state": "failed", "error": error, "pages_left": 0, "tries": 0})

    # ------------------------------------------------------------ putting together
    def _finish(self):
        """Text to the letter, proposals beside it; nothing of what is marked secret."""
        pages = self.page_ids.sorted("number")
        face = "\f".join((page.text or "")[:FACE_TEXT] for page in pages[:FACE_PAGES])
        scanned = bool(pages) and pages[0].source == "ocr"
        found = letter_parser.parse(
            face,
            thai.local_date(fields.Datetime.now()),
            codes=self._letter_codes(),
            scanned=scanned,
            sure_digits=(pages[:1].sure_digits or "").split(),
        )
        if "secrecy" in found and not self.not_secret:
            self._forget(keep=True)
            self.state = "secret"
            return
        if scanned:
            quality = max(pages[0].confidence, 1) / 100
            found = {
                name: guess._replace(confidence=round(guess.confidence * quality))
                for name, guess in found.items()
            }
        self.letter_id.content_text = self._content(pages)
        self.env["lgo.eoffice.proposal"]._propose(self.letter_id, found)
        unread = self.pages_unread
        needs = bool(unread) and not reader.ocr_languages()
        pages.unlink()
        self.state = "needs_ocr" if needs else "done"

    def _content(self, pages):
        """The text for searching; a page that could not be read says so."""
        parts, length = [], 0
        for page in pages:
            text = (page.text or "").replace("\t", " ").strip()
            if page.source == "unread":
                note = self.env._("[page %(number)s: not read]", number=page.number)
                text = f"{text}\n{note}".strip()
            if length + len(text) > MAX_TEXT:
                break
            parts.append(text)
            length += len(text)
        return "\n\n".join(filter(None, parts)) or False

    def _note(self):
        """What the form says of the reading, or nothing."""
        if self.state == "failed":
            return dict(self._fields["error"]._description_selection(self.env)).get(self.error)
        if self.state == "reading":
            return self.env._(
                "Page %(done)s of %(count)s",
                done=max(0, self.pages_known - self.pages_left),
                count=self._last_page(),
            )
        if self.pages_unread:
            return self.env._(
                "%(unread)s of %(count)s pages were not read.",
                unread=self.pages_unread,
                count=self._last_page(),
            )
        return False

    @api.model
    def _letter_codes(self):
        """Letters with which numbers begin: of provinces, and of the agencies of the directory."""
        known = [("letter_code", "!=", False)]
        codes = set(self.env["lgo.province"].search(known).mapped("letter_code"))
        for code in self.env["lgo.eoffice.agency"].search(known).mapped("letter_code"):
            codes.add(code.split(" ")[0])
        return frozenset(code for code in codes if code)

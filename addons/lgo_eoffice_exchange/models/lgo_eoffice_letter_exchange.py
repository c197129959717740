# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import hashlib

from odoo import api, models

from ..tools import letter_data, mail_reader


class LgoEofficeLetter(models.Model):
    """Letters that another office of this system brings directly."""

    _inherit = "lgo.eoffice.letter"

    @api.model
    def _receive_exchange(self, peer, data, files):
        """Take in a letter that was signed by a confirmed key.

        :param peer: ``lgo.eoffice.peer`` in sudo
        :param dict data: checked letter
        :param files: list of ``{"name": …, "data": base64}`` as it came
        :return: the letter, and whether it had come before
        :raises DataError: the files are not those that the letter names
        """
        company, agency = peer.company_id, peer.agency_id
        Letter = self.with_context(
            lang=company._lgo_mail_lang(), default_direction="in"
        ).with_company(company)
        key = f"office:{agency.id}|{data['uid']}"
        letter = Letter._find_origin(company, key)
        if letter:
            return letter, True
        refused = []
        found = self._exchanged_files(data, files, refused)
        notes = [
            Letter.env._("“%(name)s” is a program or web page and was not kept.", name=name)
            for name in refused
        ]
        letter = Letter._receive(
            company,
            "exchange",
            data,
            found,
            key,
            notes,
            {"agency_id": agency.id, "from_text": agency.name},
        )
        return letter, False

    @api.model
    def _exchanged_files(self, data, files, refused):
        """The files as ``File`` objects; programs are left out and named in ``refused``."""
        if not isinstance(files, list) or len(files) != len(data["files"]):
            raise letter_data.DataError("files")
        found = []
        for said, row in zip(data["files"], files, strict=True):
            try:
                content = base64.b64decode(row["data"], validate=True)
            except (binascii.Error, ValueError, TypeError, KeyError) as error:
                raise letter_data.DataError("files.data") from error
            if hashlib.sha256(content).hexdigest() != said["sha256"].lower():
                raise letter_data.DataError("files.sha256")
            file = mail_reader.make_file(said["name"], content)
            if file is None:
                refused.append(said["name"])
            else:
                found.append(file)
        return found

    def _exchange_payload(self, recipient, peer):
        """What is sent to another office: the data and the files.

        :return: object for JSON
        """
        self.ensure_one()
        files = self._exchange_files()
        return {
            "letter": self._exchange_data(recipient, files, keyid=peer.keyid),
            "files": [
                {"name": found.name, "data": base64.b64encode(found.raw or b"").decode()}
                for found, _role in files
            ],
        }

    def _acknowledge_exchange(self, data):
        self.env["lgo.eoffice.dispatch"]._queue_call(
            self, "acknowledgement", "exchange", values={"data": data}
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..tools import letter_data


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _create_letter_data(self, record, data):
        """Keep what another office reads by machine as a file of ``record``.

        :param record: the letter or recipient whose e-mail carries it
        :param dict data: as :func:`~.letter_data.dump` takes it
        :return: the ``ir.attachment``
        """
        return self.sudo().create(
            {
                "name": letter_data.FILE_NAME,
                "raw": letter_data.dump(data),
                "mimetype": "application/json",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the page with the QR needs, for signed-in citizens and for everybody."""

import base64

from odoo.http import content_disposition, request

from odoo.addons.report_weasyprint.tools.qr import qr_png

#: Bills paid with one QR; more than a person ticks.
MOST_BILLS = 200


def whole_numbers(texts):
    """The ids among ``texts``; what is no number of a record is left out.

    :param texts: list of str or int that came with a request
    """
    numbers = []
    for text in list(texts)[:MOST_BILLS]:
        text = str(text)
        if text.isascii() and text.isdigit() and len(text) < 10:
            numbers.append(int(text))
    return numbers


def qr_uri(panel):
    """The same for ``<img src>``, so that no address carries what is paid."""
    return "data:image/png;base64," + base64.b64encode(qr_png(panel["payload"])).decode()


def qr_picture(panel):
    """The picture as a file; its name says for which bill it is."""
    if not panel:
        raise request.not_found()
    name = f"thai-qr-{panel['ref2']}-{panel['amount']:.2f}.png"
    return request.make_response(
        qr_png(panel["payload"]),
        [
            ("Content-Type", "image/png"),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Time stamps of an authority (RFC 3161), asked for through the calls to configured interfaces."""

import base64
import functools
import threading
import time

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers

from odoo.addons.lgo_base.tools import api_client

#: A register waits while a document is signed: the authority must be quick.
SECONDS = 8
#: After a failure the authority is not asked again for so long.
PAUSE_SECONDS = 60
#: Longest time to find out, before a register waits, whether the authority can be reached.
KNOCK_SECONDS = 4


class TimeStampClient(TimeStamper):
    """One authority; remembers when it does not answer.

    :param str url: https, or http on this machine
    :param str user: name and password, where the authority asks for them
    """

    def __init__(self, url, user="", password=""):
        super().__init__()
        self._url = url
        self._headers = set_tsp_headers({})
        if user:
            token = base64.b64encode(f"{user}:{password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {token}"
        self._silent_until = 0.0
        self._heard_until = 0.0

    def knock(self):
        """Find out whether the authority can be reached, before others wait for its answer.

        Any answer will do. No time stamp is asked for: an authority may count them.
        """
        now = time.monotonic()
        if now < max(self._silent_until, self._heard_until):
            return
        try:
            api_client.call("GET", self._url, seconds=KNOCK_SECONDS)
        except api_client.ApiError as error:
            if error.code == "no_answer":
                self._silent_until = time.monotonic() + PAUSE_SECONDS
                return
        self._heard_until = time.monotonic() + PAUSE_SECONDS

    async def async_request_tsa_response(self, req):
        """Send one request.

        :raises TimestampRequestError: no usable answer
        """
        if time.monotonic() < self._silent_until:
            raise TimestampRequestError("the authority did not answer a moment ago")
        try:
            answer = api_client.call(
                "POST", self._url, headers=self._headers, body=req.dump(), seconds=SECONDS
            )
            if answer.status != 200:
                raise api_client.ApiError("no_answer", str(answer.status))
            self._heard_until = time.monotonic() + PAUSE_SECONDS
            return tsp.TimeStampResp.load(answer.body, strict=True)
        except (api_client.ApiError, ValueError) as error:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            raise TimestampRequestError(str(error)) from error


_lock = threading.Lock()


@functools.lru_cache(maxsize=8)
def _kept(url, user, password, _day):
    return TimeStampClient(url, user, password)


def client(url, user="", password=""):
    """The client of an authority, kept for a day: it knows how long an answer is.

    :return: :class:`TimeStampClient`
    """
    with _lock:
        return _kept(url, user, password, int(time.time()) // 86400)


def forget():
    """Ask all authorities again, also those that did not answer."""
    _kept.cache_clear()

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls to the interface of another organisation that an administrator has configured.

TLS is verified, redirects are not followed (they would carry the secret elsewhere), time and size
are limited. The address may lie inside the network of the state; plain http is for this machine
only. Source: OWASP Server Side Request Forgery Prevention; RFC 6749 s. 10.9 (TLS).
"""

import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

READ_SECONDS = 10
TOTAL_SECONDS = 15
MAX_BYTES = 1024 * 1024
CHUNK = 16 * 1024
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ApiError(Exception):
    """No usable answer; ``code`` is bad_address, no_answer, redirect, too_big or not_json."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of an answer."""

    status: int
    headers: dict
    body: bytes

    def json(self):
        """The body as an object.

        :raises ApiError: it is no JSON object (an error page, a list)
        """
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ApiError("not_json", str(self.status)) from error
        if not isinstance(found, dict):
            raise ApiError("not_json", str(self.status))
        return found


def is_address(url, plain_http=False):
    """Whether ``url`` may be configured: https, or http to this machine; no user name in it.

    :param bool plain_http: http is allowed everywhere, for an interface inside a closed network
        of the state that knows no TLS
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
        parts.port  # noqa: B018 - raises when it is no number
    except ValueError:
        return False
    if not host or "@" in parts.netloc or any(char.isspace() for char in url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and (plain_http or host in LOOPBACK))


def _keep_headers(request):
    """An ``auth`` that does nothing: without one, a .netrc of the server would replace ours."""
    return request


def call(
    method,
    url,
    headers=None,
    data=None,
    body=None,
    seconds=TOTAL_SECONDS,
    *,
    read_seconds=READ_SECONDS,
    max_bytes=MAX_BYTES,
    plain_http=False,
):
    """Make one call.

    :param str method: GET or POST
    :param dict headers: more headers
    :param dict data: fields, sent as a form
    :param bytes body: body, instead of ``data``
    :param seconds: longest time for the whole answer
    :param read_seconds: longest time in which nothing comes
    :param int max_bytes: longest answer
    :param bool plain_http: see :func:`is_address`
    :return: :class:`Answer`, whatever its status outside of 3xx
    :raises ApiError: no usable answer
    """
    if not is_address(url, plain_http):
        raise ApiError("bad_address", url)
    end = time.monotonic() + seconds
    try:
        with requests.Session() as session:
            response = session.request(
                method,
                url,
                headers={"Accept": "application/json", "User-Agent": "LGO", **(headers or {})},
                data=body if body is not None else data,
                auth=_keep_headers,
                timeout=min(read_seconds, seconds),
                allow_redirects=False,
                stream=True,
            )
            with response:
                if 300 <= response.status_code < 400:
                    raise ApiError("redirect", str(response.status_code))
                found = b""
                for chunk in response.iter_content(CHUNK):
                    found += chunk
                    if len(found) > max_bytes:
                        raise ApiError("too_big")
                    if time.monotonic() > end:
                        raise ApiError("no_answer", "too slow")
                return Answer(response.status_code, dict(response.headers), found)
    except (requests.RequestException, OSError, ValueError) as error:
        raise ApiError("no_answer", type(error).__name__) from error

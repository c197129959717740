# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fetch a page of another organisation without being led into the own network.

The name is resolved once and each of its addresses must be public; the connection goes to that
very address (so a name that changes in between leads nowhere), redirects are not followed, and
time and size are limited. Source: OWASP Server Side Request Forgery Prevention.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

import urllib3

CONNECT_SECONDS = 10
READ_SECONDS = 30
MAX_BYTES = 20 * 1024 * 1024
CHUNK = 64 * 1024


class FetchError(Exception):
    """Why the page was not fetched: ``code`` and ``detail`` for the message to people."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


#: Ranges of IPv6 that Python calls global although an IPv4 address is carried in them, or that
#: are of the own site (RFC 4291 s. 2.5.5.1 and 2.5.7, RFC 6052, RFC 3056, RFC 4380).
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("::/96", "fec0::/10", "64:ff9b::/96", "2002::/16", "2001::/32")
)


def _is_public(address):
    address = ipaddress.ip_address(address)
    if not address.is_global or address.is_multicast:
        return False
    return not any(address in network for network in NOT_PUBLIC)


def _public_address(host, port):
    """The first address of ``host``, when all of them are public.

    :raises FetchError: unknown name, or one that points into a private network
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("unknown_host", host) from error
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise FetchError("private_host", host)
    return addresses[0]


def fetch(url, params=None, max_bytes=MAX_BYTES):
    """Get ``url``.

    :param str url: http or https address
    :param dict params: fields of the query
    :param int max_bytes: longest answer
    :returns: ``(bytes, content type)`` of an answer with status 200
    :raises FetchError: with one of the codes bad_address, unknown_host, private_host, redirect,
        status, too_big, no_answer
    """
    parts = urlsplit(url or "")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError("bad_address", url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise FetchError("bad_address", url)
    address = _public_address(parts.hostname, port)
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    options = {"timeout": timeout, "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            server_hostname=parts.hostname,
            assert_hostname=parts.hostname,
            cert_reqs="CERT_REQUIRED",
            **options,
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    try:
        response = pool.request(
            "GET",
            parts.path or "/",
            fields=params or {},
            headers={"Host": parts.netloc, "Accept": "application/json", "User-Agent": "LGO"},
            redirect=False,
            preload_content=False,
        )
        if 300 <= response.status < 400:
            raise FetchError("redirect", response.headers.get("Location", "")[:200])
        if response.status != 200:
            raise FetchError("status", str(response.status))
        data = b""
        for chunk in response.stream(CHUNK):
            data += chunk
            if len(data) > max_bytes:
                raise FetchError("too_big", str(max_bytes // 1024 // 1024))
        return data, response.headers.get("Content-Type", "")
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchError("no_answer", type(error).__name__) from error
    finally:
        pool.close()

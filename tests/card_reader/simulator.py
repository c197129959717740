#!/usr/bin/env python3
# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plays the card reader program of docs/card-reader.md, without a reader and without a card.

For training and tests: ``python3 tests/card_reader/simulator.py --origin https://office.example.go.th``
answers on ws://127.0.0.1:14725 with made-up persons. Standard library only.
"""

import argparse
import asyncio
import base64
import hashlib
import json
import struct

PORT = 14725
VERSION = 1
MAX_MESSAGE = 65536
MAX_HEAD = 16384
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
HOSTS = ("127.0.0.1", "localhost", "[::1]")

CARD = {
    "citizen_id": "1234567890121",
    "name_th": "นาย#สมชาย##ใจดี",
    "birth_date": "25300405",
    "address": "99/1#หมู่ที่ 4####ตำบลแม่เหียะ#อำเภอเมืองเชียงใหม่#จังหวัดเชียงใหม่",
    "expires": "99999999",
}
#: name: (steps to play, what differs on the card)
SCENARIOS = {
    "ok": (["waiting", "reading", "card"], {}),
    "partial": (["reading", "card"], {"birth_date": "25300000"}),
    "expired": (["reading", "card"], {"expires": "25600101"}),
    "bad_checksum": (["reading", "card"], {"citizen_id": "1234567890122"}),
    "no_reader": (["error:no_reader"], {}),
    "no_card": (["waiting", "error:no_card"], {}),
    "card_removed": (["reading", "error:card_removed"], {}),
    "slow": (["reading", "silence"], {}),
}


class Refused(Exception):
    """The browser may not talk to this program."""


def check_request(head, origins):
    """Check the opening handshake.

    :param str head: request line and headers
    :param origins: allowed origins, such as ``https://office.example.go.th``
    :return: the key to answer with
    :raises Refused: another page, or another host name (DNS rebinding), asks
    """
    lines = head.split("\r\n")
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    if not lines[0].startswith("GET ") or headers.get("upgrade", "").lower() != "websocket":
        raise Refused("no web socket")
    if headers.get("origin") not in origins:
        raise Refused("origin")
    if headers.get("host", "").rsplit(":", 1)[0] not in HOSTS:
        raise Refused("host")
    if "sec-websocket-key" not in headers:
        raise Refused("key")
    return headers["sec-websocket-key"]


def accept_key(key):
    """The answer to ``Sec-WebSocket-Key`` (RFC 6455, section 4.2.2)."""
    digest = hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


def frame(text):
    """One text frame of a server: final, not masked."""
    data = text.encode()
    size = len(data)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + data
    return struct.pack("!BBH", 0x81, 126, size) + data


async def read_frame(reader):
    """The operation and the content of the next frame of a browser."""
    first, second = await reader.readexactly(2)
    size = second & 0x7F
    if size == 126:
        (size,) = struct.unpack("!H", await reader.readexactly(2))
    elif size == 127:
        (size,) = struct.unpack("!Q", await reader.readexactly(8))
    if size > MAX_MESSAGE or not second & 0x80:
        raise Refused("frame")
    mask = await reader.readexactly(4)
    data = await reader.readexactly(size)
    return first & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))


class Simulator:
    """One reader that plays a scenario for each request.

    :param origins: origins that may ask
    :param str scenario: key of ``SCENARIOS``
    :param float pause: seconds between two steps
    """

    def __init__(self, origins, scenario="ok", pause=0.5):
        self.origins = frozenset(origins)
        self.scenario = scenario
        self.pause = pause

    async def handle(self, reader, writer):
        """Serve one connection."""
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            key = check_request(head[:MAX_HEAD].decode("latin-1"), self.origins)
            writer.write(
                (
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    f"Connection: Upgrade\r\nSec-WebSocket-Accept: {accept_key(key)}\r\n\r\n"
                ).encode()
            )
            await self.say(writer, {"type": "hello", "version": VERSION, "agent": "simulator"})
            await self.serve(reader, writer)
        except Refused:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass  # the browser has gone
        finally:
            writer.close()

    async def serve(self, reader, writer):
        while True:
            operation, data = await read_frame(reader)
            if operation == 0x8:  # close
                return
            if operation != 0x1:  # anything but text
                continue
            try:
                request = json.loads(data)
            except ValueError:
                request = None
            if not isinstance(request, dict) or request.get("type") != "read":
                continue
            await self.play(writer, request)

    async def play(self, writer, request):
        """Answer one request by the scenario; only the fields that were asked for."""
        steps, changes = SCENARIOS[self.scenario]
        card = {**CARD, **changes}
        asked = request.get("fields")
        asked = asked if isinstance(asked, list) else []
        answer = {"id": request.get("id")}
        for step in steps:
            await asyncio.sleep(self.pause)
            if step == "silence":
                return
            if step == "card":
                chosen = {name: card[name] for name in card if name in asked}
                await self.say(writer, {**answer, "type": "card", "card": chosen})
            elif step.startswith("error:"):
                await self.say(writer, {**answer, "type": "error", "code": step[6:]})
            else:
                await self.say(writer, {**answer, "type": "status", "state": step})

    @staticmethod
    async def say(writer, message):
        writer.write(frame(json.dumps(message, ensure_ascii=False)))
        await writer.drain()


async def run(simulator, port):
    """Serve until the program is stopped; on this computer only."""
    server = await asyncio.start_server(simulator.handle, "127.0.0.1", port, limit=MAX_HEAD)
    async with server:
        await server.serve_forever()


def main(arguments=None):
    """Command line."""
    parser = argparse.ArgumentParser(description="A card reader program that reads no card.")
    parser.add_argument(
        "--origin", action="append", required=True, help="address of the office, may be repeated"
    )
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="ok")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(arguments)
    try:
        asyncio.run(run(Simulator(options.origin, options.scenario), options.port))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulator keeps to docs/card-reader.md: it is what the real program is measured by."""

import asyncio
import importlib.util
import json
import os
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ORIGIN = "https://office.example.go.th"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


simulator = load(Path(__file__).parent / "simulator.py")
SCHEMA = json.loads((ROOT / "docs" / "card-reader.schema.json").read_text("utf-8"))


def problems(value, schema):
    """What in ``value`` breaks ``schema``: the part of JSON Schema that the file uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "oneOf" in schema:
        fits = [part for part in schema["oneOf"] if not problems(value, part)]
        return [] if len(fits) == 1 else [f"{len(fits)} forms fit {value}"]
    found = []
    kinds = {"object": dict, "string": str, "integer": int, "array": list}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{value!r} is no {schema['type']}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{value!r} is not in {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{value!r} does not match {schema['pattern']}")
    if isinstance(value, dict):
        found += [f"{name} is missing" for name in schema.get("required", ()) if name not in value]
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            found += [f"{name} is unknown" for name in value if name not in known]
        for name, part in known.items():
            if name in value:
                found += problems(value[name], part)
    for item in value if isinstance(value, list) else ():
        found += problems(item, schema.get("items", {}))
    return found


def masked(text):
    data, mask = text.encode(), os.urandom(4)
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return b"\x81" + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))


class TestSimulator(unittest.IsolatedAsyncioTestCase):
    async def talk(self, scenario="ok", request=None, headers=None):
        """The messages that a browser would get, or the status line of a refusal."""
        played = simulator.Simulator([ORIGIN], scenario, pause=0)
        server = await asyncio.start_server(played.handle, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = {
                "Host": f"127.0.0.1:{port}",
                "Origin": ORIGIN,
                "Upgrade": "websocket",
                "Connection": "Upgrade",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version": "13",
                **(headers or {}),
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            writer.write(f"GET / HTTP/1.1\r\n{lines}\r\n".encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            if not answer.startswith("HTTP/1.1 101"):
                writer.close()
                return answer.splitlines()[0]
            self.assertIn("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer, "the example of RFC 6455")
            message = request or {
                "type": "read",
                "version": 1,
                "id": "1",
                "fields": ["citizen_id", "name_th", "birth_date", "address", "expires"],
            }
            self.assertEqual(problems(message, SCHEMA) if request is None else [], [])
            writer.write(masked(json.dumps(message)))
            messages = []
            while True:
                try:
                    _first, size = await asyncio.wait_for(reader.readexactly(2), 0.5)
                except (TimeoutError, asyncio.IncompleteReadError):
                    break
                if size == 126:
                    size = int.from_bytes(await reader.readexactly(2), "big")
                messages.append(json.loads(await reader.readexactly(size)))
            writer.close()
        return messages

    async def test_every_scenario_keeps_to_the_schema(self):
        for scenario in simulator.SCENARIOS:
            with self.subTest(scenario=scenario):
                messages = await self.talk(scenario)
                self.assertEqual(messages[0]["type"], "hello")
                for message in messages:
                    self.assertEqual(problems(message, SCHEMA), [])
                last = "status" if scenario == "slow" else messages[-1]["type"]
                self.assertIn(last, ("card", "error", "status"))

    async def test_only_what_was_asked_for(self):
        request = {"type": "read", "version": 1, "id": "1", "fields": ["citizen_id", "photo"]}
        messages = await self.talk(request=request)
        self.assertEqual(messages[-1]["card"], {"citizen_id": simulator.CARD["citizen_id"]})

    async def test_other_pages_are_refused(self):
        for headers in (
            {"Origin": "https://evil.example.com"},
            {"Origin": ORIGIN + ".evil.example.com"},
            {"Origin": "null"},
            {"Host": "evil.example.com:14725"},
            {"Upgrade": "h2c"},
        ):
            with self.subTest(headers=headers):
                self.assertIn("403", await self.talk(headers=headers))

    async def test_nonsense_gets_no_card(self):
        for request in ([1], {"type": "write"}, {"type": "read", "id": "1", "fields": "photo"}):
            messages = await self.talk(request=request)
            self.assertFalse([m for m in messages if m.get("card")], request)

    def test_photos_have_no_place_in_the_protocol(self):
        text = json.dumps(SCHEMA)
        self.assertNotIn("photo", text)


if __name__ == "__main__":
    unittest.main()

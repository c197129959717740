# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small server that answers as the public feed of Traffy Fondue does; made-up reports."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

ORG = "เทศบาลตำบลดอนทราย"


def feature(ticket, state="start", **changes):
    """A feature in the shape of the feed, with all properties that were seen."""
    properties = {
        "ticket_id": ticket,
        "message_id": "m-1",
        "type": "ถนน",
        "problem_type_fondue": ["ถนน"],
        "problem_type_abdul": "ถนน",
        "org": ["จังหวัดสาธิต", ORG],
        "org_action": [ORG],
        "description": "ถนนเป็นหลุมหน้าวัด",
        "description_reporter": "นายสมมติ โทร 0800000000",
        "note": "",
        "photo_url": "https://photos.example.com/a.jpg",
        "after_photo": "",
        "address": "หน้าวัดดอนทราย",
        "subdistrict": "ดอนทราย",
        "district": "เมืองสาธิต",
        "province": "สาธิต",
        "state": "รอรับเรื่อง",
        "state_type_latest": state,
        "timestamp": "2026-11-20 03:04:05.678901+00",
        "last_activity": "2026-11-20 04:00:00+00",
        "star": None,
        "count_reopen": 0,
        **{name: value for name, value in changes.items() if name != "coordinates"},
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": changes.get("coordinates", [98.94, 18.73])},
        "properties": properties,
    }


def page(*features):
    """A page of the feed as bytes."""
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, ensure_ascii=False).encode()


@contextmanager
def serve(answer):
    """Run a server; ``answer(query) -> (status, content type, bytes, headers)``.

    Gives ``(address, list of queries)``.
    """
    queries = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 - name of the standard library
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            queries.append(query)
            status, kind, body, headers = answer(query)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", headers.pop("length", len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """No line in the log of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/geojson/v1", queries
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

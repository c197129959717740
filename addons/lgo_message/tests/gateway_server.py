# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A server that answers as a gateway for short messages does, well or badly."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class GatewayServer:
    """``answers``: list of (status, headers, body), the last one stays; ``calls``: what came."""

    def __init__(self):
        self.answers, self.calls, self.delay = [(200, {}, b"{}")], [], 0
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self):
                length = int(self.headers["Content-Length"] or 0)
                gateway.calls.append(
                    (self.command, self.path, dict(self.headers), self.rfile.read(length).decode())
                )
                time.sleep(gateway.delay)
                many = len(gateway.answers) > 1
                status, headers, body = gateway.answers.pop(0) if many else gateway.answers[0]
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = _answer

            def log_message(self, *args):
                """No line in the log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

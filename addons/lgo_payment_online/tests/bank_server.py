# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The interface of a bank for tests and training: token and inquiry of SCB Open API, errors too."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class BankServer:
    """``payments``: what the bank knows; ``broken``: answer 500; ``calls``: what was asked."""

    def __init__(self, key="key", secret="secret"):
        self.payments, self.calls, self.broken = [], [], False
        bank = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bank.calls.append(self.path)
                known = json.loads(body) == {"applicationKey": key, "applicationSecret": secret}
                if self.path != "/v1/oauth/token" or not known:
                    return self._answer(401, {"status": {"code": 9500}})
                return self._answer(
                    200, {"status": {"code": 1000}, "data": {"accessToken": "token"}}
                )

            def do_GET(self):
                bank.calls.append(self.path)
                parts = urlsplit(self.path)
                if self.headers["Authorization"] != "Bearer token":
                    return self._answer(401, {})
                if parts.path != "/v1/payment/billpayment/inquiry":
                    return self._answer(404, {})
                ref1 = parse_qs(parts.query)["reference1"][0]
                rows = [row for row in bank.payments if row["billPaymentRef1"] == ref1]
                return self._answer(200, {"status": {"code": 1000}, "data": rows})

            def _answer(self, status, found):
                body = b"down" if bank.broken else json.dumps(found).encode()
                self.send_response(500 if bank.broken else status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """No line in the log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()

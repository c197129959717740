# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small HTTP client for benchmarks: one kept connection, its cookies, its session."""

import http.client
import http.cookies
import re
import threading
import time
import urllib.parse

import psutil

TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


class Failed(Exception):
    """The answer is not what the page should give."""


class Client:
    """One browser: a kept connection, cookies and the tokens of its session."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.tokens = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def request(self, method, path, body=None, headers=None):
        """:return: ``(status, text)``; a connection that the server closed is opened anew"""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | (
            headers or {}
        )
        for last in (False, True):
            try:
                self.connection.request(method, path, body, headers)
                response = self.connection.getresponse()
                text = response.read().decode()
                break
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                if last:
                    raise
        for line in response.headers.get_all("Set-Cookie", ()):
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return response.status, text

    def get(self, path, holds="", want=200):
        """Open a page.

        :param str holds: what must stand in it
        :raises Failed: another status, or another page
        """
        status, text = self.request("GET", path)
        self._check(path, status, text, want, holds)
        return text

    def post(self, path, form, holds="", want=200):
        """Send a form; see :meth:`get`."""
        body = urllib.parse.urlencode(form)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, text = self.request("POST", path, body, headers)
        self._check(path, status, text, want, holds)
        return text

    @staticmethod
    def _check(path, status, text, want, holds):
        if status != want:
            raise Failed(f"{path}: {status} instead of {want}")
        if holds not in text:
            raise Failed(f"{path}: {holds!r} is not in the page")

    def token(self, path):
        """The token that forms of this session need, read once from a page with a form."""
        if path not in self.tokens:
            found = TOKEN.search(self.get(path))
            if not found:
                raise Failed(f"{path}: no form")
            self.tokens[path] = found[1]
        return self.tokens[path]

    def sign_in(self, login, password):
        """Sign in with an account."""
        form = {"csrf_token": self.token("/web/login"), "login": login, "password": password}
        self.post("/web/login", form, want=303)
        self.tokens.clear()


def parallel(clients, page, seconds):
    """All clients open a page again and again.

    :return: ``(seconds of each answer, how long it took)``
    :raises Failed: a page was not right
    """
    times, errors = [], []
    start = time.monotonic()

    def work(client):
        try:
            while time.monotonic() - start < seconds:
                before = time.monotonic()
                page(client)
                times.append(time.monotonic() - before)
        except (OSError, Failed) as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return times, time.monotonic() - start


def cpu_seconds(server, database):
    """Processor time used so far by a server with its workers and its PostgreSQL sessions.

    :param int server: process that started the workers
    :param str database: name of its database; sessions of others do not count
    """
    processes = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "postgres":
            words = " ".join(process.info["cmdline"] or ()).split()
            if database in words:
                processes.append(process)
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total

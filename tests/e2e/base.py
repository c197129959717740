# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Harness of the browser tests: a real Chromium against a running server.

Settings, all from the environment:

``LGO_BASE_URL``
    where the server answers, such as ``http://127.0.0.1:8069``; without it the tests are skipped
``LGO_ARTIFACTS``
    folder for screenshots and reports (default: a temporary folder)
``LGO_MAIL_DIR``
    folder in which the test mail server leaves one file a message
``LGO_PEER_URL``, ``LGO_PEER_DB``
    a second office on the same machine, with a database of its own
``LGO_ADMIN_LOGIN``, ``LGO_ADMIN_PASSWORD``
    an administrator, to prepare users and records (default admin/admin)
``LGO_CHROMIUM``, ``LGO_AXE``
    the browser (default: the first chromium on PATH) and ``axe.min.js``
    (default: ``node_modules/axe-core/axe.min.js``)

Every test fails when a page asks another host for anything or writes an error to the console.
"""

import contextlib
import email
import email.policy
import http.cookiejar
import itertools
import json
import os
import re
import shutil
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
BASE_URL = os.environ.get("LGO_BASE_URL", "").rstrip("/")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
SLOWEST = 90_000  # milliseconds that a page may take on a machine that does other work beside
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Regions of the office screens that are Odoo's own markup, which an add-on could only mend by
# replacing the widget: measured on Odoo 19.0, each with the rule it breaks. All rules run on
# everything else, and on the whole of a citizen's page.
STOCK_REGIONS = {
    ".o_navbar": "aria-required-children and -parent: menus of the top bar",
    ".o_calendar_container": "button-name, color-contrast: calendar",
    ".o_control_panel": "aria-allowed-attr, role-img-alt: search bar and its facets",
    ".o-mail-Form-chatter": "image-alt, aria-prohibited-attr: avatars, icons, lists of files",
    ".o_field_many2many_binary": "image-alt, label, list: attached files and the button for more",
    ".o_field_many2many_tags": "aria-allowed-attr: tags and the box to choose them",
    ".o_list_record_selector": "label: check boxes of a list",
    ".o_list_actions_header": "button-name: menu of the optional columns",
    ".o_data_cell .o-checkbox": "label: a check box shown in a list",
    ".o_m2o_avatar": "image-alt: picture beside the name of a user",
    ".o_select_menu": "autocomplete-valid, aria-allowed-attr: list to choose from",
    ".o_notebook_headers": "aria-required-parent: tabs",
}
# Words that are the same in Thai print, and file types.
ALLOWED_WORDS = frozenset(
    ("LINE", "SMS", "PDF", "PNG", "JPG", "JPEG", "MB", "KB", "GB", "QR", "ThaiD", "ThaID")
    + ("WCAG", "AA", "URL")
)
# What Odoo shows while an answer is out for more than 250 ms, so it has to be at rest longer.
SETTLED = """async (selector) => {
    const calm = 300, limit = Date.now() + 20000;
    let last = performance.now();
    const observer = new MutationObserver(() => (last = performance.now()));
    // without "style": Odoo measures the columns of a list on a narrow screen again and again
    observer.observe(document, {
        subtree: true, childList: true, characterData: true, attributeFilter: ["class"],
    });
    try {
        while (performance.now() - last < calm) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
            const moves = document.getAnimations().some((animation) =>
                animation.playState === "running" &&
                animation.effect.getComputedTiming().endTime !== Infinity);
            if (moves || document.querySelector(selector)) last = performance.now();
            if (Date.now() > limit) return false;
        }
    } finally {
        observer.disconnect();
    }
    return true;
}"""
BUSY = ".o_loading_indicator, .o_blockUI"
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
NOT_PROSE = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b|&\w+;")


def artifacts():
    """:return: the folder for screenshots, made when missing."""
    path = Path(os.environ.get("LGO_ARTIFACTS") or Path(tempfile.gettempdir()) / "lgo-e2e")
    path.mkdir(parents=True, exist_ok=True)
    return path


def axe_source():
    """:return: text of axe-core; raises ``FileNotFoundError`` when it is not installed."""
    path = Path(os.environ.get("LGO_AXE") or ROOT / "node_modules/axe-core/axe.min.js")
    return path.read_text(encoding="utf-8")


class Backend:
    """A thin JSON client with the administrator's session, to prepare what a test needs."""

    def __init__(self, base_url=BASE_URL, database=None):
        self.base_url, self.database = base_url, database
        self._ids = itertools.count(1)
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        ).open

    def _post(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "id": next(self._ids), "params": params}
        request = urllib.request.Request(
            self.base_url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self._open(request, timeout=120) as response:
            answer = json.load(response)
        if answer.get("error"):
            raise AssertionError(answer["error"]["data"].get("debug") or answer["error"])
        return answer["result"]

    def login(self, login=None, password=None):
        """Log in, as the administrator unless somebody else is named.

        The database is the one the server serves: with one database per host there is one.
        """
        with self._open(self.base_url + "/web/login", timeout=120) as response:
            response.read()
        database = (
            self.database or os.environ.get("LGO_DB") or self._post("/web/database/list", {})[0]
        )
        self._post(
            "/web/session/authenticate",
            {
                "db": database,
                "login": login or os.environ.get("LGO_ADMIN_LOGIN", "admin"),
                "password": password or os.environ.get("LGO_ADMIN_PASSWORD", "admin"),
            },
        )
        return self

    def call(self, model, method, *args, **kwargs):
        """Call a public method of a model with the rights of the administrator."""
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def fetch(self, path):
        """:return: content of a page or file, as bytes"""
        with self._open(self.base_url + path, timeout=120) as response:
            return response.read()

    def ref(self, xmlid):
        """:return: database id of an external id"""
        return self.call("ir.model.data", "check_object_reference", *xmlid.split(".", 1))[1]

    def make_portal_user(self, name="สมชาย ใจดี"):
        """Create a citizen with an account; :return: ``(login, password)``."""
        return self.make_user(name, "base.group_portal")

    def make_user(self, name, group):
        """Create a person with one role; :return: ``(login, password)``."""
        login = f"person{time.time_ns()}@example.com"
        password = "Sawasdee-2569!"  # noqa: S105 - an account of the test database only
        self.call(
            "res.users",
            "create",
            {
                "name": name,
                "login": login,
                "email": login,
                "password": password,
                "lang": "th_TH",
                "group_ids": [(6, 0, [self.ref(group)])],
            },
            context={"no_reset_password": True},
        )
        return login, password


@unittest.skipUnless(BASE_URL, "LGO_BASE_URL is not set: no server to test")
class E2ECase(unittest.TestCase):
    """One browser a class, one fresh context (no cookies) a test."""

    viewport = WIDE
    # messages of the console that are not errors of ours, as regular expressions
    allowed_console = ()
    # other servers of ours that pages may belong to
    more_hosts = ()

    @classmethod
    def browser_env(cls):
        """:return: more environment for the browser"""
        return {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._playwright = sync_playwright().start()
        cls.addClassCleanup(cls._playwright.stop)
        cls.browser = cls._playwright.chromium.launch(
            executable_path=os.environ.get("LGO_CHROMIUM")
            or shutil.which("chromium")
            or shutil.which("google-chrome"),
            args=CHROMIUM_FLAGS,
            env={**os.environ, **cls.browser_env()},
        )
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.foreign_requests = []
        self.console_errors = []
        self.expected_status = set()
        self._new_browser(self.viewport)
        self.addCleanup(lambda: self.context.close())

    def tearDown(self):
        super().tearDown()
        self.check_clean()

    def _new_browser(self, viewport):
        self.context = self.browser.new_context(
            viewport=viewport, locale="th-TH", timezone_id="Asia/Bangkok"
        )
        self.context.set_default_timeout(SLOWEST)
        self.context.route("**/*", self._guard)
        self.page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def new_person(self, viewport):
        """Another person at another machine: a browser without cookies."""
        self.check_clean()
        self.context.close()
        self._new_browser(viewport)

    # ------------------------------------------------------------ guards

    def _guard(self, route):
        url = route.request.url
        ours = {urlsplit(one).netloc for one in (BASE_URL, *self.more_hosts)}
        if url.startswith(("data:", "blob:")) or urlsplit(url).netloc in ours:
            return route.continue_()
        self.foreign_requests.append(url)
        return route.abort()

    def _on_console(self, message):
        if message.type != "error":
            return
        text = message.text
        # The browser itself reports the status of a page that is meant to be an error page.
        status = re.search(r"status of (\d{3})", text)
        if status and int(status[1]) in self.expected_status:
            return
        if any(re.search(pattern, text) for pattern in self.allowed_console):
            return
        self.console_errors.append(f"{text} ({message.location.get('url')})")

    def check_clean(self):
        """Fail on any request to another host or error of the console seen so far."""
        self.assertEqual(self.foreign_requests, [], "the page asked another host")
        self.assertEqual(self.console_errors, [], "errors in the browser's console")

    # ------------------------------------------------------------ doing

    @contextlib.contextmanager
    def next_page(self, page=None):
        """What is done inside leads to another page; wait until that one is complete.

        The page itself is asked: where a service worker serves it, the browser's own event of the
        navigation has got lost on slow machines.
        """
        page = page or self.page
        page.evaluate("() => { window.lgoBefore = true; }")
        yield
        page.wait_for_function("() => !window.lgoBefore && document.readyState === 'complete'")

    def submit(self, selector):
        """Press the button that sends a form; wait until the next page has started."""
        with self.next_page():
            self.page.click(selector)
        self.page.wait_for_load_state("networkidle")

    def open(self, path, status=200):
        """Open a page and wait until its scripts have started; :return: the response."""
        if status >= 400:
            self.expected_status.add(status)
        response = self.page.goto(BASE_URL + path, wait_until="load")
        self.assertEqual(response.status, status, path)
        self.page.wait_for_load_state("networkidle")
        return response

    def login(self, login, password):
        """Log in through the page, as a person does."""
        self.open("/web/login")
        self.page.fill(".oe_login_form input[name=login]", login)
        self.page.fill(".oe_login_form input[name=password]", password)
        with self.next_page():
            self.page.click(".oe_login_form button[type=submit]")
        self.page.wait_for_load_state("networkidle")
        self.assertNotIn("/web/login", self.page.url, "the log-in was refused")

    def login_to_backend(self, login, path, base_url=BASE_URL):
        """Log in and open a screen; the web client never falls silent, so wait for its frame."""
        self.page.goto(f"{base_url}/web/login?redirect={path}")
        self.page.fill(".oe_login_form input[name=login]", login[0])
        self.page.fill(".oe_login_form input[name=password]", login[1])
        self.page.click(".oe_login_form button[type=submit]")
        self.page.wait_for_selector(".o_web_client .o_action")

    def settle(self):
        """Wait until an office screen has come to rest: no answer is out, nothing changes or moves.

        A fixed time would be too long here and too short on a slow machine; axe measures colours
        as they are, and a key pressed too early is lost.
        """
        self.assertTrue(self.page.evaluate(SETTLED, BUSY), f"{self.page.url} comes to no rest")

    def pictures_ready(self):
        """Wait until the chosen pictures were made smaller: the form is not sent before."""
        self.page.wait_for_function(
            "[...document.querySelectorAll('input[type=file]')]"
            ".every((input) => !input.validity.customError)"
        )

    def mails_to(self, address, timeout=20):
        """:return: messages for an address in ``LGO_MAIL_DIR``, newest last, waiting for one."""
        folder = Path(os.environ["LGO_MAIL_DIR"])
        end = time.monotonic() + timeout
        while True:
            found = []
            for path in sorted(folder.rglob("*"), key=lambda p: p.stat().st_mtime):
                if path.is_file():
                    message = email.message_from_bytes(
                        path.read_bytes(), policy=email.policy.default
                    )
                    recipients = f"{message['To']} {message['X-RcptTo']}"
                    if address.lower() in recipients.lower():
                        found.append(message)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.5)

    # ------------------------------------------------------------ asserting

    def axe(self, page=None, include=None, exclude=()):
        """Fail when axe-core finds a violation of WCAG 2.2 A or AA on the page.

        :param str include: CSS selector of the part to look at; the whole page by default
        :param exclude: CSS selectors of parts that are not looked at
        """
        page = page or self.page
        page.wait_for_selector(BUSY, state="detached")  # it fades
        if not page.evaluate("typeof window.axe === 'object'"):
            page.add_script_tag(content=axe_source())
        result = page.evaluate(
            "([include, exclude, tags]) => axe.run({include, exclude}, {runOnly: tags})",
            [[[include or "html"]], [[selector] for selector in exclude], WCAG],
        )
        violations = [
            f"{v['id']} ({v['impact']}): "
            + "; ".join(f"{n['target'][0]} {n['html'][:120]}" for n in v["nodes"][:4])
            for v in result["violations"]
        ]
        self.assertEqual(violations, [], f"axe on {page.url}")

    def no_english(self, page=None, allow=()):
        """Fail when the page shows a Latin word other than addresses and the allowed ones."""
        page = page or self.page
        text = page.evaluate(
            """() => {
                const parts = [document.title];
                const skip = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"]);
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
                for (let el = walker.currentNode; el; el = walker.nextNode()) {
                    if (skip.has(el.tagName) || el.closest("[hidden], .d-none, [translate=no]")) {
                        continue;
                    }
                    for (const child of el.childNodes) {
                        if (child.nodeType === Node.TEXT_NODE) parts.push(child.textContent);
                    }
                    for (const name of ["aria-label", "title", "alt", "placeholder"]) {
                        if (el.hasAttribute(name)) parts.push(el.getAttribute(name));
                    }
                }
                return parts.join("\\n");
            }"""
        )
        allowed = ALLOWED_WORDS | {word for phrase in allow for word in LATIN_WORD.findall(phrase)}
        found = sorted(set(LATIN_WORD.findall(NOT_PROSE.sub(" ", text))) - allowed)
        self.assertEqual(found, [], f"English on {page.url}")

    def no_overflow(self, page=None):
        """Fail when the page scrolls sideways (WCAG 1.4.10 reflow)."""
        page = page or self.page
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.assertLessEqual(over, 0, f"{page.url} is {over} px wider than the screen")

    def screenshot(self, name, page=None):
        """Save the whole page at 1280 and at 375 px; :return: the two paths."""
        page = page or self.page
        before = page.viewport_size
        paths = []
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            path = artifacts() / f"{name}-{size['width']}.png"
            page.screenshot(path=str(path), full_page=True)
            self.no_overflow(page)
            paths.append(path)
        page.set_viewport_size(before)
        return paths

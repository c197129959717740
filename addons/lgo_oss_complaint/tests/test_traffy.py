# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import socket
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..models import lgo_traffy_source
from ..tools import safe_http
from .common import ComplaintCase
from .traffy_server import ORG, feature, page, serve

JSON = "application/json"


@tagged("post_install", "-at_install")
class TestTraffy(ComplaintCase):
    """Reports of Traffy Fondue, against a real server on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lgo.oss.complaint.type"].search([]).traffy_names = False
        cls.road.traffy_names = "ถนน, ทางเท้า"
        cls.source = cls.env["lgo.traffy.source"].create(
            {"name": "ทดสอบ", "organisation": ORG, "type_id": cls.water.id}
        )
        cls.window = (
            fields.Datetime.to_datetime("2026-11-18 00:00:00"),
            fields.Datetime.to_datetime("2026-11-25 00:00:00"),
        )

    def _fetch(self, *bodies, status=200, kind=JSON, headers=None, dry_run=False):
        """Run the import against a server that gives ``bodies`` page by page."""

        def answer(query):
            number = int(query["offset"]) // int(query["limit"])
            body = bodies[number] if number < len(bodies) else page()
            return status, kind, body, dict(headers or {})

        with (
            serve(answer) as (url, queries),
            patch.object(safe_http, "_is_public", lambda address: True),
        ):
            self.env.cr.execute(
                "UPDATE lgo_traffy_source SET url = %s WHERE id = %s", [url, self.source.id]
            )
            self.source.invalidate_recordset(["url"])
            log = self.source._run_window(*self.window, dry_run=dry_run)
        self.queries = queries
        return log

    def _tickets(self):
        return self.env["lgo.oss.complaint"].search([("traffy_ticket", "!=", False)])

    def test_takes_ours_once(self):
        body = page(
            feature("2026-AAA"),
            feature("2026-BBB", problem_type_fondue=["อื่น"]),
            feature("2026-CCC", org=["เทศบาลอื่น"]),
        )
        log = self._fetch(body)
        self.assertEqual(log.state, "done", log.message)
        self.assertEqual((log.received, log.foreign, log.created), (3, 1, 2))
        self.assertEqual(
            {key: self.queries[0][key] for key in ("start", "end", "offset")},
            {"start": "2026-11-18", "end": "2026-11-25", "offset": "0"},
        )
        first = self._tickets().filtered(lambda row: row.traffy_ticket == "2026-AAA")
        self.assertEqual((first.type_id, first.state), (self.road, "received"))
        self.assertEqual(first.submitted_at, fields.Datetime.to_datetime("2026-11-20 03:04:05"))
        self.assertEqual((first.latitude, first.longitude), (18.73, 98.94))
        self.assertEqual(first.photo_link, "https://photos.example.com/a.jpg")
        self.assertFalse(first.applicant_name or first.applicant_phone)
        self.assertNotIn("0800000000", str(first.read()))
        self.assertEqual((self._tickets() - first).type_id, self.water)
        again = self._fetch(body)
        self.assertEqual((again.created, again.updated, again.unchanged), (0, 0, 2))
        self.assertEqual(len(self._tickets()), 2)

    def test_states(self):
        table = {
            "start": "received", "inprogress": "in_progress", "forward": "forwarded",
            "irrelevant": "rejected", "finish": "resolved",
        }  # fmt: skip
        for number, (there, here) in enumerate(table.items()):
            with self.subTest(there):
                ticket = f"2026-S{number}"
                self._fetch(page(feature(ticket)))
                self._fetch(page(feature(ticket, there)))
                case = self._tickets().filtered(
                    lambda row, ticket=ticket: row.traffy_ticket == ticket
                )
                self.assertEqual(case.state, here)
        self._fetch(page(feature("2026-S4", "inprogress")))
        case = self._tickets().filtered(lambda row: row.traffy_ticket == "2026-S4")
        self.assertEqual(case.state, "in_progress", "reopened there")

    def test_our_work_that_is_further_stays(self):
        self._fetch(page(feature("2026-OWN")))
        case = self._tickets()
        case._transition("reject", reason="นอกเขต")
        self._fetch(page(feature("2026-OWN", "inprogress")))
        self.assertEqual(case.state, "rejected")

    def test_pages_and_doubles(self):
        with patch.object(lgo_traffy_source, "PAGE", 2):
            log = self._fetch(
                page(
                    feature(
                        "2026-P1",
                        last_activity="2026-11-21 00:00:00+00",
                        state_type_latest="finish",
                    ),
                    feature("2026-P1", last_activity="2026-11-20 00:00:00+00"),
                ),
                page(feature("2026-P2"), feature("2026-P3")),
                page(feature("2026-P4")),
            )
        self.assertEqual((log.created, len(self.queries)), (4, 3))
        first = self._tickets().filtered(lambda row: row.traffy_ticket == "2026-P1")
        self.assertEqual(first.state, "resolved", "what changed last counts")

    def test_failures_leave_nothing(self):
        good = page(feature("2026-F1"))
        cases = [
            ("500", {"status": 500}, good),
            ("503 page", {"status": 503, "kind": "text/html"}, b"<html>busy</html>"),
            ("HTML with 200", {"kind": "text/html"}, b"<!doctype html><p>login</p>"),
            ("HTML called JSON", {}, b"  <html></html>"),
            ("truncated", {}, good[:-20]),
            ("cut in a letter", {}, good[:200] + b"\xe0"),
            ("length is a lie", {"headers": {"length": len(good) + 50}}, good),
            ("empty", {}, b""),
            ("null", {}, b"null"),
            ("a list", {}, b"[]"),
            ("no features", {}, b'{"features": {}}'),
            ("deep", {}, b"[" * 100_000),
            ("redirect", {"status": 302, "headers": {"Location": "http://127.0.0.1:5499/"}}, b""),
        ]
        for what, options, body in cases:
            with self.subTest(what):
                log = self._fetch(body, **options)
                self.assertEqual(log.state, "failed", log.message)
                self.assertRegex(log.message, "\\w")
                self.assertFalse(self._tickets())

    def test_second_page_fails_nothing_half(self):
        with patch.object(lgo_traffy_source, "PAGE", 1):
            log = self._fetch(page(feature("2026-H1")), b"<html>")
        self.assertEqual(log.state, "failed")
        self.assertFalse(self._tickets())

    def test_too_big(self):
        with patch.object(safe_http.fetch, "__defaults__", (None, 1000)):
            log = self._fetch(page(feature("2026-B1", description="ก" * 4000)))
        self.assertEqual(log.state, "failed")

    def test_wrong_rows_are_left_out_and_named(self):
        wrong = [
            feature("2026-W1", coordinates=[18.73, 98.94]),
            feature("2026-W2", coordinates=["x", None]),
            feature("2026-W3", coordinates=[0, 0]),
            feature("2026-W4", coordinates=[float("1e308"), 18]),
            feature("2026-W5", state_type_latest="ไม่รู้"),
            feature("2026-W6", timestamp="เมื่อวาน"),
            feature("2026-W7", description="  "),
            feature("2026-W8", coordinates=[10**400, 18]),
            feature("2026-W9", timestamp="0001-01-01 00:00:00+14"),
            feature("../../etc", description="x"),
            "no feature",
            {"geometry": None, "properties": None},
        ]
        log = self._fetch(page(feature("2026-OK"), *wrong))
        self.assertEqual((log.state, log.created, log.wrong), ("done", 1, len(wrong)))
        for ticket in ("2026-W1", "2026-W5", "2026-W6", "2026-W7", "2026-W8", "2026-W9"):
            self.assertIn(ticket, log.message)
        self.assertEqual(self._tickets().traffy_ticket, "2026-OK")

    def test_hostile_texts(self):
        self._fetch(
            page(
                feature(
                    "2026-X1",
                    description="<script>alert(1)</script>\x00 นํ้า𠀀🏮" + "ก" * 9000,
                    address="ก" * 900,
                    photo_url="javascript:alert(1)",
                    after_photo="//evil.example.com/x",
                )
            )
        )
        case = self._tickets()
        self.assertEqual(len(case.description), 4000)
        half = page(feature("2026-X2", description="ครึ่ง§")).replace("§".encode(), b"\\ud83c")
        self.assertEqual(self._fetch(half).state, "done")
        self.assertIn("ครึ่ง", (self._tickets() - case).description)
        self.assertFalse(case.photo_link or case.after_photo_link)

    def test_no_way_into_the_own_network(self):
        private = (
            "http://127.0.0.1:5499/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data", "http://192.168.1.1/", "http://0.0.0.0/",
            "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fec0::1]/",
            "http://224.0.0.1/", "http://[ff02::1]/",
        )  # fmt: skip
        bad = (
            "file:///etc/passwd", "ftp://example.com/", "https://user@127.0.0.1/", "", None,
            "https://x:99999/",
        )  # fmt: skip
        for code, urls in (("private_host", private), ("bad_address", bad)):
            for url in urls:
                with self.subTest(url), self.assertRaises(safe_http.FetchError) as caught:
                    safe_http.fetch(url)
                self.assertEqual(caught.exception.code, code)
        for address in ("8.8.8.8", "2606:4700:4700::1111"):
            self.assertTrue(safe_http._is_public(address))
        with self.assertRaises(ValidationError):
            self.source.url = "http://example.com"

    def test_name_is_resolved_once(self):
        """A name that changes its address after the check leads nowhere else."""
        asked, real = [], socket.getaddrinfo

        def resolve(host, *args, **kwargs):
            asked.append(host)
            return real("127.0.0.1", *args, **kwargs)

        with (
            serve(lambda query: (200, JSON, page(), {})) as (url, queries),
            patch.object(safe_http, "_is_public", lambda address: True),
            patch.object(socket, "getaddrinfo", resolve),
        ):
            safe_http.fetch(url.replace("127.0.0.1", "feed.example.com"))
        self.assertEqual(len(queries), 1)
        self.assertEqual(asked.count("feed.example.com"), 1)

    def test_one_private_address_closes_the_name(self):
        found = [(None, None, None, "", (host, 80)) for host in ("8.8.8.8", "10.0.0.1")]
        with (
            patch.object(socket, "getaddrinfo", lambda *args, **kwargs: found),
            self.assertRaises(safe_http.FetchError) as caught,
        ):
            safe_http.fetch("http://feed.example.com/")
        self.assertEqual(caught.exception.code, "private_host")

    def test_redirect_is_not_followed(self):
        with (
            serve(lambda query: (302, JSON, b"", {"Location": "/elsewhere"})) as (url, queries),
            patch.object(safe_http, "_is_public", lambda address: True),
            self.assertRaises(safe_http.FetchError) as caught,
        ):
            safe_http.fetch(url)
        self.assertEqual((caught.exception.code, len(queries)), ("redirect", 1))

    def test_trial_stores_nothing(self):
        log = self._fetch(page(feature("2026-D1")), dry_run=True)
        self.assertEqual((log.created, log.dry_run), (1, True))
        self.assertFalse(self._tickets())

    def test_csv(self):
        text = (
            "ticket_id,type,organization,comment,photo,photo_after,coords,address,timestamp,state\n"
            f'2026-C1,"{{ถนน,ทางเท้า}}",{ORG},หลุมบ่อ,https://photos.example.com/1.jpg,,"98.94,18.73",'
            "ตลาด,2026-11-20 10:00:00+07,เสร็จสิ้น\n"
            f'2026-C2,ถนน,{ORG},หลุมบ่อ,,,"18.73,98.94",ตลาด,2026-11-20 10:00:00+07,เสร็จสิ้น\n'
        )
        Wizard = self.env["lgo.traffy.csv"].with_user(self.admin)

        def read(data, dry_run):
            wizard = Wizard.create(
                {"source_id": self.source.id, "file": base64.b64encode(data), "dry_run": dry_run}
            )
            return self.env["lgo.traffy.log"].browse(wizard.action_import()["res_id"])

        trial = read(text.encode("utf-8-sig"), True)
        self.assertEqual((trial.created, trial.wrong), (1, 1))
        self.assertFalse(self._tickets())
        log = read(text.encode(), False)
        self.assertEqual((log.created, log.wrong), (1, 1))
        case = self._tickets()
        self.assertEqual((case.type_id, case.state), (self.road, "resolved"))
        self.assertEqual(case.submitted_at, fields.Datetime.to_datetime("2026-11-20 03:00:00"))
        for data in (b"\xff\xfe\x00", b"<html>", b"a,b\n1,2\n", b"\n"):
            self.assertEqual(read(data, False).state, "failed")

    def test_rights(self):
        self.assertFalse(
            self.env["lgo.traffy.source"]
            .create({"name": "ใหม่", "organisation": ORG, "type_id": self.water.id})
            .active,
            "off by default",
        )
        with self.assertRaises(AccessError):
            self.source.with_user(self.clerk).write({"url": "https://example.com"})
        with self.assertRaises(AccessError):
            self.source.with_user(self.clerk).action_fetch()
        with self.assertRaises(AccessError):
            self.source.with_user(self.stranger).read(["url"])
        with self.assertRaises(ValidationError):
            self.source.type_id = self.bribe
        case = self._complaint()
        with self.assertRaises(AccessError):
            case.with_user(self.clerk)._transition("traffy_resolved")

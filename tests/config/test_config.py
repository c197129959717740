# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The templates for production: filled in as an administrator would, and read by their programs."""

import configparser
import datetime
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lgo_cli import config, office, paths, testbase

FOLDER = paths.ROOT / "config"
HOST = "office.example.com"
# an ordinary user has no /usr/sbin on PATH
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
PLACEHOLDER = re.compile(r"@[A-Z_]+@")


def filled(file, **values):
    """Text of a template with its placeholders filled in; KeyError for an unknown one."""
    return PLACEHOLDER.sub(lambda found: values[found[0].strip("@")], file.read_text("utf-8"))


def options(file):
    """[options] of a template, placeholders left as they are."""
    parser = configparser.RawConfigParser()
    parser.read_string(file.read_text("utf-8"))
    return parser


class TestOdooConf(unittest.TestCase):
    def test_production_is_closed(self):
        parser = options(FOLDER / "odoo.production.conf")
        values = parser["options"]
        for key, value in {
            "list_db": "False",
            "proxy_mode": "True",
            "http_interface": "127.0.0.1",
            "dbfilter": "^lgo$",
            "without_demo": "True",
        }.items():
            self.assertEqual(values[key], value, key)
        self.assertNotIn("rpc", values["server_wide_modules"].split(","))
        self.assertGreater(int(values["workers"]), 0)
        self.assertRegex(values["admin_passwd"], PLACEHOLDER, "a secret lies in the template")

    def test_key_lies_where_odoo_does_not_warn_of_it(self):
        for file in (*FOLDER.glob("odoo.*.conf"), paths.ROOT / "docker" / "odoo.conf"):
            parser = options(file)
            self.assertNotIn("lgo_secret_key", parser["options"], file)
            key = parser["lgo"]["lgo_secret_key"]
            self.assertRegex(key, PLACEHOLDER, "a secret lies in the template")

    def test_connections_fit_into_postgresql(self):
        values = options(FOLDER / "odoo.production.conf")["options"]
        processes = int(values["workers"]) + int(values["max_cron_threads"]) + 1
        # PostgreSQL's default max_connections, less three for its administrator
        self.assertLessEqual(processes * int(values["db_maxconn"]), 97)

    def test_image_has_the_same_modules_out(self):
        for file in (paths.ROOT / "docker" / "odoo.conf",):
            parser = options(file)
            value = parser["module_change_auto_install"]["modules_disabled"]
            self.assertEqual(value, config.MODULES_DISABLED)
            self.assertEqual(parser["options"]["list_db"], "False")

    def test_a_new_office_gets_every_addon(self):
        for file, option in (
            (paths.ROOT / "docs" / "th" / "installation.md", r" -i (\S+) "),
            (paths.ROOT / "docker" / "compose.yaml", r'"--init=([^"]+)"'),
        ):
            with self.subTest(file.name):
                named = re.search(option, file.read_text("utf-8"))[1].split(",")
                wanted = set(office.wanted_addons(demo=False))
                self.assertEqual(wanted - set(testbase.with_depends(named)), set())

    def test_every_placeholder_is_filled(self):
        known = {
            "DB_HOST": "/run/postgresql",
            "ADMIN_PASSWD_HASH": "x",
            "SECRET_KEY": "x",
            "EMAIL_FROM": "office@example.com",
            "MODULES_DISABLED": config.MODULES_DISABLED,
            "ROOT": "/opt/lgo",
        }
        for file in FOLDER.glob("odoo.*.conf"):
            text = filled(file, **known)
            self.assertNotRegex(text, PLACEHOLDER)
            configparser.RawConfigParser().read_string(text)


class TestNginx(unittest.TestCase):
    def setUp(self):
        self.text = (FOLDER / "nginx.conf").read_text("utf-8")

    def test_policy_names_no_outside_host(self):
        policy = re.search(r'Content-Security-Policy "([^"]+)"', self.text)[1]
        sources = {word for part in policy.split(";") for word in part.split()[1:]}
        allowed = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
        # the second is the reader of ID cards, a program on the officer's own machine
        self.assertEqual(sources - allowed, {"wss://$host", "ws://127.0.0.1:*"})
        for directive in ("default-src", "frame-ancestors", "object-src 'none'", "base-uri"):
            self.assertIn(directive, policy)

    def test_every_passing_location_sends_the_proxy_headers(self):
        blocks = re.findall(r"location [^{]+\{([^}]*)\}", self.text)
        passing = [block for block in blocks if "proxy_pass" in block]
        self.assertGreaterEqual(len(passing), 4)
        for block in passing:
            self.assertIn("include /etc/nginx/lgo-proxy.conf;", block)
            self.assertIn("proxy_set_header Connection", block)

    def test_waits_longer_than_odoo_works(self):
        limit = int(options(FOLDER / "odoo.production.conf")["options"]["limit_time_real"])
        wait = int(re.search(r"proxy_read_timeout (\d+)s;", self.text)[1])
        self.assertGreater(wait, limit)

    def test_closed_paths(self):
        for path in ("/web/database/manager", "/xmlrpc/2/object", "/jsonrpc", "/json/2/x"):
            first = self._location(path)
            self.assertIn("return 404", first, path)
        self.assertIn("limit_req zone=lgo_login", self._location("/web/login"))
        self.assertNotIn("return", self._location("/json_of_ours"))

    def _location(self, path):
        """Block of the first matching regular expression, else of /."""
        server = self.text[self.text.rindex("server {") :]
        for pattern, block in re.findall(r"location ~ (\S+) \{([^}]*)\}", server):
            if re.search(pattern, path):
                return block
        return re.findall(r"location / \{([^}]*)\}", server)[-1]

    def test_braces_and_semicolons(self):
        for name in ("nginx.conf", "nginx-proxy.conf"):
            text = re.sub(r"^\s*#.*$", "", (FOLDER / name).read_text("utf-8"), flags=re.M)
            self.assertEqual(text.count("{"), text.count("}"))
            for line in filter(None, map(str.strip, text.splitlines())):
                self.assertIn(line[-1], "{};", line)

    @unittest.skipUnless(NGINX, "nginx is not installed: apt-get install nginx-light")
    def test_nginx_reads_it(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            certificate, key = make_certificate(folder)
            text = filled(
                FOLDER / "nginx.conf",
                SERVER_NAME=HOST,
                CERTIFICATE=str(certificate),
                CERTIFICATE_KEY=str(key),
            )
            shutil.copy(FOLDER / "nginx-proxy.conf", folder / "lgo-proxy.conf")
            text = text.replace("/etc/nginx/", f"{folder}/").replace(
                "/var/log/nginx/", f"{folder}/"
            )
            # an ordinary user may not open the low ports
            text = text.replace("listen 80;", "listen 127.0.0.1:18080;")
            text = text.replace("listen 443", "listen 127.0.0.1:18443")
            (folder / "lgo.conf").write_text(text, "utf-8")
            (folder / "nginx.conf").write_text(
                f"pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
                f"http {{ access_log off; client_body_temp_path {folder}/1;\n"
                f"proxy_temp_path {folder}/2;\n"
                f"fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4;\n"
                f"scgi_temp_path {folder}/5; include {folder}/lgo.conf; }}\n",
                "utf-8",
            )
            done = subprocess.run(
                [NGINX, "-t", "-p", str(folder), "-c", str(folder / "nginx.conf")],
                capture_output=True,
                text=True,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("[warn]", done.stderr)


class TestService(unittest.TestCase):
    def test_unit(self):
        parser = configparser.RawConfigParser(strict=False)
        parser.optionxform = str
        parser.read_string((FOLDER / "lgo.service").read_text("utf-8"))
        service = parser["Service"]
        self.assertNotEqual(service["User"], "root")
        self.assertEqual(service["Restart"], "always")
        self.assertNotIn("-m odoo", service["ExecStart"])
        written = options(FOLDER / "odoo.production.conf")["options"]
        for path in (written["data_dir"], str(Path(written["logfile"]).parent)):
            self.assertIn(path, service["ReadWritePaths"].split())

    def test_log_is_kept_for_ninety_days(self):
        """Computer Crime Act B.E. 2550, section 26."""
        text = (FOLDER / "lgo.logrotate").read_text("utf-8")
        self.assertIn("daily", text)
        self.assertGreaterEqual(int(re.search(r"rotate (\d+)", text)[1]), 90)
        self.assertGreaterEqual(int(re.search(r"maxage (\d+)", text)[1]), 90)


def make_certificate(folder):
    """A self-signed certificate and its key; returns their paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths_ = folder / "cert.pem", folder / "key.pem"
    paths_[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths_[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths_

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's configuration file of this checkout, with its secrets (mode 0600)."""

import base64
import configparser
import secrets

from . import paths
from .console import LgoError

# Modules that Odoo would install by itself and that talk to paid services or clutter the office.
MODULES_DISABLED = (
    "partner_autocomplete,iap,iap_mail,snailmail,snailmail_account,google_gmail,"
    "microsoft_outlook,web_unsplash,google_recaptcha,mail_bot,sms,website_sms,calendar_sms,"
    "account_peppol,account_add_gln,social_media,base_install_request,project_hr_skills"
)
HEADER = "# Written by ./lgo; it keeps the options that you add, not the comments.\n"


def path():
    """Where the configuration of ./lgo run lies."""
    return paths.state_dir() / "odoo.conf"


def _parser():
    return configparser.RawConfigParser(interpolation=None)


def _load(file):
    parser = _parser()
    try:
        parser.read_string(file.read_text("utf-8"))
    except OSError as error:
        raise LgoError("Make {file} readable: {cause}.", file=file, cause=error.strerror) from error
    except (configparser.Error, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise LgoError(
            "Mend or remove {file}: it is not a configuration file ({first}).",
            file=file,
            first=first,
        ) from error
    return parser


def read(file, section="options"):
    """A section of a configuration file as a dict, empty when it is not there."""
    parser = _load(file)
    return dict(parser[section]) if parser.has_section(section) else {}


def server_wide_modules():
    """Modules that Odoo loads at its start, whatever the database holds."""
    modules = ["base", "rpc", "web", "module_change_auto_install"]
    if any("queue_job" in paths.depends(addon) for addon in paths.addons()):
        modules.append("queue_job")
    return modules


def options(settings):
    """Options of every Odoo process of this checkout for the given postgres.Settings."""
    return {
        "addons_path": str(paths.ADDONS),
        "data_dir": str(paths.state_dir() / "data"),
        "db_host": settings.host,
        "db_port": str(settings.port),
        "db_user": settings.user,
        "db_password": settings.password,
        "http_interface": "127.0.0.1",
        "list_db": "False",
        "server_wide_modules": ",".join(server_wide_modules()),
    }


def _own_section(parser):
    """The section [lgo], with the keys that an older version wrote into [options]."""
    if not parser.has_section("lgo"):
        parser.add_section("lgo")
    own, section = parser["lgo"], parser["options"]
    for key in ("lgo_secret_key", "lgo_secret_key_old"):
        value = section.pop(key, None)
        if value and not own.get(key):
            own[key] = value
    return own


def write(file, values):
    """Write a configuration file, keeping what it has beyond `values`, with mode 0600.

    Secrets are made once: `admin_passwd`, and in the section [lgo] `lgo_secret_key` (32 random
    bytes, base64) with which ID numbers are encrypted. Where the key still lies in [options], of
    which Odoo warns at each start, it moves.

    :param values: options of the section [options]; an empty one is taken out
    """
    parser = _load(file) if file.exists() else _parser()
    if not parser.has_section("options"):
        parser.add_section("options")
    section = parser["options"]
    for key, value in values.items():
        if value:
            section[key] = value
        else:
            section.pop(key, None)
    if not section.get("admin_passwd"):
        section["admin_passwd"] = secrets.token_urlsafe(24)
    own = _own_section(parser)
    if not own.get("lgo_secret_key"):
        own["lgo_secret_key"] = base64.b64encode(secrets.token_bytes(32)).decode()
    if not parser.has_section("module_change_auto_install"):
        parser["module_change_auto_install"] = {"modules_disabled": MODULES_DISABLED}
    lines = [HEADER]
    for name in parser.sections():
        lines.append(f"[{name}]\n")
        lines += [f"{key} = {value}\n" for key, value in parser[name].items()]
        lines.append("\n")
    paths.write_private(file, "".join(lines))
    return file

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every library and every module that production uses may be shared under AGPL-3.0-or-later."""

import ast
import email.parser
import re
import unittest

from lgo_cli import paths, source, venv

# SPDX identifiers that are compatible with the whole being AGPL-3.0-or-later.
COMPATIBLE = {
    "0BSD",
    "AGPL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-4.0",  # data files only
    "CNRI-Python",
    "GPL-2.0-or-later",
    "GPL-3.0",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "HPND",
    "ISC",
    "LGPL-2.1-or-later",
    "LGPL-3.0",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Python-2.0",
    "PostgreSQL",
    "Unlicense",
    "Zlib",
    "ZPL-2.1",
}
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Affero General Public License v3": "AGPL-3.0",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-or-later",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
    "Public Domain": "Unlicense",
}
# Free texts of the field License, in lower case.
TEXTS = {
    "mit": "MIT",
    "mit license": "MIT",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "bsd-3-clause license": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "lgpl": "LGPL-2.1-or-later",
    "lgplv2.1+": "LGPL-2.1-or-later",
    "lgpl v3+": "LGPL-3.0-or-later",
    "lgpl-3": "LGPL-3.0",
    "agpl-3": "AGPL-3.0",
    "zpl 2.1": "ZPL-2.1",
}
# Read by hand in the distribution itself, since its metadata says nothing usable.
BY_HAND = {}
MANIFEST = {"LGPL-3", "AGPL-3", "GPL-3", "GPL-2 or any later version", "GPL-3 or any later version"}


def locked():
    """Names of the distributions of run.lock, normalised."""
    text = (paths.REQUIREMENTS / "run.lock").read_text("utf-8")
    return sorted(set(re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", text, re.M)))


def metadata():
    """{normalised name: message} of what the environment of production holds."""
    found = {}
    for file in venv.site_packages(venv.ensure()).glob("*.dist-info/METADATA"):
        message = email.parser.Parser().parsestr(file.read_text("utf-8", "replace"))
        found[normal(message["Name"])] = message
    return found


def normal(name):
    """The name as PyPA normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def alternatives(message):
    """Sets of SPDX identifiers: one set is enough, and all of a set apply."""
    expression = message["License-Expression"]
    if expression:
        return [
            set(re.findall(r"[A-Za-z0-9.+-]+", part)) - {"AND", "WITH", "LLVM-exception"}
            for part in expression.replace("(", " ").replace(")", " ").split(" OR ")
        ]
    names = [
        line.rpartition(" :: ")[2]
        for line in message.get_all("Classifier", [])
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    if names:
        # several classifiers of one package are a choice (dual licence)
        return [{CLASSIFIERS.get(name, name)} for name in names]
    text = (message["License"] or "").strip()
    if text.upper() in {licence.upper() for licence in COMPATIBLE}:
        return [{licence for licence in COMPATIBLE if licence.upper() == text.upper()}]
    words = re.split(r" or |, | / ", text) if len(text) < 60 else []
    return [{TEXTS.get(word.strip().lower(), word.strip())} for word in [text, *words] if word]


class TestDistributions(unittest.TestCase):
    def test_every_locked_distribution(self):
        installed, bad, seen = metadata(), [], 0
        for name in locked():
            message = installed.get(normal(name))
            if message is None:
                continue  # for another platform or Python
            seen += 1
            choices = [{BY_HAND[name]}] if name in BY_HAND else alternatives(message)
            if not any(choice and choice <= COMPATIBLE for choice in choices):
                bad.append(f"{name}: {choices or 'no licence'}")
        self.assertEqual(bad, [])
        self.assertGreater(seen, 50, "the environment of production was not found")

    def test_a_closed_licence_is_refused(self):
        message = email.parser.Parser().parsestr(
            "Name: x\nClassifier: License :: Other/Proprietary License\n\n"
        )
        self.assertFalse(any(choice <= COMPATIBLE for choice in alternatives(message)))


class TestModules(unittest.TestCase):
    def test_every_module_we_depend_on(self):
        todo, seen, bad = list(paths.addons()), {}, []
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            manifest = self._manifest(name)
            seen[name] = manifest.get("license")
            if seen[name] not in MANIFEST:
                bad.append(f"{name}: {seen[name]}")
            todo += manifest.get("depends", []) or ["base"]
        self.assertEqual(bad, [])
        self.assertGreater(len(seen), 10)

    def _manifest(self, name):
        tree = source.ensure()
        folders = (
            paths.ADDONS,
            tree / "odoo" / "addons",
            tree / "addons",
            venv.site_packages(venv.ensure()) / "odoo" / "addons",
        )
        for folder in folders:
            file = folder / name / "__manifest__.py"
            if file.is_file():
                manifest = ast.literal_eval(file.read_text("utf-8"))
                # Odoo's own default for a manifest without the key
                return {"license": "LGPL-3", **manifest}
        self.fail(f"{name} was found nowhere")


class TestPackages(unittest.TestCase):
    def test_no_registry_in_the_lock_files(self):
        for file in paths.REQUIREMENTS.glob("*.lock"):
            self.assertNotRegex(file.read_text("utf-8"), r"https?://", file.name)

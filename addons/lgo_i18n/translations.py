# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Terms in the code of other add-ons.

Odoo reads the translations of Python and JavaScript from the ``i18n`` folder of the add-on that
holds the code, and from nowhere else. One function finds those files' terms; it is wrapped here,
so that our terms are there as well. Terms in views and records need nothing of the kind: Odoo
imports them from any add-on (see ``models/ir_module_module.py``).
"""

import functools
import re

import polib

from odoo.tools.misc import file_open, file_path
from odoo.tools.translate import (
    JAVASCRIPT_TRANSLATION_COMMENT,
    PYTHON_TRANSLATION_COMMENT,
    CodeTranslations,
    PoFileReader,
    code_translations,
    get_base_langs,
    get_po_paths,
)

FIX_DIR = "i18n_fix"
CODE_OF_ADDON = re.compile(r"code:addons/(\w+)/")
# "You" as one speaks to a customer. Not: to thank, quality, property, worth, father, mother, and a
# title before a name that is filled in.
FAMILIAR = re.compile(
    "(?<!ขอบ)(?<!ทรง)คุณ"
    "(?!ภาพ|สมบัติ|ลักษณะ|ค่า|วุฒิ|ประโยชน์|ธรรม|พ่อ|แม่|ูปการ| ?%\\((?!new_line)| ?<t | ?{{)"
)


def polite(text):
    """The Thai of a public office says ท่าน where Odoo's says คุณ.

    :param str text: Thai of an add-on of Odoo, or nothing
    :return: the text with the polite pronoun; the same object when nothing changes
    """
    return FAMILIAR.sub("ท่าน", text) if text and "คุณ" in text else text


def po_file(folder, lang):
    """:return: path of our file for a language, or ``None``"""
    try:
        return file_path(f"lgo_i18n/{folder}/{lang}.po")
    except FileNotFoundError:
        return None


@functools.cache
def po_rows(folder, lang):
    """:return: the rows of our file for a language, as Odoo's own reader yields them"""
    path = po_file(folder, lang)
    return tuple(PoFileReader(path)) if path else ()


@functools.cache
def code_terms(folder, lang):
    """:return: ``{add-on: [row, …]}``, rows as Odoo's own reader yields them"""
    terms = {}
    path = po_file(folder, lang)
    for entry in polib.pofile(path) if path else []:
        for occurrence, _line in entry.occurrences:
            match = CODE_OF_ADDON.match(occurrence)
            if not match:
                continue
            is_python = occurrence.endswith(".py")
            row = {
                "src": entry.msgid,
                "value": entry.msgstr,
                "comments": (
                    PYTHON_TRANSLATION_COMMENT if is_python else JAVASCRIPT_TRANSLATION_COMMENT
                ),
            }
            terms.setdefault(match[1], []).append(row)
    return terms


@functools.cache
def mail_texts(module_name, lang):
    """:return: ``{(field, name of the template): Thai as Odoo wrote it}``"""
    return {
        (row["name"], row["imd_name"]): row["value"]
        for path in get_po_paths(module_name, lang)
        for row in PoFileReader(path)
        if row.get("imd_model") == "mail.template"
    }


def familiar_rows(module_name, lang):
    """:return: pairs of a row of Odoo's own reader and its polite Thai, where the two differ"""
    for path in get_po_paths(module_name, lang):
        with file_open(path) as file:
            head, *entries = file.read().split("\n\n")
        # few entries have the word: the others need not be parsed
        wanted = [entry for entry in entries if "คุณ" in entry]
        if wanted:
            for row in PoFileReader("\n\n".join([head, *wanted, ""])):
                value = polite(row["value"])
                if value != row["value"]:
                    yield row, value


def _wrap(original):
    @functools.wraps(original)
    def with_our_terms(module_name, lang, filter_func):
        translations = original(module_name, lang, filter_func)
        translations = {src: polite(value) for src, value in translations.items()}
        for base_lang in get_base_langs(lang):
            for row in code_terms("i18n", base_lang).get(module_name, []):
                if filter_func(row):
                    translations.setdefault(row["src"], row["value"])
            for row in code_terms(FIX_DIR, base_lang).get(module_name, []):
                if filter_func(row):
                    translations[row["src"]] = row["value"]
        return translations

    return with_our_terms


CodeTranslations._get_code_translations = staticmethod(
    _wrap(CodeTranslations._get_code_translations)
)
# What was read before this add-on was loaded lacks our terms.
code_translations.python_translations.clear()
code_translations.web_translations.clear()

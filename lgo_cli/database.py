# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases: made so that Thai can be searched and, where the server has ICU, sorted."""

from .console import LgoError

NAME = "lgo"  # the database of ./lgo run


def exists(settings, name):
    """True when the server has a database of that name."""
    return bool(settings.sql("postgres", "select 1 from pg_database where datname = :'n'", n=name))


def create(settings, name, template=None):
    """Create a database.

    :param template: copy this database instead of making an empty one
    :raises LgoError: the server refuses, or would give a database without Thai letters
    """
    if template:
        query = 'create database :"n" template :"t"'
        settings.sql("postgres", query, n=name, t=template)
        return
    version = int(settings.sql("postgres", "show server_version_num")[0][0]) // 10000
    # a build without ICU still lists the collation "unicode", but none of a language
    query = "select 1 from pg_collation where collname = 'th-x-icu'"
    has_icu = bool(settings.sql("postgres", query))
    settings.sql("postgres", 'create database :"n" ' + locale_clause(version, has_icu), n=name)
    try:
        settings.sql(name, "create extension if not exists pg_trgm")
        check(settings, name)
    except LgoError:
        drop(settings, name)
        raise


def locale_clause(version, has_icu):
    """The part of CREATE DATABASE that chooses the order and the kinds of letters.

    With ICU Thai sorts as in the Royal Institute's dictionary (the vowel after the consonant).
    lc_ctype is never C: pg_trgm would then see no letter in Thai and index nothing.

    :param version: major version of the server
    :param has_icu: the server was built with ICU
    """
    base = "template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"
    if version >= 15 and has_icu:
        return f"{base} locale_provider icu icu_locale 'th-TH'"
    if version >= 17:
        return f"{base} locale_provider builtin builtin_locale 'C.UTF-8'"
    return base


def check(settings, name):
    """Raise LgoError unless the database can index Thai words."""
    ctype, encoding = settings.sql(
        "postgres",
        "select datctype, pg_encoding_to_char(encoding) from pg_database where datname = :'n'",
        n=name,
    )[0]
    refuse_ctype(name, ctype, encoding)


def refuse_ctype(name, ctype, encoding="UTF8"):
    """Raise LgoError for a locale in which Thai letters are no letters."""
    if ctype in ("C", "POSIX") or encoding != "UTF8":
        raise LgoError(
            "Create the database {name} with encoding UTF8 and lc_ctype C.UTF-8 (or "
            "th_TH.UTF-8): with lc_ctype {ctype} and encoding {encoding} Thai words cannot "
            "be searched.",
            name=name,
            ctype=ctype,
            encoding=encoding,
        )


def drop(settings, name):
    """Drop a database if it exists, ending its connections."""
    settings.sql("postgres", 'drop database if exists :"n" with (force)', n=name)


def rename(settings, old, new):
    """Rename a database, ending its connections first."""
    settings.sql(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = :'n'",
        n=old,
    )
    settings.sql("postgres", 'alter database :"old" rename to :"new"', old=old, new=new)

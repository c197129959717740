# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where Thai lines break: the dictionary of libthai, taught more words.

Pango breaks Thai with libthai, which reads ``thbrk.tri`` from ``LIBTHAI_DICTDIR`` once a process.
We copy the system's dictionary, add the words of ``data/thai_words.txt`` of every add-on with
libdatrie (the library libthai itself needs, so no extra package and no ``trietool``) and point
the variable at the copy.  When a piece is missing, libthai's own dictionary stays in use.
"""

import ctypes
import ctypes.util
import hashlib
import logging
import os
import tempfile
from pathlib import Path

_logger = logging.getLogger(__name__)

VARIABLE = "LIBTHAI_DICTDIR"
FILE_NAME = "thbrk.tri"
SYSTEM_DIRECTORIES = (
    "/usr/share/libthai",
    "/usr/local/share/libthai",
    "/opt/homebrew/share/libthai",
)


def read_words(paths):
    """Words of the given files: one a line, ``#`` starts a comment.

    :param paths: iterable of :class:`pathlib.Path`
    :rtype: list[str]
    """
    words = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            word = line.partition("#")[0].strip()
            if word:
                words.add(word)
    return sorted(words)


def word_files(addons_paths):
    """``data/thai_words.txt`` of every add-on below the given directories."""
    return sorted(
        file for path in addons_paths for file in Path(path).glob("*/data/thai_words.txt")
    )


def _libdatrie():
    library = ctypes.CDLL(ctypes.util.find_library("datrie") or "libdatrie.so.1")
    library.trie_new_from_file.restype = ctypes.c_void_p
    library.trie_new_from_file.argtypes = [ctypes.c_char_p]
    library.trie_store.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_uint32),
        ctypes.c_int32,
    ]
    library.trie_save.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.trie_free.argtypes = [ctypes.c_void_p]
    library.trie_free.restype = None
    return library


def build(source, words, target):
    """Write a copy of a libthai dictionary with more words.

    :param source: path of the ``thbrk.tri`` to copy
    :param words: Thai words to add; a word outside the Thai block is logged and left out
    :param target: path to write; replaced at once, so that readers never see half a file
    :raises OSError: when libdatrie or the source is missing, or the target cannot be written
    """
    library = _libdatrie()
    trie = library.trie_new_from_file(os.fsencode(source))
    if not trie:
        raise OSError(f"Not a libdatrie file: {source}")
    try:
        for word in words:
            codes = [ord(char) for char in word]
            key = (ctypes.c_uint32 * (len(codes) + 1))(*codes, 0)
            if not library.trie_store(trie, key, -1):
                _logger.warning("Not a word of Thai letters only, left out: %s", word)
        handle, temporary = tempfile.mkstemp(dir=Path(target).parent)
        os.close(handle)
        if library.trie_save(trie, os.fsencode(temporary)):
            os.unlink(temporary)
            raise OSError(f"Cannot write {target}")
        os.replace(temporary, target)
    finally:
        library.trie_free(trie)


def install(addons_paths, data_directory):
    """Teach libthai our words; must run before the first Thai line is laid out.

    An administrator who sets ``LIBTHAI_DICTDIR`` keeps an own dictionary: then nothing is done.

    :param addons_paths: directories that hold add-ons
    :param data_directory: where the dictionary is kept, one folder a word list
    :return: whether the extra words are in use
    """
    if os.environ.get(VARIABLE):
        return True
    source = next(
        (
            path
            for directory in SYSTEM_DIRECTORIES
            if (path := Path(directory, FILE_NAME)).is_file()
        ),
        None,
    )
    if not source:
        _logger.warning("No dictionary of libthai found: Thai lines may break inside words")
        return False
    words = read_words(word_files(addons_paths))
    state = source.stat()
    mark = "\n".join([str(source), str(state.st_size), str(int(state.st_mtime)), *words])
    folder = Path(
        data_directory, "report_weasyprint", hashlib.sha256(mark.encode()).hexdigest()[:16]
    )
    target = folder / FILE_NAME
    try:
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            build(source, words, target)
    except OSError as error:
        _logger.warning("Thai line breaking without our own words: %s", error)
        return False
    os.environ[VARIABLE] = str(folder)
    return True

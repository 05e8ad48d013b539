"""What a codebook says of its raw file, and what of it no file can be."""

import codecs
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from analysis.exports import FORMATS, RawFile

#: Encodings of Python that no file of text is in.
_NO_CHARSET = {"idna", "punycode", "undefined", "unicode-escape", "unicode_escape",
               "raw-unicode-escape", "raw_unicode_escape"}  # fmt: skip


def split_name(table: Mapping[str, Any]) -> dict[str, Any]:
    """Take a list of files under `name` apart.

    Parameters
    ----------
    table : mapping
        [file] as written.

    Returns
    -------
    dict
        The first file as `name`, the others as `further_names`, which nobody can write there.

    Examples
    --------
    >>> split_name({"name": ["may.csv", "june.csv"]})
    {'name': 'may.csv', 'further_names': ['june.csv']}
    """
    split = {key.replace("_", " ") if key == "further_names" else key: table[key] for key in table}
    names = split.get("name")
    if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
        split |= {"name": names[0], "further_names": names[1:]}
    return split


def file_contradictions(file: RawFile) -> list[str]:
    """List what is wrong with the table [file] of a codebook.

    Parameters
    ----------
    file : RawFile
        As read, every key known and of its type.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none.

    Examples
    --------
    >>> file_contradictions(RawFile(name="replies.csv", header_rows=-1))
    ['[file]: header_rows -1; use 1 or more']
    """
    problems = []
    for name in file.names:
        problems += place_contradictions("[file]: name", name)
    if file.format not in FORMATS:
        known = ", ".join(filter(None, FORMATS))
        problems.append(f"[file]: format {file.format!r}; choose one of {known}")
    if file.header_rows < 0:
        problems.append(f"[file]: header_rows {file.header_rows}; use 1 or more")
    if file.skip_rows < 0:
        problems.append(f"[file]: skip_rows {file.skip_rows}; use 0 or more")
    if len(file.delimiter) != 1 or file.delimiter in '"\r\n\0':
        problems.append(f'[file]: delimiter {file.delimiter!r}; give one character, "\\t" for tab')
    problems += [
        f"[file]: encoding {name!r} is none that is known; write one such as utf-8 or cp1252"
        for name in file.encodings
        if not _is_encoding(name)
    ]
    return [*problems, *_time_problems(file.datetime_format)]


def place_contradictions(where: str, name: str) -> list[str]:
    """Say what is wrong with the name of a file that has to lie beside the codebook.

    Parameters
    ----------
    where : str
        The place in the codebook, such as ``"[file]: name"``.
    name : str
        As written there.

    Returns
    -------
    list of str
        One contradiction with what to do; empty if there is none.

    Examples
    --------
    >>> place_contradictions("[population]: file", "../people.csv")
    ["[population]: file '../people.csv'; name a file or a folder beside the codebook"]
    """
    place = PurePath(name)
    if place.parts and "\0" not in name and not place.is_absolute() and ".." not in place.parts:
        return []
    return [f"{where} {name!r}; name a file or a folder beside the codebook"]


def _is_encoding(name: str) -> bool:
    try:
        found = codecs.lookup(name)
        "a".encode(name)  # a codec that is not one of text is refused here
    except (LookupError, ValueError):
        return False
    return found.name not in _NO_CHARSET


def _time_problems(form: str) -> list[str]:
    try:
        datetime.strptime("", form)
    except ValueError as error:
        if "does not match" not in str(error):
            return [f"[file]: datetime_format is no format of times ({error})"]
    except re.error:
        return [f"[file]: datetime_format {form!r} repeats a part"]
    return []

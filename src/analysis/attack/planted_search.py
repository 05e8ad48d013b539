"""Search files for marks, however they are spelled and wherever in a file they stand."""

import base64
import binascii
import gzip
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_plus

import numpy as np
from tqdm import tqdm

from analysis.attack.planted_marks import Mark, folded, squeezed

#: Characters by which a mark is looked for first; and how short a spelling in base64 may be.
_START, _SHORTEST = 6, 9

#: A spelling that is shorter, or of digits alone, has to stand by itself: else it is chance.
_LONG = 12

#: A run of base64 that may be a file; shorter ones are found by the spellings of the marks.
_RUN = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}|[A-Za-z0-9_-]{64,}={0,2}")

#: Files inside files, at most.
_DEEP = 4

_BLOCK = 1 << 22


class Searcher:
    """Looks for many marks at once.

    Parameters
    ----------
    marks : iterable of Mark
        What to look for, by their cores.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._spellings: dict[int, list[tuple[bytes, Mark, bool]]] = {}
        for mark in marks:
            self._add(squeezed(mark.core), mark, plain=True)
            for spelled in _in_base64(mark.core):
                self._add(squeezed(spelled), mark, plain=False)
        self._keys = np.array(sorted(self._spellings), dtype=np.uint64)

    def _add(self, spelled: str, mark: Mark, *, plain: bool) -> None:
        if len(spelled) >= (_START if plain else _SHORTEST):
            key = int.from_bytes(spelled[:_START].encode(), "little")
            self._spellings.setdefault(key, []).append((spelled.encode(), mark, plain))

    def in_file(self, name: str, content: bytes) -> list[Mark]:
        """List the marks that a file holds.

        Parameters
        ----------
        name : str
            Its name, which is searched too.
        content : bytes
            All of it.

        Returns
        -------
        list of Mark
            Each once.
        """
        texts = [name, *texts_of(content)]
        return list(dict.fromkeys(mark for text in texts for mark in self._in_text(text)))

    def _in_text(self, text: str) -> Iterator[Mark]:
        for form in dict.fromkeys((text, _unescaped(text))):
            small = ""
            seen = set()
            for spelled, mark, plain in self._candidates(squeezed(form).encode("ascii")):
                if (spelled, plain) in seen:
                    continue
                seen.add((spelled, plain))
                small = small or folded(form)
                if not plain or _stands(spelled.decode(), small):
                    yield mark

    def _candidates(self, letters: bytes) -> Iterator[tuple[bytes, Mark, bool]]:
        """Find spellings in letters and digits: by their start at once, then by all of it."""
        codes = np.frombuffer(letters, dtype=np.uint8)
        for first in range(0, max(len(codes) - _START + 1, 0), _BLOCK):
            block = codes[first : first + _BLOCK + _START - 1].astype(np.uint64)
            windows = np.zeros(len(block) - _START + 1, dtype=np.uint64)
            for at in range(_START):
                windows |= block[at : at + len(windows)] << np.uint64(8 * at)
            places = np.searchsorted(self._keys, windows).clip(max=len(self._keys) - 1)
            for at in np.flatnonzero(self._keys[places] == windows):
                for spelled, mark, plain in self._spellings[int(windows[at])]:
                    if letters.startswith(spelled, first + int(at)):
                        yield spelled, mark, plain


def search(
    folder: Path, marks: Iterable[Mark], *, progress: bool = False
) -> list[tuple[str, Mark]]:
    """Search all files of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        With its folders.
    marks : iterable of Mark
        What to look for.
    progress : bool
        Whether a bar shows how many files are left.

    Returns
    -------
    list of tuple of str and Mark
        File, relative to the folder, and mark, once each.
    """
    searcher = Searcher(marks)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found: list[tuple[str, Mark]] = []
    for path in tqdm(files, unit="file", desc="search", disable=not progress, leave=False):
        name = path.relative_to(folder).as_posix()
        found += [(name, mark) for mark in searcher.in_file(name, path.read_bytes())]
    return found


def texts_of(content: bytes, *, deep: int = 0) -> Iterator[str]:
    """Give all texts of a file.

    Parameters
    ----------
    content : bytes
        Text; a ZIP archive, such as a workbook; a PNG, of which the chunks of text are read and no
        picture; or a gzip file. Files inside text, as base64, are opened as well.
    deep : int
        Files around this one.

    Yields
    ------
    str
        A text, or the name of a part.
    """
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                yield part.filename
                yield part.comment.decode("utf-8", "ignore")
                yield from texts_of(archive.read(part), deep=deep + 1)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _png_texts(content)
    elif content.startswith(b"\x1f\x8b"):
        yield from texts_of(gzip.decompress(content), deep=deep + 1)
    else:
        text = content.decode("utf-8", "ignore")
        yield text
        if b"\0" in content:
            yield from (content.decode(each, "ignore") for each in ("utf-16-le", "utf-16-be"))
        for run in _RUN.findall(text) if deep < _DEEP else ():
            yield from _inside(run, deep)


def _inside(run: str, deep: int) -> Iterator[str]:
    whole = run.rstrip("=")
    try:
        content = base64.b64decode(whole + "=" * (-len(whole) % 4), altchars=_altchars(run))
        yield from texts_of(content, deep=deep + 1)
    except (binascii.Error, zipfile.BadZipFile, OSError, struct.error, zlib.error, EOFError):
        return  # a long word, or the start of something else


def _altchars(run: str) -> bytes | None:
    return b"-_" if re.search("[_-]", run) else None


def _png_texts(content: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"eXIf", b"iTXt"):
            yield data.decode("utf-8", "ignore").replace("\0", "\n")
        packed = data.partition(b"\0")[2]
        if kind == b"zTXt":
            yield zlib.decompress(packed[1:]).decode("utf-8", "ignore")
        if kind == b"iTXt" and packed[:1] == b"\1":
            unpacked = zlib.decompress(packed[2:].split(b"\0", 2)[2])
            yield unpacked.decode("utf-8", "ignore")
        at += 12 + length


def _unescaped(text: str) -> str:
    """Undo what JSON, HTML (twice) and addresses do to a text."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    plain = re.sub(r"\\[nrt]", " ", plain).replace("\\/", "/").replace('\\"', '"')
    return unquote_plus(html.unescape(html.unescape(plain)))


def _in_base64(core: str) -> Sequence[str]:
    """Spell a mark as it stands somewhere inside a text in base64: it may begin at three places."""
    made = []
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + core.encode("utf-8")).decode("ascii")
        ends = (before + len(core.encode("utf-8"))) % 3
        first = (0, 2, 3)[before]
        made.append(coded.rstrip("=")[first : len(coded.rstrip("=")) - (ends > 0)])
    return made


def _stands(spelled: str, text: str) -> bool:
    """Tell whether a spelling stands in a text, its letters together but for signs."""
    alone = len(spelled) < _LONG or spelled.isdigit()
    pattern = r"[\W_]{0,4}".join(map(re.escape, spelled))
    return bool(re.search(rf"(?<![^\W_]){pattern}(?![^\W_])" if alone else pattern, text))

"""A file of text, decoded: its encoding, and the delimiter that its first line may state."""

import codecs
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from analysis.errors import SurveyError
from analysis.exports._regular import is_regular, read_regular

#: Byte order marks; the longer ones first, because one begins with another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Encodings in which the only character that no text has is NUL.
_UTF_8 = ("utf-8", "utf-8-sig")

#: Bytes that are decoded at a time, and characters of the start, where a first line may stand.
_READ, _HEAD = 1 << 22, 1 << 10

#: A first line that says what separates the cells.
_SAID = re.compile(r"\s*\"?sep=([^\w\s\"]|\t)\"?\r?\n")

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file of text in one encoding; `said` is the delimiter that its first line states."""

    name: str
    content: bytes
    encoding: str
    said: str
    start: int

    def text(self) -> io.TextIOWrapper:
        """Return the text below that line, to be read from its beginning."""
        stream = io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")
        stream.read(self.start)
        return stream

    def regular(self, delimiter: str) -> pa.Table | None:
        """Read that text at once; None if it has to be read row by row."""
        if self.encoding not in _UTF_8:
            return None
        mark = len(codecs.BOM_UTF8) if self.content.startswith(codecs.BOM_UTF8) else 0
        below = memoryview(self.content)[mark + self.start :]  # what states a delimiter is ASCII
        return read_regular(below, delimiter) if is_regular(below, delimiter) else None


def opened(name: str, content: bytes, encodings: Iterable[str]) -> Opened:
    """Find the encoding of a file of text, and the delimiter that its first line may state.

    Parameters
    ----------
    name : str
        The file's name, for errors.
    content : bytes
        All of it.
    encodings : iterable of str
        Tried in their order; a byte order mark goes before them.

    Returns
    -------
    Opened
        The file.

    Raises
    ------
    SurveyError
        If it is in none of the encodings.
    """
    encoding = _encoding(name, content, encodings)
    told = {"name": name, "content": content, "encoding": encoding}
    head = Opened(**told, said="", start=0).text().read(_HEAD)
    said = _SAID.match(head)
    return Opened(**told, said=said[1] if said else "", start=said.end() if said else 0)


def _encoding(name: str, content: bytes, encodings: Iterable[str]) -> str:
    """Choose the first encoding in which a file is text, block by block."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                _strange(content, encoding)
            except UnicodeDecodeError:
                where = _fails_at(content, encoding)
                raise SurveyError(
                    f"{name} begins with the byte order mark of {encoding.removesuffix('-sig')}, "
                    f"but is not in it at byte {where}; export it again, or save it anew in "
                    "one encoding"
                ) from None
            return encoding
    failures = []
    for encoding in encodings:
        try:
            strange = _strange(content, encoding)
        except UnicodeDecodeError:
            failures.append(f"{encoding} fails at byte {_fails_at(content, encoding)}")
        except (LookupError, ValueError):
            failures.append(f"{encoding} is not an encoding")
        else:
            if strange is None:
                return encoding
            failures.append(f"{encoding} gives a character that no text has, at {strange}")
    raise SurveyError(
        f"{name} is in none of the encodings of codebook.toml ({'; '.join(failures)}); "
        "add its encoding to [file] encodings, or save it as UTF-8 if it is text"
    )


def _strange(content: bytes, encoding: str) -> int | None:
    """Return where the first character stands that no text has; None if there is none."""
    decoder, before = codecs.getincrementaldecoder(encoding)(), 0
    for start in range(0, len(content), _READ):
        block = decoder.decode(content[start : start + _READ], start + _READ >= len(content))
        looked = encoding not in _UTF_8 or "\0" in block
        if looked and (found := _NO_TEXT.search(block)):
            return before + found.start()
        before += len(block)
    return None


def _fails_at(content: bytes, encoding: str) -> int:
    """Return the byte at which a file cannot be read."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(content)

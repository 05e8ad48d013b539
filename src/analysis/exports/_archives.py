"""Files that are packed: what would fill the memory, run or fetch something is refused unopened."""

import io
import zipfile
from collections.abc import Iterable

from analysis.errors import SurveyError

#: A workbook that unpacks to more bytes than this is not opened.
MOST_BYTES = 500_000_000

#: Nor what unpacks to more than so many times its size, if that is more than `_HARMLESS` bytes:
#: rows of a workbook, which repeat their tags, shrink to a fifth or a thirtieth.
MOST_TIMES = 200

_HARMLESS = 50_000_000

#: Bytes that are unpacked at a time.
_BLOCK = 1 << 20

#: What no part of a workbook begins with: a type of document of its own, by which a text can grow
#: without end (entities inside each other) or name a file that is to be read.
_DECLARED = b"<!DOCTYPE"


def refuse_macros(name: str, inside: Iterable[str]) -> None:
    """Refuse a workbook that holds programs.

    Parameters
    ----------
    name : str
        The file's name, for the error.
    inside : iterable of str
        Names of its parts.

    Raises
    ------
    SurveyError
        If a part is a macro, or a sheet of them.

    Examples
    --------
    >>> refuse_macros("replies.xlsx", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    """
    parts = [part.casefold().replace("\\", "/") for part in inside]
    ends = tuple(part for part in parts if part.endswith("vbaproject.bin"))
    if ends or any(part.startswith("xl/macrosheets/") for part in parts):
        raise SurveyError(
            f"{name} is a workbook with macros, which no file of replies needs; save it as .xlsx "
            "without them, or as CSV"
        )


def refuse_bomb(name: str, content: bytes) -> None:
    """Refuse a workbook that would fill the memory, whatever its directory says.

    Parameters
    ----------
    name : str
        The file's name, for the error.
    content : bytes
        All of it.

    Raises
    ------
    SurveyError
        If it unpacks to too much by what it states or by what it holds, a part is larger than it
        states, or declares a type of document.

    Notes
    -----
    Every part is unpacked here once, block by block, and nothing is kept. zipfile ends a part
    where the directory says that it ends, and compares its checksum there.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        stated = sum(part.file_size for part in parts)
        refuse_unpacked(name, packed=len(content), unpacked=stated, most=MOST_BYTES)
        for part in parts:
            _refuse_part(name, archive, part)


def _refuse_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end; refuse it if it is another size than stated, or declares a type."""
    before, of_xml = b"", part.filename.casefold().endswith((".xml", ".rels", ".vml"))
    try:
        with archive.open(part) as packed:
            while block := packed.read(_BLOCK):
                text = (before + block).replace(b"\0", b"")  # UTF-16 among them
                if of_xml and _DECLARED in text:
                    raise SurveyError(
                        f"{name} declares a type of document in {part.filename}, which no program "
                        "for workbooks does; save the sheet of replies as CSV"
                    )
                before = text[-len(_DECLARED) :]
    except zipfile.BadZipFile:
        raise SurveyError(
            f"{name} holds something else than it states ({part.filename}: size or checksum); "
            "export it again"
        ) from None


def refuse_unpacked(name: str, *, packed: int, unpacked: int, most: int | None = None) -> None:
    """Refuse a file that grows too much when it is unpacked.

    Parameters
    ----------
    name : str
        The file's name, for the error.
    packed, unpacked : int
        Its size, and the size of all that it holds.
    most : int, optional
        How much it may hold at most, whatever its size.

    Raises
    ------
    SurveyError
        If it holds more than that, or more than `MOST_TIMES` its size and that is no small thing.

    Examples
    --------
    >>> refuse_unpacked("replies.xlsx", packed=1_000_000, unpacked=30_000_000)
    >>> try:
    ...     refuse_unpacked("a.xlsx", packed=100_000, unpacked=100_000_000)
    ... except SurveyError as error:
    ...     print(error)
    a.xlsx unpacks to 100,000,000 bytes, 1,000 times its size; save the sheet of replies as CSV
    """
    if unpacked > max(_HARMLESS, MOST_TIMES * packed) or (most and unpacked > most):
        raise SurveyError(
            f"{name} unpacks to {unpacked:,} bytes, {unpacked // max(packed, 1):,} times its size; "
            "save the sheet of replies as CSV"
        )

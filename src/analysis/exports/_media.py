"""What kind of file an export is, told by its first bytes and not by its name."""

import io
import zipfile

from analysis.errors import SurveyError
from analysis.exports._archives import refuse_macros

#: What each kind is called in a sentence, and the format that reads it.
KINDS = {
    "text": ("text", "csv"),
    "workbook": ("an Excel workbook", "xlsx"),
    "spss": ("an SPSS file", "spss"),
    "parquet": ("a Parquet file", "parquet"),
}

#: First bytes of files that cannot be read, what they are, and what to do.
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a workbook of the old kind (.xls) or one with a password",
        "save it as .xlsx without a password",
    ),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"%PDF", "a PDF", "export the replies as CSV or .xlsx"),
    (b"<!doctype html", "a web page", "export the replies as CSV or .xlsx"),
    (b"<html", "a web page", "export the replies as CSV or .xlsx"),
)


def medium(name: str, content: bytes) -> str:
    """Tell what kind of file something is.

    Parameters
    ----------
    name : str
        The file's name, for the error.
    content : bytes
        All of it.

    Returns
    -------
    str
        "text", "workbook", "spss" or "parquet"; whatever is none of the others counts as text.

    Raises
    ------
    SurveyError
        If it is of a kind that cannot be read, with what it is.

    Examples
    --------
    >>> medium("a.csv", b"A,B"), medium("a.csv", b"$FL2@(#) SPSS DATA FILE")
    ('text', 'spss')
    """
    if content.startswith((b"$FL2", b"$FL3")):
        return "spss"
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith(b"PK\x03\x04"):
        return _of_archive(name, content)
    start = content[:100].lstrip().lower()
    for mark, what, to_do in _OTHERS:
        if content.startswith(mark) or start.startswith(mark):
            raise SurveyError(f"{name} is {what}; {to_do}")
    return "text"


def _of_archive(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = set(archive.namelist())
    except Exception as error:  # whatever a broken archive makes of its reader
        raise SurveyError(
            f"{name} begins as an Excel workbook or a ZIP archive does, but cannot be opened as "
            f"one ({type(error).__name__}); get it again"
        ) from None
    if "xl/workbook.xml" in inside:
        refuse_macros(name, inside)
        return "workbook"
    if "xl/workbook.bin" in inside or "content.xml" in inside:
        raise SurveyError(f"{name} is a workbook, but no .xlsx; save it as .xlsx")
    raise SurveyError(
        f"{name} is a ZIP archive and no Excel workbook; unpack it and name the file that is in it"
    )

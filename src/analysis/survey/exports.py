"""Read a survey platform's export as it is: all text, one row a reply, nothing changed."""

import csv
import hashlib
import io
from collections import Counter
from pathlib import Path

import pandas as pd

from analysis.errors import SurveyError
from analysis.survey.codebook import RawFile
from analysis.survey.wording import tidy


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, opened read-only.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_export(path: Path, file: RawFile) -> pd.DataFrame:
    """Read an export into one frame of text.

    Parameters
    ----------
    path : pathlib.Path
        The export; opened read-only.
    file : RawFile
        Its delimiter, the encodings to try in order, and its SHA-256 if that is known.

    Returns
    -------
    pandas.DataFrame
        One row a reply, every cell text as it stands, columns named by the header with white
        space and quotes made regular, after a first column `raw_row`: 1 for the first reply.

    Raises
    ------
    SurveyError
        If the file is empty, has a header alone, is in none of the encodings, is separated by
        another character, is cut off or has rows of differing length, names a column twice, or
        is not the file of that SHA-256.
    """
    content = path.read_bytes()
    if not content.strip():
        raise SurveyError(f"{path.name} is empty; export the replies again")
    text = _decode(path.name, content, file.encodings)
    _refuse_other_delimiter(path.name, text, file.delimiter)
    rows = _rows(path.name, text, file.delimiter)
    header = [tidy(cell) for cell in rows[0]]
    if len(rows) == 1:
        raise SurveyError(f"{path.name} has a header but no replies; export the replies again")
    repeated = [name for name, count in Counter(header).items() if count > 1]
    if repeated:  # not named: without a header it is what a person answered
        places = [str(at) for at, name in enumerate(header, start=1) if name == repeated[0]]
        raise SurveyError(
            f"{path.name} has the same name {len(places)} times in its first row, in the columns "
            f"{', '.join(places)}; rename or remove all but one"
        )
    digest = hashlib.sha256(content).hexdigest()
    if file.sha256 and digest != file.sha256.lower():
        raise SurveyError(
            f"{path.name} has the SHA-256 {digest}, but codebook.toml says {file.sha256}; "
            "get the file again or, if this is the one you mean, write its SHA-256 there"
        )
    frame = pd.DataFrame(rows[1:], columns=header, dtype="str")
    frame.insert(0, "raw_row", range(1, len(frame) + 1))
    return frame


def _decode(name: str, content: bytes, encodings: tuple[str, ...]) -> str:
    failures = []
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            failures.append(f"{encoding} fails at byte {error.start}")
        except LookupError:
            failures.append(f"{encoding} is not an encoding")
    raise SurveyError(
        f"{name} is in none of the encodings of codebook.toml ({'; '.join(failures)}); "
        "save it as UTF-8 or add its encoding to [file] encodings"
    )


def _refuse_other_delimiter(name: str, text: str, delimiter: str) -> None:
    """Raise if the first line has no delimiter but another that spreadsheets write."""
    first = text.lstrip().partition("\n")[0]
    others = [each for each in (",", ";", "\t") if each in first]
    if delimiter not in first and others:
        raise SurveyError(
            f"{name} is separated by {others[0]!r}, but codebook.toml says {delimiter!r}; "
            "set delimiter in [file] or save the file again"
        )


def _rows(name: str, text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if rows and len(row) != len(rows[0]):
                if not row:  # an empty line, as some tools write at the end
                    continue
                raise SurveyError(
                    f"{name} has {len(row)} cells instead of {len(rows[0])} at line "
                    f"{reader.line_num}: it is cut off or damaged there; export the replies again"
                )
            rows.append(row)
    except csv.Error as error:
        raise SurveyError(
            f"{name} cannot be read at line {reader.line_num} ({error}): "
            "it is cut off or damaged there; export the replies again"
        ) from None
    return rows

"""What an export says of itself: how it is written, what its columns ask, and which answers."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.exports._cells import tidy
from analysis.exports._files import listed_files
from analysis.exports._headers import HeaderPart, column_names, header_parts
from analysis.exports._media import KINDS
from analysis.exports._raw_file import RawFile
from analysis.exports._reading import read_one
from analysis.exports._stored import StoredTable

#: "Q5[SQ1]. Which way? [Phone]", as LimeSurvey writes headers of code and full text.
_CODE_AND_TEXT = re.compile(r"[A-Za-z]\w*(?:\[[^\]]*\])*\. ?(?P<text>\S.*)")


def described(path: Path | Sequence[Path], file: RawFile) -> str:
    """Say how an export was read.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        The export; of several files the first speaks.
    file : RawFile
        How the codebook says that it is written.

    Returns
    -------
    str
        Its kind, of text the delimiter and encoding, and how many rows name the columns; a
        delimiter that is not the codebook's is said to be another.

    Raises
    ------
    SurveyError
        As `read_export`, but for a file without replies.
    """
    places = listed_files(path)
    one = read_one(places[0], file)
    said = [KINDS[one.kind][0]]
    if one.kind == "text":
        stated = one.table.delimiter == file.delimiter
        other = "" if stated else f", and not {file.delimiter!r} as [file] delimiter says"
        said.append(f"with {one.table.delimiter!r} between cells{other}")
        said.append(f"in {one.table.encoding.removesuffix('-sig')}")
    rows = "1 row names" if one.header.rows == 1 else f"{one.header.rows} rows name"
    said.append(f"{rows} the columns")
    if len(places) > 1:
        said.append(f"{len(places)} files")
    return "; ".join(said)


def labels(path: Path | Sequence[Path], file: RawFile) -> Mapping[str, str]:
    """Return what an export says that its columns ask.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        The export; of several files the first speaks.
    file : RawFile
        How it is written.

    Returns
    -------
    dict
        Column -> wording, where the file has one besides the name: the variable labels of SPSS,
        the second row of Qualtrics, what stands behind the code in headers of LimeSurvey.

    Raises
    ------
    SurveyError
        As `read_export`, but for a file without replies.
    """
    one = read_one(listed_files(path)[0], file)
    if file.format == "limesurvey":
        return _behind_codes(column_names(one.table.rows, one.header))
    if isinstance(one.table, StoredTable) and one.table.wording:
        wording = [one.table.wording.get(name, "") for name in one.table.rows[0]]
    elif one.header.rows > 1 and not one.header.joined:
        wording = one.table.rows[1]
    else:
        return {}
    names = column_names(one.table.rows, one.header)
    return {name: tidy(said) for name, said in zip(names, wording, strict=True) if name and said}


def _behind_codes(names: Sequence[str]) -> dict[str, str]:
    """Read wordings from headers of code and text, if most headers are so."""
    found = {name: told["text"] for name in names if (told := _CODE_AND_TEXT.fullmatch(name))}
    return found if 2 * len(found) > len(names) else {}


def parts(path: Path | Sequence[Path], file: RawFile) -> Mapping[str, HeaderPart]:
    """Return what an export says its columns are of: which question, which option.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        The export; of several files the first speaks.
    file : RawFile
        How it is written.

    Returns
    -------
    dict
        Column -> question and option, where the header keeps them apart: in two rows, as
        SurveyMonkey and SmartSurvey do, or by words that Qualtrics puts between them.

    Raises
    ------
    SurveyError
        As `labels`.
    """
    one = read_one(listed_files(path)[0], file)
    names = column_names(one.table.rows, one.header)
    found = zip(names, header_parts(one.table.rows, one.header), strict=True)
    return {name: part for name, part in found if name and part}


def value_labels(path: Path | Sequence[Path], file: RawFile) -> Mapping[str, tuple[str, ...]]:
    """Return the answers that an export lists for its columns.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        The export; of several files the first speaks.
    file : RawFile
        How it is written.

    Returns
    -------
    dict
        Column -> labels in the order of their values, of an SPSS file; empty for any other.

    Raises
    ------
    SurveyError
        As `labels`.
    """
    one = read_one(listed_files(path)[0], file)
    if not isinstance(one.table, StoredTable):
        return {}
    names = column_names(one.table.rows, one.header)
    found = zip(names, one.table.rows[0], strict=True)
    return {name: one.table.values[each] for name, each in found if each in one.table.values}

"""The files of an export: which they are, and whether they belong together."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import SurveyError
from analysis.exports._raw_file import RawFile

#: Bytes that are read at a time.
_BLOCK = 1 << 24

#: At most so many columns are named where files differ.
_NAMED = 5


def files_of(path: Path) -> list[Path]:
    """List the files of an export.

    Parameters
    ----------
    path : pathlib.Path
        A file, or a folder of files of one kind.

    Returns
    -------
    list of pathlib.Path
        The file, or those of the folder by name; hidden ones and locks of office programs are
        none.

    Raises
    ------
    SurveyError
        If the folder is empty, or has files of several kinds.
    """
    if not path.is_dir():
        return [path]
    inside = sorted(
        each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))
    )
    if not inside:
        raise SurveyError(f"the folder {path.name} has no files; put the exports there")
    endings = sorted({each.suffix.lower() for each in inside})
    if len(endings) > 1:
        raise SurveyError(
            f"the folder {path.name} has files that end in {', '.join(endings)}; keep those of one "
            "kind, or list the files in [file] name"
        )
    return inside


def sha256(path: Path | Sequence[Path], *, before: bytes = b"") -> str:
    """Return the SHA-256 of an export, opened read-only.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        A file; a folder or several files count as their contents one after another.
    before : bytes
        What goes before the contents, so that nobody who knows their SHA-256 knows this one.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256(before)
    for each in listed_files(path):
        with each.open("rb") as opened:
            while block := opened.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def listed_files(path: Path | Sequence[Path]) -> list[Path]:
    """List the files of an export that may be given in several parts.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        Files, and folders of files.

    Returns
    -------
    list of pathlib.Path
        See `files_of`.

    Raises
    ------
    SurveyError
        See `files_of`.
    """
    places = [path] if isinstance(path, Path) else path
    return [file for place in places for file in files_of(place)]


def refuse_other_file(places: Sequence[Path], file: RawFile) -> None:
    """Raise if files are not those of the SHA-256 that the codebook states, if it states one.

    Parameters
    ----------
    places : sequence of pathlib.Path
        The files, in their order.
    file : RawFile
        With or without a SHA-256.

    Raises
    ------
    SurveyError
        With both, and what to do.
    """
    if not file.sha256 or (digest := sha256(places)) == file.sha256.lower():
        return
    raise SurveyError(
        f"{', '.join(each.name for each in places)} has the SHA-256 {digest}, but "
        f"codebook.toml says {file.sha256}; get the file again or, if this is the one you "
        "mean, write its SHA-256 there"
    )


def refuse_other_columns(files: Sequence[tuple[str, list[str]]]) -> None:
    """Raise if files have other columns than the first; named only if most are shared.

    Otherwise a file without a header would have its first reply repeated.

    Parameters
    ----------
    files : sequence of tuple of str and list of str
        Name and columns of each.

    Raises
    ------
    SurveyError
        With the columns that one file alone has.
    """
    (one, first), *others = files
    for other, names in others:
        lacking = [name for name in first if name not in names]
        added = [name for name in names if name not in first]
        if not lacking and not added:
            continue
        if 2 * len(lacking) > len(first):
            raise SurveyError(
                f"{other} lacks {len(lacking)} of the {len(first)} columns of {one}; name "
                "files with the same columns in [file] name"
            )
        said = [
            f"{name!r} is in {file} alone"
            for among, file in ((lacking, one), (added, other))
            for name in among[:_NAMED]
        ]
        raise SurveyError(
            f"{one} and {other} have different columns: {', '.join(said)}; name files with the "
            "same columns in [file] name"
        )
